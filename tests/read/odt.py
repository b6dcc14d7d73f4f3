"""OpenDocument texts that a test writes down, so that it shows the document it reads.

    odt(para("Chair: ", field("Jo")), table(row("Name", "Jo")))

Plain text stands for what would hold it: in a row a cell with a paragraph, in a document a paragraph.
"""

import io
import zipfile
from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pipeline.ooxml.names import PREFIXES
from tests.documents import package

_USED = ("office", "text", "table", "style", "draw", "svg", "fo", "meta", "loext", "dc", "xlink")
_SPACES = " ".join(f'xmlns:{prefix}="{PREFIXES[prefix]}"' for prefix in _USED)


class Level(IntEnum):
    """Where in a document a piece may stand."""

    INLINE = 0
    BLOCK = 1
    CELL = 2
    ROW = 3


class Xml(NamedTuple):
    """A piece of a document."""

    xml: str
    level: Level = Level.INLINE


Piece = str | Xml


def span(text: str, style: str) -> Xml:
    """Return words in a style."""
    return Xml(f'<text:span text:style-name="{style}">{escape(text)}</text:span>')


def field(*content: Piece) -> Xml:
    """Return what LibreOffice makes of a plain text control: an input field."""
    return Xml(f"<text:text-input>{_all(content, Level.INLINE)}</text:text-input>")


def control(*content: Piece) -> Xml:
    """Return a content control as LibreOffice 7.4 writes it: without its tag."""
    return Xml(f"<loext:content-control>{_all(content, Level.INLINE)}</loext:content-control>")


def text_box(*blocks: Piece) -> Xml:
    """Return a text box."""
    return Xml(f"<draw:frame><draw:text-box>{_all(blocks, Level.BLOCK)}</draw:text-box></draw:frame>")


def para(*pieces: Piece, style: str = "") -> Xml:
    """Return a paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return Xml(f"<text:p{named}>{_all(pieces, Level.INLINE)}</text:p>", Level.BLOCK)


def heading(text: str, level: str) -> Xml:
    """Return a heading of a level, as the file writes it."""
    return Xml(f'<text:h text:outline-level="{level}">{escape(text)}</text:h>', Level.BLOCK)


def items(*blocks: Piece | tuple[Piece, ...], style: str = "", settings: str = "") -> Xml:
    """Return a list with an item for each argument; a tuple is an item of several blocks."""
    made = (item if isinstance(item, tuple) and not isinstance(item, Xml) else (item,) for item in blocks)
    inside = "".join(f"<text:list-item>{_all(tuple(item), Level.BLOCK)}</text:list-item>" for item in made)
    named = f' text:style-name="{style}"' if style else ""
    return Xml(f"<text:list{named} {settings}>{inside}</text:list>", Level.BLOCK)


def table(*rows: Xml, head: Xml | None = None) -> Xml:
    """Return a table.

    Args:
        rows: from top to bottom.
        head: the row over them that repeats on each page.
    """
    over = f"<table:table-header-rows>{head.xml}</table:table-header-rows>" if head else ""
    return Xml(f"<table:table>{over}{_all(rows, Level.ROW)}</table:table>", Level.BLOCK)


def row(*cells: Piece) -> Xml:
    """Return a row; words and blocks stand in a cell each."""
    return Xml(f"<table:table-row>{_all(cells, Level.CELL)}</table:table-row>", Level.ROW)


def cell(*blocks: Piece, **settings: str) -> Xml:
    """Return a cell.

    Args:
        blocks: what it holds.
        settings: its attributes in the namespace of tables, `number_columns_spanned` as `table:number-columns-spanned`.
    """
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in settings.items())
    return Xml(f"<table:table-cell{said}>{_all(blocks, Level.BLOCK)}</table:table-cell>", Level.CELL)


COVERED = Xml("<table:covered-table-cell/>", Level.CELL)


def odt(
    *blocks: Piece,
    styles: str = "",
    changes: str = "",
    margins: str = "",
    properties: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an OpenDocument text.

    Args:
        blocks: its body.
        styles: automatic styles.
        changes: `text:changed-region` elements.
        margins: `style:header` and `style:footer` elements.
        properties: the user's own document properties.
        parts: further parts by name; one of the usual name takes its place.
    """
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    body = f"<office:body><office:text>{tracked}{_all(blocks, Level.BLOCK)}</office:text></office:body>"
    made: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": _root("document-content", f"<office:automatic-styles>{styles}</office:automatic-styles>{body}"),
    }
    if margins:
        page = f'<style:master-page style:name="Standard">{margins}</style:master-page>'
        made["styles.xml"] = _root("document-styles", f"<office:master-styles>{page}</office:master-styles>")
    if properties:
        said = "".join(
            f"<meta:user-defined meta:name={quoteattr(name)}>{escape(value)}</meta:user-defined>" for name, value in properties.items()
        )
        made["meta.xml"] = _root("document-meta", f"<office:meta>{said}</office:meta>")
    return package(made | dict(parts or {}))


def flat(*blocks: Piece, margins: str = "", properties: Mapping[str, str] | None = None) -> bytes:
    """Return an OpenDocument text in one piece of XML; the arguments are those of `odt`."""
    with zipfile.ZipFile(io.BytesIO(odt(*blocks, margins=margins, properties=properties))) as packed:
        roots = [packed.read(name).decode() for name in ("meta.xml", "styles.xml", "content.xml") if name in packed.namelist()]
    inside = "".join(root.partition(_SPACES)[2].partition(">")[2].rpartition("</")[0] for root in roots)
    return _root("document", inside, ' office:mimetype="application/vnd.oasis.opendocument.text"').encode()


def _root(name: str, said: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {_SPACES}{more}>{said}</office:{name}>'


def _all(pieces: tuple[Piece, ...], level: Level) -> str:
    return "".join(_raised(piece if isinstance(piece, Xml) else Xml(escape(piece)), level).xml for piece in pieces)


def _raised(piece: Xml, level: Level) -> Xml:
    """Put a piece into what would hold it, until it may stand where it is wanted."""
    if piece.level >= level:
        return piece
    if piece.level is Level.INLINE:
        return _raised(para(piece), level)
    if piece.level is Level.BLOCK:
        return _raised(cell(piece), level)
    raise ValueError("a cell needs a row around it")


WHOLE = odt(
    heading("a", "1"),
    para("b ", span("c", "T1"), field("d"), Xml('<text:s text:c="1"/>'), text_box("e")),
    items("f", ("g", items("h")), style="L1"),
    table(row(cell("i", number_columns_spanned="1"), "j"), row(cell("k", number_columns_repeated="1"))),
    styles='<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="1"/>'
    "</text:list-style>",
    margins="<style:header><text:p>l</text:p></style:header>",
    properties={"proforma.reference": "OX"},
)
"""A document with a little of everything."""
