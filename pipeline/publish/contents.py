"""The table of contents of a paper: `{{p contents }}` in a master becomes Word's own, filled in, so that nobody is asked on opening.

Headings are known only when the whole document is made. So what follows the table waits in a file of its own until its last heading has
been seen; no more than a chunk of it is in memory. Page numbers come from a layout (`pipeline.publish.portable`): where there is none,
the entries are links without numbers, and the field says so to Word too.

Source: ECMA-376-1 4th ed., 17.16.5.68 (TOC), 17.16.5.45 (PAGEREF), 17.5.2.13 (docPartObj).
"""

import codecs
import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context
from lxml import etree
from markupsafe import Markup

from pipeline.ooxml.names import q
from pipeline.publish.runs import Block, Styles, gathered

LEVELS = 2
"""Of headings that the table lists: chapters, and areas or partnerships in them; not each item."""
BOOKMARK = "_Toc"
"""What the bookmark of a heading is called, before its number. Word hides bookmarks that begin with a line."""
_FIRST_ID = 100_000
"""Above the numbers of bookmarks that a person made in the master."""
_MARK = "\x00contents\x00"
"""Stands where the table goes while the document is made; no XML holds this character."""
_CHUNK = 1 << 16
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)/>")
_GALLERY = '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
TABLE_BEGINS = f"<w:sdt><w:sdtPr><w:docPartObj>{_GALLERY}</w:docPartObj></w:sdtPr><w:sdtContent>"
TABLE_ENDS = "</w:sdtContent></w:sdt>"
"""What stands around the table, as Word's own does: a click on it offers to bring it up to date."""


class Entry(NamedTuple):
    """A line of the table."""

    style: str
    """The id of its style."""
    text: str
    """Escaped."""


class Contents(Block):
    """The headings of a paper, met one after the other while it is made.

    Args:
        styles: those of the master: the entries have `TOC 1` and `TOC 2`.
        width: of the text, in twentieths of a point; the numbers stand at its right edge.
        pages: of the headings, as far as they are known from an earlier layout; used where there is one for each heading.
    """

    def __init__(self, styles: Styles, width: int, pages: Sequence[int] = ()) -> None:
        super().__init__(_MARK)
        self._styles = [styles.id(f"toc {level}") for level in range(1, LEVELS + 1)]
        self._width = width
        self._pages = pages
        self._entries: list[Entry] = []

    def heading(self, level: int, content: str) -> str:
        """Note a heading and return its content with the bookmark that leads to it; one without words is no entry."""
        said = "".join(text if not sign else " " for text, sign in _TEXT.findall(content)).strip()
        if not said:
            return content
        self._entries.append(Entry(self._styles[level - 1], said))
        number = len(self._entries)
        id_ = f'w:id="{_FIRST_ID + number}"'
        return f'<w:bookmarkStart {id_} w:name="{BOOKMARK}{number}"/>{content}<w:bookmarkEnd {id_}/>'

    def placed(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the pieces of a document with the table where its mark stands, few and large ones, with what flows in its place."""
        marked = False

        def before() -> Iterator[str]:
            nonlocal marked
            for piece in pieces:
                if piece == _MARK:
                    marked = True
                    return
                yield piece

        yield from gathered(before())
        if marked:
            with tempfile.SpooledTemporaryFile(max_size=_CHUNK * 64) as waiting:
                _put_by((piece.replace(_MARK, "") for piece in gathered(pieces)), waiting)
                yield table(self._entries, self._width, self._pages)
                waiting.seek(0)
                yield from _taken_up(waiting)


def _put_by(pieces: Iterator[str], waiting: IO[bytes]) -> None:
    """Write pieces to a file, lightly packed."""
    packer = zlib.compressobj(1)
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _CHUNK:
            waiting.write(packer.compress("".join(held).encode()))
            held.clear()
            size = 0
    waiting.write(packer.compress("".join(held).encode()) + packer.flush())


def _taken_up(waiting: IO[bytes]) -> Iterator[str]:
    """Yield what was put by."""
    unpacker, decoder = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")()
    while packed := waiting.read(_CHUNK // 8):
        yield decoder.decode(unpacker.decompress(packed))


@pass_context
def as_heading(context: Context, content: str, level: int) -> str:
    """Return the content of a heading, noted in the paper's table of contents. The filter that `marked_headings` puts into a master."""
    contents = context["contents"]
    return Markup(contents.heading(level, str(content))) if isinstance(contents, Contents) else content  # noqa: S704


def marked_headings(part: etree._Element, styles: Styles) -> None:
    """Let every heading of a master pass through `as_heading`, at the levels that the table lists."""
    levels = {styles.id(f"heading {level}"): level for level in range(1, LEVELS + 1)}
    for paragraph in part.iter(q("w:p")):
        properties = paragraph.find(q("w:pPr"))
        style = properties.find(q("w:pStyle")) if properties is not None else None
        level = levels.get(style.get(q("w:val"), "")) if style is not None else None
        if level and properties is not None and len(paragraph) > 1:
            properties.tail = f"{{% filter as_heading({level}) %}}"
            paragraph[-1].tail = "{% endfilter %}"


def table(entries: Sequence[Entry], width: int, pages: Sequence[int] = ()) -> str:
    """Return the table of contents: a field of Word whose result stands in it.

    Args:
        entries: its lines.
        width: of the text, in twentieths of a point.
        pages: the page of each entry, from 1; where their number is another, the numbers are left out.
    """
    if not entries:
        return ""
    numbered = len(pages) == len(entries)
    opening = _field(f'TOC {"" if numbered else _WITHOUT_NUMBERS}\\o "1-{LEVELS}" \\h \\z')
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    made = [TABLE_BEGINS]
    for number, (style, text) in enumerate(entries, 1):
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        page = _page(number, pages[number - 1]) if numbered else ""
        made.append(
            f"<w:p><w:pPr>{named}{tab}</w:pPr>{opening if number == 1 else ''}"
            f'<w:hyperlink w:anchor="{BOOKMARK}{number}" w:history="1">{_said(text)}{page}</w:hyperlink>'
            f"{_END if number == len(entries) else ''}</w:p>"
        )
    return "".join((*made, TABLE_ENDS))


_WITHOUT_NUMBERS = r"\n "
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _page(number: int, page: int) -> str:
    leads = _field(rf"PAGEREF {BOOKMARK}{number} \h")
    return f"<w:r><w:tab/></w:r>{leads}{_said(str(page))}{_END}"


def _said(escaped: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def _field(instruction: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
