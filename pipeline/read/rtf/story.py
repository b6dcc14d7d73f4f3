"""A text that is being filled: the body, a header, a note, a text box. Paragraphs end where the file says, and fall into tables.

RTF tells only at its end how deep in tables a paragraph stands; what was noticed inside it waits until then for its place.
"""

from dataclasses import dataclass, field

from pipeline.model.documents import Aside, Block, Document, Paragraph
from pipeline.model.places import Place
from pipeline.read.line import Line
from pipeline.read.rtf.looks import DEEPEST_TABLE, Look, Setting, Styles
from pipeline.read.rtf.tables import Definition, Open, Said


@dataclass(slots=True)
class Beside:
    """What the whole file has shown beside its text, and what is counted through it."""

    said: list[Said] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    """How many tables each part has."""
    controls: int = 0
    tracked: bool = False


@dataclass(slots=True)
class Story:
    """A text in the making."""

    part: str
    beside: Beside
    styles: Styles
    out: list[Block] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    paragraphs: int = 0
    tables: list[Open] = field(default_factory=list)
    """Those that are open, outermost first."""
    rows: dict[int, Definition] = field(default_factory=dict)
    """How rows lie, by how deep in tables they stand."""
    boxes: list[Block] = field(default_factory=list)
    """What stood in text boxes of the open paragraph: it is read after it."""
    waiting: list[Said] = field(default_factory=list)
    """What stood beside the open paragraph."""
    bullet: str = ""

    # -- words ---------------------------------------------------------------------------------------------------------

    def say(self, text: str, look: Look) -> None:
        """Put words where their look says: into the paragraph, or beside it."""
        if look.inserted or look.deleted:
            self.beside.tracked = True
            self.line.change()
        if look.hidden:
            self.beside_it("hidden", text)
        elif look.deleted:
            self.beside_it("deleted", text)
            if not look.inserted:
                self.line.before.append(text)
        else:
            start = self.line.length
            self.line.add(text, inserted=look.inserted)
            for kind in look.kinds():
                self.line.mark(start, kind)

    def beside_it(self, kind: str, text: str) -> None:
        """Keep words that stand beside the open paragraph; a run of them that goes on is one."""
        last = self.waiting[-1] if self.waiting else None
        if isinstance(last, Aside) and last.kind == kind and kind in ("hidden", "deleted"):
            self.waiting[-1] = last._replace(text=last.text + text)
        else:
            self.waiting.append(Aside(kind, text, Place()))

    # -- paragraphs, cells and rows ------------------------------------------------------------------------------------

    def finish_paragraph(self, setting: Setting, depth: int, look: Look) -> None:
        """The open paragraph ends, so deep in tables. One whose end was deleted runs on into the next."""
        if look.deleted:
            self.beside.tracked = True
            self.line.change()
            self.line.before.append("\n")
            return
        place = self._next_place(min(depth, DEEPEST_TABLE))
        out = self.tables[-1].blocks if self.tables else self.out
        level = setting.level if self.bullet else 0
        out.append(self.line.paragraph(place, self.styles.heading(setting), self.bullet, level))
        self.beside.said += [said._replace(place=place) for said in self.waiting]
        for block in self.boxes:
            out.append(block._replace(place=self._next_place(len(self.tables))) if isinstance(block, Paragraph) else block)
        self.line, self.waiting, self.boxes, self.bullet = Line(), [], [], ""

    def finish_cell(self, setting: Setting, depth: int) -> None:
        """The open cell of a table so deep ends, and the paragraph in it."""
        self.finish_paragraph(setting, depth, Look())
        self.tables[-1].finish_cell()

    def finish_row(self, setting: Setting, depth: int) -> None:
        """The open row of a table so deep ends."""
        depth = min(depth, DEEPEST_TABLE)
        if self.is_open():
            self.finish_paragraph(setting, depth, Look())
        self._close(depth)
        if len(self.tables) < depth:
            return
        definition = self.rows.get(depth, Definition())
        self.tables[-1].finish_row(definition, self.beside.said, self.part)
        if definition.last:
            self._close(depth - 1)

    def depth(self, setting: Setting) -> int:
        """Return how deep in tables a paragraph ends; in the middle of a row it belongs to that, though it does not say so."""
        return setting.tables or int(bool(self.tables and self.tables[0].cells))

    def is_open(self) -> bool:
        """Say whether anything stands in the open paragraph or beside it."""
        return bool(self.line.length or self.line.changed or self.waiting or self.boxes)

    def finish(self, setting: Setting) -> tuple[Block, ...]:
        """The text ends: return its blocks."""
        if self.is_open():
            self.finish_paragraph(setting, self.depth(setting), Look())
        self._close(0)
        return tuple(self.out)

    def words(self, setting: Setting) -> str:
        """The text ends: return its words, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in Document("rtf", self.finish(setting)).paragraphs() if paragraph.text)

    def _next_place(self, depth: int) -> Place:
        """Return where a paragraph so deep in tables stands; tables begin and end as that asks for."""
        self._close(depth)
        while len(self.tables) < depth:
            number = self.beside.tables.get(self.part, 0) + 1
            self.beside.tables[self.part] = number
            self.tables.append(Open(number, len(self.beside.said)))
        if not self.tables:
            self.paragraphs += 1
            return Place(self.part, paragraph=self.paragraphs)
        table = self.tables[-1]
        table.paragraphs += 1
        return Place(self.part, table.number, len(table.rows) + 1, len(table.cells) + 1, table.paragraphs)

    def _close(self, depth: int) -> None:
        """End the tables that stand deeper than this."""
        while len(self.tables) > depth:
            table = self.tables.pop()
            if table.cells or table.blocks:
                table.finish_row(self.rows.get(len(self.tables) + 1, Definition()), self.beside.said, self.part)
            if table.rows:
                done = table.table(self.part, self.beside.said)
                (self.tables[-1].blocks if self.tables else self.out).append(done)
