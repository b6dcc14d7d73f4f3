"""OpenDocument text: .odt and .ott, as LibreOffice and Word save it.

LibreOffice 7.4 writes plain text controls as input fields and drops every tag; what is left of a control is its extent.

Source: OpenDocument 1.3 part 3: 5 (text), 6 (spans and fields), 9 (tables), 5.5 (tracked changes), 19.880 (list numbering).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Block, Cell, Control, Document, Note, Row, Table
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.read.line import Line
from pipeline.read.lists import Counters, ListLevel
from pipeline.read.reading import Source

P, H, LIST, ITEM, LIST_HEADER = q("text:p"), q("text:h"), q("text:list"), q("text:list-item"), q("text:list-header")
TABLE, ROW, CELL, COVERED = q("table:table"), q("table:table-row"), q("table:table-cell"), q("table:covered-table-cell")
HEADER_ROWS = q("table:table-header-rows")
STYLE_NAME, REPEATED, SPANNED, ROWS_SPANNED = (
    q("text:style-name"),
    q("table:number-columns-repeated"),
    q("table:number-columns-spanned"),
    q("table:number-rows-spanned"),
)
CHANGE_START, CHANGE_END, CHANGE, CHANGE_ID = q("text:change-start"), q("text:change-end"), q("text:change"), q("text:change-id")
CONTROLS = {q("text:text-input"): "text", q("loext:content-control"): "rich"}
SPACE, TAB, BREAK = q("text:s"), q("text:tab"), q("text:line-break")
BESIDE = {
    q("text:note"): "footnote",
    q("office:annotation"): "comment",
    q("text:hidden-text"): "hidden",
    q("text:hidden-paragraph"): "hidden",
}
ROW_GROUPS = frozenset({q("table:table-rows"), q("table:table-row-group"), HEADER_ROWS})
SKIPPED = frozenset(
    {q("text:tracked-changes"), q("text:sequence-decls"), q("office:forms"), q("loext:list-item"), q("text:bookmark-start")}
)
_NUMBERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST = 64
"""The most spaces, columns or rows that a count in the file is believed for."""


class OdtReader:
    """OpenDocument text: .odt, .ott.

    Reads: paragraphs, headings, lists, tables, input fields and content controls, text boxes, notes, comments, headers and footers,
    both views of tracked changes. Half-reads: fields (the text shown). Does not read: charts, embedded objects, pictures (a note each).
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are an OpenDocument text; the file's name is not asked."""
        return source.data[:4] == b"PK\x03\x04" and b"application/vnd.oasis.opendocument.text" in source.data[:256]

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the package is broken (`corrupt`), locked (`encrypted`) or a bomb.
        """
        package = Package(source.data, source.limits)
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError("encrypted", "The file is locked with a password.", "Ask for it without the password.")
        if "content.xml" not in package:
            raise UnreadableError("corrupt", "The file is a damaged OpenDocument text: its text part is missing.", "Ask for it again.")
        root = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
        looks = _looks(root, styles)
        walk = _Walk("content.xml", looks, _deletions(root))
        content = root.find(f"{q('office:body')}/{q('office:text')}")
        blocks = walk.blocks(content) if content is not None else ()
        return Document(
            format="odt",
            blocks=blocks,
            asides=(*walk.asides, *(_margins(styles, looks) if styles is not None else ())),
            notes=tuple(walk.notes),
            properties=_properties(package),
            tracked_changes=walk.tracked,
        )


@dataclass(frozen=True, slots=True)
class _Looks:
    """What styles say: the emphasis of each, and the levels of each list."""

    emphasis: dict[str, tuple[str, ...]]
    parents: dict[str, str]
    hidden: frozenset[str]
    lists: dict[str, dict[int, ListLevel]]


@dataclass(slots=True)
class _Where:
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraphs: int = 0


@dataclass(slots=True)
class _Walk:
    """Walks one part. What it meets beside the text collects in `asides` and `notes`."""

    part: str
    looks: _Looks
    deletions: dict[str, str]
    """The text of each deleted region, by its id."""
    asides: list[Aside] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tracked: bool = False
    inserting: set[str] = field(default_factory=set)
    controls: int = 0
    tables: int = 0
    counters: Counters = field(default_factory=lambda: Counters({}))
    place: Place = field(default_factory=Place)

    def blocks(self, parent: etree._Element) -> tuple[Block, ...]:
        """Return what the children of `parent` show, in reading order."""
        self.counters.levels = self.looks.lists
        out: list[Block] = []
        self._fill(parent, out, _Where())
        return tuple(out)

    def _fill(self, parent: etree._Element, out: list[Block], where: _Where, bullet: str = "", level: int = 0) -> None:
        for child in parent:
            tag = child.tag
            if tag in (P, H):
                self._paragraph(child, out, where, bullet, level)
                bullet = ""
            elif tag == LIST:
                self._list(child, out, where, "", 0)
            elif tag == TABLE:
                out.append(self._table(child))
            elif tag in (CHANGE_START, CHANGE_END, CHANGE):
                self._change(child, Line())
            elif tag not in SKIPPED:
                self._fill(child, out, where)

    def _list(self, parent: etree._Element, out: list[Block], where: _Where, style: str, level: int) -> None:
        style = parent.get(STYLE_NAME, style)
        for item in parent:
            if item.tag not in (ITEM, LIST_HEADER):
                continue
            bullet = self.counters.mark(style, level) if item.tag == ITEM else ""
            for child in item:
                if child.tag in (P, H):
                    self._paragraph(child, out, where, bullet, level)
                    bullet = ""
                elif child.tag == LIST:
                    self._list(child, out, where, style, level + 1)

    def _paragraph(self, p: etree._Element, out: list[Block], where: _Where, bullet: str, level: int) -> None:
        where.paragraphs += 1
        self.place = Place(self.part, where.table, where.row, where.column, where.paragraphs)
        line, boxes = Line(), list[etree._Element]()
        self._inline(p, line, boxes, ())
        heading = int(p.get(q("text:outline-level"), "1")) if p.tag == H else 0
        out.append(line.paragraph(self.place, heading, bullet, level if bullet else 0))
        for box in boxes:
            self._fill(box, out, where)

    def _inline(self, parent: etree._Element, line: Line, boxes: list[etree._Element], emphasis: tuple[str, ...]) -> None:
        self._say(parent.text, line, emphasis)
        for child in parent:
            self._piece(child, line, boxes, emphasis)
            self._say(child.tail, line, emphasis)

    def _piece(self, child: etree._Element, line: Line, boxes: list[etree._Element], emphasis: tuple[str, ...]) -> None:
        tag = child.tag
        if tag == q("text:span"):
            style = child.get(STYLE_NAME, "")
            if style in self.looks.hidden:
                self.asides.append(Aside("hidden", "".join(map(str, child.itertext())), self.place))
            else:
                self._inline(child, line, boxes, emphasis + self._emphasis(style))
        elif tag == SPACE:
            self._say(" " * min(_count(child, q("text:c")), _MOST), line, emphasis)
        elif tag in (TAB, BREAK):
            self._say("\t" if tag == TAB else "\n", line, emphasis, spaces=True)
        elif tag in CONTROLS:
            self.controls += 1
            number, start = self.controls, line.length
            self._inline(child, line, boxes, emphasis)
            line.controls.append(Control(start, line.length, number, kind=CONTROLS[tag]))
        elif tag == q("text:a"):
            start = line.length
            self._inline(child, line, boxes, emphasis)
            line.mark(start, "link", child.get(q("xlink:href"), ""))
        elif tag in (CHANGE_START, CHANGE_END, CHANGE):
            self._change(child, line)
        elif tag in BESIDE:
            self.asides.append(Aside(BESIDE[tag], _words(child), self.place))
        elif tag in (q("draw:frame"), q("draw:custom-shape")):
            self._drawing(child, boxes)
        elif tag not in SKIPPED:
            self._inline(child, line, boxes, emphasis)

    def _say(self, text: str | None, line: Line, emphasis: tuple[str, ...], *, spaces: bool = False) -> None:
        if not text:
            return
        if not spaces:
            text = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
        start = line.length
        line.add(text, inserted=bool(self.inserting))
        for kind in emphasis:
            line.mark(start, kind)

    def _change(self, mark: etree._Element, line: Line) -> None:
        """Follow a tracked change: text between the marks was inserted, and a single mark stands where text was deleted."""
        self.tracked = line.changed = True
        name = mark.get(CHANGE_ID, "")
        if mark.tag == CHANGE_START:
            self.inserting.add(name)
        elif mark.tag == CHANGE_END:
            self.inserting.discard(name)
        elif words := self.deletions.get(name, ""):
            line.before.append(words)
            self.asides.append(Aside("deleted", words, self.place))

    def _emphasis(self, style: str) -> tuple[str, ...]:
        kinds: tuple[str, ...] = ()
        for _ in range(16):
            kinds += self.looks.emphasis.get(style, ())
            style = self.looks.parents.get(style, "")
            if not style:
                break
        return tuple(dict.fromkeys(kinds))

    def _drawing(self, drawing: etree._Element, boxes: list[etree._Element]) -> None:
        found = list(drawing.iterchildren(q("draw:text-box"))) or ([drawing] if drawing.tag == q("draw:custom-shape") else [])
        boxes += found
        if not found:
            described = drawing.find(q("svg:desc"))
            titled = drawing.find(q("svg:title"))
            says = next((element.text or "" for element in (described, titled) if element is not None and element.text), "")
            kind = "picture" if drawing.find(q("draw:image")) is not None else "embedded-object"
            self.notes.append(Note(kind, f"A {kind.replace('-', ' ')} is here; what it shows was not read.", self.place, says))

    def _table(self, table: etree._Element) -> Table:
        self.tables += 1
        number = self.tables
        rows: list[Row] = []
        for row, heading in _rows(table, False):
            rows.append(Row(self._cells(row, number, len(rows) + 1), heading))
        return Table(tuple(rows), Place(self.part, number))

    def _cells(self, row: etree._Element, table: int, number: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 1
        for cell in row:
            if cell.tag == COVERED:
                column += min(_count(cell, REPEATED), _MOST)
            elif cell.tag == CELL:
                for _ in range(min(_count(cell, REPEATED), _MOST)):
                    out: list[Block] = []
                    self._fill(cell, out, _Where(table, number, column))
                    cells.append(Cell(tuple(out), column, min(_count(cell, SPANNED), _MOST), min(_count(cell, ROWS_SPANNED), _MOST)))
                    column += 1
        return tuple(cells)


def _rows(parent: etree._Element, heading: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in parent:
        if child.tag == ROW:
            yield child, heading
        elif child.tag in ROW_GROUPS:
            yield from _rows(child, heading or child.tag == HEADER_ROWS)


def _count(element: etree._Element, name: str) -> int:
    said = element.get(name, "1")
    return max(int(said), 1) if said.isdigit() and len(said) < 10 else 1


def _words(element: etree._Element) -> str:
    """Return the text of what stands beside a paragraph: its paragraphs, a line each."""
    lines = ["".join(str(text) for text in p.itertext()) for p in element.iter(P)]
    return "\n".join(lines) if lines else str(element.get(q("text:string-value"), ""))


def _deletions(root: etree._Element) -> dict[str, str]:
    found = {}
    for region in root.iter(q("text:changed-region")):
        deletion = region.find(q("text:deletion"))
        if deletion is not None:
            found[region.get(q("text:id"), region.get(q("xml:id"), ""))] = _words(deletion)
    return found


def _looks(root: etree._Element, styles: etree._Element | None) -> _Looks:
    emphasis: dict[str, tuple[str, ...]] = {}
    parents: dict[str, str] = {}
    hidden: set[str] = set()
    lists: dict[str, dict[int, ListLevel]] = {}
    for source in (root, styles) if styles is not None else (root,):
        for style in source.iter(q("style:style")):
            name, text = style.get(q("style:name"), ""), style.find(q("style:text-properties"))
            parents[name] = style.get(q("style:parent-style-name"), "")
            if text is None or style.get(q("style:family")) != "text":
                continue
            said = {"bold": text.get(q("fo:font-weight")) == "bold", "italic": text.get(q("fo:font-style")) == "italic"}
            emphasis[name] = tuple(kind for kind, on in said.items() if on)
            if text.get(q("text:display")) == "none":
                hidden.add(name)
        for style in source.iter(q("text:list-style")):
            lists[style.get(q("style:name"), "")] = dict(_levels(style))
    return _Looks(emphasis, parents, frozenset(hidden), lists)


def _levels(style: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for level in style:
        at = _count(level, q("text:level")) - 1
        if level.tag == q("text:list-level-style-number"):
            form = _NUMBERS.get(level.get(q("style:num-format"), ""), "none")
            shown = f"{level.get(q('style:num-prefix'), '')}%{at + 1}{level.get(q('style:num-suffix'), '')}"
            yield at, ListLevel(form, shown, _count(level, q("text:start-value")))
        else:
            yield at, ListLevel()


def _margins(styles: etree._Element, looks: _Looks) -> Iterator[Aside]:
    for kind in ("header", "footer"):
        for element in styles.iter(q(f"style:{kind}")):
            document = Document("odt", _Walk("styles.xml", looks, {}).blocks(element))
            text = "\n".join(paragraph.text for paragraph in document.paragraphs() if paragraph.text)
            if text:
                yield Aside(kind, text, Place("styles.xml"))


def _properties(package: Package) -> dict[str, str]:
    if "meta.xml" not in package:
        return {}
    return {
        element.get(q("meta:name"), ""): "".join(map(str, element.itertext()))
        for element in package.xml("meta.xml").iter(q("meta:user-defined"))
    }
