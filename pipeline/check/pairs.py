"""Kinds that ask whether two things belong together."""

from collections.abc import Iterator

from pipeline.check.kinds import REPEAT, FieldPath, Hit, Params, kind
from pipeline.check.views import View, child, repeat_of, shortened
from pipeline.grammar.texts import fold


class Paired(Params):
    """Parameters of `paired` and `same-number`."""

    first: FieldPath
    """The field that names an item."""
    second: FieldPath
    """The field of the same item that goes with it."""
    beside: FieldPath
    """A list beside the items, of which each entry belongs to one of them."""


@kind("paired", REPEAT, Paired, "missing")
def paired(params: Paired, of: str, view: View) -> Iterator[Hit]:
    """Of two fields that go together each item has both, and each entry of the list beside them belongs to an item.

    Says nothing where the list could not be shared out at all: `same-number` speaks then.
    """
    for owner in _around(of, view):
        listed = view.given(params.beside, owner)
        shared_out = {fold(answer.value or "") for answer in view.given(params.second, owner)}
        if listed and not shared_out:
            continue
        for item in view.items(of, owner):
            yield from _one_sided(params, item, view)
        for answer in listed:
            if fold(answer.value or "") not in shared_out:
                yield Hit(answer.field, {"missing": view.label(params.first), "item": shortened(answer.value or "")})


@kind("same-number", REPEAT, Paired, "firsts", "seconds")
def same_number(params: Paired, of: str, view: View) -> Iterator[Hit]:
    """A list beside the items has as many entries as there are items, where its entries could not be told to belong to them."""
    for owner in _around(of, view):
        items, listed = view.items(of, owner), view.given(params.beside, owner)
        if len(listed) not in (0, len(items)) and not view.given(params.second, owner):
            yield Hit(child(params.beside, owner), {"firsts": str(len(items)), "seconds": str(len(listed))})


def _around(of: str, view: View) -> list[str]:
    around = repeat_of(view.round.form, of)
    return view.items(around) if around else [""]


def _one_sided(params: Paired, item: str, view: View) -> Iterator[Hit]:
    first, second = view.said(params.first, item), view.said(params.second, item)
    if first and not second:
        yield Hit(child(params.second, item), {"missing": view.label(params.second)})
    elif second and not first:
        yield Hit(child(params.first, item), {"missing": view.label(params.first), "item": shortened(second[0].value or "")})
