"""One paragraph in the making: its text as left, as it was before tracked changes, its marks and controls."""

from dataclasses import dataclass, field

from pipeline.model.documents import Control, Mark, Paragraph
from pipeline.model.places import Place


@dataclass(slots=True)
class Line:
    """Collects the pieces of a paragraph in reading order."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    before: list[str] = field(default_factory=list)
    changed: bool = False
    marks: list[Mark] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)

    def add(self, text: str, *, inserted: bool = False) -> None:
        """Add text that a person sees, all tracked changes accepted."""
        self.pieces.append(text)
        self.length += len(text)
        if self.changed and not inserted:
            self.before.append(text)

    def change(self) -> None:
        """Keep from here on what the paragraph said before tracked changes."""
        if not self.changed:
            self.changed = True
            self.before = list(self.pieces)

    def mark(self, start: int, kind: str, target: str = "") -> None:
        """Mark what was added since `start`, joined to the mark before it where that is of the same kind and touches it."""
        if start == self.length:
            return
        for at in range(len(self.marks) - 1, max(len(self.marks) - 5, -1), -1):
            last = self.marks[at]
            if last.end == start and last.kind == kind and last.target == target:
                self.marks[at] = last._replace(end=self.length)
                return
        self.marks.append(Mark(start, self.length, kind, target))

    def paragraph(self, place: Place, heading: int, bullet: str, level: int) -> Paragraph:
        """Return the finished paragraph; its controls in the order in which they begin."""
        controls = self.controls
        if len(controls) > 1:
            controls.sort(key=lambda control: control.number)
        before = "".join(self.before) if self.changed else None
        return Paragraph("".join(self.pieces), place, tuple(controls), tuple(self.marks), heading, bullet, level, before)
