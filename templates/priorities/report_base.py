"""What the report masters have in common: styles, lists, page set-up and the small grammar they are drawn with.

Run by `draw_reports.py`. Once drawn, a master is edited in Word; drawing again starts it afresh.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from house_style import ACCENT, FONTS, LINE, PROMPT, SETTINGS, THEME, TINT

from pipeline.ooxml.package import Writer

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
AMBER = "8A4B00"
"""Of the bar beside a notice: 6:1 on white."""
UPRIGHT, ACROSS = (11906, 16838), (16838, 11906)
KEEP = "<w:keepNext/>"
"""Of a paragraph: it stays on the page of the next one; in the first cell of a row, the row on that of the next row."""
MARGIN = 1134
"""2 cm, in twentieths of a point, as are all lengths here."""


class Look(NamedTuple):
    """What a master has besides the styles and lists of all."""

    styles: Mapping[str, str] = {}
    """Paragraph styles by id; one that all have is replaced."""
    abstract_lists: str = ""
    lists: str = ""


PLAIN = Look()


def width(page: tuple[int, int]) -> int:
    """Return the width of the text on a page."""
    return page[0] - 2 * MARGIN


def p(style: str, text: str, properties: str = "") -> str:
    """Return a paragraph; the name of a style is its id without spaces."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{properties}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def tag(text: str) -> str:
    """Return a paragraph that holds a `{%p … %}` tag and vanishes when the report is made."""
    return p("Normal", "{%p " + text + " %}")


def cell(wide: int, content: str, span: int = 1) -> str:
    """Return a table cell."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{spanned}</w:tcPr>{content}</w:tc>'


def loop(widths: list[int], text: str) -> str:
    """Return a row that holds a `{%tr … %}` tag and vanishes when the report is made."""
    return f"<w:tr>{cell(sum(widths), p('Table Text', '{%tr ' + text + ' %}'), len(widths))}</w:tr>"


def row(widths: list[int], contents: list[str]) -> str:
    """Return a row of cells."""
    return f"<w:tr>{''.join(cell(wide, content) for wide, content in zip(widths, contents, strict=True))}</w:tr>"


def whole(drawn: str) -> str:
    """Return a row that no page break parts, as long as what it comes to say is short (`pipeline/publish/whole_rows.py`)."""
    return drawn.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", 1)


def heading_row(widths: list[int], texts: list[str]) -> str:
    """Return the row that repeats at the top of every page."""
    cells = "".join(cell(wide, p("Table Heading", text)) for wide, text in zip(widths, texts, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def table(caption: str, widths: list[int], rows: list[str], *, sideways: bool = False) -> str:
    """Return a table.

    Args:
        caption: what a screen reader says of it.
        widths: of the columns.
        rows: its rows; the first is the heading row, unless the headings stand in the first column.
        sideways: True where they do.
    """
    look = (
        f'<w:tblLook w:val="{"0680" if sideways else "0620"}" w:firstRow="{int(not sideways)}" w:lastRow="0" '
        f'w:firstColumn="{int(sideways)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f'<w:tblCaption w:val="{escape(caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def listing(caption: str, wide: list[int], headings: list[str], things: str, cells: list[str], last: tuple[str, ...] = ()) -> str:
    """Return a table with a row for each of some things, and perhaps a last row of sums, with which the rows before it stay.

    Args:
        caption: what a screen reader says of it.
        wide: the widths of the columns.
        headings: of the columns.
        things: what the rows are for: `line in returns`.
        cells: what stands in a row.
        last: what stands in the row of sums.
    """
    each = whole(row(wide, [p("Table Text", text) for text in cells]))
    if last:
        each = "".join((loop(wide, f"if {_HELD} >= loop.revindex"), _held(wide, cells), loop(wide, "else"), each, loop(wide, "endif")))
    drawn = [heading_row(wide, headings), loop(wide, f"for {things}"), each, loop(wide, "endfor")]
    return table(caption, wide, [*drawn, sums(wide, last)] if last else drawn)


def short_listing(caption: str, wide: list[int], headings: list[str], things: str, cells: list[str]) -> str:
    """Return a table as `listing` does, of a few rows, that is parted by no page break at all."""
    drawn = [loop(wide, "if loop.last"), whole(row(wide, [p("Table Text", text) for text in cells])), loop(wide, "else")]
    drawn += [_held(wide, cells), loop(wide, "endif")]
    return table(caption, wide, [heading_row(wide, headings), loop(wide, f"for {things}"), *drawn, loop(wide, "endfor")])


def _held(wide: list[int], cells: list[str]) -> str:
    """Return a row that stays on the page of the next. Its first cell may hold no `{{p }}`, which takes a paragraph's properties away."""
    return whole(row(wide, [p("Table Text", text, KEEP) for text in cells]))


