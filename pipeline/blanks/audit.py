"""What can be wrong with a Word master, in words that an officer can act on: where – what – what to do."""

import difflib
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.blanks.controls import CONTENT, PARAGRAPH, SDT, TABLE, controls, kind, parent, setting, shows_prompt, tag, text
from pipeline.blanks.facts import CODE, NUMBER, REFERENCE, WHERE, tags_of_words
from pipeline.blanks.labels import labels, same
from pipeline.model.forms import Field, FieldType, Form
from pipeline.ooxml.names import q

LONGEST_TAG = 64
"""Characters that Word keeps of a tag."""
_KINDS = {FieldType.CHOICE: "choice", FieldType.PASSAGE: "rich", FieldType.LIST: "rich"}
_CALLED = {"choice": "a drop-down list", "rich": "a rich text control", "text": "a plain text control"}
_IN_WORD = "in Word: Developer, Properties"


class Audit:
    """Compares one master with one form.

    Args:
        name: the file name of the master.
        form: the form.
    """

    def __init__(self, name: str, form: Form) -> None:
        self._name = name
        self._form = form
        self._known = (*form.by_path, *WHERE, *tags_of_words(form), NUMBER, REFERENCE, CODE)

    def mistakes(self, document: etree._Element, margins: Sequence[etree._Element]) -> tuple[str, ...]:
        """Return every mistake, a line each.

        Args:
            document: the body of the master.
            margins: its headers and footers.
        """
        headings = _headings(document)
        found = [
            f"{self._name}, {headings[control]}, “{_called(control)}” – {mistake}"
            for control in controls(document)
            if not _made_by_word(control)
            for mistake in self._control(control)
        ]
        in_margins = [control for margin in margins for control in controls(margin) if not _made_by_word(control)]
        found += [f"{self._name}, header or footer – {mistake}" for control in in_margins for mistake in self._tag(control)]
        whole = (*self._missing(document), *_carriers(document, in_margins), *_touching(document))
        return tuple(dict.fromkeys((*found, *(f"{self._name} – {mistake}" for mistake in whole))))

    def _control(self, control: etree._Element) -> Iterator[str]:
        path = tag(control)
        field = self._form.by_path.get(path)
        if field is None:
            yield from self._tag(control)
            return
        if field.type is FieldType.GROUP:
            yield f"“{path}” is a group and has no answer of its own – put the tag of one of its fields: {', '.join(field.fields)}"
            return
        if setting(control, "w:lock") != "sdtLocked":
            yield f"a partner could delete this control – tick “Content control cannot be deleted” and nothing else ({_IN_WORD})"
        if field.type is FieldType.REPEAT:
            yield from _wrapper(control)
        else:
            yield from self._answer(control, path, field)

    def _answer(self, control: etree._Element, path: str, field: Field) -> Iterator[str]:
        yield from _shape(control, field)
        if setting(control, "w:alias") != field.label:
            title = setting(control, "w:alias")
            yield f"the title of the control is “{title}” – write “{field.label}” ({_IN_WORD}), or change the label in form.yaml"
        if not shows_prompt(control) or text(control) != field.prompt:
            yield f"its prompt is not “{field.prompt}” – empty the control and write that in Design Mode, or change the prompt in form.yaml"
        shown = labels(control)
        if not any(same(label, field) for label in shown):
            seen = next((f"the label is “{label}”" for label in shown if label), "there is no label")
            yield f"{seen} – write “{field.label}” in front of the answer or over its column, or change the label in form.yaml"
        repeat = max((other for other in self._form.repeats if path.startswith(f"{other}.")), key=len, default="")
        if repeat and all(tag(outer) != repeat for outer in control.iterancestors(SDT)):
            yield f"it stands outside the part that repeats – move it inside the control tagged “{repeat}”"
        indices = sum(path.startswith(f"{other}.") for other in self._form.repeats) + field.many
        if len(path) + len("[99]") * indices > LONGEST_TAG:
            yield f"the path “{path}” is too long: numbers included, Word keeps {LONGEST_TAG} characters – shorten its names in form.yaml"

    def _tag(self, control: etree._Element) -> Iterator[str]:
        path = tag(control)
        if path in self._known:
            return
        near = difflib.get_close_matches(path, self._known, n=1)
        like = f", such as “{near[0]}”" if near else ""
        if path:
            yield f"form.yaml knows nothing tagged “{path}” – put the path of a field{like} ({_IN_WORD}), or delete the control"
        else:
            yield f"the control has no tag – put the path of a field ({_IN_WORD}), or remove the control and keep its text"

    def _missing(self, document: etree._Element) -> Iterator[str]:
        tags = {tag(control) for control in controls(document)}
        words = [text(paragraph) for paragraph in document.iter(PARAGRAPH)]
        for path, field in self._form.walk():
            wanted = field.type is not FieldType.GROUP and not field.gathers
            if wanted and path not in tags:
                what = "no part repeats for" if field.type is FieldType.REPEAT else "there is no answer for"
                yield f"{what} “{field.label}” – put a control tagged “{path}” there, or take {path} out of form.yaml"
            if not field.is_leaf and not any(same(line, field) for line in words):
                yield f"“{field.label}” stands nowhere – write it over its answers, or change the label of {path} in form.yaml"


