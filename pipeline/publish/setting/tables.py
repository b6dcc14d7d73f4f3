"""A table of a rendered paper is read: its grid, what is merged, which cells are headings, and what its style draws.

Source: ECMA-376-1 4th ed., 17.4 (tables), 17.7.6 (table styles).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.publish.setting.content import Block, Cell, Row, Table
from pipeline.publish.setting.looks import Looks, Properties, child, is_on, points

Blocks = Callable[[Iterable[etree._Element], Properties | None], list[Block]]
"""Reads what stands in a cell, with what the table says of its looks."""

_CONTROLS = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins")
_ROOM = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}
_MOST_COLUMNS = 63
"""Of a table of Word."""


class _Style(NamedTuple):
    """What a table's style and its own properties draw."""

    edges: dict[str, tuple[float, str, float]]
    room: dict[str, float]
    parts: dict[str, tuple[Properties, str]]
    """By the name of a part of the table, `firstRow`: looks of its text, and its shade."""


class _Seen(NamedTuple):
    """A cell on its way: where it stands, and whether it goes on from the one above."""

    element: etree._Element
    column: int
    columns: int
    continues: bool


def table_of(element: etree._Element, looks: Looks, blocks: Blocks) -> Table:
    """Return a table.

    Args:
        element: the `w:tbl`.
        looks: the styles of the file.
        blocks: reads what stands in a cell.
    """
    properties = child(element, "w:tblPr")
    style = _style(properties, looks)
    look = child(properties, "w:tblLook")
    first_row, first_column = (_says(look, name, bit) for name, bit in (("firstRow", 0x20), ("firstColumn", 0x80)))
    rows = list(_inside(element, "w:tr"))
    grid = [_cells(row) for row in rows]
    headings = sum(1 for _ in takewhile(_is_heading, rows))
    if headings == len(rows):
        headings = max(len(rows) - 1, 0)
    read = []
    for number, seen in enumerate(grid):
        made = []
        for cell in seen:
            if cell.continues and number:
                continue
            part = "firstRow" if first_row and number == 0 else "firstCol" if first_column and cell.column == 0 else ""
            made.append(_cell(cell, grid, number, style.parts.get(part, ({}, "")), looks, blocks))
        read.append(Row(tuple(made), _holds(rows[number], "w:cantSplit")))
    told = (child(properties, name) for name in ("w:tblCaption", "w:tblDescription"))
    caption = next((said.get(q("w:val"), "") for said in told if said is not None), "")
    widths = _widths(element, max((cell.column + cell.columns for seen in grid for cell in seen), default=1))
    return Table(widths, tuple(read), headings, first_column, caption, style.edges, style.room)


def _inside(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == q(wanted):
            yield element
        elif element.tag in map(q, _CONTROLS):
            yield from _inside(element, wanted)


def _cells(row: etree._Element) -> list[_Seen]:
    found: list[_Seen] = []
    properties = child(row, "w:trPr")
    skipped = child(properties, "w:gridBefore")
    column = 0 if skipped is None else _number(skipped)
    for cell in _inside(row, "w:tc"):
        own = child(cell, "w:tcPr")
        span, merge = child(own, "w:gridSpan"), child(own, "w:vMerge")
        columns = 1 if span is None else max(_number(span), 1)
        found.append(_Seen(cell, column, columns, merge is not None and merge.get(q("w:val"), "continue") == "continue"))
        column += columns
    return found


def _cell(cell: _Seen, grid: list[list[_Seen]], row: int, part: tuple[Properties, str], looks: Looks, blocks: Blocks) -> Cell:
    below = takewhile(lambda one: one is not None, (_below(cell, seen) for seen in grid[row + 1 :]))
    rows = 1 + sum(1 for _ in below)
    shade = child(child(cell.element, "w:tcPr"), "w:shd")
    filled = "" if shade is None else looks.theme.colour(shade, "w:fill")
    return Cell(tuple(blocks(cell.element, part[0])), cell.columns, rows, filled or part[1])


def _below(cell: _Seen, seen: list[_Seen]) -> _Seen | None:
    return next((one for one in seen if one.column == cell.column and one.continues), None)


def _style(properties: etree._Element | None, looks: Looks) -> _Style:
    named = child(properties, "w:tblStyle")
    chain = looks.chain("" if named is None else named.get(q("w:val"), ""))
    edges: dict[str, Any] = {}
    room, parts = dict(_ROOM), dict[str, tuple[Properties, str]]()
    for own in (*(child(style, "w:tblPr") for style in reversed(chain)), properties):
        edges |= looks.edges(child(own, "w:tblBorders"))
        for side in () if (margins := child(own, "w:tblCellMar")) is None else margins:
            name = {"start": "left", "end": "right"}.get(etree.QName(side).localname, etree.QName(side).localname)
            room[name] = points(side, "w:w")
    for style in reversed(chain):
        for part in style.iterchildren(q("w:tblStylePr")):
            shade = child(child(part, "w:tcPr"), "w:shd")
            text = looks.of_paragraph(child(part, "w:pPr")) | looks.of_run(child(part, "w:rPr"))
            parts[part.get(q("w:type"), "")] = (text, "" if shade is None else looks.theme.colour(shade, "w:fill"))
    return _Style(edges, room, parts)


def _says(look: etree._Element | None, name: str, bit: int) -> bool:
    """Say whether a table uses a part of its style, from the attribute or, in older files, from the bits."""
    if look is None:
        return False
    said = look.get(q(f"w:{name}"))
    return said in ("1", "true", "on") if said is not None else bool(int(look.get(q("w:val"), "0") or "0", 16) & bit)


def _is_heading(row: etree._Element) -> bool:
    return _holds(row, "w:tblHeader")


def _holds(row: etree._Element, name: str) -> bool:
    found = child(child(row, "w:trPr"), name)
    return found is not None and is_on(found)


def _widths(element: etree._Element, columns: int) -> tuple[float, ...]:
    """Return the widths of the columns, in points; shares of 1 where the file has none of them."""
    grid = child(element, "w:tblGrid")
    widths = [] if grid is None else [points(column, "w:w") for column in grid.iterchildren(q("w:gridCol"))]
    columns = min(columns, _MOST_COLUMNS)
    return tuple(widths) if len(widths) == columns and all(widths) else (1.0,) * columns


def _number(element: etree._Element) -> int:
    said = element.get(q("w:val"), "0")
    return min(int(said), _MOST_COLUMNS) if said.isdecimal() else 0
