"""Put together what a page break cut: tables, rows and paragraphs.

A table goes on where the next page begins with a table of the same columns and this one left no room for its first row. Rows that the
next page repeats are kept beside the text. A row goes on where its words do.
"""

import re
from collections.abc import Sequence

from pipeline.model.documents import Aside
from pipeline.model.places import Place
from pipeline.read.page.drafts import Field, Sheet, Text, texts

_SAME = 4.0
"""Points by which the edge of a column may stand elsewhere on another page."""
_ENDED = re.compile(r"[.!?:;][\"')\]’”]*$")
_SMALL = re.compile(r"[(\"'‘“]*[a-zà-öø-ÿ]")

Items = list[Text | Sheet]


def join(pages: Sequence[Items]) -> tuple[Items, list[Aside]]:
    """Return the paragraphs and tables of all pages as one, and the rows that were repeated."""
    whole: Items = []
    asides: list[Aside] = []
    depth = max((_bottom(item) for items in pages for item in items), default=0.0)
    for items in pages:
        whole += items[_join(whole, items, depth, asides) :]
    return whole, asides


def _join(whole: Items, items: Items, depth: float, asides: list[Aside], in_row: bool = False) -> int:
    """Add to the last of some paragraphs and tables what is more of it; return how many of the items, 0 or 1, were added.

    Within a row that goes on, a sentence that reads on does so wherever its last line ended.
    """
    if not whole or not items:
        return 0
    last, first = whole[-1], items[0]
    if isinstance(last, Sheet) and isinstance(first, Sheet):
        if not _same_table(last, first, depth):
            return 0
        _go_on(last, first, depth, asides)
        return 1
    if isinstance(last, Text) and isinstance(first, Text) and (_same_text(last, first) or (in_row and _reads_on(last, first))):
        last.go_on(first)
        return 1
    return 0


def _bottom(item: Text | Sheet) -> float:
    return item.bottom if isinstance(item, Sheet) else item.box.bottom


def _same_table(last: Sheet, first: Sheet, depth: float) -> bool:
    """Say whether a table at the top of a page is more of the one at the end of the page before."""
    room = depth - last.bottom
    if room > first.first_row + 1.5 * _SAME:
        return False
    fewer, more = sorted((last.edges, first.edges), key=len)
    outer = abs(fewer[0] - more[0]) <= _SAME and abs(fewer[-1] - more[-1]) <= _SAME
    return outer and all(min(abs(edge - other) for other in more) <= _SAME for edge in fewer)


def _go_on(last: Sheet, first: Sheet, depth: float, asides: list[Aside]) -> None:
    """Add the rows of a table's next page to it, and what was repeated to `asides`."""
    edges = max(last.edges, first.edges, key=len)
    _regrid(last, edges)
    _regrid(first, edges)
    repeated = _repeated(last.rows, first.rows)
    if repeated:
        last.heading = max(last.heading, repeated)
        words = "\n".join(text.text for row in first.rows[:repeated] for cell in row for text in texts(cell.items) if text.text)
        asides.append(Aside("header", words, Place(page=first.page, box=first.box._replace(bottom=first.box.top + first.first_row))))
    rows = first.rows[repeated:]
    if rows and depth - last.bottom < 1.5 * max(_height(last.rows[-1]), 1.0) and _same_row(last.rows[-1], rows[0]):
        _join_rows(last.rows[-1], rows[0], depth, asides)
        rows = rows[1:]
    last.rows += rows
    last.bottom = first.bottom


def _regrid(sheet: Sheet, edges: tuple[float, ...]) -> None:
    """Count the columns of a table by the edges of a finer grid."""
    if len(sheet.edges) == len(edges):
        return
    finer = [min(range(len(edges)), key=lambda at: abs(edges[at] - edge)) for edge in sheet.edges]
    for row in sheet.rows:
        for cell in row:
            start, end = finer[cell.column - 1], finer[cell.column - 1 + cell.columns]
            cell.column, cell.columns = start + 1, max(end - start, 1)
    sheet.edges = edges


def _said(cell: Field) -> str:
    return " ".join(text.text for text in texts(cell.items)).strip()


def _repeated(known: list[list[Field]], rows: list[list[Field]]) -> int:
    """Count the rows that a page repeats from the top of the table; never all that it has."""
    count = 0
    for one, other in zip(known, rows[:-1], strict=False):
        words = [_said(cell) for cell in one]
        if not any(words) or words != [_said(cell) for cell in other]:
            break
        count += 1
    return count


def _height(row: list[Field]) -> float:
    return max((text.height for cell in row for text in texts(cell.items)), default=0.0)


def _same_row(last: list[Field], first: list[Field]) -> bool:
    """Say whether the first row of a page is more of the last row of the page before.

    What has ended there is empty here: a row whose first cell is empty goes on. Otherwise a sentence must go on in one cell, and none
    begin in another.
    """
    if [(cell.column, cell.columns) for cell in last] != [(cell.column, cell.columns) for cell in first]:
        return False
    pairs = [(_last(one), _first(other)) for one, other in zip(last, first, strict=True)]
    going_on = [(one, other) for one, other in pairs if other is not None]
    if not going_on:
        return False
    if pairs[0][0] is not None and pairs[0][1] is None:
        return True
    return any(_reads_on(one, other) for one, other in going_on) and not any(_begins(one, other) for one, other in going_on)


def _reads_on(last: Text | None, first: Text) -> bool:
    """Say whether words are the middle of a sentence that the words before them have not ended."""
    return last is not None and not first.listed and not _ENDED.search(last.text) and bool(_SMALL.match(first.text))


def _begins(last: Text | None, first: Text) -> bool:
    """Say whether words cannot be more of those before them."""
    return first.listed or bool(first.heading) or last is None or (bool(_ENDED.search(last.text)) and not _SMALL.match(first.text))


def _last(cell: Field) -> Text | None:
    return next((text for text in reversed(list(texts(cell.items))) if text.text), None)


def _first(cell: Field) -> Text | None:
    return next((text for text in texts(cell.items) if text.text), None)


def _same_text(last: Text, first: Text) -> bool:
    """Say whether a paragraph at the top of a page is more of the one before."""
    if first.bullet or first.heading or last.heading or not last.text or not last.full:
        return False
    return bool(_SMALL.match(first.text)) or (not _ENDED.search(last.text) and not first.listed)


def _join_rows(last: list[Field], first: list[Field], depth: float, asides: list[Aside]) -> None:
    """Add what stands in the cells of a row to the cells of the row that it is more of."""
    for cell, more in zip(last, first, strict=True):
        items = [item for item in more.items if isinstance(item, Sheet) or item.text]
        if items:
            cell.items = [item for item in cell.items if isinstance(item, Sheet) or item.text]
            cell.items += items[_join(cell.items, items, depth, asides, in_row=True) :]
