"""Recognise the header row of a list: each of its cells is the label of a field, and the rows below hold the answers."""

from collections import Counter
from typing import NamedTuple

from pipeline.align.layout import Layout
from pipeline.align.lines import Kind
from pipeline.align.parts import Part
from pipeline.model.documents import Cell, Table


class Seen(NamedTuple):
    """A cell, with what its paragraphs hold."""

    cell: Cell
    parts: list[Part]
    """Of the paragraphs that stand in the cell itself, in reading order."""
    tables: tuple[Table, ...]


class Columns(NamedTuple):
    """What the columns of a list mean."""

    repeat: str
    """The repeat whose items the rows are; empty where the fields are the record's own."""
    fields: dict[int, str]
    """Schema path by the grid column, from 1, in which the field's header cell begins."""
    starts: tuple[int, ...]
    """The grid columns in which any header cell begins."""
    name: str
    """The field that names an item; empty where the list has no such column."""

    def field_at(self, column: int) -> str:
        """Return the field that a cell beginning in a grid column belongs to; empty where none does."""
        start = max((start for start in self.starts if start <= column), default=0)
        return self.fields.get(start, "")


def header(layout: Layout, row: list[Seen], below: list[Seen]) -> Columns | None:
    """Return what a row's cells say of the rows below, or nothing where it is no header row.

    Args:
        layout: the form's labels.
        row: the cells of the row.
        below: those of the next row; none for the last row.
    """
    if sum(cell.parts[0].kind is Kind.LABEL for cell in row if cell.parts) < 2:
        return None
    labels = {cell.cell.column: cell.parts[0].fields for cell in row if _is_label(cell.parts)}
    empty = sum(not cell.parts for cell in row)
    if len(labels) < 2 or empty > 1 or empty >= len(labels) or not below:
        return None
    if all(_is_label(cell.parts) for cell in below if cell.parts) and any(cell.parts for cell in below):
        return None
    owners = Counter(owner for fields in labels.values() for owner in {_owner(layout, path) for path in fields})
    repeat = max(owners, key=lambda owner: (owners[owner], len(owner)))
    if owners[repeat] < 2:
        return None
    fields = {}
    for column, paths in labels.items():
        path = next((path for path in paths if _owner(layout, path) == repeat), "")
        if path:
            fields[column] = layout.names[path] if path == repeat else path
    name = layout.names.get(repeat, "")
    return Columns(
        repeat, fields, tuple(cell.cell.column for cell in row), name if name in fields.values() else next(iter(fields.values()))
    )


def _owner(layout: Layout, path: str) -> str:
    """Return the repeat that a column belongs to: its field's, or for a repeat's own label, that repeat."""
    return path if path in layout.form.repeats else layout.owners[path]


def _is_label(found: list[Part]) -> bool:
    return bool(found) and found[0].kind is Kind.LABEL and all(part.kind is Kind.KNOWN for part in found[1:])
