"""Walk a part of a Word package and return its blocks in reading order.

Knows paragraphs, tables, content controls, lists, legacy form fields, text boxes, both versions of tracked changes, and what stands
beside the text. Does not know what any of it means.

Source: ECMA-376-1 17.3 (paragraphs and runs), 17.4 (tables), 17.5.2 (controls), 17.13.5 (revisions), 17.16 (fields).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.model.documents import Aside, Block, Cell, Control, Note, Row, Table
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.read.docx.styles import PLAIN, Style, is_on
from pipeline.read.docx.symbols import symbol
from pipeline.read.line import Line
from pipeline.read.lists import Counters

P, R, T, TBL, TR, TC = q("w:p"), q("w:r"), q("w:t"), q("w:tbl"), q("w:tr"), q("w:tc")
PPR, RPR, TRPR, TCPR, SDTPR = q("w:pPr"), q("w:rPr"), q("w:trPr"), q("w:tcPr"), q("w:sdtPr")
SDT, SDT_CONTENT = q("w:sdt"), q("w:sdtContent")
INS, DEL, MOVE_FROM, MOVE_TO = q("w:ins"), q("w:del"), q("w:moveFrom"), q("w:moveTo")
HYPERLINK, FIELD, FIELD_CHAR = q("w:hyperlink"), q("w:fldSimple"), q("w:fldChar")
ALTERNATE, CHOICE, FALLBACK = q("mc:AlternateContent"), q("mc:Choice"), q("mc:Fallback")
DRAWING, PICTURE, OBJECT, BOX = q("w:drawing"), q("w:pict"), q("w:object"), q("w:txbxContent")
CHUNK = q("w:altChunk")
VAL, ID, RID = q("w:val"), q("w:id"), q("r:id")
STYLE_P, STYLE_R, NUMBER, OUTLINE = q("w:pStyle"), q("w:rStyle"), q("w:numPr"), q("w:outlineLvl")
DELETED = (DEL, MOVE_FROM)
INSERTED = (INS, MOVE_TO)
TRANSPARENT = frozenset({q("w:smartTag"), q("w:customXml"), q("w:dir"), q("w:bdo"), FIELD})
EMPHASIS = {q("w:b"): "bold", q("w:i"): "italic", q("w:u"): "underline", q("w:strike"): "strike"}
CHARACTERS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): "\u00ad"}
ANCHORS = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote", q("w:commentReference"): "comment"}
KINDS = {q("w:text"): "text", q("w:dropDownList"): "choice", q("w:comboBox"): "choice", q("w:date"): "date", q("w14:checkbox"): "checkbox"}
REPEATING = frozenset({q("w15:repeatingSection"), q("w15:repeatingSectionItem"), q("w:group")})
_COLUMNS = 63
"""The most columns that Word gives a table; a larger span is a lie."""


class Opened(NamedTuple):
    """A content control whose content is being walked."""

    number: int
    tag: str
    alias: str
    kind: str
    placeholder: bool
    checked: bool | None

    def over(self, start: int, end: int) -> Control:
        """Return the control as it lies over a paragraph's characters."""
        return Control(start, end, self.number, self.tag, self.alias, self.kind, self.placeholder, self.checked)


@dataclass(slots=True)
class Field:
    """A complex field between its `begin` and `end` marks."""

    form: etree._Element | None
    """The settings of a legacy form field; None for other fields."""
    line: Line
    start: int = 0
    shows: bool = False
    """True after `separate`: what follows is the field's result, which a person sees."""


