"""What a person types into which control of a blank: the answers of returns.yaml by the tags that the blank gives its controls."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline import read
from pipeline.model.forms import FieldType, schema_path
from pipeline.model.records import Value
from pipeline.model.rounds import Round
from tests.sample.answers import Answers

ITEMS = "priorities"
"""The repeat of which a partnership may have more than the blank has room for."""


class Line(NamedTuple):
    """A paragraph as it is typed."""

    text: str
    bullet: bool = False
    bold: tuple[str, ...] = ()
    """Words of the paragraph that are set in bold."""


class Slot(NamedTuple):
    """A control of a blank, and what it shows before anybody types."""

    tag: str
    text: str
    prompt: bool


def slots(blank: bytes) -> list[Slot]:
    """Return the controls of a blank in reading order."""
    paragraphs = read.document(read.Source(blank)).paragraphs()
    return [
        Slot(control.tag, paragraph.text[control.start : control.end], control.placeholder)
        for paragraph in paragraphs
        for control in paragraph.controls
    ]


def numbered(tag: str, number: int) -> str:
    """Return the tag that the same control of another item would have: `priorities[4].title` as `priorities[6].title`."""
    head, bracket, rest = tag.partition("]")
    return f"{head[: head.index('[')]}[{number}{bracket}{rest}"


def written(answers: Answers, round_: Round) -> dict[str, tuple[str, ...]]:
    """Return the paragraphs of every answer, by the tag of its control; a choice as the drop-down shows it."""
    return {tag: tuple(_shown(tag, text, round_).split("\n")) for tag, text in leaves(answers) if not tag.endswith(".due_date")}


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the instance path and the text of everything that a nested value says, items counted from 1."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, child in enumerate(value, 1):
            yield from leaves(child, f"{path}[{number}]")
    elif value is not None:
        yield path, value


def _shown(tag: str, text: str, round_: Round) -> str:
    field = round_.form.field(schema_path(tag))
    if field.type is not FieldType.CHOICE:
        return text
    return next((term.shown for term in round_.vocabularies[field.choices] if term.name == text), text)


def in_vocabulary(tag: str, text: str, round_: Round) -> bool:
    """Say whether the drop-down of a choice offers a text; True for what is no choice."""
    field = round_.form.field(schema_path(tag))
    return field.type is not FieldType.CHOICE or text in {term.shown for term in round_.vocabularies[field.choices]}


def lines(paragraphs: tuple[str, ...], bold: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """Return paragraphs as they are typed: one that begins with "- " as a bullet."""
    return tuple(
        Line(text.removeprefix("- "), text.startswith("- "), tuple(words for words in bold if words in text)) for text in paragraphs
    )


def item_tags(found: list[Slot], number: int) -> tuple[list[str], list[str]]:
    """Return the tags of an item in the list of the items, and those in its own block, each in reading order."""
    tags = [slot.tag for slot in found if slot.tag.startswith(f"{ITEMS}[{number}].")]
    again = next(at for at, tag in enumerate(tags) if tag in tags[:at])
    return tags[:again], tags[again:]


def changes(found: list[Slot], typed: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the answers that are not in the blank already."""
    prefilled = {slot.tag: (slot.text,) for slot in found if not slot.prompt}
    return {tag: paragraphs for tag, paragraphs in typed.items() if prefilled.get(tag) != paragraphs}
