"""Fields of RTF: the code is not shown, the result is; a legacy form field is a control, a hyperlink a mark.

Source: RTF 1.9.1, "Fields", "Form Fields".
"""

import re
from dataclasses import dataclass, field

from pipeline.model.documents import Control, Note
from pipeline.model.places import Place
from pipeline.read.docx.symbols import symbol
from pipeline.read.line import Line
from pipeline.read.rtf.looks import Look
from pipeline.read.rtf.story import Story

_BOX, _LIST = 1, 2
"""What `\\fftype` says of a check box and a list."""
_UNSET = 25
"""What `\\ffres` says where the default holds."""
_LEAVES = re.compile(r"\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO)\b\s*(.*)", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s+"?([^"\\]+)"?)?', re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Form:
    """What a legacy form field says of itself."""

    kind: int = 0
    name: str = ""
    result: int = _UNSET
    default: int = 0
    entries: list[str] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """The state of a box, or the number of the entry chosen, from 0."""
        return self.default if self.result == _UNSET else self.result


@dataclass(slots=True)
class Field:
    """A field that is open."""

    line: Line
    start: int
    code: str = ""
    form: Form | None = None


def finish(done: Field, story: Story, look: Look) -> None:
    """A field ends: lay over its result what it is.

    Args:
        done: the field.
        story: the text that it stands in.
        look: that of the words around it.
    """
    line = story.line
    start = done.start if done.line is line else 0
    if link := _LINK.match(done.code):
        line.mark(start, "link", link[1] or link[2] or "")
    elif leaves := _LEAVES.match(done.code):
        where = f"{leaves[1].upper()} outside itself ({leaves[2].strip()[:200]})"
        story.waiting.append(Note("external-relationship", f"The document refers to {where}. It was not followed.", Place()))
    elif start == line.length and (sign := _SYMBOL.match(done.code)):
        story.say(symbol((sign[2] or "").strip(), f"{int(sign[1], 0) if sign[1][:2] == '0x' else int(sign[1]):x}"), look)
    if done.form is not None:
        _control(done.form, start, story, look)


def _control(form: Form, start: int, story: Story, look: Look) -> None:
    """Make a control of a legacy form field; a box shows its state, a list its choice where the result does not."""
    line = story.line
    if form.kind == _BOX:
        story.say("☒" if form.chosen == 1 else "☐", look)
    elif form.kind == _LIST and start == line.length and form.chosen >= 0:
        story.say("".join(form.entries[form.chosen : form.chosen + 1]), look)
    checked = form.chosen == 1 if form.kind == _BOX else None
    story.beside.controls += 1
    line.controls.append(Control(min(start, line.length), line.length, story.beside.controls, "", form.name, "legacy", False, checked))