@dataclass(slots=True)
class Where:
    """The cell, or the part, that is being filled, and how many paragraphs it has so far."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraphs: int = 0
    carried: Line | None = None
    """A paragraph whose end mark was deleted: accepted, it runs on into the next."""


@dataclass(slots=True)
class Body:
    """Walks one part. What it meets beside the text collects in `asides` and `notes`."""

    part: str
    styles: dict[str, Style]
    counters: Counters
    links: dict[str, str]
    asides: list[Aside] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    anchors: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where each footnote, endnote and comment is anchored, by kind and id."""
    tracked: bool = False
    controls: int = 0
    tables: int = 0
    fields: list[Field] = field(default_factory=list)
    place: Place = field(default_factory=Place)

    def blocks(self, parent: etree._Element) -> tuple[Block, ...]:
        """Return what the children of `parent` show, in reading order."""
        return self._collect(parent, Where(), ())

    def _collect(self, parent: etree._Element, where: Where, controls: tuple[Opened, ...]) -> tuple[Block, ...]:
        out: list[Block] = []
        self._fill(parent, out, where, controls)
        if where.carried is not None:
            self._finish(where.carried, None, out, where, controls)
        return tuple(out)

    def _fill(self, parent: etree._Element, out: list[Block], where: Where, controls: tuple[Opened, ...]) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, out, where, controls)
            elif tag == TBL:
                out.append(self._table(child, controls))
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    self._fill(content, out, where, controls + self._open(child))
            elif tag in TRANSPARENT or tag in INSERTED:
                self._fill(child, out, where, controls)
            elif tag in DELETED:
                self._deleted(child)
            elif tag == ALTERNATE:
                self._fill(_chosen(child), out, where, controls)
            elif tag == CHUNK:
                self.notes.append(Note("embedded-document", "Another document is embedded here; it was not read.", self.place))

    # -- controls ------------------------------------------------------------------------------------------------------

    def _open(self, sdt: etree._Element) -> tuple[Opened, ...]:
        """Return the control as a tuple of one, or of none where it only groups others (a repeating section)."""
        properties = sdt.find(SDTPR)
        tag = alias = ""
        kind, placeholder, checked = "rich", False, None
        for child in properties if properties is not None else ():
            name = child.tag
            if name == _TAG:
                tag = child.get(VAL, "")
            elif name == _ALIAS:
                alias = child.get(VAL, "")
            elif name == _PROMPT:
                placeholder = is_on(child)
            elif name in REPEATING:
                return ()
            elif name in KINDS:
                kind = KINDS[name]
                if kind == "checkbox":
                    state = child.find(q("w14:checked"))
                    checked = state is not None and state.get(q("w14:val"), "1") in ("1", "true")
        self.controls += 1
        return (Opened(self.controls, tag, alias, kind, placeholder, checked),)

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _paragraph(self, p: etree._Element, out: list[Block], where: Where, controls: tuple[Opened, ...]) -> None:
        line = where.carried or Line()
        where.carried = None
        self.place = Place(self.part, where.table, where.row, where.column, where.paragraphs + 1)
        boxes: list[etree._Element] = []
        self._inline(p, line, boxes, False, False)
        properties = p[0] if len(p) and p[0].tag == PPR else None
        if properties is not None and self._mark_deleted(properties, line):
            where.carried = line
        else:
            self._finish(line, properties, out, where, controls)
        for box in boxes:
            self._fill(box, out, where, ())

    def _finish(self, line: Line, properties: etree._Element | None, out: list[Block], where: Where, controls: tuple[Opened, ...]) -> None:
        heading, bullet, level = self._looks(properties)
        where.paragraphs += 1
        for opened in controls:
            line.controls.append(opened.over(0, line.length))
        place = Place(self.part, where.table, where.row, where.column, where.paragraphs)
        out.append(line.paragraph(place, heading, bullet, level))

    def _mark_deleted(self, properties: etree._Element, line: Line) -> bool:
        """Say whether the paragraph's end mark was deleted (ECMA-376-1 17.13.5.15)."""
        mark = properties.find(RPR)
        if mark is None:
            return False
        if mark.find(INS) is not None or mark.find(MOVE_TO) is not None:
            self.tracked = line.changed = True
        deleted = mark.find(DEL) is not None or mark.find(MOVE_FROM) is not None
        if deleted:
            self.tracked = line.changed = True
        return deleted

    def _looks(self, properties: etree._Element | None) -> tuple[int, str, int]:
        """Return a paragraph's heading level, list marker and list depth."""
        if properties is None:
            return 0, "", 0
        style, heading, number, level = PLAIN, None, None, None
        for child in properties:
            tag = child.tag
            if tag == STYLE_P:
                style = self.styles.get(child.get(VAL, ""), PLAIN)
            elif tag == NUMBER:
                for part in child:
                    if part.tag == _NUM_ID:
                        number = part.get(VAL, "")
                    elif part.tag == _LEVEL:
                        level = int(part.get(VAL, "0"))
            elif tag == OUTLINE:
                heading = child.get(VAL, "9")
        number = style.number if number is None else number
        level = style.level if level is None else level
        bullet = self.counters.mark(number, level) if number else ""
        shown = style.heading if heading is None else int(heading) + 1 if heading in "012345678" else 0
        return shown, bullet, level if bullet else 0

    def _inline(self, parent: etree._Element, line: Line, boxes: list[etree._Element], inserted: bool, deleted: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child, line, boxes, inserted, deleted)
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    opened, start = self._open(child), line.length
                    self._inline(content, line, boxes, inserted, deleted)
                    line.controls.extend(control.over(start, line.length) for control in opened)
            elif tag in INSERTED:
                self.tracked = line.changed = True
                self._inline(child, line, boxes, True, deleted)
            elif tag in DELETED:
                self.tracked = line.changed = True
                self._inline(child, line, boxes, inserted, True)
            elif tag == HYPERLINK:
                start = line.length
                self._inline(child, line, boxes, inserted, deleted)
                line.mark(start, "link", self.links.get(child.get(RID, ""), ""))
            elif tag in TRANSPARENT:
                self._inline(child, line, boxes, inserted, deleted)
            elif tag == ALTERNATE:
                self._inline(_chosen(child), line, boxes, inserted, deleted)
            elif isinstance(tag, str) and tag.startswith(_MATHS):
                line.add("".join(map(str, child.itertext())), inserted=inserted)

    def _run(self, run: etree._Element, line: Line, boxes: list[etree._Element], inserted: bool, deleted: bool) -> None:
        start = line.length
        emphasis: list[str] = []
        hidden = False
        for child in run:
            tag = child.tag
            if tag == T:
                self._say(child.text or "", line, inserted, deleted, hidden)
            elif tag == RPR:
                emphasis, hidden = self._emphasis(child)
            elif tag in CHARACTERS:
                self._say(CHARACTERS[tag], line, inserted, deleted, hidden)
            elif tag == _DELETED_TEXT:
                self._say(child.text or "", line, inserted, True, hidden)
            elif tag == FIELD_CHAR:
                self._field(child, line)
            elif tag == _SYMBOL:
                self._say(symbol(child.get(q("w:font"), ""), child.get(q("w:char"), "")), line, inserted, deleted, hidden)
            elif tag in ANCHORS:
                self.anchors[ANCHORS[tag], child.get(ID, "")] = self.place
            elif tag == ALTERNATE:
                self._run(_chosen(child), line, boxes, inserted, deleted)
            elif tag in (DRAWING, PICTURE, OBJECT):
                self._drawing(child, boxes)
        for kind in emphasis:
            line.mark(start, kind)

    def _say(self, text: str, line: Line, inserted: bool, deleted: bool, hidden: bool) -> None:
        if self.fields and not all(field.shows for field in self.fields):
            return
        if hidden:
            self.asides.append(Aside("hidden", text, self.place))
        elif deleted:
            self.asides.append(Aside("deleted", text, self.place))
            if not inserted:
                line.before.append(text)
        else:
            line.add(text, inserted=inserted)

    def _emphasis(self, properties: etree._Element) -> tuple[list[str], bool]:
        """Return the kinds of emphasis of a run, and whether it is hidden."""
        kinds: list[str] = []
        hidden = False
        for child in properties:
            tag = child.tag
            if tag in EMPHASIS:
                kind, on = EMPHASIS[tag], child.get(VAL, "true") not in ("0", "false", "off", "none")
                if on and kind not in kinds:
                    kinds.append(kind)
                elif not on and kind in kinds:
                    kinds.remove(kind)
            elif tag == STYLE_R:
                style = self.styles.get(child.get(VAL, ""), PLAIN)
                kinds += [kind for kind, on in (("bold", style.bold), ("italic", style.italic)) if on]
                hidden = hidden or style.hidden
            elif tag == _VANISH:
                hidden = is_on(child)
        return kinds, hidden

    def _field(self, mark: etree._Element, line: Line) -> None:
        """Follow a complex field: its code is not shown, its result is; a legacy form field is a control."""
        kind = mark.get(q("w:fldCharType"))
        if kind == "begin":
            self.fields.append(Field(mark.find(q("w:ffData")), line))
        elif self.fields and kind == "separate":
            self.fields[-1].shows, self.fields[-1].start, self.fields[-1].line = True, line.length, line
        elif self.fields and kind == "end":
            done = self.fields.pop()
            if done.form is not None:
                self._legacy(done, line)

    def _legacy(self, done: Field, line: Line) -> None:
        assert done.form is not None
        name = done.form.find(q("w:name"))
        box, choices = done.form.find(q("w:checkBox")), done.form.find(q("w:ddList"))
        start = done.start if done.shows and done.line is line else line.length
        checked = None
        if box is not None:
            state = box.find(q("w:checked"))
            checked = is_on(state if state is not None else box.find(q("w:default")))
            line.add("☒" if checked else "☐")
        elif choices is not None and start == line.length:
            result = choices.find(q("w:result"))
            entries = [entry.get(VAL, "") for entry in choices.iter(q("w:listEntry"))]
            chosen = int(result.get(VAL, "0")) if result is not None else 0
            line.add(entries[chosen] if chosen < len(entries) else "")
        self.controls += 1
        alias = name.get(VAL, "") if name is not None else ""
        line.controls.append(Control(start, line.length, self.controls, "", alias, "legacy", False, checked))

    def _drawing(self, drawing: etree._Element, boxes: list[etree._Element]) -> None:
        found = [box for box in drawing.iter(BOX) if not any(ancestor.tag == BOX for ancestor in box.iterancestors())]
        fallbacks = {box for fallback in drawing.iter(FALLBACK) for box in fallback.iter(BOX)}
        boxes += [box for box in found if box not in fallbacks]
        if found:
            return
        data = next(drawing.iter(q("a:graphicData")), None)
        uri = data.get("uri", "") if data is not None else ""
        if drawing.tag == OBJECT:
            self.notes.append(Note("embedded-object", "An embedded object (a sheet, a file) is here; it was not read.", self.place))
        elif uri.endswith(("/chart", "/diagram")):
            self.notes.append(Note("drawing", "A chart or diagram is here; its text was not read.", self.place))
        else:
            name = next(drawing.iter(q("wp:docPr")), None)
            says = name.get("descr", "") if name is not None else ""
            self.notes.append(Note("picture", "A picture is here; what it shows was not read.", self.place, says))

    def _deleted(self, parent: etree._Element) -> None:
        """Keep what a deleted block said, beside the text."""
        self.tracked = True
        text = " ".join(element.text for element in parent.iter(T, _DELETED_TEXT) if element.text)
        if text:
            self.asides.append(Aside("deleted", text, self.place))

    # -- tables --------------------------------------------------------------------------------------------------------

    def _table(self, tbl: etree._Element, controls: tuple[Opened, ...]) -> Table:
        self.tables += 1
        number = self.tables
        rows: list[Row] = []
        above: dict[int, tuple[int, int]] = {}
        for tr, outer in self._within(tbl, TR, controls):
            heading, before, deleted = _row_looks(tr)
            if deleted:
                self._deleted(tr)
                continue
            rows.append(Row(self._cells(tr, number, len(rows) + 1, before + 1, rows, above, outer), heading))
        return Table(tuple(rows), Place(self.part, number))

    def _cells(
        self,
        tr: etree._Element,
        table: int,
        row: int,
        column: int,
        rows: list[Row],
        above: dict[int, tuple[int, int]],
        controls: tuple[Opened, ...],
    ) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for tc, outer in self._within(tr, TC, controls):
            span, merge = _cell_looks(tc)
            if merge == "continue" and column in above:
                at, index = above[column]
                whole = rows[at].cells
                rows[at] = rows[at]._replace(cells=(*whole[:index], whole[index]._replace(rows=row - at), *whole[index + 1 :]))
                if hidden := "".join(map(str, tc.itertext(T))):
                    self.asides.append(Aside("hidden", hidden, Place(self.part, table, row, column)))
            else:
                cells.append(Cell(self._collect(tc, Where(table, row, column), outer), column, span))
                if merge:
                    above[column] = row - 1, len(cells) - 1
                else:
                    above.pop(column, None)
            column += span
        return tuple(cells)

    def _within(
        self, parent: etree._Element, wanted: str, controls: tuple[Opened, ...]
    ) -> Iterator[tuple[etree._Element, tuple[Opened, ...]]]:
        """Yield the rows of a table or the cells of a row, with the controls that wrap them."""
        for child in parent:
            tag = child.tag
            if tag == wanted:
                yield child, controls
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    yield from self._within(content, wanted, controls + self._open(child))
            elif tag in TRANSPARENT or tag in INSERTED:
                yield from self._within(child, wanted, controls)


