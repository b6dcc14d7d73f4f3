"""Word documents that a test writes down, so that it shows the document it reads.

    docx(para("Chair: ", bold("Jo")), table(row("Name", control("chair", "Jo")), row("Tel", "01632 960100")))

Plain text stands for what would hold it: in a paragraph a run, in a row a cell with a paragraph, in a document a paragraph.
"""

import io
from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pipeline.model.documents import Document
from pipeline.ooxml.names import PREFIXES, STRICT, R
from pipeline.ooxml.package import Writer
from pipeline.read import Source, document

_SPACES = " ".join(f'xmlns:{prefix}="{PREFIXES[prefix]}"' for prefix in ("w", "r", "w14", "w15", "wp", "a", "mc"))
_SPACES += (
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Level(IntEnum):
    """Where in a document a piece may stand."""

    RUN = 0
    BLOCK = 1
    CELL = 2
    ROW = 3


class Xml(NamedTuple):
    """A piece of a document."""

    xml: str
    level: Level = Level.RUN


Piece = str | Xml


# -- inside a paragraph --------------------------------------------------------------------------------------------------


def run(text: Piece, properties: str = "") -> Xml:
    """Return a run. A line break in the text is a line break in Word, a tab a tab."""
    said = text.xml if isinstance(text, Xml) else _words(text)
    return Xml(f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{said}</w:r>")


def bold(text: str) -> Xml:
    """Return a run in bold."""
    return run(text, "<w:b/>")


def inserted(*pieces: Piece) -> Xml:
    """Return a tracked insertion."""
    return Xml(f'<w:ins w:id="1" w:author="A">{_all(pieces, Level.RUN)}</w:ins>')


def deleted(text: str) -> Xml:
    """Return a tracked deletion."""
    return Xml(f'<w:del w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>')


def field(code: str, result: str, settings: str = "") -> Xml:
    """Return a complex field: its code, which is not shown, and its result, which is.

    Args:
        code: such as `PAGE`.
        result: what Word last showed.
        settings: what stands inside `w:ffData`, for a legacy form field.
    """
    data = f"<w:ffData>{settings}</w:ffData>" if settings else ""
    return Xml(
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result).xml}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(tag: str, *content: Piece, placeholder: bool = False, kind: str = "<w:text/>", alias: str = "") -> Xml:
    """Return a content control around whatever is given: words, paragraphs, cells or rows.

    Args:
        tag: the name that the form gives it; empty for none.
        content: all of one level.
        placeholder: True where Word says that it shows its prompt.
        kind: the element that says what it holds.
        alias: its title.
    """
    named = (f"<w:alias w:val={quoteattr(alias)}/>" if alias else "") + (f"<w:tag w:val={quoteattr(tag)}/>" if tag else "")
    prompt = "<w:showingPlcHdr/>" if placeholder else ""
    level = max((piece.level for piece in content if isinstance(piece, Xml)), default=Level.RUN)
    return Xml(f"<w:sdt><w:sdtPr>{named}{prompt}{kind}</w:sdtPr><w:sdtContent>{_all(content, level)}</w:sdtContent></w:sdt>", level)


def text_box(*blocks: Piece, fallback: bool = True) -> Xml:
    """Return a run that holds a text box, as Word writes it: once for itself, and once more for programs that do not know the first."""
    inside = f"<w:txbxContent>{_all(blocks, Level.BLOCK)}</w:txbxContent>"
    new = (
        '<w:drawing><wp:anchor><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    if not fallback:
        return run(Xml(old))
    choice = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return run(Xml(f"<mc:AlternateContent>{choice}</mc:AlternateContent>"))


# -- blocks --------------------------------------------------------------------------------------------------------------


def para(*pieces: Piece, style: str = "", item: tuple[int, int] | None = None, properties: str = "") -> Xml:
    """Return a paragraph.

    Args:
        pieces: words and runs.
        style: the id of its style.
        item: the list that it is an item of, and how deep.
        properties: further paragraph properties.
    """
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item is not None:
        said += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    said += properties
    return Xml(f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{_all(pieces, Level.RUN)}</w:p>", Level.BLOCK)


def table(*rows: Xml) -> Xml:
    """Return a table."""
    return Xml(f"<w:tbl><w:tblPr/>{_all(rows, Level.ROW)}</w:tbl>", Level.BLOCK)


def row(*cells: Piece, properties: str = "") -> Xml:
    """Return a row; words and blocks stand in a cell each."""
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return Xml(f"<w:tr>{said}{_all(cells, Level.CELL)}</w:tr>", Level.ROW)


def cell(*blocks: Piece, span: str = "", merge: str = "") -> Xml:
    """Return a cell.

    Args:
        blocks: what it holds, from top to bottom.
        span: how many columns it says it covers.
        merge: restart or continue, where it is part of a cell that covers several rows.
    """
    said = (f'<w:gridSpan w:val="{span}"/>' if span else "") + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
    return Xml(f"<w:tc><w:tcPr>{said}</w:tcPr>{_all(blocks or ('',), Level.BLOCK)}</w:tc>", Level.CELL)


# -- the package ---------------------------------------------------------------------------------------------------------


def docx(
    *blocks: Piece,
    styles: str = "",
    lists: str = "",
    beside: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    outside: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    properties: Mapping[str, str] | None = None,
    strict: bool = False,
) -> bytes:
    """Return a Word document.

    Args:
        blocks: its body.
        styles: `w:style` elements.
        lists: `w:abstractNum` and `w:num` elements.
        beside: what stands beside the body, by kind: `header`, `footer`, `comments`, `footnotes`, `endnotes`; whole elements inside.
        links: targets of hyperlinks by relationship id.
        outside: targets of other relationships that leave the package, by the last word of their type.
        parts: further parts by name; one of the usual name takes its place.
        properties: the user's own document properties.
        strict: whether the namespaces are those of ISO/IEC 29500 strict.
    """
    made: dict[str, str | bytes] = {"word/document.xml": _root("document", f"<w:body>{_all(blocks, Level.BLOCK)}<w:sectPr/></w:body>")}
    related = [("hyperlink", target, name, True) for name, target in (links or {}).items()]
    related += [(kind, target, f"out{at}", True) for at, (kind, target) in enumerate((outside or {}).items())]
    inside = {"styles": styles, "numbering": lists, **(beside or {})}
    for at, (kind, said) in enumerate((kind, said) for kind, said in inside.items() if said):
        made[f"word/{kind}.xml"] = _root(_ROOTS.get(kind, kind), said)
        related.append((kind, f"{kind}.xml", f"in{at}", False))
    if properties:
        made["docProps/custom.xml"] = (
            "<Properties>"
            + "".join(f"<property name={quoteattr(name)}><lpwstr>{escape(said)}</lpwstr></property>" for name, said in properties.items())
            + "</Properties>"
        )
    made |= {
        "word/_rels/document.xml.rels": _relationships(related),
        "_rels/.rels": _relationships([("officeDocument", "word/document.xml", "rId1", False)]),
        **(parts or {}),
    }
    if strict:
        made = {name: _strict(said) for name, said in made.items()}
    return package(made)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of parts, in the order given."""
    stream = io.BytesIO()
    with Writer(stream) as out:
        for name, said in parts.items():
            out.add(name, said.encode() if isinstance(said, str) else said, stored=name == "mimetype")
    return stream.getvalue()


def read(data: bytes) -> Document:
    """Read a document as any stage reads it."""
    return document(Source(data))


def texts(data: bytes) -> list[str]:
    """Return the text of each paragraph of a document, those in tables included."""
    return [paragraph.text for paragraph in read(data).paragraphs()]


_ROOTS = {"header": "hdr", "footer": "ftr"}


def _root(name: str, said: str) -> str:
    return f"{_DECLARED}<w:{name} {_SPACES}>{said}</w:{name}>"


def _relationships(related: list[tuple[str, str, str, bool]]) -> str:
    lines = (
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target={quoteattr(target)} TargetMode="{"External" if out else "Internal"}"/>'
        for kind, target, name, out in related
    )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def _strict(said: str | bytes) -> bytes:
    data = said.encode() if isinstance(said, str) else said
    for strict, transitional in STRICT.items():
        data = data.replace(transitional, strict)
    return data


def _words(text: str) -> str:
    """Return the elements of a run that show a text."""
    said = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    for character, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        said = said.replace(character, f'</w:t>{element}<w:t xml:space="preserve">')
    return said.replace('<w:t xml:space="preserve"></w:t>', "")


def _all(pieces: tuple[Piece, ...], level: Level) -> str:
    return "".join(_raised(piece if isinstance(piece, Xml) else run(piece), level).xml for piece in pieces)


def _raised(piece: Xml, level: Level) -> Xml:
    """Put a piece into what would hold it, until it may stand where it is wanted."""
    if piece.level >= level:
        return piece
    if piece.level is Level.RUN:
        return _raised(para(piece), level)
    if piece.level is Level.BLOCK:
        return _raised(cell(piece), level)
    raise ValueError("a cell needs a row around it")
