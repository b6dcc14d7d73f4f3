"""Boxes of a web form: what each shows, and the control over it.

Source: WHATWG HTML 4.10.
"""

from collections.abc import Callable

from lxml.etree import _Element as Element

from pipeline.model.documents import Control
from pipeline.read.html.filling import Filling
from pipeline.read.html.looks import PLAIN

_TICKED = ("checkbox", "radio")
_BUTTONS = ("submit", "button", "reset", "image")
_UNSEEN = ("hidden", "password")
_DATES = ("date", "month", "week", "time", "datetime-local")


class Inputs:
    """Follows the boxes of a page."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.count = 0
        self.acts: dict[str, Callable[[Element], None]] = {"input": self._input, "select": self._select, "textarea": self._area}

    def _input(self, element: Element) -> None:
        kind = element.get("type", "text").lower()
        value = element.get("value", "")
        if kind in _UNSEEN:
            return
        if kind in _BUTTONS:
            self.filling.say(value, PLAIN)
        elif kind in _TICKED:
            checked = element.get("checked") is not None
            self._control(element, "☒" if checked else "☐", "checkbox", checked)
        else:
            self._control(element, value, "date" if kind in _DATES else "text")

    def _select(self, element: Element) -> None:
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = options[:1]
        said = ("".join(map(str, option.itertext())) or option.get("label", "") for option in chosen)
        self._control(element, "; ".join(" ".join(words.split()) for words in said), "choice")

    def _area(self, element: Element) -> None:
        self._control(element, "".join(map(str, element.itertext())).removeprefix("\n"), "rich")

    def _control(self, element: Element, shown: str, kind: str, checked: bool | None = None) -> None:
        """Show a value, or the prompt of an empty box, with a control over it."""
        prompt = "" if shown else element.get("placeholder", "")
        self.filling.close_gap()
        line = self.filling.frame.line
        start = line.length
        self.filling.say(shown or prompt, PLAIN._replace(kept=True))
        if self.filling.frame.line is not line:
            line, start = self.filling.frame.line, 0
        self.count += 1
        name = element.get("name", "") or element.get("id", "")
        line.controls.append(Control(min(start, line.length), line.length, self.count, name, "", kind, bool(prompt), checked))
