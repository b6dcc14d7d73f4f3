"""Where in the XML of a Word document a place is that a reader named.

Counts as a reader does: tables in document order, rows that were not deleted, columns of the grid, paragraphs within what holds them.

Source: ECMA-376-1 17.4 (tables), 17.13.5 (deleted rows and paragraph marks).
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.model.places import Place
from pipeline.ooxml.names import q

_P, _TBL, _TR, _TC = (q(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_MOST = 63
Where = tuple[int | None, int | None, int | None, int | None]
"""Table, row, column, paragraph."""


class Places:
    """The paragraphs of a document by their places.

    Args:
        root: of the document's main part, text boxes already put behind their paragraphs.
    """

    def __init__(self, root: etree._Element) -> None:
        self._by_place: dict[Where, etree._Element] = {}
        self._tables = 0
        self.all: list[etree._Element] = []
        body = root.find(q("w:body"))
        if body is not None:
            self._follow(body, (None, None, None))
        self._cells: dict[tuple[int | None, int | None, int | None], list[etree._Element]] = {}
        for where, paragraph in self._by_place.items():
            self._cells.setdefault(where[:3], []).append(paragraph)

    def at(self, place: Place) -> etree._Element | None:
        """Return the paragraph at a place; where the place names only a cell, its first one."""
        where = (place.table, place.row, place.column, place.paragraph)
        found = self._by_place.get(where)
        if found is None and place.table is not None:
            found = next(iter(self._cells.get(where[:3], ())), None)
        return found

    def _follow(self, holder: etree._Element, where: tuple[int | None, int | None, int | None]) -> None:
        """Go through a container and the tables in it, which a stack keeps: at most as deep as the parser lets through."""
        number, carried = 0, False
        for block in _blocks(holder):
            if block.tag == _TBL:
                self._table(block)
                continue
            number += not carried
            self.all.append(block)
            self._by_place.setdefault((*where, number), block)
            carried = block.find(f"{q('w:pPr')}/{q('w:rPr')}/{q('w:del')}") is not None

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        own, number = self._tables, 1
        for row in _inside(table, _TR):
            column = 1 + _said(row.find(f"{q('w:trPr')}/{q('w:gridBefore')}"))
            for cell in _inside(row, _TC):
                self._follow(cell, (own, number, column))
                column += max(1, _said(cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")))
            number += row.find(f"{q('w:trPr')}/{q('w:del')}") is None


def _blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a container, those in controls and other wrappers among them."""
    for child in holder:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag not in (_TR, _TC):
            yield from _blocks(child)


def _inside(holder: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for child in holder:
        if child.tag == wanted:
            yield child
        elif child.tag not in (_P, _TBL, _TR, _TC):
            yield from _inside(child, wanted)


def _said(element: etree._Element | None) -> int:
    said = "" if element is None else element.get(q("w:val"), "")
    return min(int(said), _MOST) if said.isdecimal() and len(said) < 10 else 0


def words(paragraph: etree._Element) -> str:
    """Return the words of a paragraph as they stand, without what was deleted."""
    return "".join(text.text or "" for text in paragraph.iter(q("w:t")))
