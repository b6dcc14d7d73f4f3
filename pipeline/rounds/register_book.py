"""Write a register that an officer keeps in Excel: headings that explain themselves, drop-downs, a sheet for each list.

Written by XlsxWriter, in which no text becomes a formula; the same content gives the same bytes.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from pipeline.model.forms import FieldType, Form, Term
from pipeline.rounds.register import COLUMNS, SHEET, is_list

Row = Mapping[str, str | Sequence[str]]
"""A row to write: text, or several values, by column name."""

_MADE = dt.datetime(2000, 1, 1)
"""The time that the workbook says it was made: always the same one."""
_ROWS = 200
"""How many rows below the headings have drop-downs."""
_WIDTHS = {"name": 44, "code": 8, "contact_phone": 16, "kind": 20}
_USUAL_WIDTH, _WIDE = 28, 110
"""In characters, as Excel measures columns."""
_LINE_POINTS = 15


class Column(NamedTuple):
    """A column of the register: its name, and what to write in it."""

    name: str
    explanation: str
    choices: str = ""
    """The vocabulary of its drop-down; empty where anything may be written."""

    @property
    def heading(self) -> str:
        """What stands over the column."""
        return self.name.replace("_", " ").capitalize()


def columns_of(form: Form) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Return the columns of a form's register, and the lists that have a sheet of their own.

    The program's own columns are among them, except the id, which is rarely needed.
    """
    used: dict[str, Column] = {}
    lists: dict[str, Column] = {}
    for path, field in form.walk():
        if field.prefill and field.prefill not in COLUMNS:
            choices = field.choices if field.type is FieldType.CHOICE else ""
            column = Column(field.prefill, f"Stands in “{field.label}” on the blank; the partnership may change it there.", choices)
            (lists if is_list(form, path, field) else used).setdefault(field.prefill, column)
    own = {name: Column(name, words) for name, words in COLUMNS.items() if name != "id"}
    first = [own.pop(name) for name in ("name", "code", "annex_name")]
    return (*first, *used.values(), *own.values()), tuple(lists.values())


def write_register(path: Path, form: Form, vocabularies: Mapping[str, tuple[Term, ...]], rows: Sequence[Row]) -> None:
    """Write `partnerships.xlsx`.

    Args:
        path: where; an existing file is overwritten.
        form: says which columns and lists there are.
        vocabularies: the choices of the drop-downs, by name.
        rows: what stands in it; columns that the form does not know are left out.

    Raises:
        OSError: the file cannot be written.
    """
    columns, lists = columns_of(form)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": "Register of partnerships", "created": _MADE})
        looks = {
            "heading": book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        }
        _register_sheet(book, looks, columns, rows)
        for column in lists:
            _list_sheet(book, looks, column, rows)
        _explanation_sheet(book, looks, columns, lists)
        _choice_sheet(book, looks, columns, vocabularies)


def _register_sheet(book: Any, looks: Mapping[str, Any], columns: Sequence[Column], rows: Sequence[Row]) -> None:
    sheet = _sheet(book, SHEET)
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _width(column), looks["text"])
        sheet.write_string(0, number, column.heading, looks["heading"])
        sheet.write_comment(0, number, column.explanation, {"x_scale": 2, "author": ""})
        if column.choices:
            source = f"={_choices_name(column)}"
            sheet.data_validation(1, number, _ROWS, number, {"validate": "list", "source": source, "error_type": "warning"})
    for line, row in enumerate(rows, 1):
        texts = [_text(row.get(column.name, "")) for column in columns]
        sheet.set_row(line, _height(texts, [_width(column) for column in columns]))
        for number, text in enumerate(texts):
            if text:
                sheet.write_string(line, number, text, looks["text"])


def _list_sheet(book: Any, looks: Mapping[str, Any], column: Column, rows: Sequence[Row]) -> None:
    sheet = _sheet(book, column.heading)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, _WIDTHS["name"], looks["text"])
    sheet.set_column(1, 1, 90, looks["text"])
    sheet.write_string(0, 0, "Partnership", looks["heading"])
    sheet.write_string(0, 1, column.heading, looks["heading"])
    sheet.write_comment(0, 0, "The name as it stands in the register; one line for each entry.", {"x_scale": 2, "author": ""})
    sheet.write_comment(0, 1, column.explanation, {"x_scale": 2, "author": ""})
    names = f"={SHEET}!$A$2:$A${_ROWS + 1}"
    sheet.data_validation(1, 0, 5 * _ROWS, 0, {"validate": "list", "source": names, "error_type": "warning"})
    entries = [(str(row["name"]), entry) for row in rows for entry in row.get(column.name, ())]
    for line, (name, entry) in enumerate(entries, 1):
        sheet.write_string(line, 0, name, looks["text"])
        sheet.write_string(line, 1, entry, looks["text"])


def _explanation_sheet(book: Any, looks: Mapping[str, Any], columns: Sequence[Column], lists: Sequence[Column]) -> None:
    sheet = _sheet(book, "Explained")
    sheet.set_column(0, 0, 26, looks["text"])
    sheet.set_column(1, 1, _WIDE, looks["text"])
    sheet.write_string(0, 0, "Column", looks["heading"])
    sheet.write_string(0, 1, "What to write", looks["heading"])
    notes = [(column.heading, column.explanation) for column in columns]
    notes += [(f"Sheet “{column.heading}”", f"One entry a line, beside its partnership. {column.explanation}") for column in lists]
    notes.append(("Further columns", "Any other column is kept; a form can prefill its fields from it."))
    for line, note in enumerate(notes, 1):
        sheet.set_row(line, _height(note, (26, _WIDE)))
        sheet.write_row(line, 0, note, looks["text"])


def _choice_sheet(book: Any, looks: Mapping[str, Any], columns: Sequence[Column], vocabularies: Mapping[str, tuple[Term, ...]]) -> None:
    """Write the drop-downs' choices, one column each, and name them: a list in a cell may not be longer than 255 characters."""
    sheet = _sheet(book, "Choices")
    for number, column in enumerate(column for column in columns if column.choices):
        terms = vocabularies.get(column.choices, ())
        sheet.set_column(number, number, _WIDE, looks["text"])
        sheet.write_string(0, number, column.heading, looks["heading"])
        for line, term in enumerate(terms, 1):
            sheet.write_string(line, number, term.name, looks["text"])
        letter = chr(ord("A") + number)
        book.define_name(_choices_name(column), f"=Choices!${letter}$2:${letter}${max(len(terms), 1) + 1}")


def _sheet(book: Any, name: str) -> Any:
    """Add a sheet that prints on A4 landscape, one page wide, its headings on every page."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _width(column: Column) -> int:
    return _WIDTHS.get(column.name, _USUAL_WIDTH)


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row in points: not every program fits rows to wrapped text by itself."""
    lines = [sum(len(line) // width + 1 for line in text.split("\n")) for text, width in zip(texts, widths, strict=True)]
    return _LINE_POINTS * max(lines)


def _choices_name(column: Column) -> str:
    return f"choices_{column.name}"
