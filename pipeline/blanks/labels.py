"""Which words a person would take for the label of an answer."""

from collections.abc import Iterator

from lxml import etree

from pipeline.blanks.controls import PARAGRAPH, ROW, SDT, TABLE, parent, text
from pipeline.model.forms import Field
from pipeline.ooxml.names import q

_CELL = q("w:tc")
_OPTIONAL = "(optional)"


def labels(control: etree._Element) -> tuple[str, ...]:
    """Return the words that may be the label of a control, the nearest first.

    In a table: what stands before it in its line, in the cell on its left, at the top of its column. Elsewhere: what stands
    before it in its line, and the paragraph above.
    """
    return tuple(_candidates(control))


def same(shown: str, field: Field) -> bool:
    """Say whether some words are the label of a field; a colon and "(optional)" behind it do not matter."""
    words = " ".join(shown.split()).rstrip(" :")
    if field.optional:
        words = words.removesuffix(_OPTIONAL).rstrip(" :")
    return words == field.label


def _candidates(control: etree._Element) -> Iterator[str]:
    yield _before(control)
    cell = next(control.iterancestors(_CELL), None)
    if cell is None:
        above = parent(control) if parent(control).tag == PARAGRAPH else control
        yield next((text(line) for line in above.itersiblings(PARAGRAPH, preceding=True) if text(line)), "")
        return
    cells = _cells(next(cell.iterancestors(ROW)))
    at = cells.index(cell)
    if at:
        yield text(cells[at - 1])
    heads = _cells(next(next(cell.iterancestors(TABLE)).iter(ROW)))
    start = sum(map(_span, cells[:at]))
    for head in heads:
        if start <= 0:
            yield text(head)
            return
        start -= _span(head)


def _before(control: etree._Element) -> str:
    """Return the words before a control in its own line."""
    siblings = control.itersiblings(preceding=True) if parent(control).tag == PARAGRAPH else ()
    return "".join(reversed([text(sibling) for sibling in siblings if sibling.tag != SDT]))


def _cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, those wrapped in a control included, those of nested tables not."""
    return [cell for cell in row.iter(_CELL) if next(cell.iterancestors(ROW)) is row]


def _span(cell: etree._Element) -> int:
    """Return how many columns a cell covers."""
    found = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    return 1 if found is None else int(found.get(q("w:val"), "1"))
