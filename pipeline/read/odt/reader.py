"""OpenDocument text: .odt, .ott and .fodt, as LibreOffice and Word save it.

LibreOffice 7.4 writes plain text controls as input fields and drops every tag; what is left of a control is its extent.

Source: OpenDocument 1.3 part 3: 5 (text), 6 (spans and fields), 9 (tables), 5.5 (tracked changes), 5.3 (lists).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Block, Cell, Control, Document, Note, Row, Table
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, parsed
from pipeline.read.beside import Beside
from pipeline.read.counts import count
from pipeline.read.line import Line
from pipeline.read.lists import Counters
from pipeline.read.odt.looks import Looks, looks
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
CONTINUES, CONTINUED, START = q("text:continue-numbering"), q("text:continue-list"), q("text:start-value")
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
_TEXT = b"application/vnd.oasis.opendocument.text"
"""How the type of every OpenDocument text begins: of documents, templates and master documents."""
_START = 4096
"""Bytes in which a file says what it is: LibreOffice declares some forty namespaces first."""
_MOST = 64
"""The most spaces, columns or rows that a count in the file is believed for."""
_HEADINGS = 10
"""The levels of headings that LibreOffice knows."""
_HIGHEST = 32_767
"""The highest number that a list is believed to go on from."""


class OdtReader:
    """OpenDocument text: .odt, .ott, and .fodt, which is one piece of XML.

    Reads: paragraphs, headings, lists, tables, input fields and content controls, text boxes, notes, comments, headers and footers,
    both views of tracked changes. Half-reads: fields (the text shown). Does not read: charts, embedded objects, pictures (a note each).
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are an OpenDocument text; the file's name is not asked."""
        if source.data[:4] != b"PK\x03\x04":
            return _is_flat(source)
        return _TEXT in source.data[:256] or (b"content.xml" in source.data and b"word/" not in source.data and _packed_anew(source))

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the package is broken (`corrupt`), locked (`encrypted`) or a bomb.
        """
        if _is_flat(source):
            root = parsed(source.data, "text")
            return _read(root, root, _properties(root), ())
        package, beside = Package(source.data, source.limits), Beside()
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError("encrypted", "The file is locked with a password.", "Ask for it without the password.")
        if "content.xml" not in package:
            raise UnreadableError("corrupt", "The file is a damaged OpenDocument text: its text part is missing.", "Ask for it again.")
        root = package.xml("content.xml")
        styles = beside.read("styles.xml", lambda: package.xml("styles.xml")) if "styles.xml" in package else None
        about = beside.read("meta.xml", lambda: package.xml("meta.xml")) if "meta.xml" in package else None
        return _read(root, styles, _properties(about), beside.notes)


def _is_flat(source: Source) -> bool:
    """Say whether it is an OpenDocument text in one piece of XML (.fodt)."""
    start = source.data[:_START]
    return b"<office:document" in start and _TEXT in start


def _read(root: etree._Element, styles: etree._Element | None, properties: dict[str, str], notes: Iterable[Note]) -> Document:
    """Return the document.

    Args:
        root: what holds the text.
        styles: what holds the styles, headers and footers; the root again where the file is of one piece.
        properties: the document's, by name.
        notes: on what could not be read.

    Raises:
        UnreadableError: there is no text (`corrupt`).
    """
    content = root.find(f"{q('office:body')}/{q('office:text')}")
    if content is None:
        raise UnreadableError("corrupt", "The file is a damaged OpenDocument text: it has no text.", "Ask for it again.")
    look = looks(root, None if styles is root else styles)
    walk = _Walk("content.xml", look, _deletions(root))
    blocks = walk.blocks(content)
    return Document(
        format="odt",
        blocks=blocks,
        asides=(*walk.asides, *(_margins(styles, look) if styles is not None else ())),
        notes=(*walk.notes, *notes),
        properties=properties,
        tracked_changes=walk.tracked,
    )


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
    looks: Looks
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
        if level == 0 and parent.get(CONTINUES) != "true" and parent.get(CONTINUED) is None:
            self.counters.counted.pop(style, None)
        for item in parent:
            if item.tag not in (ITEM, LIST_HEADER):
                continue
            if item.get(START) is not None:
                self.counters.go_on_from(style, level, count(item.get(START), _HIGHEST))
            counts = item.tag == ITEM and len(item) and item[0].tag != LIST
            bullet = self.counters.mark(style, level) if counts else ""
            for child in item:
                if child.tag in (P, H):
                    self._paragraph(child, out, where, bullet, level)
                    bullet = ""
                elif child.tag == LIST:
                    self._list(child, out, where, style, level + 1)
                elif child.tag == TABLE:
                    out.append(self._table(child))
                elif child.tag not in SKIPPED:
                    self._fill(child, out, where)

    def _paragraph(self, p: etree._Element, out: list[Block], where: _Where, bullet: str, level: int) -> None:
        where.paragraphs += 1
        self.place = Place(self.part, where.table, where.row, where.column, where.paragraphs)
        line, boxes = Line(changed=bool(self.inserting)), list[etree._Element]()
        if p.get(STYLE_NAME, "") in self.looks.hidden:
            self._hide(p)
        else:
            self._inline(p, line, boxes, ())
        heading = count(p.get(q("text:outline-level")), _HEADINGS, 1) if p.tag == H else 0
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
                self._hide(child)
            else:
                self._inline(child, line, boxes, tuple(dict.fromkeys(emphasis + self.looks.emphasis.get(style, ()))))
        elif tag == SPACE:
            self._say(" " * count(child.get(q("text:c")), _MOST, 1), line, emphasis)
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
        self.tracked = True
        line.change()
        name = mark.get(CHANGE_ID, "")
        if mark.tag == CHANGE_START:
            self.inserting.add(name)
        elif mark.tag == CHANGE_END:
            self.inserting.discard(name)
        elif words := self.deletions.get(name, ""):
            line.before.append(words)
            self.asides.append(Aside("deleted", words, self.place))

    def _hide(self, element: etree._Element) -> None:
        """Put words that are not shown beside the text."""
        words = _words(element) if element.tag == COVERED else "".join(map(str, element.itertext()))
        if words:
            self.asides.append(Aside("hidden", words, self.place))

    def _drawing(self, drawing: etree._Element, boxes: list[etree._Element]) -> None:
        found = list(drawing.iterchildren(q("draw:text-box"))) or ([drawing] if drawing.tag == q("draw:custom-shape") else [])
        boxes += found
        if not found:
            described = drawing.find(q("svg:desc"))
            titled = drawing.find(q("svg:title"))
            says = next((element.text or "" for element in (described, titled) if element is not None and element.text), "")
            embedded = drawing.find(q("draw:image")) is None or drawing.find(q("draw:object")) is not None
            kind = "embedded-object" if embedded else "picture"
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
            repeated = count(cell.get(REPEATED), _MOST, 1)
            if cell.tag == COVERED:
                self.place = Place(self.part, table, number, column)
                self._hide(cell)
                column += repeated
            elif cell.tag == CELL:
                if repeated > 1 and next(cell.iter(TABLE), None) is not None:
                    repeated = 1
                for _ in range(repeated):
                    out: list[Block] = []
                    self._fill(cell, out, _Where(table, number, column))
                    cells.append(Cell(tuple(out), column, count(cell.get(SPANNED), _MOST, 1), count(cell.get(ROWS_SPANNED), _MOST, 1)))
                    column += 1
        return tuple(cells)


def _rows(parent: etree._Element, heading: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in parent:
        if child.tag == ROW:
            yield child, heading
        elif child.tag in ROW_GROUPS:
            yield from _rows(child, heading or child.tag == HEADER_ROWS)


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


def _margins(styles: etree._Element, look: Looks) -> Iterator[Aside]:
    for kind in ("header", "footer"):
        for element in styles.iter(*(q(f"style:{kind}{pages}") for pages in ("", "-first", "-left"))):
            walk = _Walk("styles.xml", look, {})
            document = Document("odt", walk.blocks(element))
            yield from walk.asides
            text = "\n".join(paragraph.text for paragraph in document.paragraphs() if paragraph.text)
            if text:
                yield Aside(kind, text, Place("styles.xml"))


def _properties(about: etree._Element | None) -> dict[str, str]:
    if about is None:
        return {}
    return {element.get(q("meta:name"), ""): "".join(map(str, element.itertext())) for element in about.iter(q("meta:user-defined"))}


def _packed_anew(source: Source) -> bool:
    """Say whether it is an OpenDocument text that somebody unpacked and packed again: its first part is not its type, plainly stored.

    The standard wants that it is; office programs open the file all the same (OpenDocument 1.3-2, 3.3).
    """
    try:
        package = Package(source.data, source.limits)
        if "mimetype" in package:
            return package.read("mimetype").strip().startswith(_TEXT)
        return "META-INF/manifest.xml" in package and _TEXT in package.read("META-INF/manifest.xml")
    except UnreadableError:
        return False
