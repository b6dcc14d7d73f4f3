"""A mail's own words as lines, each with how deep it is quoted: the one view of plain text and HTML that the rest works on."""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.documents import Block, Paragraph, Table

_MARKS = re.compile(r"(?:>[ \t]?)+")
_FROM = re.compile(r">From ")
_BLOCKQUOTE = re.compile(r"<(/?)blockquote\b([^>]{0,2000})>", re.IGNORECASE)
_CITES = re.compile(r"type\s*=\s*[\"']?cite|gmail_quote|protonmail_quote|yahoo_quoted|border-left", re.IGNORECASE)
_LONG = 60
"""Characters from which on a quoted line may have been broken by a mail program (RFC 3676 advises 78)."""


class Line(NamedTuple):
    """A line of a mail: what it says, without its marks of quotation, and how deep it is quoted."""

    text: str
    depth: int = 0
    block: Block | None = None
    """The paragraph or table that it is, where the mail has such."""

    @property
    def blank(self) -> bool:
        """Say whether nothing is to be seen in it."""
        return not self.text.strip()


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of a plain text. A line that a program broke while quoting is one line again."""
    found: list[Line] = []
    for raw in text.split("\n"):
        marks = None if _FROM.match(raw) else _MARKS.match(raw)
        line = Line(raw[marks.end() :], marks[0].count(">")) if marks else Line(raw)
        found.append(line)
    return list(_rejoined(found))


def _rejoined(lines: list[Line]) -> Iterator[Line]:
    """Join what a mail program broke: the rest of a long quoted line stands alone and unquoted before the next quoted one."""
    at = 0
    while at < len(lines):
        line = lines[at]
        rest, behind = (lines[at + 1 : at + 2] or [Line("")])[0], (lines[at + 2 : at + 3] or [Line("")])[0]
        broken = (
            line.depth and not rest.depth and behind.depth and len(line.text) >= _LONG and not line.text.rstrip().endswith((":", "?", "."))
        )
        if broken and rest.text[:1].islower() and len(rest.text) < len(line.text):
            yield Line(f"{line.text.rstrip()} {rest.text}", line.depth)
            at += 2
        else:
            yield line
            at += 1


def marked(html: str) -> tuple[str, str]:
    """Return a page with a line of its own wherever a quotation begins or ends, and what such a line starts with.

    The sign is made from the page itself, so that nobody can write it into a mail. Where a mail only indents, nothing is marked.
    """
    sign = f"quote-{hashlib.sha256(html.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
    open_: list[bool] = []

    def mark(tag: re.Match[str]) -> str:
        if not tag[1]:
            open_.append(bool(_CITES.search(tag[2])))
            return f"{tag[0]}<p>{sign}+</p>" if open_[-1] else tag[0]
        return f"<p>{sign}-</p>{tag[0]}" if open_ and open_.pop() else tag[0]

    return _BLOCKQUOTE.sub(mark, html), sign


def lines_of_blocks(blocks: tuple[Block, ...], sign: str = "") -> list[Line]:
    """Return paragraphs and tables as lines; the signs that `marked` left say how deep each is quoted, and go."""
    found: list[Line] = []
    depth = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            if sign and sign in block.text:
                depth = max(depth + block.text.count(f"{sign}+") - block.text.count(f"{sign}-"), 0)
                said = block.text.replace(f"{sign}+", "").replace(f"{sign}-", "")
                if said.strip():
                    found += _pieces(Paragraph(said, block.place), depth)
            else:
                found += _pieces(block, depth)
        else:
            table = _unsigned(block, sign) if sign else block
            found.append(Line(text_of(table), depth, table))
    return found


def _pieces(paragraph: Paragraph, depth: int) -> Iterator[Line]:
    """Yield the lines that breaks part a paragraph into: a whole mail may be one paragraph."""
    return (Line(text, depth, paragraph) for text in paragraph.text.split("\n"))


def _unsigned(table: Table, sign: str) -> Table:
    if sign not in text_of(table):
        return table
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            kept = (
                _unsigned(block, sign) if isinstance(block, Table) else block
                for block in cell.blocks
                if isinstance(block, Table) or sign not in block.text
            )
            cells.append(cell._replace(blocks=tuple(kept)))
        rows.append(row._replace(cells=tuple(cells)))
    return table._replace(rows=tuple(rows))


def text_of(block: Block) -> str:
    """Return the words of a block: a line for each paragraph and each row."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join("\t".join(" ".join(text_of(inner) for inner in cell.blocks) for cell in row.cells) for row in block.rows)