def _shape(control: etree._Element, field: Field) -> Iterator[str]:
    """Say where a control is not of the kind, or not in the position, that its field needs."""
    wanted, is_ = _KINDS.get(field.type, "text"), kind(control)
    if is_ != wanted:
        yield f"it is {_CALLED.get(is_, f'a {is_} control')} – put {_CALLED[wanted]} there: form.yaml says that it takes a {field.type}"
    held = control.find(CONTENT)
    if held is not None and held.find(q("w:tc")) is not None:
        yield "it covers a whole table cell, which LibreOffice draws wrongly – type a space in the cell and put the control before it"
    elif wanted == "rich" and parent(control).tag == PARAGRAPH:
        yield "it lies within a line, so that nobody can write a second paragraph – put it around a whole paragraph"
    elif wanted != "rich" and parent(control).tag != PARAGRAPH:
        yield "it covers whole paragraphs – put it inside a line: one-line answers and drop-downs survive LibreOffice only there"


def _wrapper(control: etree._Element) -> Iterator[str]:
    """Say what is wrong with a control that wraps a part that repeats."""
    if parent(control).tag == PARAGRAPH:
        yield "a part that repeats must be a table row or whole paragraphs – put the control around those"
    if parent(control).tag == TABLE and setting(control, "w:alias"):
        yield f"rows that repeat have a title, with which LibreOffice loses them – empty the title ({_IN_WORD})"


def _carriers(document: etree._Element, in_margins: Sequence[etree._Element]) -> Iterator[str]:
    """Say where a blank would not tell whose it is."""
    tags = {tag(control) for control in in_margins}
    if REFERENCE not in tags:
        yield f"the reference is not on every page – put a plain text control tagged “{REFERENCE}” into the footer"
    if CODE not in tags | {tag(control) for control in controls(document)}:
        yield f"the square code is missing – put a picture control tagged “{CODE}” into the header"


def _touching(document: etree._Element) -> Iterator[str]:
    """Say where two tables touch."""
    for table in document.iter(TABLE):
        after = table.getnext()
        if after is not None and after.tag == TABLE:
            first = text(after).partition("\n")[0]
            yield f"the table that begins “{first}” touches the one above, and LibreOffice makes one of them – put a line between"


def _headings(document: etree._Element) -> dict[etree._Element, str]:
    """Return for each control where it stands: under which heading."""
    where = "at the top"
    found = {}
    for element in document.iter(PARAGRAPH, SDT):
        if element.tag == SDT:
            found[element] = where
            continue
        style = element.find(f"{q('w:pPr')}/{q('w:pStyle')}")
        if style is not None and style.get(q("w:val"), "").startswith(("Heading", "Title")) and text(element):
            where = f"under “{text(element)}”"
    return found


def _called(control: etree._Element) -> str:
    return setting(control, "w:alias") or tag(control) or text(control)[:40]


def _made_by_word(control: etree._Element) -> bool:
    """Say whether Word made the control for itself: a row of a section that repeats, a table of contents, a page number."""
    return kind(control) == "item" or control.find(f"{q('w:sdtPr')}/{q('w:docPartObj')}") is not None
