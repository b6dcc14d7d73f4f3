"""What Typst 0.15 cannot mark in a PDF is marked here: the heading of each row of a table that has them, and what each table is about.

Source: ISO 32000-1, 14.8.5.7 (attributes of tables); ISO 14289-1, 7.5.
"""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

from pipeline.publish.setting.content import Block, Content, Table

_TABLE = NameObject("/Table")


def marked_pdf(made: bytes, content: Content, mark: bytes) -> bytes:
    """Return a PDF with its tables marked.

    Args:
        made: as Typst set it.
        content: what it was set from: its tables in the order of the PDF's.
        mark: what it was made from, for `mended_pdf.pdf_mark`.
    """
    writer = PdfWriter(io.BytesIO(made))
    _mark_tables(writer, content)
    identity = ByteStringObject(mark)
    writer._ID = ArrayObject((identity, identity))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _mark_tables(writer: PdfWriter, content: Content) -> None:
    root = writer.root_object["/StructTreeRoot"]
    for element, table in zip(_elements(root, "/Table"), _tables(content), strict=True):
        if table.caption:
            _attribute(element, "/Summary", TextStringObject(table.caption))
        if not table.heading_column:
            continue
        for number, row in enumerate(_elements(element, "/TR")):
            if number >= table.headings and (cell := _first_cell(row, table, number)) is not None:
                cell[NameObject("/S")] = NameObject("/TH")
                _attribute(cell, "/Scope", NameObject("/Row"))


def _first_cell(row: Any, table: Table, number: int) -> Any:
    """Return the cell in the first column; None where that is covered by one from above."""
    covered = sum(above.cells[0].rows if above.cells else 0 for above in table.rows[:number]) > number
    return None if covered else next(_elements(row, "/TD"), None)


def _attribute(element: Any, name: str, value: Any) -> None:
    """Give an element an attribute of tables."""
    said = element.get("/A")
    said = said.get_object() if said is not None else ArrayObject()
    all_ = said if isinstance(said, ArrayObject) else ArrayObject([said])
    own = next((one.get_object() for one in all_ if one.get_object().get("/O") == _TABLE), None)
    if own is None:
        own = DictionaryObject({NameObject("/O"): _TABLE})
        all_.append(own)
    own[NameObject(name)] = value
    element[NameObject("/A")] = all_


def _elements(parent: Any, kind: str) -> Iterator[Any]:
    """Yield the elements of a kind below another in reading order; what is in one of them is not looked through."""
    waiting = [parent.get_object()]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, DictionaryObject):
            continue
        if element.get("/S") == kind and element is not parent:
            yield element
            continue
        below = element.get("/K")
        below = below.get_object() if below is not None else ArrayObject()
        waiting += [one.get_object() for one in reversed(below if isinstance(below, ArrayObject) else [below])]


def _tables(content: Content) -> Iterator[Table]:
    for section in content.sections:
        yield from _of_blocks(section.blocks)


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Yield the tables of blocks; those in the cells of another are left as they are."""
    yield from (block for block in blocks if isinstance(block, Table))
