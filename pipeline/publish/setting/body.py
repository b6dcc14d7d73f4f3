"""A rendered paper is read: its Word file becomes `Content`.

Reads: paragraphs with their looks, numbers and anchors, headings, tables with merged cells, sections with their headers and footers,
content controls (by what is in them), footnotes. Does not read: columns of text, comments.

Source: ECMA-376-1 4th ed., 17.2 (document), 17.4 (tables), 17.6 (sections).
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.publish.setting.content import Block, Chart, Content, Contents, Footnote, Inline, PageBreak, Paragraph, Run, Section
from pipeline.publish.setting.inline import Part, Runs
from pipeline.publish.setting.looks import Looks, Properties, Theme, child, is_on, points
from pipeline.publish.setting.numbers import Numbers
from pipeline.publish.setting.tables import table_of
from pipeline.settings import Limits

_LIMITS = Limits(bytes=2**30, unpacked_bytes=2**31, part_bytes=2**30, ratio=2_000)
"""Of a paper that this program wrote: it may be as long as it likes."""
_DOCUMENT, _CORE = "word/document.xml", "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTROL = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")
_SIDES = ("top", "right", "bottom", "left", "header", "footer")
_A4 = (11906, 16838)


def content_of(data: bytes) -> Content:
    """Return what a paper says.

    Args:
        data: a Word file that this program wrote.

    Raises:
        UnreadableError: it is no Word file.
    """
    return _File(Package(data, _LIMITS)).content()


class _File:
    """The parts of a Word file that several others need."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = self._xml("word/styles.xml")
        self.looks = Looks(etree.Element(q("w:styles")) if styles is None else styles, Theme(self._xml("word/theme/theme1.xml")))
        self.numbers = Numbers(self._xml("word/numbering.xml"), self.looks)
        notes = self._xml("word/footnotes.xml")
        self.notes = {} if notes is None else {note.get(q("w:id"), ""): note for note in notes}

    def _xml(self, name: str) -> etree._Element | None:
        return self._package.xml(name) if name in self._package else None

    def content(self) -> Content:
        """Return all of it."""
        core = self._xml(_CORE)
        told = {name: "" if core is None else core.findtext(_DC + name, "") for name in ("title", "creator", "language")}
        language = told["language"] or self.looks.paragraph("").get("lang") or "en-GB"
        body = self._package.xml(_DOCUMENT).find(q("w:body"))
        sections = tuple(self._sections(body)) if body is not None else ()
        return Content(told["title"], told["creator"], language, sections)

    def body(self, name: str) -> "_Body":
        """Return a reader of the texts of a part."""
        return _Body(self, Part(self._package, name, self.looks))

    def _sections(self, body: etree._Element) -> Iterator[Section]:
        """Yield the sections; one that goes on upon the page of the one before is read with it."""
        reader = self.body(_DOCUMENT)
        blocks: list[Block] = []
        found: list[tuple[etree._Element, list[Block]]] = []
        for element in body:
            blocks += () if element.tag == q("w:sectPr") else reader.blocks([element])
            own = element if element.tag == q("w:sectPr") else child(child(element, "w:pPr"), "w:sectPr")
            if own is None:
                continue
            if found and _goes_on(own, found[-1][0]):
                found[-1][1].extend(blocks)
            else:
                found.append((own, blocks))
            blocks = []
        if blocks or not found:
            found.append((etree.Element(q("w:sectPr")), blocks))
        for set_up, read in found:
            yield self._section(set_up, reader, read)

    def _section(self, set_up: etree._Element, reader: "_Body", blocks: list[Block]) -> Section:
        size, margin, pages = (child(set_up, f"w:{name}") for name in ("pgSz", "pgMar", "pgNumType"))
        width, height = (_A4[0] / 20, _A4[1] / 20) if size is None else (points(size, "w:w"), points(size, "w:h"))
        margins = {side: 56.7 if margin is None else abs(points(margin, f"w:{side}")) for side in _SIDES}
        start = None if pages is None else pages.get(q("w:start"))
        title_page = child(set_up, "w:titlePg")
        first = (reader.beside(set_up, "header", "first"), reader.beside(set_up, "footer", "first"))
        around = (reader.beside(set_up, "header"), reader.beside(set_up, "footer"))
        other = first if title_page is not None and is_on(title_page) else None
        return Section(tuple(blocks), width, height, margins, *around, other, int(start) if start else None)


