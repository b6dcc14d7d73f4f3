"""The rows of a workbook's tables, written as XML one after the other into what XlsxWriter made of all the rest.

XlsxWriter holds a workbook until it is whole, for tables even where it is told not to. So it makes one with empty tables; the rows stream
through here, and no more than some hundred are held. Words stand in their cells: a list of them beside the sheets would have to be held.

Source: ECMA-376-1 4th ed., 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.73 (row), 18.3.1.99 (the order in a worksheet), 22.9.2.19 (ST_Xstring).
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from pipeline.ooxml.package import Writer
from pipeline.publish.cells import FORMULA_STARTS, fitting
from pipeline.publish.runs import legal

_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts days from here as the calendar does. Source: ECMA-376-1 4th ed., 18.17.4.1."""
_BEFORE_DAYS = dt.date(1899, 12, 30)
_LINKS = 65_530
"""The most links of a sheet. Source: Excel specifications and limits."""
_SAMPLE = re.compile(r'<c r="[A-Z]2" s="(\d+)"/>')
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_SECOND_ROW = re.compile(r'<row r="2".*?</row>')
_ROWS_END = "</sheetData>"
_TABLE_REF = re.compile(r'( ref="A1:[A-Z]+)2"')
_CODE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
"""What Excel would take for the code of a character."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


class Link(NamedTuple):
    """A text that leads to a row of another sheet."""

    text: str
    sheet: str
    row: int
    """Counted from 1, as Excel shows it."""


Cell = str | int | dt.date | Link


class Column(NamedTuple):
    """A column of a sheet."""

    heading: str
    width: int
    """In characters of the standard font."""


class Sheet(NamedTuple):
    """A sheet with one table."""

    title: str
    """On its tab; no two alike."""
    table: str
    """What formulas call the table: letters and digits."""
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    """From the top; they are gone through once."""
    whole: str
    """Where a text stands whole that is too long for a cell."""


class _Look(NamedTuple):
    """The numbers of the styles of cells, in the order in which `sheets` puts a sample of each into the second row."""

    text: str
    quoted: str
    number: str
    date: str
    link: str


def fill(target: IO[bytes], workbook: bytes, sheets: Mapping[str, Sheet]) -> None:
    """Write a workbook with the rows of its tables.

    Args:
        target: a file open for writing.
        workbook: as XlsxWriter made it, each table with the samples as its only row.
        sheets: what stands in a sheet, by the name of its part; their tables are numbered in this order.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as made, Writer(target) as writer:
        filled = {name: _Rows(sheet) for name, sheet in sheets.items()}
        tables = {f"xl/tables/table{number}.xml": rows for number, rows in enumerate(filled.values(), 1)}
        for name in made.namelist():
            if name in filled:
                writer.stream(name, filled[name].within(made.read(name).decode()))
            elif name not in tables:
                writer.add(name, made.read(name))
        for name, rows in tables.items():  # how long a table is, is known when its rows are written
            writer.add(name, _TABLE_REF.sub(rf'\g<1>{max(rows.last, 2)}"', made.read(name).decode()).encode())


class _Rows:
    """The rows of one sheet while they are written."""

    def __init__(self, sheet: Sheet) -> None:
        self.last = 1
        self._sheet = sheet
        self._links: list[str] = []

    def within(self, part: str) -> Iterator[str]:
        """Yield the XML of the sheet with its rows in place of the samples."""
        look = _Look(*_SAMPLE.findall(part))
        start, _, end = _SECOND_ROW.sub("", _DIMENSION.sub("", part, count=1), count=1).partition(_ROWS_END)
        yield start
        yield from self._rows(look)
        yield _ROWS_END
        if self._links:
            yield f"<hyperlinks>{''.join(self._links)}</hyperlinks>"
        yield end

    def _rows(self, look: _Look) -> Iterator[str]:
        columns = self._sheet.columns
        letters = [xl_col_to_name(place) for place in range(len(columns))]
        for row in self._sheet.rows:
            self.last = number = self.last + 1
            cells = "".join([self._cell(f"{letter}{number}", cell, look) for letter, cell in zip(letters, row, strict=True)])
            yield f'<row r="{number}" ht="{height(row, columns):g}" customHeight="1">{cells}</row>'

    def _cell(self, at: str, cell: Cell, look: _Look) -> str:
        if type(cell) is str:  # nearly all are
            return self._text(at, cell, look)
        if isinstance(cell, Link):
            return self._link(at, cell, look)
        if isinstance(cell, int):
            return f'<c r="{at}" s="{look.number}"><v>{cell}</v></c>'
        if isinstance(cell, dt.date) and cell >= _FIRST_DAY:
            return f'<c r="{at}" s="{look.date}"><v>{(cell - _BEFORE_DAYS).days}</v></c>'
        return self._text(at, str(cell), look)

    def _text(self, at: str, text: str, look: _Look) -> str:
        text = fitting(text, self._sheet.whole)
        style = look.quoted if text.startswith(FORMULA_STARTS) else look.text
        return f'<c r="{at}" s="{style}" t="inlineStr"><is>{_said(text)}</is></c>'

    def _link(self, at: str, link: Link, look: _Look) -> str:
        text = fitting(link.text, self._sheet.whole)
        if len(self._links) < _LINKS:
            sheet = link.sheet.replace("'", "''")
            location = _attribute(f"'{sheet}'!A{link.row}")
            self._links.append(f'<hyperlink ref="{at}" location="{location}" display="{_attribute(text)}"/>')
        return f'<c r="{at}" s="{look.link}" t="inlineStr"><is>{_said(text)}</is></c>'


def _said(text: str) -> str:
    """Return the element that holds the words of a cell."""
    if "_x" in text:
        text = _CODE.sub(r"_x005F\1", text)
    if not text.isprintable():
        text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{space}>{_escaped(text)}</t>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _escaped(_CONTROL.sub(" ", legal(text))).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


_LINE_POINTS = 13.0
"""The height of a line of Arial 10."""
_HIGHEST = 409.0
"""Points. Source: Excel specifications and limits."""


def height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return the height of a row that shows all of its texts, in points: not every program works it out for itself."""
    most = 1
    for cell, (_, width) in zip(row, columns, strict=True):
        text = cell if type(cell) is str else cell.text if isinstance(cell, Link) else ""
        if len(text) >= width or "\n" in text:
            most = max(most, sum([1 + len(line) // width for line in text.split("\n")]))
    return min(most * _LINE_POINTS + 3, _HIGHEST)
