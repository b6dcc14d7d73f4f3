"""The annex as an Excel workbook: a table that can be filtered, one row for each item, with the place it was read from.

Nothing that a return said becomes a formula, a link or a number, in Excel or when someone edits the cell.
"""

import datetime as dt
from collections.abc import Iterator
from typing import IO, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.model.forms import AnnexColumn
from pipeline.model.plans import AnnexItem, AnnexRow, Plan
from pipeline.publish.cells import FORMULA_STARTS, fitting
from pipeline.publish.runs import legal

_A4 = 9
_INK, _TINT, _RULE = "#1D4F5C", "#E9F0F1", "#C3CDCE"
_LINE_POINTS = 13.0
"""The height of a line of Arial 10."""
_HIGHEST = 409.0
"""Points. Source: Excel specifications and limits."""


class _Column(NamedTuple):
    heading: str
    width: int
    """In characters of the standard font."""


def write_workbook(target: IO[bytes], plan: Plan) -> None:
    """Write the workbook of the annex.

    Args:
        target: a file open for writing.
        plan: the plan; its annex rows, in their order, an item a row.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as book:
        _describe(book, plan)
        _items(book, plan)
        _about(book, plan)


def _describe(book: Workbook, plan: Plan) -> None:
    """Set the properties; the date is the round's own, so that the same plan gives the same bytes."""
    round_ = plan.round
    created = dt.datetime.combine(round_.meeting.date or round_.period.start, dt.time())
    title = f"{round_.name}: {round_.form.annex.title}"
    book.set_properties({"title": legal(title), "author": legal(round_.meeting.body or round_.name), "created": created})


def _items(book: Workbook, plan: Plan) -> None:
    annex = plan.round.form.annex
    sheet = book.add_worksheet(_sheet_name(annex.title))
    columns = _columns(plan)
    cell = {"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": _RULE}
    formats = (book.add_format(cell), book.add_format({**cell, "quote_prefix": True}))
    number = 0
    for number, texts in enumerate(_texts(plan), 1):
        for column, text in enumerate(texts):
            _write(sheet, number, column, text, formats)
        sheet.set_row(number, _height(texts, columns))
    for place, layout in enumerate(columns):
        sheet.set_column(place, place, layout.width)
    header = book.add_format({**cell, "bold": True, "font_color": _INK, "bg_color": _TINT})
    headings = [{"header": column.heading, "header_format": header} for column in columns]
    table = {"columns": headings, "name": "Annex", "style": "Table Style Light 1"}
    sheet.add_table(0, 0, max(number, 1), len(columns) - 1, table)
    sheet.freeze_panes(1, 0)
    _print_set_up(sheet, plan)


def _print_set_up(sheet: Worksheet, plan: Plan) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    title = legal(f"{plan.round.name}: {plan.round.form.annex.title}").replace("&", "&&")[:200]
    sheet.set_footer(f'&L&"Arial"&9{title}&R&"Arial"&9Page &P of &N')


def _columns(plan: Plan) -> tuple[_Column, ...]:
    """Return the columns: those of the annex, what stands over and between its items, and where each item comes from."""
    form = plan.round.form
    columns = [_Column(column.heading, max(column.width, 14)) for column in form.annex.columns]
    listed = _listed(plan)
    columns += [_Column(form.field(path).label, wide) for path, wide in ((listed.group, 14), (listed.introduction, 28)) if path]
    columns += [_Column("Partnership id", 16), _Column("Return", 18), _Column("Place in the return", 16)]
    seen: dict[str, int] = {}
    for number, column in enumerate(columns):
        again = seen[column.heading.casefold()] = seen.get(column.heading.casefold(), 0) + 1
        columns[number] = column if again == 1 else column._replace(heading=f"{column.heading} {again}")
    return tuple(columns)


def _listed(plan: Plan) -> AnnexColumn:
    return next(column for column in plan.round.form.annex.columns if column.listed)


def _texts(plan: Plan) -> Iterator[list[str]]:
    """Yield the cells of each item, left to right; merged cells are repeated."""
    listed = _listed(plan)
    annex = plan.round.form.annex.columns
    for row in plan.annex:
        for item in row.items:
            shown = [item.text if column.listed else cell.text for column, cell in zip(annex, row.cells, strict=True)]
            place = str(item.answer.place) if item.answer else ""
            yield [*shown, *_over(listed, row, item), row.entry.partnership.id, row.entry.file, place]


def _over(listed: AnnexColumn, row: AnnexRow, item: AnnexItem) -> list[str]:
    introduction = "\n".join(passage.text for passage in row.introduction)
    return [text for path, text in ((listed.group, item.group), (listed.introduction, introduction)) if path]


def _write(sheet: Worksheet, row: int, column: int, text: str, formats: tuple[Format, Format]) -> None:
    text = fitting(text, "the Word annex")
    sheet.write_string(row, column, text, formats[text.startswith(FORMULA_STARTS)])


def _height(texts: list[str], columns: tuple[_Column, ...]) -> float:
    """Return the height of a row that shows all of its texts, in points: not every program works it out for itself."""
    lines = (sum(1 + len(line) // column.width for line in text.split("\n")) for text, column in zip(texts, columns, strict=True))
    return min(max(lines) * _LINE_POINTS + 3, _HIGHEST)


def _about(book: Workbook, plan: Plan) -> None:
    """Add the sheet that lets a reader reconcile the table with the paper."""
    replies = plan.replies
    facts: list[tuple[str, str | int]] = [
        ("Round", plan.round.name),
        ("Period", plan.round.period.written),
        ("Status", "Draft" if plan.draft else "Final"),
        ("Partnerships asked", len(replies.asked)),
        ("Partnerships that replied", len(replies.replied)),
        ("Returns in the annex", len(plan.entries)),
        ("Rows of the annex in Word", len(plan.annex)),
        ("Rows of the table in this workbook", plan.total),
        ("Queries still open", len(plan.queries)),
        ("Did not reply", "; ".join(body.name for body in replies.silent) or "none"),
    ]
    sheet = book.add_worksheet("About")
    bold = book.add_format({"font_name": "Arial", "font_size": 10, "bold": True, "valign": "top"})
    ordinary = book.add_format({"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top", "align": "left"})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 60)
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, bold)
        if isinstance(fact, int):
            sheet.write_number(row, 1, fact, ordinary)
        else:
            _write(sheet, row, 1, fact, (ordinary, ordinary))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _sheet_name(title: str) -> str:
    """Return a name that Excel takes for a sheet: at most 31 characters, none of those it keeps for itself."""
    return "".join(character for character in legal(title) if character not in "[]:*?/\\").strip("'")[:31] or "Annex"
