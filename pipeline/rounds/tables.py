"""Tables that officers keep: the sheets of a workbook, or a CSV file, as rows of text with the address of every cell.

Knows Excel and CSV; knows nothing of partnerships.
"""

import csv
import datetime as dt
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import SetupError
from pipeline.rounds.naming import column_name

_ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")
_BROKEN = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, EOFError, ParseError)
"""What openpyxl lets through when a workbook is damaged."""


class Cell(NamedTuple):
    """A cell's text and where it stands."""

    text: str
    where: str
    """`partnerships.xlsx, sheet Register, cell C4`."""
    number: bool = False
    """True where a program keeps it as a number, without the nought that it may have begun with."""


class Sheet(NamedTuple):
    """A sheet whose first row that is not empty holds the headings."""

    name: str
    where: str
    headings: Mapping[str, Cell]
    """The headings by column name, left to right."""
    rows: tuple[Mapping[str, Cell], ...]
    """The rows that are not empty: under every heading a cell."""
    doubles: tuple[Cell, ...]
    """Headings that repeat one to their left; their columns are left out."""


def read_table(path: Path) -> tuple[Sheet, ...]:
    """Read a workbook (.xlsx) or a CSV file in UTF-8.

    Raises:
        SetupError: it cannot be opened or understood.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path.name, f"it cannot be opened ({error.strerror})", "check that you may read it, and close it in Excel") from error
    return _csv(path.name, data) if path.suffix == ".csv" else tuple(_workbook(path.name, data))


def _workbook(name: str, data: bytes) -> Iterator[Sheet]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drop-downs and formats that reading values does not need
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for worksheet in book.worksheets:
                worksheet.reset_dimensions()  # what a file says of its own size is not believed
                where = f"{name}, sheet {worksheet.title}"
                rows = [
                    [_cell(value, where, row, column) for column, value in enumerate(values, 1)]
                    for row, values in enumerate(worksheet.iter_rows(values_only=True), 1)
                    if any(value is not None for value in values)
                ]
                yield _sheet(worksheet.title, where, rows)
            book.close()
    except _BROKEN as error:
        raise _refused(name, "it is not a workbook that can be read", "open it in Excel and save it as .xlsx") from error


def _cell(value: object, where: str, row: int, column: int) -> Cell:
    address = f"{where}, cell {get_column_letter(column)}{row}"
    return Cell(_text(value), address, isinstance(value, int | float) and not isinstance(value, bool))


def _csv(name: str, data: bytes) -> tuple[Sheet, ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, "it is not UTF-8 text", "in Excel choose “CSV UTF-8” when saving") from error
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _refused(name, f"it is not a CSV file that can be read ({error})", "save it once more from Excel as “CSV UTF-8”") from error
    rows = [
        [Cell(_text(value), f"{name}, row {row}, column {get_column_letter(column)}") for column, value in enumerate(values, 1)]
        for row, values in enumerate(lines, 1)
    ]
    return (_sheet("", name, rows),)


def _sheet(name: str, where: str, rows: Iterable[list[Cell]]) -> Sheet:
    filled = [row for row in rows if any(cell.text for cell in row)]
    top, below = (filled[0], filled[1:]) if filled else ([], [])
    headings: dict[str, Cell] = {}
    positions: dict[str, int] = {}
    doubles = []
    for position, cell in enumerate(top):
        column = column_name(cell.text)
        if column in headings:
            doubles.append(cell)
        elif column:
            headings[column], positions[column] = cell, position
    below_heading = tuple({column: _at(row, positions[column], headings[column]) for column in headings} for row in below)
    return Sheet(name, where, headings, below_heading, tuple(doubles))


def _at(row: list[Cell], position: int, heading: Cell) -> Cell:
    return row[position] if position < len(row) else Cell("", heading.where)


def _text(value: object) -> str:
    """Return what the officer sees in a cell, as text: NFC, ordinary spaces, none at the ends."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        value = f"{value.day} {value:%B %Y}"
    text = unicodedata.normalize("NFC", str(value)).replace("\u00a0", " ").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def is_error(cell: Cell) -> bool:
    """Say whether a cell shows one of Excel's errors instead of a value."""
    return cell.text in _ERRORS


def _refused(where: str, what: str, instead: str) -> SetupError:
    return SetupError(f"{where}: {what}.", instead, mistakes=(f"{where}: {what} – {instead}",))
