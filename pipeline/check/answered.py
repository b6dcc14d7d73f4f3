"""Kinds that ask whether something was answered."""

from collections.abc import Iterator

from pipeline.check.kinds import LEAF, REPEAT, FieldPath, Hit, Params, kind
from pipeline.check.views import View, child
from pipeline.grammar.texts import fold
from pipeline.model.records import Answer


class Required(Params):
    """Parameters of `required`."""

    or_in: tuple[FieldPath, ...] = ()
    """Fields of the same item that may say it instead, where they hold one of the words."""
    words: tuple[str, ...] = ()
    """Those words; the vocabulary of the field where empty."""
    unless_open: tuple[FieldPath, ...] = ()
    """Not asked in items where one of these fields is empty: no date is asked of a row that names nothing."""


@kind("required", LEAF, Required)
def required(params: Required, of: str, view: View) -> Iterator[Hit]:
    """Every item has a value. "N/A" is one, so is handwriting that nobody could read; a blank or a removed question is none."""
    for owner in view.owners(of):
        if view.said(of, owner) or child(of, owner) in view.by_hand or any(not view.said(other, owner) for other in params.unless_open):
            continue
        if not _says(_words(params, of, view), (answer for other in params.or_in for answer in view.said(other, owner))):
            yield Hit(child(of, owner))


def _words(params: Required, of: str, view: View) -> list[str]:
    words = params.words or [name for term in view.terms(of) for name in (term.name, *term.aliases)]
    return [f" {fold(word)} " for word in words]


def _says(words: list[str], answers: Iterator[Answer]) -> bool:
    texts = [f" {fold(answer.value)} " for answer in answers if answer.value]
    return any(word in text for text in texts for word in words)


class OneOf(Params):
    """Parameters of `one-of`."""

    fields: tuple[FieldPath, ...]
    """Of which at least one has an answer, in the item or in the items inside it."""


@kind("one-of", REPEAT, OneOf)
def one_of(params: OneOf, of: str, view: View) -> Iterator[Hit]:
    """Every item has at least one of several fields answered: a title alone in the summary has no block behind it."""
    for item in view.items(of):
        if not any(view.given(field, item) for field in params.fields):
            yield Hit(item)
