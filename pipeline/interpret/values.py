"""From the words of one answer to its value, by the type of its field.

Pure functions on text. Where the words stand and how they were found is not asked here.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.grammar.choices import is_exact, match_choice
from pipeline.grammar.contacts import find_email, find_phone, phone_digits
from pipeline.grammar.dates import find_when, read_when
from pipeline.grammar.texts import is_not_applicable, strip_marker, tidy
from pipeline.model.forms import Field, FieldType, Term
from pipeline.model.records import State


class Reading(NamedTuple):
    """What the words of an answer mean."""

    value: str | None
    """None where nothing was answered, or a date cannot be resolved."""
    state: State
    precision: str = ""
    """For dates, as in `pipeline.grammar.dates.When`."""
    sure: float = 1.0
    """A factor from 0 to 1 for the answer's confidence: how surely the words mean this value."""


_LIKELY = 0.95
_DOUBTFUL = 0.6
_UNKNOWN = 0.5


def interpret(field: Field, text: str, terms: Sequence[Term] = ()) -> Reading:
    """Return what the words of one answer mean.

    Args:
        field: a leaf of the form.
        text: the words, without the form's own; for a list, those of one item.
        terms: the vocabulary of a choice.

    Returns:
        The value. A typed "N/A" stays as written, with its own state; so does a choice that is not in the vocabulary.
    """
    said = "\n".join(filter(None, map(tidy, text.splitlines()))) if field.type is FieldType.PASSAGE else tidy(text)
    if not said:
        return Reading(None, State.BLANK)
    if is_not_applicable(said):
        term = match_choice(said, terms) if terms else None
        return Reading(term.name, State.GIVEN) if term else Reading(said, State.NOT_APPLICABLE)
    if field.type is FieldType.CHOICE:
        return _choice(said, terms)
    reader = _READERS.get(field.type)
    return reader(said) if reader else Reading(said, State.GIVEN)


@lru_cache(maxsize=1024)
def _date(said: str) -> Reading:
    """Read a date; the returns of a round name the same few over and over."""
    when = read_when(said)
    if when:
        return Reading(when.end.isoformat() if when.end else None, State.GIVEN, when.precision)
    found = find_when(said)
    if found:
        return Reading(found.when.end.isoformat() if found.when.end else None, State.GIVEN, found.when.precision, found.sure * _LIKELY)
    return Reading(None, State.GIVEN, sure=_UNKNOWN)


def _email(said: str) -> Reading:
    email = find_email(said)
    return Reading(email or said, State.GIVEN, sure=1.0 if email == said else _LIKELY if email else _UNKNOWN)


def _phone(said: str) -> Reading:
    phone = find_phone(said) or said
    return Reading(phone, State.GIVEN, sure=(1.0 if phone == said else _LIKELY) if phone_digits(phone) else _DOUBTFUL)


def _choice(said: str, terms: Sequence[Term]) -> Reading:
    term = match_choice(said, terms)
    if term is None:
        return Reading(said, State.GIVEN, sure=_DOUBTFUL)
    return Reading(term.name, State.GIVEN, sure=1.0 if is_exact(said, term) else _LIKELY)


def _item(said: str) -> Reading:
    return Reading(strip_marker(said)[1], State.GIVEN)


_READERS: dict[FieldType, Callable[[str], Reading]] = {
    FieldType.DATE: _date,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _phone,
    FieldType.LIST: _item,
}
