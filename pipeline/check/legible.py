"""Kinds that ask whether a return could be read: how sure the words are, and what holds words that nobody read."""

from collections.abc import Iterator

from pipeline.check.kinds import Hit, Params, kind
from pipeline.check.views import View, shortened
from pipeline.model.records import State


class Sure(Params):
    """Parameters of `sure`."""

    least: float
    """From 0 to 1: an answer that is less sure is found, where it was understood at all."""


@kind("sure", (), Sure, "value", "sure")
def sure(params: Sure, of: str, view: View) -> Iterator[Hit]:
    """Every answer is sure enough: its words were read clearly and stand where its label says."""
    for answer in view.record.answers:
        if answer.state is State.GIVEN and answer.value is not None and answer.confidence < params.least:
            yield Hit(answer.field, {"value": shortened(answer.quote), "sure": f"{answer.confidence:.0%}"})


class Unread(Params):
    """Parameters of `unread`."""

    codes: tuple[str, ...] = (
        "damaged",
        "truncated",
        "picture",
        "drawing",
        "embedded-object",
        "embedded-document",
        "not-opened",
        "not-read",
        "unread-ink",
        "picture-page",
        "page-beside",
        "broken-page",
        "too-many-words",
        "too-many-shapes",
        "xfa",
    )
    """The notes of a reader that stand for something in which words may be that it did not read."""


@kind("unread", (), Unread, "count", "what")
def unread(params: Unread, of: str, view: View) -> Iterator[Hit]:
    """The return holds nothing that could not be read: no picture, no damaged part, no page without words."""
    found = [note for note in view.record.notes if note.code in params.codes]
    if found:
        yield Hit("", {"count": str(len(found)), "what": found[0].message})