def sums(wide: list[int], texts: tuple[str, ...]) -> str:
    """Return the row of sums under a table."""
    return whole(row(wide, [p("Table Heading", text) for text in texts]))


_HELD = 3
"""Rows that stay on the page of the sums."""


def shares(page: tuple[int, int], *parts: int) -> list[int]:
    """Divide the width of the text in proportion."""
    widths = [width(page) * part // sum(parts) for part in parts]
    widths[-1] += width(page) - sum(widths)
    return widths


def section(page: tuple[int, int], footer: str, start: str = "") -> str:
    """Return the set-up of a section."""
    orient = ' w:orient="landscape"' if page[0] > page[1] else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/>{start}<w:pgSz w:w="{page[0]}" w:h="{page[1]}"{orient}/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )


def footer(page: tuple[int, int], text: str) -> str:
    """Return the footer part: what the paper is on the left, the page on the right."""

    def number(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    said = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
    tabs = f'<w:tabs><w:tab w:val="clear" w:pos="9638"/><w:tab w:val="right" w:pos="{width(page)}"/></w:tabs>' if page is ACROSS else ""
    return (
        f'{HEAD}<w:ftr {W} {R}><w:p><w:pPr><w:pStyle w:val="Footer"/>{tabs}</w:pPr>{said(escape(text))}<w:r><w:tab/></w:r>'
        f"{said('Page ')}{number('PAGE')}{said(' of ')}{number('NUMPAGES')}</w:p></w:ftr>"
    )


_OUR_OWN = ("Table", "List Marker", "Notice", "Source", "Chart", "Numbered", "Recommendation", "Question", "Heading Annex")
"""How the styles begin that Word has none of."""


def _style(name: str, base: str, paragraph: str = "", run: str = "", after: str = "", *, extra: str = "") -> str:
    own = ' w:customStyle="1"' if name.startswith(_OUR_OWN) else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{name.replace(" ", "")}"{extra}><w:name w:val="{name}"/>{based}{following}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def _heading(level: int, points: float, before: int, after: int) -> str:
    paragraph = (
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>'
    )
    drawn = _style(f"heading {level}", "Normal", paragraph, _ACCENTED + _size(points), "Normal")
    return drawn.replace(f'w:styleId="heading{level}"', f'w:styleId="Heading{level}"')


def _bullets(name: str, base: str, list_: int, level: int) -> str:
    return _style(name, base, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr><w:spacing w:after="80"/>')


def _hanging(name: str, base: str, left: int) -> str:
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
    return _style(name, base, f'{tab}<w:spacing w:after="80"/><w:ind w:left="{left}" w:hanging="425"/>')


def _spacing(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _edge(side: str, weight: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{weight}" w:space="{space}" w:color="{colour}"/>'


_BOLD = "<w:b/><w:bCs/>"
_ACCENTED = f'{_BOLD}<w:color w:val="{ACCENT}" w:themeColor="accent1"/>'
_QUIET = f'<w:color w:val="{PROMPT}"/>'
_TIGHT = _spacing(20, 40, 252)


def _running_text() -> tuple[str, ...]:
    rule = f"<w:pBdr>{_edge('bottom', 8, ACCENT, 8)}</w:pBdr>"
    bar = f"<w:pBdr>{_edge('left', 36, AMBER, 8)}</w:pBdr>"
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width(UPRIGHT)}"/></w:tabs>'
    return (
        _style("Normal", "", extra=' w:default="1"'),
        _style("Title", "Normal", f"<w:keepNext/>{_spacing(0, 80)}", _ACCENTED + _size(22), "Subtitle"),
        _style("Subtitle", "Normal", f"{rule}{_spacing(0, 280)}", _QUIET + _size(13), "Normal"),
        _heading(1, 15, 320, 120),
        _heading(2, 12.5, 280, 100),
        _heading(3, 11, 240, 80),
        _bullets("List Bullet", "Normal", 1, 0),
        _bullets("List Bullet 2", "Normal", 1, 1),
        _bullets("List Bullet 3", "Normal", 1, 2),
        _hanging("List Marker", "Normal", 425),
        _hanging("List Marker 2", "Normal", 850),
        _style("Table Lead-in", "Normal", f"<w:keepNext/>{_spacing(160, 60)}", _BOLD + _size(10), "Normal"),
        _style("Source Note", "Normal", _spacing(120, 120), _QUIET + _size(9)),
        _style("Notice", "Normal", f'<w:keepLines/>{bar}{_spacing(120, 200)}<w:ind w:left="227"/>', f'{_BOLD}<w:color w:val="{AMBER}"/>'),
        _style("caption", "Normal", f"<w:keepNext/>{_spacing(60, 160)}", _QUIET + _size(9)).replace('"caption"', '"Caption"', 1),
        _style("Chart", "Normal", f"<w:keepNext/>{_spacing(120, 0)}"),
        *_contents(),
        _style("footer", "Normal", tab + _spacing(0, 0), _QUIET + _size(8.5)).replace('w:styleId="footer"', 'w:styleId="Footer"'),
    )


def _contents() -> tuple[str, ...]:
    """Return the styles of a table of contents; Word makes the dotted line and the number's place part of each entry."""
    levels = {1: f"<w:keepNext/>{_spacing(100, 20)}", 2: f'{_spacing(0, 20)}<w:ind w:left="284"/>'}
    drawn = (_style(f"toc {level}", "Normal", layout, _BOLD if level == 1 else "") for level, layout in levels.items())
    lines = (style.replace(f'w:styleId="toc{level}"', f'w:styleId="TOC{level}"') for level, style in enumerate(drawn, 1))
    return _style("TOC Heading", "Normal", f"<w:keepNext/>{_spacing(240, 80)}", _ACCENTED + _size(15), "Normal"), *lines


def _table_text() -> tuple[str, ...]:
    spread = '<w:spacing w:after="80"/>'
    return (
        _style("Table Text", "Normal", _TIGHT, _size(9.5)),
        _style("Table Heading", "TableText", "<w:keepNext/>", _ACCENTED),
        _style("Table Label", "TableText", "", _ACCENTED),
        _style("Table Subheading", "TableText", "<w:keepNext/>", _BOLD),
        _bullets("Table Bullet", "TableText", 2, 0).replace(spread, _TIGHT),
        _hanging("Table Marker", "TableText", 425).replace(spread, _TIGHT),
    )


def _default(kind: str, name: str, content: str = "") -> str:
    id_ = {"Normal Table": "TableNormal"}.get(name, name.replace(" ", ""))
    return f'<w:style w:type="{kind}" w:default="1" w:styleId="{id_}"><w:name w:val="{name}"/><w:semiHidden/>{content}</w:style>'


def _tables() -> tuple[str, ...]:
    edges = "".join(_edge(side, 4, LINE) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    room = (("top", 40), ("left", 100), ("bottom", 40), ("right", 100))
    margins = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in room)
    shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr>'
    return (
        _default("table", "Normal Table", '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'),
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>',
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>',
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr w:type="firstRow">{shade}</w:tblStylePr><w:tblStylePr w:type="firstCol">{shade}</w:tblStylePr></w:style>',
    )


def _styles(look: Look) -> str:
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    language = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(11)}{language}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_spacing(0, 120, 269)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    link = (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="0B4F9C" w:themeColor="hyperlink"/><w:u w:val="single"/></w:rPr></w:style>'
    )
    others = (link, _default("character", "Default Paragraph Font"), _default("numbering", "No List"))
    shared = [style for style in (*_running_text(), *_table_text()) if re.findall('w:styleId="(.+?)"', style)[0] not in look.styles]
    return f"{HEAD}<w:styles {W}>{defaults}{''.join((*shared, *look.styles.values(), *others, *_tables()))}</w:styles>"


def _numbering(look: Look) -> str:
    """Return two lists of bullets, one for running text, one for tables; and those of this master."""

    def level(number: int, left: int, sign: str) -> str:
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{min(left, 340)}"/></w:pPr>'
            '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/></w:rPr></w:lvl>'
        )

    def many(step: int) -> str:
        return "".join(level(number, step * (number + 1), "•–•"[number]) for number in range(3))

    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{many(step)}</w:abstractNum>'
        for number, step in ((1, 425), (2, 227))
    )
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
    return f"{HEAD}<w:numbering {W}>{lists}{look.abstract_lists}{used}{look.lists}</w:numbering>"


_CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Report master</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>'
)
_APP = f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Proforma</Application></Properties>'
_VENDOR = "application/vnd.openxmlformats"
_WORD, _DRAWING = f"{_VENDOR}-officedocument.wordprocessingml", f"{_VENDOR}-officedocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _type(part: str, content: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{content}"/>'


def _relationship(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>'


def _relationships(*all_: str) -> str:
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(all_)}</Relationships>'


def draw(path: Path, body: str, footers: dict[str, str], look: Look = PLAIN) -> None:
    """Write a master.

    Args:
        path: where to.
        body: the blocks of the document and the set-up of its last section.
        footers: the footer parts by relationship id.
        look: what it has besides the styles and lists of all.
    """
    parts = {
        "word/styles.xml": ("styles", _styles(look)),
        "word/numbering.xml": ("numbering", _numbering(look)),
        "word/settings.xml": ("settings", f"{HEAD}<w:settings {W}>{SETTINGS}</w:settings>"),
        "word/fontTable.xml": ("fontTable", f"{HEAD}<w:fonts {W}>{FONTS}</w:fonts>"),
        "word/theme/theme1.xml": ("theme", HEAD + THEME),
        **{f"word/footer{number}.xml": ("footer", xml) for number, xml in enumerate(footers.values(), 1)},
    }
    ids = [*(f"rId{number}" for number in range(1, 6)), *footers]
    types = "".join(_type(name, f"{_DRAWING if kind == 'theme' else _WORD}.{kind}+xml") for name, (kind, _) in parts.items())
    related = (
        _relationship(id_, f"{_OFFICE}/{kind}", name.removeprefix("word/"))
        for id_, (name, (kind, _)) in zip(ids, parts.items(), strict=True)
    )
    content_types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{_VENDOR}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{_type("word/document.xml", f"{_WORD}.document.main+xml")}{types}'
        f"{_type('docProps/core.xml', f'{_VENDOR}-package.core-properties+xml')}"
        f"{_type('docProps/app.xml', f'{_VENDOR}-officedocument.extended-properties+xml')}</Types>"
    )
    root = (
        _relationship("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
        _relationship("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        _relationship("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )
    with path.open("wb") as target, Writer(target) as writer:
        writer.add("[Content_Types].xml", content_types.encode())
        writer.add("_rels/.rels", _relationships(*root).encode())
        writer.add("word/document.xml", f"{HEAD}<w:document {W} {R}><w:body>{body}</w:body></w:document>".encode())
        writer.add("word/_rels/document.xml.rels", _relationships(*related).encode())
        for name, (_, xml) in parts.items():
            writer.add(name, xml.encode())
        writer.add("docProps/core.xml", _CORE.encode())
        writer.add("docProps/app.xml", _APP.encode())