def _chosen(alternate: etree._Element) -> etree._Element:
    """Return the one version of alternate content that is read: the fallback holds the same words again (A004-T2)."""
    choice = alternate.find(CHOICE)
    if choice is None:
        choice = alternate.find(FALLBACK)
    return alternate if choice is None else choice


def _row_looks(tr: etree._Element) -> tuple[bool, int, bool]:
    """Return whether a row repeats as a heading, how many grid columns it skips, and whether it was deleted."""
    properties = tr.find(TRPR)
    if properties is None:
        return False, 0, False
    before = properties.find(_BEFORE)
    skipped = min(int(before.get(VAL, "0")), _COLUMNS) if before is not None else 0
    return is_on(properties.find(_ROW_HEADING)), skipped, properties.find(DEL) is not None


def _cell_looks(tc: etree._Element) -> tuple[int, str]:
    """Return how many grid columns a cell covers, and its vertical merge: restart, continue or nothing."""
    span, merge = 1, ""
    properties = tc.find(TCPR)
    for child in properties if properties is not None else ():
        if child.tag == _SPAN:
            said = child.get(VAL, "1")
            span = max(1, min(int(said), _COLUMNS)) if said.isdigit() else 1
        elif child.tag == _MERGE:
            merge = child.get(VAL, "continue")
    return span, merge


_TAG, _ALIAS, _PROMPT = q("w:tag"), q("w:alias"), q("w:showingPlcHdr")
_NUM_ID, _LEVEL = q("w:numId"), q("w:ilvl")
_DELETED_TEXT, _SYMBOL, _VANISH = q("w:delText"), q("w:sym"), q("w:vanish")
_BEFORE, _ROW_HEADING, _SPAN, _MERGE = q("w:gridBefore"), q("w:tblHeader"), q("w:gridSpan"), q("w:vMerge")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
