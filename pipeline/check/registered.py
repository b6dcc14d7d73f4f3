"""Kinds that compare a return with the register."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from pipeline.check.kinds import LEAF, WORDS, FieldPath, Hit, NoParams, Params, kind
from pipeline.check.views import View, child, shortened
from pipeline.grammar.people import name_key
from pipeline.grammar.texts import fold
from pipeline.model.forms import FieldType


class Settled(Params):
    """An answer that settles an item."""

    field: FieldPath
    value: str | None = None
    """Any answer where empty."""


class AgainstRegister(Params):
    """Parameters of `against-register`."""

    column: str
    """The register's list: one line for each item that has to be answered."""
    settled_by: tuple[Settled, ...]
    """Of which one is enough."""
    or_in: tuple[FieldPath, ...] = ()
    """Fields in which an item may be mentioned instead."""
    likeness: float = 85.0
    """Per cent from which two wordings count as the same item."""


@kind("against-register", WORDS, AgainstRegister, "entry")
def against_register(params: AgainstRegister, of: str, view: View) -> Iterator[Hit]:
    """Every line of a list in the register is dealt with in the return, and so is every item that the return adds."""
    prose = [fold(answer.value or "") for field in params.or_in for answer in view.given(field)]
    unmentioned = {fold(line): line for line in (view.partnership.lists.get(params.column, ()) if view.partnership else ())}
    for answer in view.given(of):
        folded, item = fold(answer.value or ""), answer.field.rpartition(".")[0]
        unmentioned = {known: line for known, line in unmentioned.items() if fuzz.ratio(known, folded) < params.likeness}
        if not _is_settled(params, item, view) and not _is_in(prose, folded, params.likeness):
            yield Hit(child(params.settled_by[0].field, item), {"entry": shortened(answer.value or "")})
    for known, line in unmentioned.items():
        if not _is_in(prose, known, params.likeness):
            yield Hit(f"{of.rpartition('.')[0]}[{line}]", {"entry": shortened(line)})


def _is_in(prose: list[str], known: str, likeness: float) -> bool:
    """Tell whether an item is mentioned in running text."""
    return any(len(text) >= len(known) and fuzz.partial_ratio(known, text) >= likeness for text in prose)


def _is_settled(params: AgainstRegister, item: str, view: View) -> bool:
    return any(
        settled.value is None or answer.value == settled.value for settled in params.settled_by for answer in view.said(settled.field, item)
    )


@kind("unchanged", LEAF, NoParams, "value", "register")
def unchanged(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """A return says the same as the register that the blank was filled in from; people by their names alone."""
    field = view.round.form.by_path[of]
    known = view.partnership.columns.get(field.prefill, "") if view.partnership else ""
    same = name_key if field.type is FieldType.PERSON else fold
    for answer in view.given(of) if known else ():
        if answer.value != known and same(answer.value or "") != same(known):
            yield Hit(answer.field, {"value": shortened(answer.value or ""), "register": known})
