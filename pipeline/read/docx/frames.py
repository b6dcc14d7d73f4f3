"""What is being filled while a part is followed: the body, a cell or a text box, with the paragraph that is open in it."""

from dataclasses import dataclass, field

from pipeline.model.documents import Aside, Block, Note
from pipeline.model.places import Place
from pipeline.read.docx.styles import PLAIN, Style
from pipeline.read.line import Line
from pipeline.read.lists import Counters


@dataclass(slots=True)
class Look:
    """What the properties of a paragraph say of it; None where they leave it to the style."""

    paragraph: int = 1
    """Its number in its container."""
    style: Style = PLAIN
    outline: str | None = None
    number: str | None = None
    level: int | None = None
    bold_size: int | None = None
    """The size of its smallest letters in half points, where all of it is bold; 0 once anything is not; None before the first word."""
    end_deleted: bool = False
    """True where tracked changes deleted its end mark: accepted, it runs on into the next paragraph."""


@dataclass(slots=True)
class Frame:
    """A container in the making."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    out: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    look: Look = field(default_factory=Look)
    line: Line | None = None
    """The paragraph that is open; None between paragraphs."""
    boxes: list[Block] = field(default_factory=list)
    """What stood in text boxes of the open paragraph: it is read after it."""
    carried: Line | None = None
    """A paragraph whose end mark was deleted: the next one goes on in it."""
    base: int = 0
    """How many content controls were open when a text box began: they are not the box's."""


@dataclass(slots=True)
class State:
    """Where the walk through one part stands, and what it has met beside the text."""

    styles: dict[str, Style]
    counters: Counters
    part: str = ""
    links: dict[str, str] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    frames: list[Frame] = field(default_factory=list)
    """The frames around the one being filled, outermost first."""
    asides: list[Aside] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    anchors: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where each footnote, endnote and comment is anchored, by kind and id."""
    inserting: int = 0
    deleting: int = 0
    tracked: bool = False

    @property
    def place(self) -> Place:
        """Where the walk stands."""
        frame = self.frame
        return Place(self.part, frame.table, frame.row, frame.column, frame.paragraphs or 1)

    def push(self, frame: Frame) -> None:
        """Begin to fill another container."""
        self.frames.append(self.frame)
        self.frame = frame

    def pop(self) -> Frame:
        """Go back to the container around the one that is full, and return the full one."""
        full = self.frame
        if full.carried is not None:
            full.out.append(full.carried.paragraph(self.place, 0, "", 0))
        self.frame = self.frames.pop()
        return full

    def delete(self, text: str, line: Line) -> None:
        """Keep text that tracked changes deleted beside the paragraph, and in what it said before."""
        self.asides.append(Aside("deleted", text, self.place))
        if not self.inserting:
            line.before.append(text)