def _goes_on(set_up: etree._Element, last: etree._Element) -> bool:
    """Say whether a section begins on the page on which the last one ends."""
    kind = child(set_up, "w:type")
    sizes = [(None if (size := child(one, "w:pgSz")) is None else dict(size.attrib)) for one in (set_up, last)]
    return kind is not None and kind.get(q("w:val")) == "continuous" and sizes[0] == sizes[1]


class _Body:
    """Reads the blocks of one part."""

    def __init__(self, file: _File, part: Part) -> None:
        self._file = file
        self._part = part
        self._runs = Runs(part)
        self._around: dict[str, tuple[Paragraph, ...]] = {}
        """Headers and footers as the last section had them: one that names none has the one before."""

    def blocks(self, elements: Iterable[etree._Element], within: Properties | None = None) -> list[Block]:
        """Return the blocks of a body, a cell or a box.

        Args:
            elements: what stands there.
            within: what the table around it says of its looks.
        """
        found: list[Block] = []
        for element in elements:
            if element.tag == q("w:p"):
                found += self._paragraph(element, within)
            elif element.tag == q("w:tbl"):
                found.append(table_of(element, self._file.looks, self.blocks))
            elif element.tag in map(q, _CONTROL):
                found += self.blocks(element, within)
            elif element.tag == q("w:bookmarkStart"):
                self._runs.anchors.append(element.get(q("w:name"), ""))
        return found

    def _paragraph(self, element: etree._Element, within: Properties | None) -> Iterator[Block]:
        looks, properties = self._file.looks, child(element, "w:pPr")
        named = child(properties, "w:pStyle")
        id_ = "" if named is None else named.get(q("w:val"), "")
        look = looks.paragraph(id_, within)
        inlines = tuple(map(self._noted, self._runs.read(element, look)))
        anchors, beside = tuple(self._runs.anchors), self._runs.beside
        self._runs.beside = []
        if not inlines:
            yield from self._blocks_of(beside)
            return
        self._runs.anchors = []
        label = self._file.numbers.label(id_, properties)
        look = {
            **look,
            **(label.layout if label else {}),
            **_layout(looks.style("paragraph", id_), label is not None),
            **looks.of_paragraph(properties),
        }
        name = looks.name(id_)
        level = 0 if name == "title" or within is not None else look.get("level", 0)
        said = Paragraph(inlines, look, name, level, label.text if label else "", label.level if label else 0, anchors)
        breaks = [one for one in beside if isinstance(one, PageBreak)]
        yield from breaks if breaks and _starts_with_break(element) else ()
        yield said
        yield from breaks if breaks and not _starts_with_break(element) else ()
        yield from self._blocks_of([one for one in beside if not isinstance(one, PageBreak)])

    def _blocks_of(self, beside: Iterable[Chart | Contents | PageBreak | etree._Element]) -> Iterator[Block]:
        for one in beside:
            if isinstance(one, Chart | Contents | PageBreak):
                yield one
            else:
                yield from self.blocks(one)

    def _noted(self, inline: Inline) -> Inline:
        """Put a footnote where the sign for it stands."""
        if not isinstance(inline, Run) or not inline.counts.startswith("note "):
            return inline
        note = self._file.notes.get(inline.counts.removeprefix("note "))
        return inline._replace(counts="") if note is None else Footnote(tuple(self._file.body("word/footnotes.xml").blocks(note)))

    def beside(self, set_up: etree._Element, kind: str, which: str = "default") -> tuple[Paragraph, ...]:
        """Return the header or the footer of a section.

        Args:
            set_up: its `w:sectPr`.
            kind: `header` or `footer`.
            which: `default`, or `first` for its first page.
        """
        key = f"{kind} {which}"
        for reference in set_up.iterchildren(q(f"w:{kind}Reference")):
            if reference.get(q("w:type"), "default") == which:
                name, _ = self._part.targets.get(reference.get(_ID, ""), ("", False))
                root = self._file._xml(name)
                read = [] if root is None else self._file.body(name).blocks(root)
                self._around[key] = tuple(block for block in read if isinstance(block, Paragraph))
        return self._around.get(key, ())


_ID = q("r:id")


def _layout(style: Properties, labelled: bool) -> Properties:
    """Return the indents of a style that stand over those of its list."""
    return {name: style[name] for name in ("left", "right", "first") if name in style} if labelled else {}


def _starts_with_break(paragraph: etree._Element) -> bool:
    """Say whether a page break stands before the words of a paragraph."""
    for element in paragraph.iter(q("w:br"), q("w:t")):
        return element.tag == q("w:br")
    return False
