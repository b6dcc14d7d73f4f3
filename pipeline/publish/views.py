"""What a report master sees: the plan, under the names of the form's fields.

`{{ priority.title }}` prints an answer on its line, `{{p priority.context.text }}` as paragraphs. Nothing that a return said is ever
more than a value: it cannot be called, formatted or rendered.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Generic, TypeVar, Union

from pipeline.model.forms import Field, FieldType, Term
from pipeline.model.places import Place
from pipeline.model.plans import Group
from pipeline.model.records import Answer, Passage, State
from pipeline.publish.runs import inline

Seen = Union["Words", "Branch", list["Words"], list["Branch"], object]
T = TypeVar("T")
Vocabularies = Mapping[str, Mapping[str, Term]]
"""The terms of each vocabulary, by name."""


class Words:
    """A text in a report: true where there is one, equal to the value that stands behind it."""

    __slots__ = ("passages", "said", "value")

    def __init__(self, value: str, said: str, passages: tuple[Passage, ...]) -> None:
        self.value = value
        """As understood: a date in ISO 8601, a term by its name."""
        self.said = said
        """As people read it on one line."""
        self.passages = passages
        """As it is laid out in paragraphs."""

    def __html__(self) -> str:
        return inline(self.said)

    def __str__(self) -> str:
        return self.said

    def __bool__(self) -> bool:
        return bool(self.said)

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Words) else other)

    def __hash__(self) -> int:
        return hash(self.value)


_GIVEN, _PASSAGE, _DATE = State.GIVEN, FieldType.PASSAGE, FieldType.DATE
_NOWHERE = Place()
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
"""In English on every machine, whatever its locale."""
NOTHING = Words("", "", ())
"""What a field shows that nobody answered."""


def plain(text: str) -> Words:
    """Return a text that comes from the round or the program, not from a return."""
    return Words(text, text, (Passage(text, _NOWHERE),) if text else ())


class Branch:
    """The answers of a return, a group or an item, under the keys of the form, and what the program adds to them.

    Args:
        group: the answers.
        fields: the form's fields for them.
        vocabularies: how terms are shown.
        extras: what the program adds, by name; it comes before a field of that name.
    """

    __slots__ = ("_extras", "_fields", "_group", "_vocabularies")
    kind = "the form"

    def __init__(
        self, group: Group, fields: Mapping[str, Field], vocabularies: Vocabularies, extras: Mapping[str, object] | None = None
    ) -> None:
        self._group = group
        self._fields = fields
        self._vocabularies = vocabularies
        self._extras = extras or {}

    @property
    def path(self) -> str:
        """The instance path of the group."""
        return self._group.path

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be asked for."""
        return (*self._extras, *self._fields)

    def see(self, name: str) -> Seen:
        """Return what stands under a name.

        Raises:
            KeyError: neither the form nor the program has that name.
        """
        if name in self._extras:
            return self._extras[name]
        field = self._fields[name]
        node = self._group.parts.get(name)
        if type(node) is Answer:  # nearly all are
            return words(node, field, self._vocabularies)
        if node is None:
            return self._nothing(field)
        if isinstance(node, Answer | Group):
            return self._part(node, field)
        return [self._part(part, field) for part in node]

    def value(self, name: str) -> str:
        """Return what was understood of a field that has one answer; empty where that is nothing."""
        node = self._group.parts.get(name)
        return node.value or "" if isinstance(node, Answer) else ""

    def _part(self, part: Answer | Group, field: Field) -> "Words | Branch":
        if isinstance(part, Group):
            return Branch(part, field.fields, self._vocabularies)
        return words(part, field, self._vocabularies)

    def _nothing(self, field: Field) -> Seen:
        if field.type is FieldType.GROUP:
            return Branch(Group("", {}), field.fields, self._vocabularies)
        if field.many or field.type in (FieldType.LIST, FieldType.REPEAT):
            return []
        return NOTHING


