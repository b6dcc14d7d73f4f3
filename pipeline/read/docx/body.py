"""Follow a part of a Word package and return its blocks in reading order.

Knows paragraphs, runs, emphasis, lists and both versions of tracked changes; controls, tables, fields and drawings have modules of
their own. Does not know what any of it means.

Source: ECMA-376-1 17.3 (paragraphs and runs), 17.13.5 (revisions), 17.3.3 (run content).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pipeline.model.documents import Aside, Block, Note
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import DOCUMENT_TYPE
from pipeline.read.counts import count
from pipeline.read.docx.controls import Controls
from pipeline.read.docx.drawings import Drawings
from pipeline.read.docx.fields import Fields
from pipeline.read.docx.frames import Frame, Look, State
from pipeline.read.docx.styles import PLAIN, Style, outline_level
from pipeline.read.docx.symbols import symbol
from pipeline.read.docx.tables import Tables
from pipeline.read.line import Line
from pipeline.read.lists import Counters

_BREAK = q("w:type")
VAL, ID, RID = q("w:val"), q("w:id"), q("r:id")
_OFF = ("0", "false", "off", "none")
_DEEPEST = 8
"""The last of the nine levels of a list, counted from 0."""
_EMPHASIS = {q("w:b"): "bold", q("w:i"): "italic", q("w:u"): "underline", q("w:strike"): "strike"}
_CHARACTERS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): "\u00ad"}
_ANCHORS = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote", q("w:commentReference"): "comment"}
_TEXT = (q("w:t"), q("w:delText"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_PARTS = (q("w:body"), q("w:hdr"), q("w:ftr"), q("w:comment"), q("w:footnote"), q("w:endnote"))
_SKIPPED = (q("w:rPrChange"), q("w:pPrChange"), q("w:tblPrChange"), q("w:trPrChange"), q("w:tcPrChange"), q("w:sectPr"))

Start = Callable[[Mapping[str, str]], None]
End = Callable[[], None]


class Whole(NamedTuple):
    """A whole text of a part: the body, a header, one comment, one footnote."""

    id: str
    kind: str
    """As the part says: a separator is no footnote."""
    blocks: tuple[Block, ...]


class Body:
    """Follows one part (`pipeline.ooxml.xml.Target`). Use once; then read `wholes` and `state`."""

    def __init__(self, part: str, styles: dict[str, Style], counters: Counters, links: dict[str, str]) -> None:
        self.state = State(part, styles, counters, links)
        self.wholes: list[Whole] = []
        self._controls = Controls(self.state)
        self._tables = Tables(self.state)
        self._fields = Fields(self.state, self._controls)
        self._drawings = Drawings(self.state, self._controls)
        self._heard: list[str] | None = None
        self._whole: tuple[str, str] = "", ""
        self._emphasis: list[str] = []
        self._hidden = False
        self._run_start = 0
        self._links: list[tuple[int, str]] = []
        self._chosen: list[bool] = []
        self._starts = self._all_starts()
        self._ends = self._all_ends()
        self._on: dict[str, Start] = self._starts
        self._off: dict[str, End] = self._ends
        self._depth = 0

    # -- what the parser tells -----------------------------------------------------------------------------------------

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        follow = self._on.get(tag)
        if follow is not None:
            follow(attrib)

    def end(self, tag: str) -> None:
        """An element ends."""
        follow = self._off.get(tag)
        if follow is not None:
            follow()

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """A document type, which no Word program writes."""
        raise ValueError(DOCUMENT_TYPE)

    def data(self, data: str) -> None:
        """Text; only that of text elements is wanted."""
        if self._heard is not None:
            self._heard.append(data)

    def close(self) -> None:
        """The part has ended."""

    # -- tables of what is followed ------------------------------------------------------------------------------------

    def _all_starts(self) -> dict[str, Start]:
        own: dict[str, Start] = {
            q("w:p"): self._begin_paragraph,
            q("w:pPr"): self._begin_mark,
            q("w:pStyle"): self._paragraph_style,
            q("w:numId"): self._list_number,
            q("w:ilvl"): self._list_level,
            q("w:outlineLvl"): self._outline,
            q("w:r"): self._begin_run,
            q("w:rStyle"): self._run_style,
            q("w:vanish"): self._vanish,
            q("w:hyperlink"): self._begin_link,
            q("w:sym"): self._symbol,
            q("w:ins"): self._begin_insertion,
            q("w:moveTo"): self._begin_insertion,
            q("w:del"): self._begin_deletion,
            q("w:moveFrom"): self._begin_deletion,
            q("mc:AlternateContent"): self._begin_alternatives,
            q("mc:Choice"): self._begin_choice,
            q("mc:Fallback"): self._begin_fallback,
            q("w:altChunk"): self._chunk,
        }
        own |= dict.fromkeys(_TEXT, self._listen)
        own |= dict.fromkeys(_PARTS, self._begin_whole)
        own |= {tag: self._skip(tag) for tag in _SKIPPED}
        own |= {tag: self._emphasised(kind) for tag, kind in _EMPHASIS.items()}
        own |= {tag: self._character(text) for tag, text in _CHARACTERS.items()}
        own |= {tag: self._anchor(kind) for tag, kind in _ANCHORS.items()}
        return own | self._controls.starts | self._tables.starts | self._fields.starts | self._drawings.starts

    def _all_ends(self) -> dict[str, End]:
        own: dict[str, End] = {
            q("w:p"): self._finish_paragraph,
            q("w:pPr"): self._finish_mark,
            q("w:r"): self._finish_run,
            q("w:hyperlink"): self._finish_link,
            q("w:ins"): self._finish_insertion,
            q("w:moveTo"): self._finish_insertion,
            q("w:del"): self._finish_deletion,
            q("w:moveFrom"): self._finish_deletion,
            q("mc:AlternateContent"): self._finish_alternatives,
        }
        own |= dict.fromkeys(_TEXT, self._heard_out)
        own |= dict.fromkeys(_PARTS, self._finish_whole)
        return own | self._controls.ends | self._tables.ends | self._drawings.ends

    # -- whole texts and what is passed over ---------------------------------------------------------------------------

    def _begin_whole(self, attributes: Mapping[str, str]) -> None:
        self._whole = attributes.get(ID, ""), attributes.get(q("w:type"), "")
        self.state.push(Frame())

    def _finish_whole(self) -> None:
        self.wholes.append(Whole(*self._whole, tuple(self.state.pop().out)))

    def _skip(self, tag: str) -> Start:
        """Return what passes over an element and all in it."""

        def nested(attributes: Mapping[str, str]) -> None:
            self._depth += 1

        def done() -> None:
            self._depth -= 1
            if self._depth == 0:
                self._on, self._off = self._starts, self._ends

        on: dict[str, Start] = {tag: nested}
        off: dict[str, End] = {tag: done}

        def begin(attributes: Mapping[str, str]) -> None:
            self._depth, self._on, self._off = 1, on, off

        return begin

    def _begin_alternatives(self, attributes: Mapping[str, str]) -> None:
        self._chosen.append(False)

    def _finish_alternatives(self) -> None:
        self._chosen.pop()

    def _begin_choice(self, attributes: Mapping[str, str]) -> None:
        if self._chosen and self._chosen[-1]:
            self._skip(q("mc:Choice"))(attributes)
        elif self._chosen:
            self._chosen[-1] = True

    def _begin_fallback(self, attributes: Mapping[str, str]) -> None:
        if self._chosen and self._chosen[-1]:
            self._skip(q("mc:Fallback"))(attributes)

    def _chunk(self, attributes: Mapping[str, str]) -> None:
        self.state.notes.append(Note("embedded-document", "Another document is embedded here; it was not read.", self.state.place))

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _begin_paragraph(self, attributes: Mapping[str, str]) -> None:
        frame = self.state.frame
        if frame.carried is None:
            frame.line = Line()
            frame.paragraphs += 1
        else:
            frame.line, frame.carried = frame.carried, None
        frame.look = Look(frame.paragraphs)

    def _begin_mark(self, attributes: Mapping[str, str]) -> None:
        self.state.mark = True

    def _finish_mark(self) -> None:
        self.state.mark = False

    def _paragraph_style(self, attributes: Mapping[str, str]) -> None:
        self.state.frame.look.style = self.state.styles.get(attributes.get(VAL, ""), PLAIN)

    def _list_number(self, attributes: Mapping[str, str]) -> None:
        self.state.frame.look.number = attributes.get(VAL, "")

    def _list_level(self, attributes: Mapping[str, str]) -> None:
        self.state.frame.look.level = count(attributes.get(VAL), _DEEPEST)

    def _outline(self, attributes: Mapping[str, str]) -> None:
        self.state.frame.look.outline = attributes.get(VAL, "9")

    def _finish_paragraph(self) -> None:
        frame, line = self.state.frame, self.state.frame.line
        if line is None:
            return
        if frame.look.end_deleted:
            line.before.append("\n")
            frame.carried = line
        else:
            frame.out.append(self._paragraph(line, frame))
        frame.line = None
        if frame.boxes:
            frame.out += frame.boxes
            frame.boxes = []

    def _paragraph(self, line: Line, frame: Frame) -> Block:
        self._controls.over_paragraph(line)
        look = frame.look
        style = look.style
        number = style.number if look.number is None else look.number
        level = style.level if look.level is None else look.level
        bullet = self.state.counters.mark(number, level) if number else ""
        heading = style.heading if look.outline is None else outline_level(look.outline)
        place = Place(self.state.part, frame.table, frame.row, frame.column, look.paragraph)
        return line.paragraph(place, heading, bullet, level if bullet else 0)

    # -- runs ----------------------------------------------------------------------------------------------------------

    def _begin_run(self, attributes: Mapping[str, str]) -> None:
        state = self.state
        state.run = True
        self._emphasis, self._hidden = [], state.frame.look.style.hidden
        self._run_start = state.frame.line.length if state.frame.line else 0

    def _finish_run(self) -> None:
        self.state.run = self._hidden = False
        line = self.state.frame.line
        if self._emphasis and line is not None:
            for kind in self._emphasis:
                line.mark(self._run_start, kind)
            self._emphasis = []

    def _emphasised(self, kind: str) -> Start:
        def look(attributes: Mapping[str, str]) -> None:
            if self.state.run:
                on = attributes.get(VAL, "1") not in _OFF
                if on and kind not in self._emphasis:
                    self._emphasis.append(kind)
                elif not on and kind in self._emphasis:
                    self._emphasis.remove(kind)

        return look

    def _run_style(self, attributes: Mapping[str, str]) -> None:
        if self.state.run:
            style = self.state.styles.get(attributes.get(VAL, ""), PLAIN)
            self._emphasis += [kind for kind, on in (("bold", style.bold), ("italic", style.italic)) if on]
            self._hidden = self._hidden or style.hidden

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self.state.run:
            self._hidden = attributes.get(VAL, "1") not in _OFF

    def _listen(self, attributes: Mapping[str, str]) -> None:
        self._heard = []

    def _heard_out(self) -> None:
        heard, self._heard = self._heard, None
        if heard:
            self._say("".join(heard))

    def _say(self, text: str) -> None:
        if self._hidden or self._fields.silent:
            self.state.asides.append(Aside("hidden", text, self.state.place))
        else:
            self.state.say(text)

    def _character(self, text: str) -> Start:
        def character(attributes: Mapping[str, str]) -> None:
            if self.state.run and attributes.get(_BREAK) not in ("page", "column"):
                self._say(text)

        return character

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        self._say(symbol(attributes.get(q("w:font"), ""), attributes.get(q("w:char"), "")))

    def _anchor(self, kind: str) -> Start:
        def anchor(attributes: Mapping[str, str]) -> None:
            self.state.anchors[kind, attributes.get(ID, "")] = self.state.place

        return anchor

    def _begin_link(self, attributes: Mapping[str, str]) -> None:
        line = self.state.frame.line
        self._links.append((line.length if line else 0, self.state.links.get(attributes.get(RID, ""), "")))

    def _finish_link(self) -> None:
        start, target = self._links.pop()
        if self.state.frame.line is not None:
            self.state.frame.line.mark(start, "link", target)

    # -- tracked changes -----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.state.tracked = True
        if self.state.frame.line is not None:
            self.state.frame.line.changed = True

    def _begin_insertion(self, attributes: Mapping[str, str]) -> None:
        self._changed()
        self.state.inserting += 1

    def _finish_insertion(self) -> None:
        self.state.inserting -= 1

    def _begin_deletion(self, attributes: Mapping[str, str]) -> None:
        self._changed()
        if self.state.mark:
            self.state.frame.look.end_deleted = True
        elif self._tables.in_row_properties:
            self._tables.row_was_deleted()
        self.state.deleting += 1

    def _finish_deletion(self) -> None:
        self.state.deleting -= 1
