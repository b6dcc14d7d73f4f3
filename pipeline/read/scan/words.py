"""The words of a sheet and how sure they are: one recogniser reads the page, another looks again at what is doubtful.

How sure a word is was measured, on pages of which the text is known (docs/reading.md, "Scans"; `python -m benchmarks.scan`): a row
of a table here says how often such a word was right there. Two recognisers that agree are nearly always right, and what a recogniser says
of itself means little where they do not.
"""

import re
import unicodedata
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.model.places import Box
from pipeline.read.scan.recognisers import Glimpse, Recognisers, Rereader, right
from pipeline.read.scan.rules import Ruled
from pipeline.read.scan.warps import Pixels

DOUBTFUL = 0.93
"""A lower score of Tesseract's makes a word doubtful: one in six is, and nine in ten of the wrong ones are among them."""
_LOOKED_AT = 200
"""Doubtful words of one page that are looked at again, the most doubtful first."""
_UP, _ASIDE = 4, 3
"""Pixels around a word that is cut out."""
_BETTER = 0.9
"""A score of the models with which they are believed rather than Tesseract."""
_KEPT = 0.8
"""A score of Tesseract with which it is believed where the models are not sure themselves."""
_SPACE = 0.3
"""Of the height of a word: so wide a gap inside it is a space."""

_AGREED = ((0.5, 0.6, 0.8, 0.85), (0.78, 0.82, 0.93, 0.95, 0.97))
"""Scores of Tesseract, and for each stretch between them how many of the words that the models read alike are right."""
_OVERRULED = ((0.97,), (0.15, 0.45))
"""The same by the score of the models, where they read it differently and are believed."""
_MAINTAINED = ((0.9,), (0.1, 0.6))
"""The same by the score of Tesseract, where it is believed all the same."""
_SIGN = 0.05
"""The same of a doubtful sign, which nobody looks at again: nearly always dirt."""

_SIGNS = frozenset("-–—•·*o«+¢e®¤@.,°")
"""What a list marker may be taken for; the models see a letter of some script in it as often."""
_BULLET = "•"
_BULLET_PIXELS = 6
"""A full stop is smaller."""
_POINTS = ".,:;"
"""What a second look at a word that was cut out loses at its end."""
_LIKE_A_LINE = frozenset("|_+·-—–~=.,:;'`‘’“”\"°!()[]{}/\\Iil1")
"""What a piece of a ruled line may be taken for."""
_RESIDUE = 2
"""Characters of such a piece."""
_HANGS_ON = 0.3
"""Of the height of a word: so much of it may be the ruled line that it touches."""
_SAME_FIELD = 0.5
"""Of the smaller of two words: where they share more, one of them is a ghost."""
_READABLE = re.compile("[\u0020-\u024f\u2010-\u2044\u20ac\u2122\u2190-\u21ff\u25a0-\u25ff\u2713-\u2718]+")
"""Latin letters and the signs of an office. The models know many more scripts, and see them in dirt."""
_WRITTEN = str.maketrans({"一": "-", "℃": "°C", "。": ".", "、": ",", "【": "[", "】": "]"})


class Found(NamedTuple):
    """A word of a sheet, in pixels."""

    text: str
    box: Box
    sure: float
    agreed: bool = True
    """False where it was doubtful and no second look confirmed it."""
    by: str = ""
    """Which table its likelihood is of: `first`, `agreed`, `overruled` or `maintained`."""
    score: float = 0.0
    """What the recogniser itself says, by which the table is entered."""


class Said(NamedTuple):
    """What recognisers say of a sheet."""

    words: list[Found]
    """In no particular order."""
    unread: list[Box]
    """Where letters were seen that say nothing: another script, or the rest of a ruled line."""


def words(grey: Pixels, ruled: Ruled, recognisers: Recognisers) -> Said:
    """Return the words of a sheet.

    Args:
        grey: the sheet with its lines: a second look is surer where descenders were not cut.
        ruled: the sheet without its lines.
        recognisers: what is there to read with.
    """
    levels = _levels(ruled)
    glimpses = _apart(recognisers.page.words(ruled.clean))
    seen = [_bulleted(_fitting(_clear(glimpse, levels), ruled.ink), ruled.ink) for glimpse in glimpses if not _is_residue(glimpse, ruled)]
    again = _again(grey, seen, ruled.ink, recognisers.words) if recognisers.words else {}
    found = [_settled(glimpse, again.get(at), recognisers) for at, glimpse in enumerate(seen)]
    residue = [glimpse.box for glimpse in glimpses if _is_residue(glimpse, ruled) and any(map(str.isalnum, glimpse.text))]
    return Said([word for word in found if word.text], [*(word.box for word in found if not word.text), *residue])


def _apart(seen: list[Glimpse]) -> list[Glimpse]:
    """Leave out what was seen where a word stands that was seen more clearly: Tesseract sees some twice.

    What the clearer word does not cover of the other's ink is looked at again (`pipeline.read.scan.overlooked`).
    """
    kept: list[Glimpse] = []
    boxes = np.zeros((0, 4))
    for glimpse in sorted(seen, key=lambda glimpse: -glimpse.score):
        box = np.array(glimpse.box)
        shared = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
        areas = np.append((boxes[:, 2:] - boxes[:, :2]).prod(axis=1), (box[2:] - box[:2]).prod())
        common = shared.clip(min=0).prod(axis=1)
        if not (common > _SAME_FIELD * np.minimum(areas[:-1], areas[-1])).any():
            kept.append(glimpse)
            boxes = np.vstack([boxes, box])
    return kept


