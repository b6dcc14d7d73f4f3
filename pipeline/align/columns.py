"""Recognise the header row of a list: each of its cells is the label of a field, and the rows below hold the answers."""

from collections import Counter
from typing import NamedTuple

from pipeline.align.layout import Layout
from pipeline.align.lines import Kind
from pipeline.align.parts import Part
from pipeline.model.documents import Cell, Table

_FEWEST = 2
"""Labels of the smallest header row."""


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
    inner: str
    """A repeat within that one whose items the rows are too; empty where there is none."""
    name: str
    """The field that names an item; empty where the list has no such column: then the rows say more of the item they stand in."""

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
    if sum(cell.parts[0].kind is Kind.LABEL for cell in row if cell.parts) < _FEWEST:
        return None
    labels = {cell.cell.column: cell.parts[0].fields for cell in row if _is_label(cell.parts)}
    empty, words = sum(not cell.parts for cell in row), sum(bool(cell.parts) and not _is_label(cell.parts) for cell in row)
    if len(labels) < _FEWEST or empty > 1 or max(empty, words) >= len(labels) or not below:
        return None
    if any(cell.parts for cell in below) and (all(_is_label(cell.parts) for cell in below if cell.parts) or (words and _pairs(below))):
        return None
    return _columns(layout, labels, tuple(cell.cell.column for cell in row))


def headed(layout: Layout, row: list[Seen]) -> tuple[Columns, list[Seen]] | None:
    """Return what a row says whose cells each begin with a label and go on with the lines of a list, and those lines.

    Source: document 002, where the key priorities and their lead officers stand in two such cells.
    """
    if len(row) < _FEWEST or any(len(cell.parts) < _FEWEST or cell.parts[0].kind is not Kind.LABEL or cell.tables for cell in row):
        return None
    columns = _columns(layout, {cell.cell.column: cell.parts[0].fields for cell in row}, tuple(cell.cell.column for cell in row))
    if columns is None or columns.repeat not in layout.form.repeats or max(_lines(cell) for cell in row) < _FEWEST:
        return None
    return columns, [cell._replace(parts=cell.parts[1:]) for cell in row]


def _columns(layout: Layout, labels: dict[int, tuple[str, ...]], starts: tuple[int, ...]) -> Columns | None:
    """Return the columns of the repeat that most labels belong to, the innermost of several, and of a repeat in it where there is one."""
    owners = Counter(owner for fields in labels.values() for owner in {owner for path in fields for owner in _owners(layout, path)})
    repeat, inner = max(owners, key=lambda owner: (owners[owner], len(owner))), ""
    for outer, nested in ((layout.owners.get(nested, ""), nested) for nested in owners):
        if outer and _names(layout, outer, labels) and owners[nested] >= _FEWEST and _is_told_apart(layout, nested, labels):
            repeat, inner = outer, nested
    if owners[repeat] < _FEWEST:
        return None
    fields = {}
    for column, paths in labels.items():
        path = next((path for owner in (inner or repeat, repeat) for path in paths if owner in _owners(layout, path)), "")
        if path:
            fields[column] = layout.names[path] if path in (repeat, inner) else path
    name = layout.names.get(repeat, "")
    return Columns(repeat, fields, starts, inner, name if name in fields.values() else "")


def _names(layout: Layout, repeat: str, labels: dict[int, tuple[str, ...]]) -> bool:
    """Say whether one of the labels names the items of a repeat."""
    return any({repeat, layout.names[repeat]} & set(paths) for paths in labels.values())


def _is_told_apart(layout: Layout, repeat: str, labels: dict[int, tuple[str, ...]]) -> bool:
    """Say whether one of the labels asks for something that each item of a repeat has of its own, as its date."""
    own = (path for paths in labels.values() for path in paths if layout.owners.get(path) == repeat)
    return any(path not in layout.twins for path in own)


def _owners(layout: Layout, path: str) -> tuple[str, ...]:
    """Return the repeats that a column may belong to: that of its field, and for a repeat's own label, that repeat."""
    return (path, layout.owners[path]) if path in layout.form.repeats else (layout.owners[path],)


def _pairs(row: list[Seen]) -> bool:
    """Say whether a row begins with a label and its answer: so does the one above it, then."""
    said = [cell for cell in row if cell.parts]
    return len(said) > 1 and _is_label(said[0].parts) and not _is_label(said[1].parts)


def _lines(cell: Seen) -> int:
    return sum(part.kind is Kind.WORDS for part in cell.parts)


def _is_label(found: list[Part]) -> bool:
    return bool(found) and found[0].kind is Kind.LABEL and all(part.kind is Kind.KNOWN for part in found[1:])
