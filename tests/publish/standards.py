"""What an accessible output keeps to, read from its bytes: each check returns what is wrong, a sentence each.

Source: Word and Excel accessibility (Microsoft Accessibility Checker), WCAG 2.2 (1.1.1, 1.3.1, 1.4.1, 1.4.3, 2.4.2, 3.1.1).
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

from lxml import etree, html

from pipeline.ooxml.names import PREFIXES, q
from pipeline.publish.setting.looks import Looks, Theme, child
from tests.publish.reading import complaints

ENOUGH = 4.5
"""Contrast of text. Source: WCAG 2.2, 1.4.3."""
_WP_DOC = f"{{{PREFIXES['wp']}}}docPr"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EMPHASIS = ("b", "bCs", "i", "iCs", "u", "strike", "lang", "rtl", "rStyle", "noProof", "vertAlign", "webHidden")
_PLACING = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "sectPr", "tabs", "bidi", "rPr", "cnfStyle")
"""What a paragraph may say itself: where it stands, not what it looks like."""
_ASKED_FOR = ("gap", "cell end")
"""The styles of the paragraphs of a form that part tables. Source: ECMA-376-1 4th ed., 17.4.65 (a cell ends with a paragraph)."""
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, `#rrggbb`. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- Word ----------------------------------------------------------------------------------------------------------------


def word_faults(path: Path) -> list[str]:
    """Return what is wrong with a Word file."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = etree.fromstring(parts["word/document.xml"])
    theme = Theme(etree.fromstring(parts["word/theme/theme1.xml"]) if "word/theme/theme1.xml" in parts else None)
    looks = Looks(etree.fromstring(parts["word/styles.xml"]), theme)
    shown = [etree.fromstring(data) for name, data in parts.items() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]
    return [
        *(f"not opened as it is: {said}" for said in complaints(path)),
        *_about(parts),
        *_headings(document, looks),
        *_empty(document, looks),
        *_tables(document),
        *_drawings(document),
        *(fault for part in shown for fault in _direct(part)),
        *_languages(parts),
        *_contrasts(document, etree.fromstring(parts["word/styles.xml"]), looks),
    ]


def _about(parts: dict[str, bytes]) -> Iterator[str]:
    core = etree.fromstring(parts["docProps/core.xml"])
    if not core.findtext(_DC + "title", "").strip():
        yield "it has no title"
    if core.findtext(_DC + "language", "") != "en-GB":
        yield "its properties do not say en-GB"


def text_of(element: etree._Element) -> str:
    """Return the words of a paragraph, a cell or a table."""
    return "".join(text.text or "" for text in element.iter(q("w:t")))


def style_of(paragraph: etree._Element) -> str:
    """Return the id of the style of a paragraph."""
    named = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return "" if named is None else named.get(q("w:val"), "")


def _headings(document: etree._Element, looks: Looks) -> Iterator[str]:
    """The first paragraph is the title or a heading of the first level; no level is skipped; none is empty."""
    last = 0
    for number, paragraph in enumerate(document.iter(q("w:p"))):
        id_ = style_of(paragraph)
        level = looks.paragraph(id_).get("level", 0)
        if number == 0 and level != 1 and looks.name(id_) != "title":
            yield f"it begins with “{text_of(paragraph)}”, which is no title and no heading of the first level"
        if level and not text_of(paragraph).strip():
            yield "a heading is empty"
        if level > last + 1:
            yield f"“{text_of(paragraph)}” is a heading of level {level} below one of level {last}"
        last = level or last


def _empty(document: etree._Element, looks: Looks) -> Iterator[str]:
    """No paragraph is there for its height.

    Only a cell without an answer holds an empty one, on its own. A form has controls that repeat: there Word asks for one between two
    tables, behind a table that ends what repeats, and at the end of a cell that ends with a control.
    """
    is_form = document.find(f".//{{{PREFIXES['w15']}}}repeatingSection") is not None
    for paragraph in document.iter(q("w:p")):
        above = paragraph.getprevious()
        if is_form and (looks.name(style_of(paragraph)) in _ASKED_FOR or (above is not None and above.tag == q("w:tbl"))):
            continue
        if text_of(paragraph).strip() or any(True for _ in paragraph.iter(q("w:drawing"), q("w:sectPr"), q("w:fldChar"), q("w:sdt"))):
            continue
        parent = paragraph.getparent()
        assert parent is not None
        alone = len(parent.findall(q("w:p"))) == 1 and parent.tag in (q("w:tc"), q("w:sdtContent"))
        if not alone:
            before = paragraph.getprevious()
            yield f"an empty paragraph stands after “{'' if before is None else text_of(before)[-40:]}”"


