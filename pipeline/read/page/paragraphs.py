"""From lines to paragraphs: where one ends and the next begins, and how a wrapped line is put back.

A line begins a paragraph where the file says so, at a list marker, after a gap, at another indent or size, or where the line above
ends although the next word would have fitted on it: only a person ends a line like that. Knows nothing of tables.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.documents import Control, Mark
from pipeline.model.places import Box
from pipeline.read.page.drafts import Text, wrapped
from pipeline.read.page.lines import BULLETS, Line, between

_SPACE = 0.25
"""Heights of a line: the width of a space."""
_SURPLUS = 1.12
"""How much wider than the average of its line a word may be."""
_GAP = 1.32
"""Times the usual distance between lines: a wider one begins a paragraph."""
_SIZE = 1.12
"""Times the size of the letters: larger ones begin a paragraph."""
_SLACK = 0.1
"""Heights of a line: what is left over where a word is said to fit."""
_DOUBT = 0.9
"""Heights of a line: so much more must be left over where the next line does not look like a beginning."""
_WIDE = 0.25
"""Of a column: so much must be left over where it looks like the middle of a sentence."""
_FREE = 0.6
"""Of a column: so much must be left over after a word that must be followed by another."""
_GOES_ON = re.compile(
    r"(?:\b(?:an?|and|as|at|by|for|from|in|into|is|its|of|on|or|our|that|the|their|this|to|via|which|with)|[(\[,&/]|\([^()]*|\[[^\[\]]*)$"
)
"""How a line ends after which a sentence must go on: with a joining word, or inside brackets."""
_FULL = 0.2
"""Of a column: where less than this is free after a paragraph, it may go on on the next page."""
_STEP = 0.8
"""Heights of a line: how far a line must be moved in or out to begin a paragraph."""
_LIST = re.compile(r"\(?(\d{1,2})[.)]")


def paragraphs(lines: Sequence[Line], page: int, right: float) -> list[Text]:
    """Return the paragraphs of lines that stand one below the other.

    Args:
        lines: from the top.
        page: the number of their page.
        right: how far a line may reach, in points.
    """
    if len(lines) < 2:
        return [_text(list(lines), page, right)] if lines else []
    pitch = _pitch(lines)
    gathered: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        if _begins(gathered[-1], line, pitch, right):
            gathered.append([line])
        else:
            gathered[-1].append(line)
    return [_text(group, page, right) for group in gathered]


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance of a line from the one above, measured at their feet."""
    steps = sorted(below.box.bottom - above.box.bottom for above, below in pairwise(lines))
    steps = [step for step in steps if step > 1]
    usual = steps[len(steps) // 4] if steps else 0.0
    most = 1.5 * min(line.height for line in lines)
    return usual if 0 < usual < most else most / _GAP


def _begins(group: list[Line], line: Line, pitch: float, right: float) -> bool:
    """Say whether a line begins a paragraph below the lines of another."""
    above, first = group[-1], group[0]
    said, known = line.words[0].group, above.words[-1].group
    if said and known:
        return said != known
    if line.strong or line.box.bottom - above.box.bottom > _GAP * max(pitch, 0.9 * above.height):
        return True
    if max(line.height, above.height) > _SIZE * min(line.height, above.height) and line.words[0].size and above.words[0].size:
        return True
    if _fits(above, line, right):
        return True
    if _is_label(line) and not above.words[-1].bold and (line.words[0].bold or _ends(above)):
        return True
    if line.marker and (first.marker or _ends(above)):
        return _follows(first.marker, line.marker)
    return _moved(group, line)


def _room(above: Line, line: Line, right: float) -> float:
    """Return how much room would be left on a line if it had the first word of the next one too, in points."""
    word = line.words[0]
    width = word.lead or _SURPLUS * (word.box.right - word.box.left) * len(word.text.partition(" ")[0]) / (len(word.text) or 1)
    return right - above.box.right - _SPACE * line.height - width


def _fits(above: Line, line: Line, right: float) -> bool:
    """Say whether the first word of a line would have fitted on the line above: then somebody ended that one.

    A column may be narrower than it looks. So there must be room to spare where a sentence seems to go on.
    """
    room = _room(above, line, right)
    begun = line.words[0].text.lstrip("‘“\"'(")[:1]
    if not line.strong and _GOES_ON.search(above.words[-1].text):
        return room > _FREE * (right - above.box.left)
    if line.marker or begun.isupper():
        return room > _SLACK * line.height
    if begun.islower() and not _ends(above):
        return room > _WIDE * (right - above.box.left)
    return room > _DOUBT * line.height


def _ends(line: Line) -> bool:
    return line.words[-1].text[-1:] in ".;:!?"


def _is_label(line: Line) -> bool:
    """Say whether a line looks like a label: it begins like a sentence and ends with a colon, or is bold up to one."""
    if not line.words[0].text[:1].isupper():
        return False
    first, last = line.words[0], line.words[-1]
    return last.text.endswith(":") or (first.bold and (first.text.endswith(":") or all(word.bold for word in line.words)))


def _follows(before: str, marker: str) -> bool:
    """Say whether a marker may come next after another: the same sign, or the next number."""
    one, two = _LIST.fullmatch(before), _LIST.fullmatch(marker)
    if one and two:
        return int(two[1]) == int(one[1]) + 1
    return not before or len(before) == len(marker)


def _moved(group: list[Line], line: Line) -> bool:
    """Say whether a line stands further in or out than the paragraph above it allows."""
    first, step = group[0], _STEP * line.height
    if first.marker and line.box.left < first.box.left - step:
        return True
    body = group[-1].box.left if len(group) > 1 else first.indent
    starts = [word.box.left for word in group[0].words[1:]]
    if any(abs(line.box.left - start) < step for start in (first.box.left, first.indent, body, *starts)):
        return len(group) > 1 and line.box.left > body + step
    return line.box.left > body + step and len(group) > 1


def _text(group: list[Line], page: int, right: float) -> Text:
    """Put the lines of a paragraph together."""
    first, last = group[0], group[-1]
    words = first.words if len(group) == 1 else [word for line in group for word in line.words]
    alone = len(words) == 1 and words[0].text in BULLETS
    bullet = words[0].text if alone else first.marker if first.apart else ""
    text, controls, marks = _joined(group, 1 if bullet else 0, right)
    box, heading, sure, bold = first.box, 0, 1.0, True
    if last is not first:
        boxes = [line.box for line in group]
        left, far, low = [box.left for box in boxes], [box.right for box in boxes], [box.bottom for box in boxes]
        box = Box(min(left), box.top, max(far), max(low))
    for word in words:
        heading = word.heading or heading
        bold = bold and word.bold
        if word.sure < sure:
            sure = word.sure
    free = right - last.box.right
    full = free < 4 * first.height and free < _FULL * (right - box.left)
    size = first.words[0].size
    return Text(text, page, box, first.height, size, controls, marks, bullet, 0, heading, sure, bold, bool(first.marker), full)


def _joined(group: list[Line], skip: int, right: float) -> tuple[str, tuple[Control, ...], tuple[Mark, ...]]:
    """Return the text of lines and what lies over it; the first `skip` words are left out.

    A line that somebody ended within a paragraph of a tagged file ends with a line break, as in the file it was made from.
    """
    text = ""
    controls: list[Control] = []
    marks: list[Mark] = []
    above = None
    for line in group:
        before = None
        for word in line.words[skip:] if skip and above is None else line.words:
            if before is not None:
                text += between(before, word, line.height)
            elif above is not None and text:
                text = text + "\n" if word.group and _fits(above, line, right) else wrapped(text)
            start, text = len(text), text + word.text
            before = word
            if word.bold:
                _mark(marks, "bold", "", start, len(text))
            if word.italic:
                _mark(marks, "italic", "", start, len(text))
            if word.link:
                _mark(marks, "link", word.link, start, len(text))
            if word.control is not None:
                controls.append(word.control._replace(start=start + word.control.start, end=start + word.control.end))
        above = line
    return text, tuple(controls), tuple(marks)


def _mark(marks: list[Mark], kind: str, target: str, start: int, end: int) -> None:
    """Add a mark, or make the one before it longer."""
    for at in range(len(marks) - 1, max(len(marks) - 3, -1), -1):
        known = marks[at]
        if known.kind == kind and known.target == target and start - known.end <= 1:
            marks[at] = known._replace(end=end)
            return
    marks.append(Mark(start, end, kind, target))
