"""Plain text as blocks: paragraphs as a person would read them, and tables that were typed.

Markers that were typed stay in the text. Knows nothing of mails, in which an older one may be quoted.
"""

import re
from dataclasses import dataclass, field

from pipeline.model.documents import Block, Cell, Paragraph, Row, Table
from pipeline.model.places import Place
from pipeline.read.text.lines import Line, flowed, is_rule, unwrapped, width
from pipeline.read.text.tables import Drawn, table

_ENDS = re.compile(r"\r\n?|[\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff]")
_DEEPEST = 8
"""The last of the levels of a list, counted from 0."""


def blocks_of(text: str, part: str = "document", *, is_flowed: bool = False) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a plain text, in reading order.

    Args:
        text: as typed; a line ends as on any system.
        part: what its places are to call it.
        is_flowed: True where a mail says `format=flowed`.
    """
    text = _UNSEEN.sub("", _ENDS.sub("\n", text))
    filling = _Filling(part)
    lines = (flowed(text) if is_flowed else text).split("\n")
    filling.fill(lines, 0 if is_flowed else width(lines))
    return tuple(filling.out)


@dataclass(slots=True)
class _Filling:
    part: str
    out: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    indents: list[int] = field(default_factory=list)
    """How far the items of the open list and those around it are indented."""

    def fill(self, lines: list[str], wide: int) -> None:
        """Take in the lines of the text, a stretch between blank lines at a time."""
        stretch: list[str] = []
        for line in [*lines, ""]:
            if line.strip():
                stretch.append(line)
            elif stretch:
                self._stretch(stretch, wide)
                stretch = []

    def _stretch(self, lines: list[str], wide: int) -> None:
        at, since = 0, 0
        while at < len(lines):
            drawn = table(lines, at)
            if drawn is None:
                at += 1
                continue
            self._lines(lines[since:at], wide)
            self._table(drawn)
            at += drawn.lines
            since = at
        self._lines(lines[since:], wide)

    def _lines(self, lines: list[str], wide: int) -> None:
        said = unwrapped(lines, wide)
        for line, following in zip(said, [*said[1:], None], strict=False):
            self.paragraphs += 1
            heading = _heading(line, following)
            self.out.append(Paragraph(line.text, Place(self.part, paragraph=self.paragraphs), heading=heading, level=self._level(line)))

    def _level(self, line: Line) -> int:
        if not line.item:
            self.indents = []
            return 0
        while self.indents and self.indents[-1] > line.indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < line.indent:
            self.indents.append(line.indent)
        return min(len(self.indents) - 1, _DEEPEST)

    def _table(self, drawn: Drawn) -> None:
        self.tables += 1
        rows = []
        for number, row in enumerate(drawn.rows, 1):
            cells = (Cell(self._cell(lines, number, column), column) for column, lines in enumerate(row, 1))
            rows.append(Row(tuple(cells), drawn.heading and number == 1))
        self.out.append(Table(tuple(rows), Place(self.part, self.tables)))

    def _cell(self, lines: tuple[str, ...], row: int, column: int) -> tuple[Paragraph, ...]:
        said = [line.text for line in unwrapped(list(lines), max(map(len, lines), default=0), in_cell=True)] or [""]
        return tuple(Paragraph(text, Place(self.part, self.tables, row, column, number)) for number, text in enumerate(said, 1))


def _heading(line: Line, following: Line | None) -> int:
    """Return the level of a heading that is underlined with a drawn line; 0 for ordinary text."""
    if following is None or line.item or is_rule(line.text) or not is_rule(following.text) or len(following.text) < 3:
        return 0
    return {"=": 1, "-": 2}.get(following.text[0], 0) if len(set(following.text)) == 1 else 0