def _is_residue(glimpse: Glimpse, ruled: Ruled) -> bool:
    """Say whether a sign is what was left of a ruled line where that was taken away."""
    if len(glimpse.text) > _RESIDUE or not _LIKE_A_LINE.issuperset(glimpse.text):
        return False
    x, y = (glimpse.box.left + glimpse.box.right) / 2, (glimpse.box.top + glimpse.box.bottom) / 2
    return any(line.left - _UP <= x <= line.right + _UP and line.top - _UP <= y <= line.bottom + _UP for line in ruled.lines)


def _levels(ruled: Ruled) -> npt.NDArray[np.float64]:
    """Return the level lines of a sheet as rows: left, top, right, bottom."""
    return np.array([line for line in ruled.lines if line.right - line.left > line.bottom - line.top], np.float64).reshape(-1, 4)


def _clear(glimpse: Glimpse, levels: npt.NDArray[np.float64]) -> Glimpse:
    """Return a word without the ruled line that it hangs on: what was left of the line makes its box too high."""
    left, top, right, bottom = glimpse.box
    hung = _HANGS_ON * (bottom - top)
    near = levels[(levels[:, 0] < right) & (levels[:, 2] > left)]
    below = near[(near[:, 1] < bottom) & (near[:, 1] > bottom - hung), 1]
    above = near[(near[:, 3] > top) & (near[:, 3] < top + hung), 3]
    return glimpse._replace(box=Box(left, float(above.max(initial=top)), right, float(below.min(initial=bottom))))


def _fitting(glimpse: Glimpse, ink: Pixels) -> Glimpse:
    """Return a word whose box is no higher than its ink: Tesseract draws the box of a line's last word down to the next line."""
    rows = np.flatnonzero(_inside(glimpse.box, ink).any(axis=1))
    if not len(rows):
        return glimpse
    top = int(glimpse.box.top)
    return glimpse._replace(box=glimpse.box._replace(top=float(top + rows[0]), bottom=float(top + rows[-1] + 1)))


def _again(grey: Pixels, seen: list[Glimpse], ink: Pixels, rereader: Rereader) -> dict[int, tuple[str, float]]:
    """Look again at the doubtful words; return what was read, by their places in the list."""
    doubtful = [at for at, glimpse in enumerate(seen) if glimpse.text not in _SIGNS and _is_doubtful(glimpse, ink)]
    doubtful = sorted(doubtful, key=lambda at: seen[at].score)[:_LOOKED_AT]
    return dict(zip(doubtful, rereader.reread([cut(grey, seen[at].box) for at in doubtful]), strict=True))


def cut(grey: Pixels, box: Box) -> Pixels:
    """Return what stands in a box, with a margin."""
    top, left = max(int(box.top) - _UP, 0), max(int(box.left) - _ASIDE, 0)
    return grey[top : int(box.bottom) + _UP, left : int(box.right) + _ASIDE]


def _is_doubtful(glimpse: Glimpse, ink: Pixels) -> bool:
    return glimpse.score < DOUBTFUL or (len(glimpse.text) > 2 and " " not in glimpse.text and _widest_gap(glimpse.box, ink) > _SPACE)


def _inside(box: Box, ink: Pixels) -> Pixels:
    return ink[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1]


def _widest_gap(box: Box, ink: Pixels) -> float:
    """Return the widest gap between the letters of a word, in heights of the word."""
    columns = np.flatnonzero(_inside(box, ink).any(axis=0))
    return float(np.diff(columns).max(initial=1) - 1) / max(box.bottom - box.top, 1.0)


def _bulleted(glimpse: Glimpse, ink: Pixels) -> Glimpse:
    """Recognise a bullet by its shape: Tesseract takes it for an asterisk, an e or a cent."""
    if glimpse.text not in _SIGNS or glimpse.text in "-–—":
        return glimpse
    field = _inside(glimpse.box, ink) > 0
    rows, columns = np.flatnonzero(field.any(axis=1)), np.flatnonzero(field.any(axis=0))
    if not len(rows):
        return glimpse
    shape = field[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    round_ = 0.7 < shape.shape[0] / shape.shape[1] < 1.4 and shape.mean() > 0.7 and min(shape.shape) >= _BULLET_PIXELS
    return Glimpse(_BULLET, glimpse.box, DOUBTFUL) if round_ else glimpse


def readable(text: str) -> str:
    """Return a text in Latin letters as an office writes them; nothing where it is in another script or none."""
    written = unicodedata.normalize("NFKC", text.translate(_WRITTEN))
    return written if _READABLE.fullmatch(written) else ""


def _settled(glimpse: Glimpse, second: tuple[str, float] | None, recognisers: Recognisers) -> Found:
    """Return what a word says, in view of a second look where there was one."""
    first = readable(glimpse.text)
    if second is None:
        sure = _SIGN if recognisers.words and glimpse.score < DOUBTFUL else recognisers.page.sure(glimpse.score)
        return Found(first, glimpse.box, sure, sure >= recognisers.page.sure(DOUBTFUL), "first", glimpse.score)
    again, score = readable(second[0]), second[1]
    if again and first.replace(" ", "").rstrip(_POINTS) == again.replace(" ", "").rstrip(_POINTS):
        return Found(max(again, first, key=len), glimpse.box, right(_AGREED, glimpse.score), by="agreed", score=glimpse.score)
    if not again or (score < _BETTER and glimpse.score >= _KEPT):
        return Found(first, glimpse.box, right(_MAINTAINED, glimpse.score), False, "maintained", glimpse.score)
    return Found(again, glimpse.box, right(_OVERRULED, score), False, "overruled", score)