def _tables(document: etree._Element) -> Iterator[str]:
    """Every table tells which cells are headings, and what it is about; none is there for its layout."""
    for table in document.iter(q("w:tbl")):
        called = f"the table “{text_of(table)[:40]}”"
        properties = table.find(q("w:tblPr"))
        look = child(properties, "w:tblLook")
        rows = list(table.iter(q("w:tr")))
        said = {name: look is not None and look.get(q(f"w:{name}")) in ("1", "true") for name in ("firstRow", "firstColumn")}
        marked = rows[0].find(f"{q('w:trPr')}/{q('w:tblHeader')}") is not None
        if said["firstRow"] != marked:
            yield f"{called} says of its first row two things: {said['firstRow']} and {marked}"
        if not (marked or said["firstColumn"]):
            yield f"{called} has no headings"
        caption = child(properties, "w:tblCaption")
        if caption is None or not caption.get(q("w:val"), "").strip():
            yield f"{called} does not say what it is about"
        if any(not text_of(cell).strip() for cell in rows[0].iter(q("w:tc"))) and marked:
            yield f"{called} has an empty heading"
        if table.find(f".//{q('w:tbl')}") is not None:
            yield f"{called} holds another"


def _drawings(document: etree._Element) -> Iterator[str]:
    told = list(document.iter(_WP_DOC))
    for drawing in document.iter(q("w:drawing"), q("w:pict")):
        if not any((one.get("descr") or "").strip() for one in drawing.iter(_WP_DOC)):
            yield "a drawing has no alternative text"
    if len({one.get("id") for one in told}) != len(told):
        yield "two drawings have one number"


def _direct(part: etree._Element) -> Iterator[str]:
    """What a text looks like, its style says; a run may be emphasised."""
    for properties, allowed in ((q("w:rPr"), _EMPHASIS), (q("w:pPr"), _PLACING)):
        for element in part.iter(properties):
            if properties == q("w:rPr") and element.getparent().tag == q("w:sdtPr"):  # type: ignore[union-attr]
                continue
            for own in element:
                if etree.QName(own).localname not in allowed:
                    yield f"“{text_of(element.getparent())[:40]}” is dressed by hand: {etree.QName(own).localname}"  # type: ignore[arg-type]
    for shade in part.iter(q("w:shd")):
        yield f"“{text_of(shade.getparent().getparent())[:40]}” is shaded by hand"  # type: ignore[union-attr, arg-type]


def _languages(parts: dict[str, bytes]) -> Iterator[str]:
    styles = etree.fromstring(parts["word/styles.xml"])
    default = styles.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}/{q('w:lang')}")
    if default is None or default.get(q("w:val")) != "en-GB":
        yield "the language of its texts is not en-GB"
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            for said in set(re.findall(rb'<w:lang w:val="([^"]*)"', data)) | set(re.findall(rb'<w:themeFontLang w:val="([^"]*)"', data)):
                if said != b"en-GB":
                    yield f"{name} says {said.decode()}"


def _contrasts(document: etree._Element, styles: etree._Element, looks: Looks) -> Iterator[str]:
    """Every style that is used can be read on white, on its own shade and on every shade of a table."""
    shades = {"#FFFFFF", *(looks.theme.colour(one, "w:fill") for part in (styles, document) for one in part.iter(q("w:shd")))} - {""}
    for id_ in sorted({style_of(paragraph) for paragraph in document.iter(q("w:p"))}):
        look = looks.paragraph(id_)
        for shade in [look["shade"]] if look.get("shade") else sorted(shades):
            if contrast(look["colour"], shade) < ENOUGH:
                yield f"the style {looks.name(id_)} has {look['colour']} on {shade}: {contrast(look['colour'], shade):.1f}"


# -- Excel ---------------------------------------------------------------------------------------------------------------


