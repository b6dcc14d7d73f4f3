"""The lists within a plan as rows: every repeat and list of the form but the one that the plan is made of.

Which there are, the form says: deliverables, measures and pledges in the form of 2011.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.forms import Field, FieldType, Form
from pipeline.model.plans import Entry, Group, Node, Plan
from pipeline.model.records import Answer
from pipeline.publish.reach import node_at
from pipeline.publish.table_rows import Cell, Column

_WIDE, _NARROW = 44, 18
_LONG = (FieldType.TEXT, FieldType.PASSAGE, FieldType.LIST)


class Listing(NamedTuple):
    """The rows of one list of the form."""

    path: str
    title: str
    name: str
    """The title in short: what the form calls it."""
    columns: tuple[Column, ...]
    rows: Iterator[tuple[Cell, ...]]
    """To be gone through once."""


def listings(plan: Plan) -> Iterator[Listing]:
    """Yield the lists of a plan in the order of the form, with a row for each entry; the first column is the partnership."""
    form = plan.round.form
    for path, field in form.walk():
        if path != form.plan.of and field.type in (FieldType.REPEAT, FieldType.LIST) and _is_outermost(path, form):
            columns = (Column("Partnership", 30), *_item_column(path, form), *_columns(field), Column("Place in the return", _NARROW))
            yield Listing(path, field.label, path.rpartition(".")[2].replace("_", " ").capitalize(), columns, _all_rows(plan, path, field))


def _all_rows(plan: Plan, path: str, field: Field) -> Iterator[tuple[Cell, ...]]:
    for entry in plan.entries:
        yield from _rows(entry, path, field, plan.round.form)


def _is_outermost(path: str, form: Form) -> bool:
    """Say whether no other list encloses one, but for that of the plan's own items."""
    above = path.split(".")[:-1]
    paths = {".".join(above[: depth + 1]) for depth in range(len(above))}
    return not (paths & form.repeats) - {form.plan.of}


def _within_items(path: str, form: Form) -> bool:
    return path.startswith(f"{form.plan.of}.")


def _item_column(path: str, form: Form) -> tuple[Column, ...]:
    return (Column(form.field(form.plan.title).label, _WIDE),) if _within_items(path, form) else ()


def _leaves(field: Field) -> Iterator[tuple[str, Field]]:
    """Yield the leaves of an entry: for a list, its words."""
    if field.type is FieldType.LIST:
        yield "", field
        return
    for key, inner in field.fields.items():
        if inner.type is FieldType.GROUP:
            yield from ((f"{key}.{path}", leaf) for path, leaf in _leaves(inner))
        elif inner.is_leaf:
            yield key, inner


def _columns(field: Field) -> Iterator[Column]:
    for _, leaf in _leaves(field):
        yield Column(leaf.label, _WIDE if leaf.type in _LONG else _NARROW)
        if leaf.type is FieldType.DATE:
            yield Column(f"{leaf.label}, as written", _NARROW)


def _rows(entry: Entry, path: str, field: Field, form: Form) -> Iterator[tuple[Cell, ...]]:
    if not _within_items(path, form):
        for found in _entries(entry.answers, path):
            yield (entry.partnership.name, *_cells(found, field), _place(found))
        return
    title = form.plan.title.removeprefix(f"{form.plan.of}.")
    for item in entry.items:
        named = node_at(item, title.split("."))
        for found in _entries(item, path.removeprefix(f"{form.plan.of}.")):
            yield (entry.partnership.name, _shown(named), *_cells(found, field), _place(found))


def _entries(group: Group, path: str) -> tuple[Group | Answer, ...]:
    found = node_at(group, path.split("."))
    return found if isinstance(found, tuple) and not isinstance(found, Answer | Group) else ()


def _cells(found: Group | Answer, field: Field) -> Iterator[Cell]:
    for path, leaf in _leaves(field):
        node = node_at(found, path.split(".")) if isinstance(found, Group) else found
        if leaf.type is FieldType.DATE:
            yield _date(node)
            yield node.quote if isinstance(node, Answer) else ""
        else:
            yield _shown(node)


def _date(node: Node | None) -> Cell:
    """Return a date as one; nothing where it was not understood as a day, for what was written stands beside it."""
    try:
        return dt.date.fromisoformat(node.value or "") if isinstance(node, Answer) else ""
    except ValueError:
        return ""


def _shown(node: Node | None) -> str:
    if isinstance(node, Answer):
        return node.value or ""
    if isinstance(node, tuple) and not isinstance(node, Group):
        return "; ".join(part.value or "" for part in node if isinstance(part, Answer))
    return ""


def _place(found: Group | Answer) -> str:
    """Return where the first words of an entry stand."""
    if isinstance(found, Answer):
        return str(found.place)
    answers = (node for node in found.parts.values() if isinstance(node, Answer) and node.passages and node.quote)
    first = next(answers, None)
    return str(first.place) if first else ""
