"""Paragraphs, cells and tables in the making: before tables are joined over page breaks and places are numbered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.documents import Cell, Control, Mark, Paragraph, Row, Table
from pipeline.model.places import Box, Place

_NOWHERE = Place()
_BROKEN = re.compile(r"\w[-\u2010\u00ad]$")
"""How a line ends within a word."""


@dataclass(slots=True)
class Text:
    """A paragraph in the making."""

    text: str
    page: int
    box: Box
    height: float
    """Of its lines."""
    size: float = 0.0
    """Of its letters; 0 where it is not known."""
    controls: tuple[Control, ...] = ()
    marks: tuple[Mark, ...] = ()
    bullet: str = ""
    level: int = 0
    heading: int = 0
    sure: float = 1.0
    bold: bool = False
    """True where all of it is bold."""
    listed: bool = False
    """True where it begins with a list marker."""
    full: bool = False
    """True where its last line leaves no room: what follows may be more of it."""

    def go_on(self, other: "Text") -> None:
        """Add a paragraph that is more of this one."""
        self.text = wrapped(self.text)
        shift = len(self.text)
        self.text += other.text
        self.controls += tuple(control._replace(start=control.start + shift, end=control.end + shift) for control in other.controls)
        self.marks += tuple(mark._replace(start=mark.start + shift, end=mark.end + shift) for mark in other.marks)
        self.sure, self.full = min(self.sure, other.sure), other.full


@dataclass(slots=True)
class Field:
    """A cell in the making."""

    items: list["Text | Sheet"]
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Sheet:
    """A table in the making."""

    page: int
    box: Box
    edges: tuple[float, ...]
    """Of its columns, from left to right."""
    rows: list[list[Field]]
    bottom: float
    """Where it ends on the page on which it ends."""
    first_row: float
    """How high its first row is."""
    heading: int = 0
    """How many of its first rows are repeated at the top of the next page."""


def texts(items: Sequence["Text | Sheet"]) -> Iterator[Text]:
    """Yield every paragraph in reading order."""
    for item in items:
        if isinstance(item, Text):
            yield item
        else:
            for row in item.rows:
                for cell in row:
                    yield from texts(cell.items)


class Numbering:
    """Turns what was in the making into blocks, each with its place."""

    def __init__(self) -> None:
        self.tables = 0

    def blocks(self, items: list["Text | Sheet"], within: Place = _NOWHERE) -> tuple[Paragraph | Table, ...]:
        """Return blocks in reading order; paragraphs count from 1 within what encloses them."""
        made: list[Paragraph | Table] = []
        count = 0
        for item in items:
            if isinstance(item, Sheet):
                made.append(self._table(item))
                continue
            count += 1
            made.append(_paragraph(item, Place("", within.table, within.row, within.column, count, item.page, item.box)))
        return tuple(made)

    def _table(self, sheet: Sheet) -> Table:
        self.tables += 1
        number = self.tables
        rows = tuple(Row(tuple(self._cell(cell, number, at) for cell in row), at <= sheet.heading) for at, row in enumerate(sheet.rows, 1))
        return Table(rows, Place(table=number, page=sheet.page, box=sheet.box))

    def _cell(self, cell: Field, table: int, row: int) -> Cell:
        blocks = self.blocks(cell.items, Place("", table, row, cell.column))
        return Cell(blocks, cell.column, cell.columns, cell.rows)


def _paragraph(text: Text, place: Place) -> Paragraph:
    return Paragraph(text.text, place, text.controls, text.marks, text.heading, text.bullet, text.level, None, text.sure)


def wrapped(text: str) -> str:
    """Return the end of a line, ready for the next one: a hyphen is part of its word, a soft one was only there for the line's end."""
    return text.removesuffix("\u00ad") if _BROKEN.search(text[-2:]) else text + " "
