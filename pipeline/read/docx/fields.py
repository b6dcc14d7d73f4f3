"""Fields: a complex field's code is not shown, its result is; a legacy form field is a control.

Source: ECMA-376-1 17.16.
"""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from pipeline.model.documents import Control
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import Start
from pipeline.read.counts import count
from pipeline.read.docx.controls import Controls
from pipeline.read.docx.frames import State
from pipeline.read.line import Line

VAL = q("w:val")
_OFF = ("0", "false", "off")
_ENTRIES = 10_000
"""The most entries that a list is believed to have."""


@dataclass(slots=True)
class Form:
    """The settings of a legacy form field."""

    name: str = ""
    is_box: bool = False
    ticked: bool = False
    entries: list[str] = field(default_factory=list)
    chosen: int | None = None
    """The entry of a list that was chosen, from 0; None where only a default is known."""
    default: int = 0


@dataclass(slots=True)
class Open:
    """A complex field between its `begin` and `end` marks."""

    form: Form | None = None
    shows: bool = False
    """True after `separate`: what follows is the field's result, which a person sees."""
    line: Line | None = None
    start: int = 0


class Fields:
    """Follows fields. `starts` says which elements it wants to hear of."""

    def __init__(self, state: State, controls: Controls) -> None:
        self.state = state
        self.controls = controls
        self.open: list[Open] = []
        self.silent = False
        """True inside the code of a field: what is said there is not shown."""

    def starts(self) -> dict[str, Start]:
        """Return what to call where an element begins, by its name."""
        return {
            q("w:fldChar"): self._mark,
            q("w:ffData"): self._form,
            q("w:name"): self._name,
            q("w:checkBox"): self._box,
            q("w:default"): self._default,
            q("w:checked"): self._ticked,
            q("w:result"): self._chosen,
            q("w:listEntry"): self._entry,
        }

    def _mark(self, element: Element) -> None:
        kind, line = element.get(q("w:fldCharType")), self.state.frame.line
        if kind == "begin":
            self.open.append(Open())
        elif self.open and kind == "separate":
            last = self.open[-1]
            last.shows, last.line, last.start = True, line, line.length if line else 0
        elif self.open and kind == "end":
            done = self.open.pop()
            if done.form is not None and line is not None:
                self._control(done, done.form, line)
        self.silent = any(not field.shows for field in self.open)

    def _control(self, done: Open, form: Form, line: Line) -> None:
        """Make a control of a legacy form field; a box shows its state, a list its choice where the result does not."""
        start = done.start if done.shows and done.line is line else line.length
        if form.is_box:
            line.add("☒" if form.ticked else "☐")
        elif form.entries and start == line.length:
            chosen = form.default if form.chosen is None else form.chosen
            line.add("".join(form.entries[chosen : chosen + 1]))
        checked = form.ticked if form.is_box else None
        line.controls.append(Control(start, line.length, self.controls.next_number(), "", form.name, "legacy", False, checked))

    def _form(self, element: Element) -> None:
        if self.open:
            self.open[-1].form = Form()

    def _of_form(self) -> Form:
        """Return the form field that is open, or one that nobody asks for where the element stands elsewhere."""
        return (self.open[-1].form if self.open else None) or Form()

    def _name(self, element: Element) -> None:
        self._of_form().name = element.get(VAL, "")

    def _box(self, element: Element) -> None:
        self._of_form().is_box = True

    def _ticked(self, element: Element) -> None:
        self._of_form().ticked = element.get(VAL, "1") not in _OFF

    def _default(self, element: Element) -> None:
        self._ticked(element)
        self._of_form().default = count(element.get(VAL), _ENTRIES)

    def _chosen(self, element: Element) -> None:
        self._of_form().chosen = count(element.get(VAL), _ENTRIES)

    def _entry(self, element: Element) -> None:
        self._of_form().entries.append(element.get(VAL, ""))
