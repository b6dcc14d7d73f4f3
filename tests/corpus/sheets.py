"""A return as a person lays it out, before a program writes it down: lines and grids, and whose words each stretch is."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

Role = Literal["form", "answer", "aside"]
"""The form's own words, the respondent's answers, and what stands there besides: covering notes, signatures, sections nobody asked for."""


class Run(NamedTuple):
    """Words of one look."""

    text: str
    role: Role = "answer"
    bold: bool = False
    italic: bool = False
    colour: str = ""
    """Six hexadecimal digits; empty for black."""
    change: Literal["", "inserted", "deleted", "hidden"] = ""
    note: tuple[str, str] = ("", "")
    """A `comment` or `footnote` on these words, and what it says."""


class Line(NamedTuple):
    """A paragraph."""

    runs: tuple[Run, ...]
    style: str = ""
    """Of Word: `Title`, `Heading 1` …; empty for body text."""
    item: Literal["", "bullet", "number"] = ""
    """Whether Word makes it an item of a list."""
    list_number: int = 0
    """Which list of the document it belongs to; a new one counts from 1 again."""
    boxed: bool = False
    """Whether it stands in a text box."""

    @property
    def text(self) -> str:
        """What a person reads."""
        return "".join(run.text for run in self.runs)

    @property
    def answers(self) -> bool:
        """Say whether there are words of the respondent's in it."""
        return any(run.role == "answer" and run.text.strip() for run in self.runs)


class Cell(NamedTuple):
    """A cell of a table."""

    blocks: tuple["Block", ...]
    span: int = 1
    """How many columns it covers."""
    joined: Literal["", "restart", "continue"] = ""
    """Whether it covers the cell below it, or is covered by the one above."""


class Grid(NamedTuple):
    """A table."""

    rows: tuple[tuple[Cell, ...], ...]
    bordered: bool = True


Block = Line | Grid


def form(text: str, *, bold: bool = False, style: str = "") -> Line:
    """Return a line of the form's own words."""
    return Line((Run(text, "form", bold),), style)


def said(text: str, style: str = "") -> Line:
    """Return a line of an answer."""
    return Line((Run(text),), style)


def aside(text: str, style: str = "") -> Line:
    """Return a line that answers nothing."""
    return Line((Run(text, "aside"),), style)


def labelled(label: str, answer: str, *, gap: str = " ", bold: bool = False) -> Line:
    """Return a label with its answer on the same line."""
    return Line((Run(label, "form", bold), Run(gap, "form"), Run(answer)) if answer else (Run(label, "form", bold),))


def cell(*content: "Block | str", span: int = 1, joined: Literal["", "restart", "continue"] = "") -> Cell:
    """Return a cell; a text in it is an answer. One without content has an empty line, as Word wants it."""
    blocks = tuple(said(block) if isinstance(block, str) else block for block in content)
    return Cell(blocks or (said(""),), span, joined)


def grid(*rows: tuple[Cell, ...], bordered: bool = True) -> Grid:
    """Return a table of rows of cells."""
    return Grid(rows, bordered)


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Yield every line in reading order, those in tables included."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for row in block.rows:
                for one in row:
                    yield from lines(one.blocks)


def changed(blocks: tuple[Block, ...], change: Callable[[Line], tuple[Line, ...]]) -> tuple[Block, ...]:
    """Return blocks in which every line is replaced by what a change makes of it."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Line):
            out += change(block)
        else:
            rows = tuple(tuple(one._replace(blocks=changed(one.blocks, change) or (said(""),)) for one in row) for row in block.rows)
            out.append(block._replace(rows=rows))
    return tuple(out)