def excel_faults(path: Path) -> list[str]:
    """Return what is wrong with a workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets = {name: etree.fromstring(data) for name, data in parts.items() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)}
    return [
        *(f"not opened as it is: {said}" for said in complaints(path)),
        *_about_book(parts),
        *(f"{name}: {fault}" for name, sheet in sheets.items() for fault in _sheet(sheet, parts["xl/workbook.xml"])),
        *(f"{name}: a drawing has no alternative text" for name, data in parts.items() for _ in _untold(name, data)),
        *_book_contrasts(parts["xl/styles.xml"]),
    ]


def _about_book(parts: dict[str, bytes]) -> Iterator[str]:
    if not etree.fromstring(parts["docProps/core.xml"]).findtext(_DC + "title", "").strip():
        yield "it has no title"


def _sheet(sheet: etree._Element, book: bytes) -> Iterator[str]:
    """A sheet that is a table has it marked as one, its heading row stays in sight and on every printed page."""
    if sheet.find(f".//{_SPREADSHEET}f") is not None:
        yield "a formula"
    if sheet.find(f".//{_SPREADSHEET}mergeCell") is not None:
        yield "merged cells"
    if any(True for _ in sheet.iter(f"{_SPREADSHEET}colorScale", f"{_SPREADSHEET}dataBar", f"{_SPREADSHEET}iconSet")):
        yield "a colour says what no word says"
    if sheet.find(f"{_SPREADSHEET}tableParts") is None:
        return
    if sheet.find(f".//{_SPREADSHEET}pane[@state='frozen']") is None:
        yield "the heading row is not frozen"
    if b"_xlnm.Print_Titles" not in book:
        yield "the heading row is not printed on every page"


def _untold(name: str, data: bytes) -> Iterator[etree._Element]:
    if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
        root = etree.fromstring(data)
        yield from (one for one in root.iter(_DRAWING + "cNvPr") if not one.get("descr", "").strip())


def _book_contrasts(styles: bytes) -> Iterator[str]:
    root = etree.fromstring(styles)
    colours = {"#" + one.get("rgb", "")[2:] for one in root.iterfind(f"{_SPREADSHEET}fonts/*/{_SPREADSHEET}color") if one.get("rgb")}
    fills = {"#" + one.get("rgb", "")[2:] for one in root.iterfind(f"{_SPREADSHEET}fills//{_SPREADSHEET}fgColor") if one.get("rgb")}
    for colour, fill in product(sorted(colours), sorted(fills | {"#FFFFFF"})):
        if contrast(colour, fill) < ENOUGH:
            yield f"{colour} on {fill}: {contrast(colour, fill):.1f}"


# -- HTML ----------------------------------------------------------------------------------------------------------------


def page_faults(text: str) -> list[str]:
    """Return what is wrong with a web page."""
    root = html.document_fromstring(text)
    return [*_about_page(root), *_page_headings(root), *_page_tables(root), *_page_contrasts(root), *_page_ids(root)]


def _about_page(root: html.HtmlElement) -> Iterator[str]:
    if root.get("lang") != "en-GB":
        yield "the page does not say that it is in British English"
    if not (root.findtext(".//title") or "").strip():
        yield "the page has no title"
    for picture in root.iter("img"):
        if picture.get("alt") is None:
            yield "a picture has no alternative text"
    for element in root.iter("a", "button"):
        if not (element.text_content().strip() or element.get("aria-label")):
            yield "a link has no words"


def _page_headings(root: html.HtmlElement) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "the page does not have one heading of the first level, at its top"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}"


def _page_tables(root: html.HtmlElement) -> Iterator[str]:
    """Tables of ours say what heads what; one that a return brought (`grid`) is shown as it came, and does not say."""
    for table in root.iter("table"):
        for heading in table.iter("th"):
            if heading.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield f"the heading “{heading.text_content().strip()}” does not say what it heads"
        if table.find(".//th") is None and "grid" not in (table.get("class") or "").split():
            yield f"the table “{table.text_content().strip()[:40]}” has no headings"


def _page_ids(root: html.HtmlElement) -> Iterator[str]:
    ids = [element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")]
    yield from (f"two elements are called {name}" for name in sorted({one for one in ids if ids.count(one) > 1}))


def _page_contrasts(root: html.HtmlElement) -> Iterator[str]:
    """Every colour of text can be read on every background of the page, wherever the two may meet."""
    css = re.sub(r"/\*.*?\*/", "", " ".join(style.text or "" for style in root.iter("style")), flags=re.DOTALL)
    named = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})", css))
    css = re.sub(r"var\((--[\w-]+)\)", lambda found: named.get(found[1], found[0]), css)
    texts = {_long(colour) for colour in re.findall(r"[^-\w]color:\s*(#[0-9a-f]{3,6})", css)}
    behind = {_long(colour) for colour in re.findall(r"background(?:-color)?:\s*(#[0-9a-f]{3,6})", css)} | {"#ffffff"}
    for text, back in product(sorted(texts), sorted(behind)):
        if contrast(text, back) < ENOUGH:
            yield f"{text} on {back}: {contrast(text, back):.1f}"


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(part * 2 for part in colour[1:])
