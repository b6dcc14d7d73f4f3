"""A mail's own words as a document: what its sender wrote, and beside it what was only quoted or signs it.

Reads: plain text, HTML and Outlook's rich text, whichever the mail brings. Knows how mails quote, nothing of forms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Block, Cell, Document, Note, Paragraph, Table
from pipeline.model.envelopes import Mail, Words
from pipeline.model.places import Place
from pipeline.read.html import blocks_of as blocks_of_page
from pipeline.read.mail.history import kinds
from pipeline.read.mail.lines import Line, lines_of_blocks, lines_of_text, marked
from pipeline.read.mail.signing import signed
from pipeline.read.reading import Source
from pipeline.read.rtf import RtfReader
from pipeline.read.text import blocks_of as blocks_of_text
from pipeline.settings import Limits

PART = "mail"
"""What the place of a mail's own words is called."""

_LIMITS = Limits()
_LONGEST = 500_000
"""Characters of a mail's plain text that are read: some twenty times the longest form."""


@dataclass
class _Beside:
    """What stands beside the words, and what could not be carried over."""

    asides: list[Aside]
    notes: list[Note]


def own_words(mail: Mail, limits: Limits = _LIMITS, *, whole: bool = False) -> Document:
    """Return what a mail says itself, without what is attached to it.

    Quoted questions between which somebody typed answers stay in the blocks, without their marks. What was only quoted, and the
    signature, stand beside: asides "quoted" and "signature".

    Args:
        mail: as an envelope gave it.
        limits: what it may cost.
        whole: True where the older mails that it quotes are to be read too. Somebody who types answers into an older mail, without marks
            and without a word, cannot be told from one who only left it below; what the answers are found by can tell them.
    """
    blocks: list[Block] = []
    beside = _Beside([], [])
    for words in mail.body:
        lines = _lines(words, limits, beside)
        for kind, run in groupby(zip(_kinds(lines, mail.subject, whole), lines, strict=True), key=lambda pair: pair[0]):
            said = [line for _, line in run]
            if kind:
                beside.asides += _aside(kind, said, len(beside.asides))
            else:
                blocks += _blocks(said)
    return Document("mail", tuple(_placed(blocks)), tuple(beside.asides), tuple(beside.notes), _properties(mail))


def _lines(words: Words, limits: Limits, beside: _Beside) -> list[Line]:
    """Return the words in the way that a person would see them: the page before the plain text, that before rich text."""
    for read in (_lines_of_page, _lines_of_text, _lines_of_rtf):
        try:
            lines = read(words, limits, beside)
        except UnreadableError as error:
            beside.notes.append(Note("not-read", f"A part of the mail’s text was not read. {error}", Place(PART)))
            continue
        if any(not line.blank for line in lines):
            return lines
    return []


def _lines_of_page(words: Words, limits: Limits, beside: _Beside) -> list[Line]:
    if not words.html.strip():
        return []
    page, sign = marked(words.html)
    said = blocks_of_page(page, PART)
    beside.asides += said.asides
    beside.notes += said.notes
    return lines_of_blocks(said.blocks, sign)


def _lines_of_text(words: Words, limits: Limits, beside: _Beside) -> list[Line]:
    if len(words.text) > _LONGEST:
        said = f"The mail’s text has {len(words.text):,} characters; those after the first {_LONGEST:,} were not read."
        beside.notes.append(Note("not-read", said, Place(PART)))
    return lines_of_text(words.text[:_LONGEST])


def _lines_of_rtf(words: Words, limits: Limits, beside: _Beside) -> list[Line]:
    if not words.rtf.strip(b"\0 \r\n"):
        return []
    said = RtfReader().read(Source(words.rtf.rstrip(b"\0"), limits=limits))
    beside.asides += said.asides
    beside.notes += said.notes
    return lines_of_blocks(said.blocks)


def _kinds(lines: list[Line], subject: str, whole: bool) -> list[str]:
    """Say of each line what it is: "" for the mail's own words, "quoted" or "signature"."""
    result = kinds(lines, subject, whole=whole)
    at = 0
    for (kind, _), run in groupby(zip(result[:], lines, strict=True), key=lambda pair: (pair[0], pair[1].depth)):
        own = [line for _, line in run]
        if not kind:
            result[at : at + len(own)] = signed(own)
        at += len(own)
    return result


def _aside(kind: str, said: list[Line], before: int) -> Iterator[Aside]:
    text = "\n".join(line.text.strip() for line in said if not line.blank)
    if text:
        yield Aside(kind, text, Place(PART, paragraph=before + 1))


def _blocks(said: list[Line]) -> Iterator[Block]:
    """Yield the paragraphs and tables that lines are; lines of one paragraph that were not parted are that paragraph again.

    Lines of plain text that are quoted differently are never one paragraph: between a question and its answer the depth changes.
    """
    for (block, _), run in groupby(said, key=lambda line: (line.block, line.depth)):
        lines = list(run)
        text = "\n".join(line.text for line in lines)
        if block is None:
            yield from blocks_of_text(text, PART)
        elif isinstance(block, Table) or block.text == text:
            yield block
        else:
            yield Paragraph(text.strip(), block.place)


def _placed(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with their places counted anew, since what stands beside is no longer among them."""
    paragraphs, tables = 0, [0]
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield block._replace(place=Place(PART, paragraph=paragraphs))
        else:
            yield _placed_table(block, tables)


def _placed_table(table: Table, count: list[int]) -> Table:
    """Return a table with its places; `count` holds how many there were. A reader bounds how deep tables lie in one another."""
    count[0] += 1
    number = count[0]
    rows = []
    for at, row in enumerate(table.rows, 1):
        cells = []
        for cell in row.cells:
            inside = _placed_cell(cell, Place(PART, number, at, cell.column), count)
            cells.append(cell._replace(blocks=tuple(inside)))
        rows.append(row._replace(cells=tuple(cells)))
    return Table(tuple(rows), Place(PART, number))


def _placed_cell(cell: Cell, place: Place, count: list[int]) -> Iterator[Block]:
    paragraphs = 0
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield block._replace(place=place._replace(paragraph=paragraphs))
        else:
            yield _placed_table(block, count)


def _properties(mail: Mail) -> dict[str, str]:
    said = {"from": mail.sender, "subject": mail.subject, "message-id": mail.message_id, "in-reply-to": mail.in_reply_to}
    return {f"mail.{name}": value for name, value in said.items() if value}
