"""What stands in a paragraph of a rendered paper: runs, links, fields, pictures, charts.

Reads: text with its emphasis, tabs and breaks, hyperlinks, the fields that count pages and the table of contents (others by their cached
result), pictures and charts with their alternative text, text boxes (after the paragraph that holds them). Leaves out what Word does not
show: deleted and hidden text, comments.

Source: ECMA-376-1 4th ed., 17.16 (fields), 20.4 (drawings).
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ooxml.names import PREFIXES, A, C, R, q
from pipeline.ooxml.package import Package
from pipeline.publish.setting.charts import chart_of
from pipeline.publish.setting.content import Chart, Contents, Inline, PageBreak, Picture, Run
from pipeline.publish.setting.looks import Looks, Properties, child

_EMU = 12_700
"""English Metric Units in a point."""
_SIGNS = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad", "w:ptab": "\t"}
_INSIDE = ("w:ins", "w:smartTag", "w:customXml", "w:sdtContent", "w:sdt", "w:moveTo", "w:bdo", "w:dir")
"""What is looked through."""
_KINDS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif", ".svg": "svg", ".webp": "webp"}
_SAFE = re.compile(r"(?:https?|mailto):|(?![a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)
_LEVELS = re.compile(r'\\[ou]\s*"?\d\s*-\s*(\d)')
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_NUMBERS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}


@dataclass
class Field:
    """A field that is being read."""

    code: str = ""
    in_result: bool = False

    @property
    def words(self) -> list[str]:
        """Its code, word by word, the first in capitals."""
        words = self.code.replace('"', " ").split()
        return [words[0].upper(), *words[1:]] if words else [""]

    @property
    def replaced(self) -> bool:
        """True where the writer works the result out itself."""
        return self.words[0] in (*_NUMBERS, "PAGEREF", "TOC")


@dataclass
class Part:
    """A part of the package that texts are read from: the document, a header, a footer.

    Args:
        package: the Word file.
        name: the part's.
        looks: the styles of the file.
    """

    package: Package
    name: str
    looks: Looks
    targets: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """By relationship id: the address or the part, and whether it is outside the package."""

    def __post_init__(self) -> None:
        folder, _, own = self.name.rpartition("/")
        relationships = f"{folder}/_rels/{own}.rels"
        if relationships not in self.package:
            return
        for related in self.package.xml(relationships):
            outside = related.get("TargetMode") == "External"
            target = related.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            self.targets[related.get("Id", "")] = (target if outside else inside, outside)

    def read(self, id_: str) -> tuple[str, bytes]:
        """Return the name and the bytes of a related part; nothing where it is not in the package."""
        name, outside = self.targets.get(id_, ("", True))
        return (name, self.package.read(name)) if not outside and name in self.package else ("", b"")


class Runs:
    """Reads the paragraphs of one part, one after another: a field may begin in one and end in another.

    Args:
        part: what they stand in.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._fields: list[Field] = []
        self.anchors: list[str] = []
        """The bookmarks met since they were last taken."""
        self.beside: list[Chart | Contents | PageBreak | etree._Element] = []
        """What cannot stand in a line, met since it was last taken; an element is the text of a box."""

    def read(self, paragraph: etree._Element, look: Properties) -> Iterator[Inline]:
        """Yield what stands in a paragraph.

        Args:
            paragraph: a `w:p`, or what stands in one.
            look: the paragraph's.
        """
        yield from self._inside(paragraph, look, "")

    def _inside(self, parent: etree._Element, look: Properties, link: str) -> Iterator[Inline]:
        for element in parent:
            tag = element.tag
            if tag == q("w:r"):
                yield from self._run(element, look, link)
            elif tag == q("w:hyperlink"):
                yield from self._inside(element, look, self._led_to(element))
            elif tag == q("w:fldSimple"):
                self._fields.append(Field(element.get(q("w:instr"), "")))
                yield from self._separated()
                yield from self._inside(element, look, link)
                self._fields.pop()
            elif tag == q("w:bookmarkStart"):
                self.anchors.append(element.get(q("w:name"), ""))
            elif tag in map(q, _INSIDE):
                yield from self._inside(element, look, link)

    def _led_to(self, element: etree._Element) -> str:
        anchor = element.get(q("w:anchor"))
        address, outside = self._part.targets.get(element.get(f"{{{R}}}id", ""), ("", False))
        return address if outside and _SAFE.match(address) else f"#{anchor}" if anchor else ""

    def _run(self, run: etree._Element, look: Properties, link: str) -> Iterator[Inline]:
        said = self._look(run)
        if said.get("hidden"):
            return
        differs = {name: value for name, value in said.items() if look.get(name) != value}
        text: list[str] = []
        for element in run:
            if element.tag == q("w:t"):
                text.append(self._shown(element.text or ""))
                continue
            for inline in self._other(element, text, differs, link):
                if text:
                    yield Run("".join(text), differs, link or self._field_link())
                    text.clear()
                yield inline
        if text and "".join(text):
            yield Run("".join(text), differs, link or self._field_link())

    def _look(self, run: etree._Element) -> Properties:
        properties = child(run, "w:rPr")
        style = child(properties, "w:rStyle")
        looks = self._part.looks
        named = looks.style("character", style.get(q("w:val"), "")) if style is not None else {}
        return {**named, **looks.of_run(properties)}

    def _other(self, element: etree._Element, text: list[str], look: Properties, link: str) -> Iterator[Inline]:
        name = f"w:{etree.QName(element).localname}"
        if name == "w:fldChar":
            yield from self._field(element.get(q("w:fldCharType"), ""))
        elif name == "w:instrText" and self._fields:
            self._fields[-1].code += element.text or ""
        elif name == "w:br":
            if element.get(q("w:type")) in ("page", "column"):
                self.beside.append(PageBreak())
            else:
                text.append(self._shown("\n"))
        elif name in _SIGNS:
            text.append(self._shown(_SIGNS[name]))
        elif name == "w:sym":
            code = int(element.get(q("w:char"), "2022"), 16)
            text.append(self._shown("•" if 0xF000 <= code <= 0xF0FF else chr(code)))
        elif name == "w:footnoteReference":
            yield Run("", {}, "", f"note {element.get(q('w:id'), '')}")
        elif name in ("w:drawing", "w:pict", "w:AlternateContent", "w:object"):
            yield from self._drawing(element)

    # -- Fields --------------------------------------------------------------------------------------------------------

    def _shown(self, text: str) -> str:
        """Return a text, or nothing where it is the code of a field or a result that is worked out anew."""
        return "" if any(not one.in_result or one.replaced for one in self._fields) else text

    def _field(self, what: str) -> Iterator[Inline]:
        if what == "begin":
            self._fields.append(Field())
        elif what == "separate" and self._fields:
            yield from self._separated()
        elif what == "end" and self._fields:
            if not self._fields[-1].in_result:
                yield from self._separated()
            self._fields.pop()

    def _separated(self) -> Iterator[Inline]:
        """Go on from the code of a field to its result."""
        last = self._fields[-1]
        last.in_result = True
        if any(one.replaced for one in self._fields[:-1]):
            return
        words = last.words
        if words[0] in _NUMBERS:
            yield Run("", {}, "", _NUMBERS[words[0]])
        elif words[0] == "PAGEREF" and len(words) > 1:
            yield Run("", {}, f"#{words[1]}", f"page of {words[1]}")
        elif words[0] == "TOC":
            found = _LEVELS.search(last.code)
            levels = int(found[1]) if found else 3
            looks = self._part.looks
            self.beside.append(Contents(levels, tuple(looks.paragraph(looks.id(f"toc {level}")) for level in range(1, levels + 1))))

    def _field_link(self) -> str:
        for one in self._fields:
            words = one.words
            if words[0] == "HYPERLINK" and len(words) > 1:
                return f"#{words[2]}" if words[1] == "\\l" and len(words) > 2 else words[1] if _SAFE.match(words[1]) else ""
        return ""

    # -- Drawings ------------------------------------------------------------------------------------------------------

    def _drawing(self, element: etree._Element) -> Iterator[Inline]:
        if etree.QName(element).localname == "AlternateContent":
            choice = next((one for one in element if etree.QName(one).localname == "Choice"), None)
            for one in () if choice is None else choice:
                yield from self._drawing(one)
            return
        boxes = [box for box in element.iter(q("w:txbxContent")) if next(box.iterancestors(q("w:txbxContent")), None) is None]
        self.beside += boxes
        told = next(element.iter(f"{{{PREFIXES['wp']}}}docPr"), None)
        alt = "" if told is None else (told.get("descr") or told.get("title") or "")
        decorates = told is not None and any(_is_true(one.get("val", "0")) for one in told.iter(_DECORATIVE))
        width, height = _extent(element)
        chart = next(element.iter(f"{{{C}}}chart"), None)
        if chart is not None:
            yield from self._chart(chart.get(f"{{{R}}}id", ""), alt, width, height)
            return
        blip = next(element.iter(f"{{{A}}}blip"), None)
        if blip is not None:
            name, data = self._part.read(blip.get(f"{{{R}}}embed", ""))
            kind = _KINDS.get(posixpath.splitext(name)[1].lower(), "")
            yield Picture(data, kind if data else "", "" if decorates else alt or "Picture", width, height)
        elif alt and not boxes:
            yield Picture(b"", "", alt, width, height)

    def _chart(self, id_: str, alt: str, width: float, height: float) -> Iterator[Inline]:
        name, data = self._part.read(id_)
        read = chart_of(self._part.package.xml(name), self._part.looks.theme, alt, width, height) if data else None
        if read is None:
            yield Picture(b"", "", alt or "Chart", width, height)
        else:
            self.beside.append(read)


def _is_true(value: str) -> bool:
    """Say whether an attribute of DrawingML is true."""
    return value in ("1", "true")


def _extent(element: etree._Element) -> tuple[float, float]:
    """Return the width and height of a drawing; 0 where it does not say."""
    extent = next(element.iter(f"{{{PREFIXES['wp']}}}extent"), None)
    if extent is None:
        return 0.0, 0.0
    return int(extent.get("cx", "0")) / _EMU, int(extent.get("cy", "0")) / _EMU
