"""What is known before a return is opened: the words of the blank, and which field each label belongs to. Compiled once per round."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pipeline.align.wordings import Wordings
from pipeline.grammar.texts import fold
from pipeline.model.documents import Document, Paragraph
from pipeline.model.forms import Box, Field, FieldType, Form, schema_path

_SHORT = 12
"""Characters: a prompt such as "Choose" could be the first word of an answer."""
_ITEM = re.compile(r"\[(\d+)\]")


class Way(NamedTuple):
    """Where a tag leads: to a field of an item of an item of the record."""

    path: str
    """The schema path of the field."""
    items: tuple[tuple[str, int], ...]
    """The repeats on the way, outermost first, each with the number of the item."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A form as a return may show it."""

    form: Form
    labels: Mapping[str, tuple[str, ...]]
    """Folded label to the schema paths it may stand for, in the order of the form. Labels of one word that are not the form's own, such as
    "Budget", are among them only where words of the blank are missing: anybody may head a column of something else with them."""
    all_labels: Mapping[str, tuple[str, ...]]
    """Those of one word included. What the blank itself shows and is no label of it is none of another layout's either."""
    known: frozenset[str]
    """The folded paragraphs of the blank that are nobody's answer, and the kit's instructions."""
    notes: frozenset[tuple[str, str]]
    """The code and the words of what the reader notes of the blank itself: its pictures."""
    margins: frozenset[str]
    """The folded lines of the blank's headers and footers, without the words that hold digits: references and page numbers."""
    prompts: frozenset[str]
    """The folded texts that, left in, mean that nothing was answered."""
    shown_prompts: tuple[str, ...]
    """The prompts of the form's fields as they stand in the blank, short words left out: an answer may begin with one."""
    tags: frozenset[str]
    """The tags of the blank's controls."""
    ways: Mapping[str, "Way"]
    """Where each of those tags leads."""
    shown: tuple[str, ...]
    """The labels that the blank shows, in the order of the form: what is missing of them is damage."""
    names: Mapping[str, str]
    """For each repeat and group, the child that stands for the whole: an item's name, a group's whole text."""
    described: tuple[str, ...]
    """The repeats whose items are described at length, in blocks of their own: they hold passages, groups or repeats."""
    owners: Mapping[str, str]
    """For each field, the innermost repeat that it is in; nothing for the fields of the record itself."""
    prefilled: frozenset[str]
    """The fields that a blank brings filled in from the register."""
    brought: frozenset[str]
    """The folded texts that blanks bring filled in."""
    boxes: Mapping[str, tuple[str, Box]]
    """The boxes of other layouts, by a path of their own: the repeat that a box lists items of, and the box."""
    twins: Mapping[str, str]
    """For a field of an item, the list whose label reads alike: a measure, and all the measures; a deliverable, and all of them."""
    stamped: Mapping[str, int]
    """For each repeat, the highest number that an item of it has in the blank's tags."""
    issued: tuple[re.Pattern[str], ...] = ()
    """What the folded sentences of the blank look like whatever the round says of deadline and contacts: both may have changed since."""
    wordings: Wordings | None = None
    """Labels in other words; None where they are not looked for."""

    @cached_property
    def lenient(self) -> "Layout":
        """The same for a return in which words of the blank are missing: labels may be reworded or misspelt there."""
        return replace(self, labels=self.all_labels, wordings=Wordings(self.all_labels))


