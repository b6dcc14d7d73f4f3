"""Kinds that look at a return as a whole."""

from collections.abc import Iterator

from pipeline.check.kinds import Hit, NoParams, Params, kind
from pipeline.check.views import View, shortened


class LeftOver(Params):
    """Parameters of `left-over`."""

    shortest: int = 20
    """Characters from which words that answer no question are worth asking about."""


@kind("left-over", (), LeftOver, "count", "words")
def left_over(params: LeftOver, of: str, view: View) -> Iterator[Hit]:
    """Nothing stands in the return that answers no question."""
    left = [unplaced.quote for unplaced in view.record.unplaced if len(unplaced.quote.strip()) >= params.shortest]
    if left:
        yield Hit("", {"count": str(len(left)), "words": shortened(left[0].strip())})


@kind("tracked", (), NoParams)
def tracked(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """The return holds no tracked changes that nobody has accepted or rejected."""
    if view.record.tracked_changes:
        yield Hit("")


class Beside(Params):
    """Parameters of `beside`."""

    codes: tuple[str, ...]
    """The notes of a reader that are looked for: `comment`, `footnote`, `struck` …"""


@kind("beside", (), Beside, "count", "words")
def beside(params: Beside, of: str, view: View) -> Iterator[Hit]:
    """Nothing of a sort stands beside the text, where it answers nothing: no comment, no words that are struck out."""
    found = [note.quote for note in view.record.notes if note.code in params.codes]
    if found:
        yield Hit("", {"count": str(len(found)), "words": shortened(found[0])})
