"""Write a laid-out return down as a Word document, in the manner of the program that saved it.

`plain` is what python-docx and most libraries write, `word` splits what was typed into runs as Word does, with revision ids and
proofing marks, and `google` has no styles, only direct formatting. The same return gives the same bytes.

Source: ECMA-376-1 5th ed., 17.3 (paragraphs and runs), 17.4 (tables), 17.9 (numbering), 17.11 (footnotes), 17.13 (changes, comments).
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml

from tests.corpus.sheets import Block, Cell, Grid, Line, Run
from tests.documents import package

Saved = Literal["plain", "word", "google"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_STYLES = {"Title": "Title", "Heading 1": "Heading1", "Heading 2": "Heading2", "Heading 3": "Heading3"}
_DIRECT = {"Title": ("1", "36"), "Heading 1": ("1", "32"), "Heading 2": ("1", "26"), "Heading 3": ("1", "24")}
_REVISIONS = ("00A91E30", "004B21C7", "00D5406F")
_BULLET, _DECIMAL = 90, 91
_INDENT = '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'
_SYMBOL = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr>'
_LISTS = tuple(
    f'<w:abstractNum {_SPACES} w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
    f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/>{_INDENT}{looks}</w:lvl></w:abstractNum>'
    for number, kind, shown, looks in ((_BULLET, "bullet", "\uf0b7", _SYMBOL), (_DECIMAL, "decimal", "%1.", ""))
)
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_WIDTH_TWIPS = 9000


@dataclass
class Sheet:
    """What the writer needs to know of the whole document."""

    saved: Saved = "plain"
    landscape: bool = False
    header: str = ""
    footer: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Comments and footnotes in the order in which they were met; filled by writing."""
    changes: int = 0
    """How many tracked changes there are; counted by writing."""
    lists: dict[tuple[str, int], int] = field(default_factory=dict)
    """The numbers of Word's lists; filled by writing."""


def write(blocks: tuple[Block, ...], sheet: Sheet) -> bytes:
    """Return a Word document.

    Args:
        blocks: what it shows, in reading order.
        sheet: how it is saved, and what stands in its margins.
    """
    document = docx.Document()
    body = document.element.body
    end = body[-1]
    for block in blocks:
        end.addprevious(parse_xml(_rooted(_line(block, sheet) if isinstance(block, Line) else _grid(block, sheet))))
    if blocks and isinstance(blocks[-1], Grid):
        end.addprevious(parse_xml(_rooted("<w:p/>")))
    _number(document, sheet)
    section = document.sections[0]
    if sheet.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for margin, words in ((section.header, sheet.header), (section.footer, sheet.footer)):
        if words:
            margin.paragraphs[0].text = words
    stream = io.BytesIO()
    document.save(stream)
    return _with_notes(stream.getvalue(), sheet)


def _rooted(xml: str) -> str:
    """Declare the namespaces on the outermost element."""
    return re.sub(r"^<(w:\w+)", rf"<\1 {_SPACES}", xml, count=1)


def _number(document: docx.document.Document, sheet: Sheet) -> None:
    numbering = document.part.numbering_part.element
    for at, xml in enumerate(_LISTS):
        numbering.insert(at, parse_xml(xml))
    for (kind, _), number in sheet.lists.items():
        abstract = _BULLET if kind == "bullet" else _DECIMAL
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        numbering.append(parse_xml(f'<w:num {_SPACES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{restart}</w:num>'))


# -- tables --------------------------------------------------------------------------------------------------------------


def _grid(one: Grid, sheet: Sheet) -> str:
    columns = max(sum(cell.span for cell in row) for row in one.rows)
    width = _WIDTH_TWIPS // columns
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblPr><w:tblW w:w="{_WIDTH_TWIPS}" w:type="dxa"/>{f"<w:tblBorders>{borders}</w:tblBorders>" if one.bordered else ""}</w:tblPr>'
    )
    columns_xml = "".join(f'<w:gridCol w:w="{width}"/>' for _ in range(columns))
    rows = "".join(f"<w:tr>{''.join(_cell(cell, width, sheet) for cell in row)}</w:tr>" for row in one.rows)
    return f"<w:tbl>{properties}<w:tblGrid>{columns_xml}</w:tblGrid>{rows}</w:tbl>"


def _cell(one: Cell, width: int, sheet: Sheet) -> str:
    joined = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[one.joined]
    span = f'<w:gridSpan w:val="{one.span}"/>' if one.span > 1 else ""
    blocks = "".join(_line(block, sheet) if isinstance(block, Line) else _grid(block, sheet) for block in one.blocks)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width * one.span}" w:type="dxa"/>{span}{joined}</w:tcPr>{blocks}</w:tc>'


# -- paragraphs ----------------------------------------------------------------------------------------------------------


