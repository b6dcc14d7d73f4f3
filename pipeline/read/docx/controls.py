"""Content controls: which characters each lies over.

Source: ECMA-376-1 17.5.2; [MS-DOCX] 2.6.1 for check boxes and repeating sections.
"""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from pipeline.model.documents import Control
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import End, Start
from pipeline.read.docx.frames import State
from pipeline.read.line import Line

VAL, CHECKED = q("w:val"), q("w14:val")
_OFF = ("0", "false", "off")
_CLOSED = ("text", "choice", "date")
"""Kinds whose settings say nothing that is read: the entries of a list, the format of a date."""


@dataclass(slots=True)
class Open:
    """A control whose properties or content are being followed."""

    number: int
    line: Line | None
    """The paragraph that it stands in; None where it stands around paragraphs, rows or cells."""
    start: int = 0
    tag: str = ""
    alias: str = ""
    kind: str = "rich"
    placeholder: bool = False
    checked: bool | None = None
    groups: bool = False
    """True where it only groups others: a repeating section or its item."""

    def over(self, start: int, end: int) -> Control:
        """Return the control as it lies over a paragraph's characters."""
        return Control(start, end, self.number, self.tag, self.alias, self.kind, self.placeholder, self.checked)


class Controls:
    """Follows controls. `starts` and `ends` say which elements it wants to hear of."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.open: list[Open] = []
        self.count = 0

    def starts(self) -> dict[str, Start]:
        """Return what to call where an element begins, by its name."""
        return {
            q("w:sdt"): self._begin,
            q("w:tag"): self._tag,
            q("w:alias"): self._alias,
            q("w:showingPlcHdr"): self._placeholder,
            q("w:text"): self._kind("text"),
            q("w:dropDownList"): self._kind("choice"),
            q("w:comboBox"): self._kind("choice"),
            q("w:date"): self._kind("date"),
            q("w14:checkbox"): self._kind("checkbox"),
            q("w14:checked"): self._checked,
            q("w15:repeatingSection"): self._group,
            q("w15:repeatingSectionItem"): self._group,
            q("w:group"): self._group,
        }

    def ends(self) -> dict[str, End]:
        """Return what to call where an element ends, by its name."""
        return {q("w:sdt"): self._finish}

    def over_paragraph(self, line: Line) -> None:
        """Lay every control that stands around the paragraph over the whole of it."""
        for control in self.open[self.state.frame.base :]:
            if control.line is None and not control.groups:
                line.controls.append(control.over(0, line.length))

    def next_number(self) -> int:
        """Count a control."""
        self.count += 1
        return self.count

    def _begin(self, element: Element) -> None:
        line = self.state.frame.line
        self.open.append(Open(self.next_number(), line, line.length if line else 0))

    def _finish(self) -> None:
        control = self.open.pop()
        if control.line is not None and not control.groups:
            control.line.controls.append(control.over(min(control.start, control.line.length), control.line.length))

    def _tag(self, element: Element) -> None:
        if self.open:
            self.open[-1].tag = element.get(VAL, "")

    def _alias(self, element: Element) -> None:
        if self.open:
            self.open[-1].alias = element.get(VAL, "")

    def _placeholder(self, element: Element) -> None:
        if self.open:
            self.open[-1].placeholder = element.get(VAL, "1") not in _OFF

    def _kind(self, kind: str) -> Start:
        def is_of_kind(element: Element) -> bool:
            if self.open:
                self.open[-1].kind = kind
            return kind in _CLOSED

        return is_of_kind

    def _checked(self, element: Element) -> None:
        if self.open:
            self.open[-1].checked = element.get(CHECKED, "1") not in _OFF

    def _group(self, element: Element) -> None:
        if self.open:
            self.open[-1].groups = True
