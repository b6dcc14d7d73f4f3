"""Which words of a text layer a person sees, and how the page stands when they read it.

Set apart are words drawn in white on white, in letters too small to read, or off the page. What stands invisibly under the picture of a
page was recognised by another program: it is kept, and said to be less sure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.model.places import Box
from pipeline.read.page import Word
from pipeline.read.pdf.frame import Frame
from pipeline.read.pdf.shapes import Area, Shapes
from pipeline.read.pdf.words import Run

RECOGNISED = 0.8
"""How sure words are that another program recognised: nobody knows how well."""
_TINY = 2.5
"""Points: letters of less cannot be read."""
_OVERPRINTED = 1.5
"""Points by which a word is moved and drawn again, to look bold."""
_COVERING = 0.5
"""Of the page: a picture that covers more of it may be the page itself."""


class Seen(NamedTuple):
    """The words of a page, sorted."""

    words: list[Word]
    hidden: list[tuple[str, Box]]
    recognised: bool
    """True where another program recognised the words in the picture of the page."""


_UNTAGGED = 0, 0


def quarters(runs: Sequence[Run]) -> int:
    """Return how many quarter turns clockwise bring most words of a page upright."""
    courses = {run.course for run in runs}
    if len(courses) == 1:
        return courses.pop()
    letters: Counter[int] = Counter()
    for run in runs:
        letters[run.course] += len(run.text)
    return letters.most_common(1)[0][0] if letters else 0


def is_picture(frame: Frame, shapes: Shapes) -> bool:
    """Say whether a picture covers most of a page."""
    page = (frame.right - frame.left) * (frame.top - frame.bottom)
    return any((right - left) * (top - bottom) > _COVERING * page for (left, bottom, right, top), _ in shapes.pictures)


def sort(runs: list[Run], frame: Frame, shapes: Shapes, tagged: Mapping[int, tuple[int, int]]) -> Seen:
    """Sort the words of a page into those that are seen and those that are not.

    Args:
        runs: in the order in which they are drawn.
        frame: the page as it stands when its words are upright.
        shapes: what else is drawn.
        tagged: by the number of marked content, the paragraph and the level of the heading that it belongs to.
    """
    pictured = is_picture(frame, shapes)
    turn = frame.turn()
    seen = Seen([], [], pictured and any(run.look.invisible for run in runs))
    drawn: dict[str, list[tuple[int, Box]]] = {}
    for run in runs:
        text, left, bottom, right, top, *_ = run
        box = turn(left, bottom, right, top)
        known = drawn.get(text)
        if known is not None and (twin := _twin(known, box)) is not None:
            seen.words[twin] = seen.words[twin]._replace(bold=True)
        elif _is_hidden(run, frame, shapes, pictured):
            seen.hidden.append((text, box))
        else:
            drawn.setdefault(text, []).append((len(seen.words), box))
            seen.words.append(_word(run, box, tagged))
    return seen


def _twin(known: Iterable[tuple[int, Box]], box: Box) -> int | None:
    """Return the number of the same words drawn nearly at the same place."""
    for number, other in known:
        if abs(other.left - box.left) < _OVERPRINTED and abs(other.top - box.top) < _OVERPRINTED:
            return number
    return None


def _word(run: Run, box: Box, tagged: Mapping[int, tuple[int, int]]) -> Word:
    text, _, _, _, _, (font, invisible, _, size, _, content), joined, lead, course = run
    group, heading = tagged.get(content, _UNTAGGED) if tagged else _UNTAGGED
    return Word(text, box, RECOGNISED if invisible else 1.0, 0.0 if course else lead, size, font.bold, font.italic, joined, group, heading)


def _is_hidden(run: Run, frame: Frame, shapes: Shapes, pictured: bool) -> bool:
    _, left, bottom, right, top, look, _, _, course = run
    x, y, high, wide = (left + right) / 2, (bottom + top) / 2, top - bottom, right - left
    if not (frame.left <= x <= frame.right and frame.bottom <= y <= frame.top) or high <= 0 or wide <= 0:
        return True
    if look.invisible:
        return not pictured
    if high < _TINY and (course == 0 or wide < _TINY):
        return True
    return look.white and not _is_on(x, y, shapes)


def _is_on(x: float, y: float, shapes: Shapes) -> bool:
    """Say whether a point lies on something coloured."""
    areas: list[Area] = [*shapes.filled, *(area for area, _ in shapes.pictures)]
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in areas)