def _line(one: Line, sheet: Sheet) -> str:
    if one.boxed:
        return f"<w:p>{_text_box(_line(one._replace(boxed=False), sheet))}</w:p>"
    properties = ""
    if one.style and sheet.saved != "google":
        properties = f'<w:pStyle w:val="{_STYLES[one.style]}"/>'
    if one.item:
        number = sheet.lists.setdefault((one.item, one.list_number), 100 + len(sheet.lists))
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    if sheet.saved == "google":
        properties += '<w:spacing w:after="0" w:before="0" w:line="276" w:lineRule="auto"/>'
    runs = "".join(_run(run, one.style, sheet) for run in one.runs if run.text)
    revision = f' w:rsidR="{_REVISIONS[0]}" w:rsidRDefault="{_REVISIONS[1]}"' if sheet.saved == "word" else ""
    return f"<w:p{revision}>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _run(one: Run, style: str, sheet: Sheet) -> str:
    looks = ("<w:b/>" if one.bold else "") + ("<w:i/>" if one.italic else "")
    if sheet.saved == "google" and style in _DIRECT:
        looks = "<w:b/>"
    if one.change == "hidden":
        looks += "<w:vanish/>"
    if one.colour:
        looks += f'<w:color w:val="{one.colour}"/>'
    if sheet.saved == "google":
        looks += f'<w:sz w:val="{_DIRECT.get(style, ("", "22"))[1]}"/><w:rtl w:val="0"/>'
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    name = "delText" if one.change == "deleted" else "t"
    pieces = _pieces(one.text) if sheet.saved == "word" and one.role == "answer" else [one.text]
    runs = "".join(_typed(piece, properties, name, at, sheet) for at, piece in enumerate(pieces))
    if one.change in ("inserted", "deleted"):
        element = "ins" if one.change == "inserted" else "del"
        sheet.changes += 1
        author = f'w:id="{700 + sheet.changes}" w:author="Reviewer" w:date="2011-05-03T10:00:00Z"'
        runs = f"<w:{element} {author}>{runs}</w:{element}>"
    return _noted(runs, one, sheet)


def _typed(text: str, properties: str, name: str, at: int, sheet: Sheet) -> str:
    """Return a run; in Word's manner with the number of the sitting, and now and then a mark of the spelling checker."""
    words = f'<w:{name} xml:space="preserve">{escape(text)}</w:{name}>'
    for character, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        words = words.replace(character, f'</w:{name}>{element}<w:{name} xml:space="preserve">')
    if sheet.saved != "word":
        return f"<w:r>{properties}{words}</w:r>"
    run = f'<w:r w:rsidR="{_REVISIONS[at % 3]}">{properties}{words}</w:r>'
    return f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>' if at % 4 == 2 else run


def _pieces(text: str) -> list[str]:
    """Part what was typed into the runs that Word makes of it: a few words, now and then a part of one."""
    return re.findall(r"(?:\S+\s*){1,4}?\S{1,7}(?=\S|$)|.+", text, re.DOTALL) or [text]


def _noted(runs: str, one: Run, sheet: Sheet) -> str:
    kind, _ = one.note
    if not kind:
        return runs
    sheet.notes.append(one.note)
    number = len(sheet.notes)
    if kind == "comment":
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        return f'{start}{runs}{end}<w:r><w:commentReference w:id="{number}"/></w:r>'
    return f'{runs}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _text_box(paragraph: str) -> str:
    """Return a run with a text box as Word writes it: once for itself, once for older programs."""
    inside = f"<w:txbxContent>{paragraph}</w:txbxContent>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
    new = (
        '<w:drawing><wp:inline><wp:extent cx="5400000" cy="900000"/><wp:docPr id="1" name="Text Box 1"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    old = f'<w:pict><v:shape style="width:425pt;height:70pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    choice = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


# -- what stands beside the text -----------------------------------------------------------------------------------------


def _with_notes(data: bytes, sheet: Sheet) -> bytes:
    """Add the parts that hold comments and footnotes."""
    parts = settled(data)
    for kind, type_, related in (("comment", _COMMENTS, _COMMENTS_RELATED), ("footnote", _FOOTNOTES, _FOOTNOTES_RELATED)):
        notes = "".join(_note(kind, number, words) for number, (own, words) in enumerate(sheet.notes, 1) if own == kind)
        if notes:
            name = f"word/{kind}s.xml"
            parts[name] = f"<w:{kind}s {_SPACES}>{notes}</w:{kind}s>".encode()
            override = f'<Override PartName="/{name}" ContentType="{type_}"/></Types>'
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
            link = f'<Relationship Id="rId{kind}" Type="{related}" Target="{kind}s.xml"/></Relationships>'
            parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", link.encode())
    return package(parts)


def settled(data: bytes) -> dict[str, bytes]:
    """Return the parts of a document without a trace of the clock."""
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["docProps/core.xml"] = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2011-05-04T15:42:00Z", parts["docProps/core.xml"])
    return parts


def _note(kind: str, number: int, words: str) -> str:
    author = ' w:author="A. Reader" w:date="2011-05-03T10:00:00Z" w:initials="AR"' if kind == "comment" else ""
    return f'<w:{kind} w:id="{number}"{author}><w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:{kind}>'
