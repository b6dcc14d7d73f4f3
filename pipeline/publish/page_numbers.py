"""Page numbers in the table of contents of a Word file that is already written.

They come from a layout, which needs the file; so the file is written first and numbered afterwards, as a stream. Knows the table that
`pipeline.publish.contents` makes, and no layout.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import IO

from pipeline.ooxml.package import Writer
from pipeline.publish.contents import BOOKMARK, TABLE_BEGINS, TABLE_ENDS, Entry, table

_DOCUMENT = "word/document.xml"
_CHUNK = 1 << 16
_ENTRY = re.compile(
    r'<w:pPr>(?:<w:pStyle w:val="([^"]*)"/>)?(?:(?!</w:p>).)*?'
    rf'<w:hyperlink w:anchor="{BOOKMARK}[^>]*><w:r><w:t[^>]*>([^<]*)</w:t>'
)
_PAGE = re.compile(r"<w:t[^>]*>(\d+)</w:t></w:r><w:r><w:fldChar [^>]*/></w:r></w:hyperlink>")
_WIDTH = re.compile(r'w:leader="dot" w:pos="(\d+)"')


def entries_of(paper: Path | bytes) -> int:
    """Return how many lines the table of contents of a Word file has; 0 where it has no table."""
    return len(_ENTRY.findall(_table_of(paper)))


def known_pages(paper: Path | bytes) -> tuple[int, ...]:
    """Return the page numbers in the table of contents of a Word file; nothing where there are none, or no such file."""
    return tuple(map(int, _PAGE.findall(_table_of(paper))))


def write_with_pages(target: IO[bytes], paper: bytes, pages: Sequence[int]) -> None:
    """Write a Word file with other page numbers in its table of contents: the same bytes as if they had been known from the start.

    Args:
        target: a file open for writing.
        paper: the Word file.
        pages: one for each line of the table, from 1; none leaves the numbers out.
    """
    with zipfile.ZipFile(io.BytesIO(paper)) as package, Writer(target) as writer:
        for info in package.infolist():
            if info.filename == _DOCUMENT:
                with package.open(info) as part:
                    writer.stream(info.filename, _with_pages(_chunks(part), pages))
            else:
                writer.add(info.filename, package.read(info))
        writer.comment(package.comment)


def _with_pages(chunks: Iterator[str], pages: Sequence[int]) -> Iterator[str]:
    inside, said = False, ""
    for found, chunk in _parted(chunks):
        if not found:
            if inside:
                yield _renumbered(said, pages)
            yield chunk
        else:
            said += chunk
        inside = found
    if inside:
        yield _renumbered(said, pages)


def _renumbered(said: str, pages: Sequence[int]) -> str:
    width = _WIDTH.search(said)
    return table([Entry(*found) for found in _ENTRY.findall(said)], int(width[1]) if width else 0, pages)


def _table_of(paper: Path | bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(paper) if isinstance(paper, bytes) else paper) as package, package.open(_DOCUMENT) as part:
            before = dropwhile(lambda piece: not piece[0], _parted(_chunks(part)))
            return "".join(chunk for _, chunk in takewhile(lambda piece: piece[0], before))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, zlib.error):
        return ""


def _chunks(part: IO[bytes]) -> Iterator[str]:
    text = io.TextIOWrapper(part, encoding="utf-8", newline="")
    while chunk := text.read(_CHUNK):
        yield chunk


def _parted(chunks: Iterator[str]) -> Iterator[tuple[bool, str]]:
    """Yield the text piece by piece, and of each piece whether it belongs to the table of contents; there is one at most."""
    held, inside, over = "", False, False
    for chunk in chunks:
        held += chunk
        while not over:
            sign = TABLE_ENDS if inside else TABLE_BEGINS
            before, found, after = held.partition(sign)
            if not found:
                break
            yield inside, before + (sign if inside else "")
            held = after if inside else sign + after
            over, inside = inside, not inside
        cut = len(held) if over else max(0, len(held) - len(TABLE_BEGINS))
        yield inside, held[:cut]
        held = held[cut:]
    yield inside, held
