"""Follow a part of a Word package and return its blocks in reading order.

Knows paragraphs, runs, emphasis, lists and both versions of tracked changes; controls, tables, fields and drawings have modules of
their own. Does not know what any of it means.

Source: ECMA-376-1 17.3 (paragraphs and runs), 17.13.5 (revisions), 17.3.3 (run content).
"""

from typing import NamedTuple

from lxml.etree import _Element as Element

from pipeline.model.documents import Aside, Block, Note
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import End, Start, Steps, follow
from pipeline.read.counts import count
from pipeline.read.docx.controls import Controls
from pipeline.read.docx.drawings import Drawings
from pipeline.read.docx.fields import Fields
from pipeline.read.docx.frames import Frame, Look, State
from pipeline.read.docx.styles import BODY, PLAIN, USUAL, Style, outline_level
from pipeline.read.docx.symbols import symbol
from pipeline.read.docx.tables import Tables
from pipeline.read.line import Line
from pipeline.read.lists import Counters

_BREAK = q("w:type")
VAL, ID, RID = q("w:val"), q("w:id"), q("r:id")
_OFF = ("0", "false", "off", "none")
_DEEPEST = 8
"""The last of the nine levels of a list, counted from 0."""
_LARGER = 3
"""Half points by which the letters of a heading that is no more than bold and large are larger than the body's."""
_LONGEST_HEADING = 120
"""Characters."""
_EMPHASIS = {q("w:b"): "bold", q("w:i"): "italic", q("w:u"): "underline", q("w:strike"): "strike", q("w:dstrike"): "strike"}
_CHARACTERS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): "\u00ad"}
_ANCHORS = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote", q("w:commentReference"): "comment"}
_TEXT = (q("w:t"), q("w:delText"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PARTS = (q("w:body"), q("w:hdr"), q("w:ftr"), q("w:comment"), q("w:footnote"), q("w:endnote"))
_CHANGES = (q("w:rPrChange"), q("w:pPrChange"), q("w:tblPrChange"), q("w:trPrChange"), q("w:tcPrChange"))
_SKIPPED = (*_CHANGES, q("w:sectPr"), q("w:tblPr"), q("w:tblGrid"))
"""What was before a change of looks, and how pages and tables are laid out: nothing of the text."""

_RUN, _LOOK, _ROW_LOOK = q("w:r"), q("w:rPr"), q("w:trPr")
_VERSIONS = (q("mc:Choice"), q("mc:Fallback"))


class Whole(NamedTuple):
    """A whole text of a part: the body, a header, one comment, one footnote."""

    id: str
    kind: str
    """As the part says: a separator is no footnote."""
    blocks: tuple[Block, ...]


class Body:
    """Follows the parts of one document, one after the other; then read `wholes` and `state`.

    It keeps no table of its own steps: that would refer back to it, and keep the trees in memory until the garbage collector comes.
    """

    def __init__(self, styles: dict[str, Style], counters: Counters) -> None:
        self.state = State(styles, counters)
        self.wholes: list[Whole] = []
        self._controls = Controls(self.state)
        self._tables = Tables(self.state)
        self._fields = Fields(self.state, self._controls)
        self._drawings = Drawings(self.state, self._controls)
        self._whole: tuple[str, str] = "", ""
        self._run: Element | None = None
        self._emphasis: list[str] = []
        self._hidden = False
        self._size = 0
        self._body_size = styles.get(BODY, PLAIN).size or USUAL
        self._links: list[tuple[int, str]] = []
        self._chosen: list[bool] = []

    def follow(self, root: Element, part: str, links: dict[str, str], steps: Steps) -> None:
        """Go through a part from its root.

        Args:
            root: of the part.
            part: its name.
            links: where the links of the part point, by the ids of its relationships.
            steps: the body's own, made once for all parts.
        """
        self.state.part, self.state.links = part, links
        self._tables.count = 0
        follow(root, steps)
        self._run = None

    # -- tables of what is followed ------------------------------------------------------------------------------------

    def steps(self) -> Steps:
        """Return what to call for which elements."""
        return Steps(self._starts(), self._ends())

    def _starts(self) -> dict[str, Start]:
        own: dict[str, Start] = {
            q("w:p"): self._begin_paragraph,
            q("w:pStyle"): self._paragraph_style,
            q("w:numId"): self._list_number,
            q("w:ilvl"): self._list_level,
            q("w:outlineLvl"): self._outline,
            q("w:rStyle"): self._run_style,
            q("w:vanish"): self._vanish,
            q("w:sz"): self._letters,
            q("w:hyperlink"): self._begin_link,
            q("w:sym"): self._symbol,
            q("w:ins"): self._begin_insertion,
            q("w:moveTo"): self._begin_insertion,
            q("w:del"): self._begin_deletion,
            q("w:moveFrom"): self._begin_deletion,
            q("mc:AlternateContent"): self._begin_alternatives,
            q("mc:Choice"): self._version,
            q("mc:Fallback"): self._version,
            q("w:altChunk"): self._chunk,
            _FORMULA: self._text,
        }
        own |= dict.fromkeys(_TEXT, self._text)
        own |= dict.fromkeys(_PARTS, self._begin_whole)
        own |= dict.fromkeys(_SKIPPED, self._pass_over)
        own |= {tag: self._emphasised(kind) for tag, kind in _EMPHASIS.items()}
        own |= {tag: self._character(text) for tag, text in _CHARACTERS.items()}
        own |= {tag: self._anchor(kind) for tag, kind in _ANCHORS.items()}
        return own | self._controls.starts() | self._tables.starts() | self._fields.starts() | self._drawings.starts()

    def _ends(self) -> dict[str, End]:
        own: dict[str, End] = {
            q("w:p"): self._finish_paragraph,
            q("w:hyperlink"): self._finish_link,
            q("w:ins"): self._finish_insertion,
            q("w:moveTo"): self._finish_insertion,
            q("w:del"): self._finish_deletion,
            q("w:moveFrom"): self._finish_deletion,
            q("mc:AlternateContent"): self._finish_alternatives,
        }
        own |= dict.fromkeys(_PARTS, self._finish_whole)
        return own | self._controls.ends() | self._tables.ends() | self._drawings.ends()

    # -- whole texts and what is passed over ---------------------------------------------------------------------------

    def _begin_whole(self, element: Element) -> None:
        self._whole = element.get(ID, ""), element.get(q("w:type"), "")
        self.state.push(Frame())

    def _finish_whole(self) -> None:
        self.wholes.append(Whole(*self._whole, tuple(self.state.pop().out)))

    def _pass_over(self, element: Element) -> bool:
        """Pass over an element with all that is in it."""
        return True

    def _begin_alternatives(self, element: Element) -> None:
        self._chosen.append(False)

    def _finish_alternatives(self) -> None:
        self._chosen.pop()

    def _version(self, element: Element) -> bool:
        """Read one version of alternate content, the first, and pass over the others."""
        taken = bool(self._chosen) and self._chosen[-1]
        if self._chosen:
            self._chosen[-1] = True
        return taken

    def _chunk(self, element: Element) -> None:
        self.state.notes.append(Note("embedded-document", "Another document is embedded here; it was not read.", self.state.place))

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _begin_paragraph(self, element: Element) -> None:
        frame = self.state.frame
        if frame.line is not None:
            self._finish_paragraph()
        if frame.carried is None:
            frame.line = Line()
            frame.paragraphs += 1
        else:
            frame.line, frame.carried = frame.carried, None
        frame.look = Look(frame.paragraphs)

    def _paragraph_style(self, element: Element) -> None:
        self.state.frame.look.style = self.state.styles.get(element.get(VAL, ""), PLAIN)

    def _list_number(self, element: Element) -> None:
        self.state.frame.look.number = element.get(VAL, "")

    def _list_level(self, element: Element) -> None:
        self.state.frame.look.level = count(element.get(VAL), _DEEPEST)

    def _outline(self, element: Element) -> None:
        self.state.frame.look.outline = element.get(VAL, "9")

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
        if look.bold_size and not heading and look.outline is None and not bullet and self._stands_out(look, line):
            heading = 1
        place = Place(self.state.part, frame.table, frame.row, frame.column, look.paragraph)
        return line.paragraph(place, heading, bullet, level if bullet else 0)

    # -- runs ----------------------------------------------------------------------------------------------------------

    def _look_of(self, element: Element) -> bool:
        """Say whether an element is a look of a run, and turn to that run; the looks of paragraph marks and controls are nobody's words."""
        look = element.getparent()
        run = look.getparent() if look is not None else None
        if run is None or run.tag != _RUN:
            return False
        if run is not self._run:
            style = self.state.frame.look.style
            self._run, self._emphasis, self._hidden, self._size = run, [], style.hidden, 0
        return True

    def _emphasised(self, kind: str) -> Start:
        def look(element: Element) -> None:
            if self._look_of(element):
                on = element.get(VAL, "1") not in _OFF
                if on and kind not in self._emphasis:
                    self._emphasis.append(kind)
                elif not on and kind in self._emphasis:
                    self._emphasis.remove(kind)

        return look

    def _run_style(self, element: Element) -> None:
        if self._look_of(element):
            style = self.state.styles.get(element.get(VAL, ""), PLAIN)
            self._emphasis += [kind for kind, on in (("bold", style.bold), ("italic", style.italic)) if on]
            self._hidden = self._hidden or style.hidden
            self._size = style.size

    def _vanish(self, element: Element) -> None:
        if self._look_of(element):
            self._hidden = element.get(VAL, "1") not in _OFF

    def _letters(self, element: Element) -> None:
        if self._look_of(element):
            self._size = count(element.get(VAL), 3_276)

    def _text(self, element: Element) -> None:
        text = element.text
        if text:
            self._say(text, element)

    def _say(self, text: str, element: Element) -> None:
        """Put what an element of a run says where it belongs: into the paragraph, or beside it."""
        state = self.state
        line = state.frame.line
        looks = self._run is not None and element.getparent() is self._run
        hidden = self._hidden if looks else state.frame.look.style.hidden
        if line is None or hidden or self._fields.silent:
            state.asides.append(Aside("hidden", text, state.place))
            return
        start = line.length
        if state.deleting:
            state.delete(text, line)
        else:
            line.add(text, inserted=state.inserting > 0)
            self._weigh(text, looks)
        if looks:
            for kind in self._emphasis:
                line.mark(start, kind)

    def _weigh(self, text: str, looks: bool) -> None:
        """Keep how large the letters of the paragraph are while all of them are bold."""
        look = self.state.frame.look
        if look.bold_size != 0 and not text.isspace():
            bold = look.style.bold or (looks and "bold" in self._emphasis)
            size = ((self._size if looks else 0) or look.style.size or self._body_size) if bold else 0
            look.bold_size = size if look.bold_size is None else min(look.bold_size, size)

    def _stands_out(self, look: Look, line: Line) -> bool:
        """Say whether a paragraph looks like a heading though no style calls it one: short, all bold, and larger than the body."""
        return bool(look.bold_size) and (look.bold_size or 0) >= self._body_size + _LARGER and line.length <= _LONGEST_HEADING

    def _character(self, text: str) -> Start:
        def character(element: Element) -> None:
            parent, line = element.getparent(), self.state.frame.line
            if parent is None or parent.tag != _RUN:
                return
            if element.get(_BREAK) not in ("page", "column") or (line and line.length):
                self._say(text, element)

        return character

    def _symbol(self, element: Element) -> None:
        self._say(symbol(element.get(q("w:font"), ""), element.get(q("w:char"), "")), element)

    def _anchor(self, kind: str) -> Start:
        def anchor(element: Element) -> None:
            self.state.anchors[kind, element.get(ID, "")] = self.state.place

        return anchor

    def _begin_link(self, element: Element) -> None:
        line = self.state.frame.line
        self._links.append((line.length if line else 0, self.state.links.get(element.get(RID, ""), "")))

    def _finish_link(self) -> None:
        start, target = self._links.pop()
        if self.state.frame.line is not None:
            self.state.frame.line.mark(start, "link", target)

    # -- tracked changes -----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.state.tracked = True
        if self.state.frame.line is not None:
            self.state.frame.line.change()

    def _begin_insertion(self, element: Element) -> None:
        self._changed()
        self.state.inserting += 1

    def _finish_insertion(self) -> None:
        self.state.inserting -= 1

    def _begin_deletion(self, element: Element) -> None:
        self._changed()
        parent = element.getparent()
        of = parent.tag if parent is not None else ""
        if of == _LOOK:
            self.state.frame.look.end_deleted = True
        elif of == _ROW_LOOK:
            self._tables.row_was_deleted()
        self.state.deleting += 1

    def _finish_deletion(self) -> None:
        self.state.deleting -= 1