def layout(form: Form, blank: Document, brought: Iterable[str] = (), issued: tuple[re.Pattern[str], ...] = ()) -> Layout:
    """Compile the form and the blank that was issued.

    Args:
        form: the kit's form.
        blank: a blank of the round, read back: any partnership's, for what was prefilled lies in controls.
        brought: what blanks are prefilled with, of all partnerships.
        issued: what sentences of the blank look like that a blank issued earlier had with other facts.
    """
    boxes = {f"{path}#{at}": (path, box) for path, field in form.walk() for at, box in enumerate(field.boxes, 1)}
    tags = frozenset(control.tag for paragraph in blank.paragraphs() for control in paragraph.controls if _is_answer(control.tag, form))
    static = [text for paragraph in blank.paragraphs() for text in _static(paragraph, form)]
    own, shown = frozenset(fold(field.label) for _, field in form.walk()), frozenset(_folded(static))
    labels = {label: paths for label, paths in _labels(form, boxes).items() if label in own or label not in shown}
    return Layout(
        form=form,
        labels={label: paths for label, paths in labels.items() if label in own or " " in label},
        all_labels=labels,
        known=frozenset(_folded([*static, *form.instructions])) - {""},
        notes=frozenset((note.code, note.quote) for note in blank.notes),
        margins=frozenset(without_digits(line) for aside in blank.asides for line in aside.text.splitlines()),
        prompts=frozenset(_folded([*(field.prompt for _, field in form.walk()), *form.placeholders])) - {""},
        shown_prompts=tuple(field.prompt for _, field in form.walk() if len(field.prompt) > _SHORT),
        tags=tags,
        ways={tag: way(tag, form) for tag in tags},
        shown=_shown(form, static),
        names={path: name for path, field in form.walk() if (name := _name(path, field))},
        described=tuple(path for path, field in form.walk() if path in form.repeats and "." not in path and _is_described(field)),
        owners={
            path: max((repeat for repeat in form.repeats if path.startswith(f"{repeat}.")), key=len, default="")
            for path in (*form.by_path, *boxes)
        },
        boxes=boxes,
        twins=dict(_twins(form)),
        prefilled=frozenset(path for path, field in form.walk() if field.prefill),
        brought=frozenset(_folded(brought)),
        stamped=_stamped(blank, form),
        issued=issued,
    )


def _labels(form: Form, boxes: Mapping[str, tuple[str, Box]]) -> dict[str, tuple[str, ...]]:
    """Return every label that the kit knows, folded, each with the fields that it may stand for."""
    labels: dict[str, dict[str, None]] = {}
    for path, field in form.walk():
        for label in (field.label, *field.labels):
            labels.setdefault(fold(label), {})[path] = None
    for path, (_, box) in boxes.items():
        for label in box.labels:
            labels.setdefault(fold(label), {})[path] = None
    return {label: tuple(paths) for label, paths in labels.items()}


def way(tag: str, form: Form) -> Way:
    """Return where a tag leads; steps that are no repeats of the form do not count."""
    steps = ((schema_path(tag[: found.start()]), int(found[1])) for found in _ITEM.finditer(tag))
    return Way(schema_path(tag), tuple((repeat, number) for repeat, number in steps if repeat in form.repeats))


def _shown(form: Form, static: list[str]) -> tuple[str, ...]:
    present = frozenset(_folded(static))
    labels = dict.fromkeys(field.label for _, field in form.walk())
    return tuple(label for label in labels if fold(label) in present)


def _stamped(blank: Document, form: Form) -> dict[str, int]:
    highest = dict.fromkeys(form.repeats, 0)
    for paragraph in blank.paragraphs():
        for control in paragraph.controls:
            for found in _ITEM.finditer(control.tag):
                repeat = schema_path(control.tag[: found.start()])
                if repeat in highest:
                    highest[repeat] = max(highest[repeat], int(found[1]))
    return highest


def without_digits(text: str) -> str:
    """Fold a line of a header or footer, leaving out every word that holds a digit."""
    return fold(" ".join(word for word in text.split() if not any(character.isdigit() for character in word)))


def _static(paragraph: Paragraph, form: Form) -> Iterator[str]:
    """Yield what a paragraph of the blank shows outside its answers."""
    at = 0
    for control in paragraph.controls:
        if control.start >= at and _is_answer(control.tag, form):
            yield paragraph.text[at : control.start]
            at = control.end
    yield paragraph.text[at:]


def _folded(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for line in text.splitlines():
            yield fold(line)


def _is_answer(tag: str, form: Form) -> bool:
    return schema_path(tag) in form.by_path


def _twins(form: Form) -> Iterator[tuple[str, str]]:
    for path, field in form.walk():
        if field.pairs:
            yield f"{path.rpartition('.')[0]}.{field.pairs}", path
        if field.type is FieldType.REPEAT and not _is_described(field):
            yield _name(path, field), path


def _is_described(field: Field) -> bool:
    return any(child.type in (FieldType.PASSAGE, FieldType.GROUP, FieldType.REPEAT) for child in field.fields.values())


def _name(path: str, field: Field) -> str:
    """Return the child that words under a repeat's or group's own label belong to; nothing for a leaf."""
    if field.type is FieldType.REPEAT:
        return next((f"{path}.{key}" for key, child in field.fields.items() if child.is_leaf), "")
    if field.type is FieldType.GROUP:
        return next((f"{path}.{key}" for key, child in field.fields.items() if child.gathers), "")
    return ""
