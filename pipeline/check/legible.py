"""Kinds that ask whether a return could be read: how sure the words are, and what holds words that nobody read."""

from collections.abc import Iterator

from pipeline.check.kinds import Hit, NoParams, Params, kind
from pipeline.check.views import View, shortened
from pipeline.model.forms import schema_path
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
    apart = any(spec.kind == by_hand.name for spec in view.round.form.rules)
    found = [note for note in view.record.notes if note.code in params.codes and not (apart and note.field in view.by_hand)]
    if found:
        yield Hit("", {"count": str(len(found)), "what": found[0].message})


@kind("by-hand", (), NoParams, "asked", "page")
def by_hand(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """Every box that something is written in was read: none holds handwriting, or other ink, of which no answer came."""
    given = {answer.field for answer in view.record.answers if answer.state is State.GIVEN}
    for path, note in view.by_hand.items():
        if path not in given and schema_path(path) in view.round.form.by_path:
            yield Hit(path, {"asked": view.round.form.field(path).label, "page": str(note.place.page or "")})
