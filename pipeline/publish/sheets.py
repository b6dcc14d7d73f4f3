"""One sheet of a workbook: a table that can be filtered and prints on A4 across, whose cells are texts, numbers, dates or links within.

Nothing that a return said becomes a formula, a link or a number, in Excel or when someone edits the cell. Knows nothing of plans.
"""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.publish.runs import legal
from pipeline.publish.table_rows import Column, Sheet, height

_A4 = 9
INK, TINT, RULE = "#1D4F5C", "#E9F0F1", "#C3CDCE"


class Formats:
    """The looks of the cells of one workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": RULE}
        self.text = book.add_format(cell)
        self.quoted = book.add_format({**cell, "quote_prefix": True})
        self.number = book.add_format({**cell, "num_format": "0", "align": "right", "indent": 1})
        self.date = book.add_format({**cell, "num_format": "d mmmm yyyy", "align": "left"})
        self.link = book.add_format({**cell, "font_color": INK, "underline": 1})
        self.header = book.add_format({**cell, "bold": True, "font_color": INK, "bg_color": TINT})


def write_sheet(book: Workbook, sheet: Sheet, formats: Formats, footer: str) -> str:
    """Write a sheet with an empty table, whose rows `table_rows.fill` writes.

    Args:
        book: open.
        sheet: what stands in it.
        formats: those of the book.
        footer: what stands at the foot of each printed page.

    Returns:
        The name of its part.
    """
    made = book.add_worksheet(sheet.title)
    columns = _told_apart(sheet.columns)
    for place, column in enumerate(columns):
        made.set_column(place, place, column.width)
    headings = [{"header": column.heading, "header_format": formats.header} for column in columns]
    table = {"columns": headings, "name": sheet.table, "style": "Table Style Light 1"}
    made.add_table(0, 0, 1, len(columns) - 1, table)
    made.set_row(0, height([column.heading for column in columns], columns))
    for place, sample in enumerate((formats.text, formats.quoted, formats.number, formats.date, formats.link)):
        made.write_blank(1, place, None, sample)
    made.freeze_panes(1, 0)
    made.repeat_rows(0)
    set_up_print(made, footer)
    return f"xl/worksheets/sheet{len(book.worksheets())}.xml"


def set_up_print(sheet: Worksheet, footer: str, *, pages: int = 0) -> None:
    """Let a sheet print on A4 across, as wide as the page; on as many pages as it takes, or where `pages` says so on these."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    title = legal(footer).replace("&", "&&")[:200]
    sheet.set_footer(f'&L&"Arial"&9 {title}&R&"Arial"&9 Page &P of &N')  # without the space, "2030" would be a part of the size


def tab(title: str, taken: Sequence[str] = ()) -> str:
    """Return a name that Excel takes for a sheet: at most 31 characters, none of those it keeps for itself, and not taken yet.

    Source: Excel specifications and limits; "History" is kept for itself too.
    """
    whole = "".join(character for character in legal(title) if character not in "[]:*?/\\").strip("' ")
    name = base = _cut(whole, LONGEST) or "Sheet"
    known = {other.casefold() for other in (*taken, "History")}
    number = 2
    while name.casefold() in known:
        ending = f" {number}"
        name, number = _cut(base, LONGEST - len(ending)) + ending, number + 1
    return name


LONGEST = 31
"""Characters of the name of a sheet."""


def _cut(name: str, most: int) -> str:
    """Return a name that is not too long, cut between two words where there are several."""
    if len(name) <= most:
        return name
    words = name[: most + 1].rpartition(" ")[0] or name[:most]
    return words.rstrip("' ,;–-")


def _told_apart(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Number headings that stand twice: a table has each once."""
    seen: dict[str, int] = {}
    told = []
    for column in columns:
        again = seen[column.heading.casefold()] = seen.get(column.heading.casefold(), 0) + 1
        told.append(column if again == 1 else column._replace(heading=f"{column.heading} {again}"))
    return tuple(told)