class Facts:
    """What the program knows, by name.

    Args:
        kind: what it is about, for the message about a name that it does not have.
        names: what it knows.
    """

    __slots__ = ("_names", "kind")

    def __init__(self, kind: str, names: Mapping[str, object]) -> None:
        self.kind = kind
        self._names = names

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be asked for."""
        return tuple(self._names)

    def see(self, name: str) -> object:
        """Return what stands under a name.

        Raises:
            KeyError: there is none.
        """
        return self._names[name]


class Many(Generic[T]):
    """Many things, each seen only when its turn comes, so that a report of any length needs the memory of one.

    Args:
        things: what is there.
        view: how a master sees each.
    """

    __slots__ = ("_things", "_view")

    def __init__(self, things: Collection[T], view: Callable[[T], object]) -> None:
        self._things = things
        self._view = view

    def __iter__(self) -> Iterator[object]:
        return map(self._view, self._things)

    def __len__(self) -> int:
        return len(self._things)


def words(answer: Answer, field: Field, vocabularies: Vocabularies) -> Words:
    """Return an answer as a report shows it.

    A passage, or a typed "N/A", is shown as it stands in the return. A term or a date is shown as it was understood. Other texts keep
    their emphasis where what was understood is what was written.
    """
    value, state, passages = answer.value, answer.state, answer.passages
    if state is not _GIVEN:
        return Words(value or "", answer.quote, passages) if state is State.NOT_APPLICABLE else NOTHING
    kind = field.type
    if value is None or (kind is _PASSAGE and passages):
        return Words(value or "", answer.quote, passages)
    if kind is _DATE or field.choices:
        shown = _date(value, answer) if kind is _DATE else _term(value, vocabularies.get(field.choices, {}))
        return Words(value, shown, (Passage(shown, _NOWHERE),))
    if len(passages) == 1 and passages[0].text == value:
        return Words(value, value, passages)
    if value.split() != answer.quote.split():
        passages = tuple(Passage(line, _NOWHERE) for line in value.split("\n"))
    return Words(value, value, passages)


def _term(value: str, terms: Mapping[str, Term]) -> str:
    term = terms.get(value)
    return term.shown if term else value


def _date(value: str, answer: Answer) -> str:
    """Return a date as exact as it was given; anything longer than a month in the words of the return."""
    try:
        date = dt.date.fromisoformat(value)
    except ValueError:
        return answer.quote or value
    if answer.precision in ("", "day"):
        return day(date)
    return f"{_MONTHS[date.month - 1]} {date.year}" if answer.precision == "month" else answer.quote or day(date)


def day(date: dt.date | None) -> str:
    """Return a date as papers write it: 6 May 2011."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else ""


def in_order_of(items: Iterable[Branch], name: str) -> list[Branch]:
    """Return items in the order of one of their fields, those without it last: `deliverables|in_order_of("due")`."""

    def key(item: Branch) -> tuple[bool, str]:
        value = item.value(name)
        return (not value, value)

    return sorted(items, key=key)


def where(items: Iterable[Branch], name: str, value: str) -> Iterator[Branch]:
    """Yield the items of which a field has a value: `pledges|where("status", "met")`."""
    return (item for item in items if item.see(name) == value)


def apart_from(said: Words, *others: Words) -> Words:
    """Return what of a text no other text has said: `context.text|apart_from(context.policies)`. Paragraphs are kept or left whole."""
    told = {passage.text.strip() for other in others for passage in other.passages}
    left = tuple(passage for passage in said.passages if passage.text.strip() not in told)
    if len(left) == len(said.passages):
        return said
    text = "\n".join(passage.text for passage in left)
    return Words(text, text, left)


def without_colon(said: Words) -> Words:
    """Return the words of a heading as they stand beside a label: without the colon at their end."""
    text = said.said.rstrip().removesuffix(":")
    return said if text == said.said else plain(text)


def joined(items: Iterable[object], separator: str = ", ", last: str = " and ") -> str:
    """Return texts as a list in a sentence: "A, B and C"."""
    texts = [str(item) for item in items]
    return texts[0] if len(texts) == 1 else separator.join(texts[:-1]) + last + texts[-1] if texts else ""
