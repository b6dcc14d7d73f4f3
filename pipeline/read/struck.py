"""Words that somebody struck out by hand no longer hold: they are set apart, as deleted ones are, whatever the format.

A partnership strikes out the chair that the blank brought and types the new one beside it; read together they would be nobody's name.
A PDF has no mark for it: its reader looks at the lines drawn through words (`pipeline.read.pdf.struck`).
"""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.documents import Aside, Block, Document, Mark, Paragraph, Row, Table

_STRUCK = "strike"


def without_struck(document: Document) -> Document:
    """Return a document in which the words that are struck out stand beside the text and not in it."""
    if not any(_is_struck(paragraph) for paragraph in document.paragraphs()):
        return document
    asides = tuple(aside for paragraph in document.paragraphs() for aside in _asides(paragraph))
    return replace(document, blocks=_blocks(document.blocks), asides=(*document.asides, *asides))


def _is_struck(paragraph: Paragraph) -> bool:
    return any(mark.kind == _STRUCK for mark in paragraph.marks)


def _asides(paragraph: Paragraph) -> Iterator[Aside]:
    for start, end in _spans(paragraph.marks):
        if words := paragraph.text[start:end].strip():
            yield Aside("struck", words, paragraph.place)


def _spans(marks: tuple[Mark, ...]) -> list[tuple[int, int]]:
    """Return where words are struck out, in order, stretches that touch as one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks if mark.kind == _STRUCK):
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(_standing(block) if isinstance(block, Paragraph) else _table(block) for block in blocks)


def _table(table: Table) -> Table:
    return table._replace(rows=tuple(_row(row) for row in table.rows))


def _row(row: Row) -> Row:
    return row._replace(cells=tuple(cell._replace(blocks=_blocks(cell.blocks)) for cell in row.cells))


def _standing(paragraph: Paragraph) -> Paragraph:
    """Return what stands of a paragraph. Of two spaces around struck words one stays."""
    if not _is_struck(paragraph):
        return paragraph
    text = paragraph.text
    gone = []
    for start, end in _spans(paragraph.marks):
        spaced = end < len(text) and text[end] == " " and (start == 0 or text[start - 1].isspace())
        gone.append((start, end + spaced))

    def moved(at: int) -> int:
        return at - sum(min(at, end) - start for start, end in gone if start < at)

    marks = (mark._replace(start=moved(mark.start), end=moved(mark.end)) for mark in paragraph.marks if mark.kind != _STRUCK)
    return paragraph._replace(
        text=_without(text, gone),
        controls=tuple(control._replace(start=moved(control.start), end=moved(control.end)) for control in paragraph.controls),
        marks=tuple(mark for mark in marks if mark.start < mark.end),
    )


def _without(text: str, gone: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in gone:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))
