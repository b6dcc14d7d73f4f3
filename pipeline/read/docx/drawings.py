"""Drawings: the text of text boxes, read once and not again in its fallback copy (A004-T2), and a note for what has no text.

Source: ECMA-376-1 20.4, ECMA-376-3 10 (alternate content).
"""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from pipeline.model.documents import Note
from pipeline.ooxml.names import q
from pipeline.ooxml.xml import End, Start
from pipeline.read.docx.controls import Controls
from pipeline.read.docx.frames import Frame, State


@dataclass(slots=True)
class Open:
    """A drawing that is being followed."""

    is_object: bool
    box: bool = False
    """True where it holds a text box, which is read."""
    uri: str = ""
    says: str = ""


class Drawings:
    """Follows drawings. `starts` and `ends` say which elements it wants to hear of."""

    def __init__(self, state: State, controls: Controls) -> None:
        self.state = state
        self.controls = controls
        self.open: list[Open] = []

    def starts(self) -> dict[str, Start]:
        """Return what to call where an element begins, by its name."""
        return {
            q("w:drawing"): self._begin,
            q("w:pict"): self._begin,
            q("w:object"): self._begin_object,
            q("w:txbxContent"): self._begin_box,
            q("wp:docPr"): self._described,
            q("a:graphicData"): self._kind,
        }

    def ends(self) -> dict[str, End]:
        """Return what to call where an element ends, by its name."""
        return {
            q("w:drawing"): self._finish,
            q("w:pict"): self._finish,
            q("w:object"): self._finish,
            q("w:txbxContent"): self._finish_box,
        }

    def _begin(self, element: Element) -> None:
        self.open.append(Open(False))

    def _begin_object(self, element: Element) -> None:
        self.open.append(Open(True))

    def _described(self, element: Element) -> None:
        if self.open:
            self.open[-1].says = element.get("descr", "")

    def _kind(self, element: Element) -> None:
        if self.open:
            self.open[-1].uri = element.get("uri", "")

    def _begin_box(self, element: Element) -> None:
        if self.open:
            self.open[-1].box = True
        host = self.state.frame
        box = Frame(host.table, host.row, host.column, paragraphs=host.paragraphs, base=len(self.controls.open))
        self.state.push(box)

    def _finish_box(self) -> None:
        box = self.state.pop()
        self.state.frame.paragraphs = box.paragraphs
        self.state.frame.boxes += box.out

    def _finish(self) -> None:
        done = self.open.pop()
        if done.box:
            return
        if done.is_object:
            note = Note("embedded-object", "An embedded object (a sheet, a file) is here; it was not read.", self.state.place, done.says)
        elif done.uri.endswith(("/chart", "/diagram")):
            note = Note("drawing", "A chart or diagram is here; its text was not read.", self.state.place, done.says)
        else:
            note = Note("picture", "A picture is here; what it shows was not read.", self.state.place, done.says)
        self.state.notes.append(note)
