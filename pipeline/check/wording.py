"""Kinds that look at how something is worded."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from pipeline.check.kinds import CHOICE, CONTACT, WORDS, Hit, NoParams, Params, kind
from pipeline.check.views import View, shortened
from pipeline.grammar.choices import suggest
from pipeline.grammar.contacts import find_email, phone_digits
from pipeline.grammar.texts import fold
from pipeline.model.forms import FieldType, schema_path


@kind("vocabulary", CHOICE, NoParams, "value", "suggestion", "choices")
def vocabulary(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """A choice is one of the agreed ones."""
    terms = view.terms(of)
    names = {term.name for term in terms}
    for answer in view.given(of):
        if answer.value not in names:
            nearest = suggest(answer.value or "", terms, most=1)
            choices = "; ".join(term.shown for term in terms)
            words = {"value": shortened(answer.value or ""), "suggestion": nearest[0].term.shown if nearest else "", "choices": choices}
            yield Hit(answer.field, words)


@kind("well-formed", CONTACT, NoParams, "value")
def well_formed(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """An e-mail address can be one; a telephone number has as many digits as a United Kingdom number has."""
    is_phone = view.round.form.by_path[of].type is FieldType.PHONE
    for answer in view.given(of):
        value = answer.value or ""
        if not (phone_digits(value) if is_phone else find_email(value) == value):
            yield Hit(answer.field, {"value": shortened(value)})


class SameTitle(Params):
    """Parameters of `same-title`."""

    likeness: float = 90.0
    """Per cent from which two wordings count as the same."""


@kind("same-title", WORDS, SameTitle, "value", "other")
def same_title(params: SameTitle, of: str, view: View) -> Iterator[Hit]:
    """Where a form asks for the same thing in two places, the two answers agree."""
    for note in view.record.notes:
        if note.code != "said-twice" or schema_path(note.field) != of:
            continue
        values = [answer.value or "" for answer in view.given(of) if answer.field == note.field]
        if values and fuzz.ratio(fold(values[0]), fold(note.quote)) < params.likeness:
            yield Hit(note.field, {"value": shortened(values[0]), "other": shortened(note.quote)})


class Distinct(Params):
    """Parameters of `distinct`."""

    likeness: float = 95.0
    """Per cent from which two wordings count as the same."""


@kind("distinct", WORDS, Distinct, "value", "other")
def distinct(params: Distinct, of: str, view: View) -> Iterator[Hit]:
    """No two items say the same: a block was copied for the next one and left as it was."""
    before: list[tuple[str, str]] = []
    for answer in view.given(of):
        folded = fold(answer.value or "")
        twin = next((other for other, known in before if fuzz.ratio(folded, known) >= params.likeness), None)
        if twin is not None:
            yield Hit(answer.field, {"value": shortened(answer.value or ""), "other": shortened(twin)})
        before.append((answer.value or "", folded))
