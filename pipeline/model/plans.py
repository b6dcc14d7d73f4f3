"""The accepted records of a round, merged: what the delivery plan, the annex and the committee paper are made of.

Every text keeps its `Answer`, and with it the words of the return and their place. What a large round has too much of for memory is held
packed (`pipeline.model.packed`), and behaves as if it were not.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Union

from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, Progress
from pipeline.model.packed import Each, Held, Packing
from pipeline.model.records import Answer, Passage, Unplaced
from pipeline.model.rounds import Partnership, Round

Node = Union[Answer, tuple[Answer, ...], "Group", Sequence["Group"]]
"""A field as the form nests it: a leaf, a leaf with several values, a group, or the items of a repeat."""


class Group(NamedTuple):
    """The answers of a whole form, of one of its groups or of one item of a repeat."""

    path: str
    """The instance path: `priorities[1]`; empty for the whole form."""
    parts: Mapping[str, Node]
    """By the keys of the form. A field that the return has no answer for is left out."""


class Correction(NamedTuple):
    """A value that a person changed, and what the return said before."""

    decision: Decision
    before: Answer | None
    """None where the return had no answer at all."""


class Rest(NamedTuple):
    """What a return says besides the items that the plan is made of."""

    answers: Group
    """The whole form; nothing stands where the items do."""
    of: str
    """The key under which the items stand; empty where there is none."""
    unplaced: tuple[Unplaced, ...]
    spare: tuple[Answer, ...]


class Entry(NamedTuple):
    """What one partnership said, corrections made. Made with `Entry.of`."""

    partnership: Partnership
    file: str
    """The name that the return came with."""
    sha256: str
    items: Sequence[Group]
    """The items of the repeat that the plan is made of, in the order of the return; unused ones are left out."""
    corrections: tuple[Correction, ...]
    """In the order in which they were made."""
    rest: Held[Rest]

    @classmethod
    def of(
        cls,
        about: tuple[Partnership, str, str],
        answers: Group,
        of: str,
        corrections: tuple[Correction, ...] = (),
        unplaced: tuple[Unplaced, ...] = (),
        spare: tuple[Answer, ...] = (),
    ) -> "Entry":
        """Return what a partnership said.

        Args:
            about: the partnership, the name of the file that its return came with, and that file's SHA-256.
            answers: the whole form.
            of: the key of the repeat that the plan is made of.
            corrections: in the order in which they were made.
            unplaced: see the property.
            spare: see the property.
        """
        items = tuple(item for item in answers.parts.get(of, ()) if isinstance(item, Group))
        parts: dict[str, Node] = {key: () if key == of else node for key, node in answers.parts.items()}
        rest = Rest(Group(answers.path, parts), of if of in parts else "", unplaced, spare)
        return cls(*about, items, corrections, Held(rest))

    @property
    def answers(self) -> Group:
        """The whole form, the items among it."""
        answers, of, *_ = self.rest.get()
        return Group(answers.path, {**answers.parts, of: self.items}) if of else answers

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Words of the return that answer no field of the form."""
        return self.rest.get().unplaced

    @property
    def spare(self) -> tuple[Answer, ...]:
        """Answers in items that nobody named, beside what the blank had brought there; they are in no group above."""
        return self.rest.get().spare


class Binder:
    """Holds the entries of one plan, which may be ten thousand, in little room."""

    def __init__(self) -> None:
        self._items: Packing[Group] = Packing()
        self._rests: Packing[Rest] = Packing()

    def held(self, entry: Entry) -> Entry:
        """Return an entry that says the same."""
        items = tuple(map(self._items.hold, entry.items))
        return entry._replace(items=Each(items, Held.get), rest=self._rests.hold(entry.rest.get()))


@dataclass(frozen=True)
class Item:
    """One item of the plan (in the form of 2011: a priority) and whose it is."""

    entry: Entry
    at: int
    """Where it stands among the items of its entry, from 0."""

    @cached_property
    def answers(self) -> Group:
        """What it says."""
        return self.entry.items[self.at]


class Chapter(NamedTuple):
    """The items that share a word of the vocabulary which arranges the plan."""

    name: str
    """The word of the vocabulary, or what the return wrote where it is none of them; empty for items that name none."""
    items: Sequence[Item]

    @classmethod
    def of(cls, name: str, places: Sequence[tuple[Entry, int]]) -> "Chapter":
        """Return a chapter, its items given by their entries and their places there; each is made as its turn comes."""
        return cls(name, Each(places, _item))


def _item(place: tuple[Entry, int]) -> Item:
    return Item(*place)


class AnnexCell(NamedTuple):
    """A cell of the annex."""

    text: str
    rows: int = 1
    """How many rows it covers; 0 where it is part of the cell above."""


class AnnexItem(NamedTuple):
    """A bullet of the annex."""

    text: str
    group: str
    """The heading that it stands under; empty for none."""
    answer: Answer | None
    """Where the words come from; None where the return left them out."""


class AnnexRow(NamedTuple):
    """A row of the annex: a partnership and one combination of the merged columns' values."""

    cells: tuple[AnnexCell, ...]
    """One for each column of the form's annex, left to right. The listed column's has no text: it shows the items."""
    introduction: tuple[Passage, ...]
    """What stands over the items."""
    items: tuple[AnnexItem, ...]
    """Those without a heading first, then heading by heading."""
    entry: Entry


class Override(NamedTuple):
    """A finding that a person accepted, with the reason."""

    finding: Finding
    decision: Decision


class Replies(NamedTuple):
    """Who was asked and who replied, each in the order of the register."""

    asked: tuple[Partnership, ...]
    replied: tuple[Partnership, ...]
    """Everyone who answered in any way: those of the plan, and the four groups below except the silent."""
    silent: tuple[Partnership, ...]
    waiting: tuple[Partnership, ...]
    """Replied, but not accepted yet, so not in the plan."""
    nil: tuple[Partnership, ...]
    declined: tuple[Partnership, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The accepted records of a round, merged."""

    round: Round
    entries: tuple[Entry, ...]
    """In the order of the register."""
    chapters: tuple[Chapter, ...]
    """In the order of the vocabulary, empty ones included; then what is in no vocabulary; last the items that name none."""
    annex: Sequence[AnnexRow]
    replies: Replies
    findings: tuple[Finding, ...]
    """Still open: nobody has overridden them."""
    overrides: tuple[Override, ...]
    themes: tuple[Chapter, ...] = ()
    """The items by the long-term objective that they serve, in the order of the vocabulary, empty ones included; an item that serves
    several stands in each, one that names none in none."""
    progress: Mapping[str, Progress] = field(default_factory=dict)
    """Where each partnership stands, by its id."""
    received: Mapping[str, dt.date] = field(default_factory=dict)
    """The day on which the return that counts arrived, by the partnership's id."""

    @property
    def queries(self) -> tuple[Finding, ...]:
        """The open findings that the papers must wait for or declare. Of a partnership that proposes nothing, none is."""
        settled = {body.id for body in (*self.replies.nil, *self.replies.declined)}
        return tuple(
            finding
            for finding in self.findings
            if finding.severity in (Severity.ERROR, Severity.QUERY) and finding.partnership not in settled
        )

    @property
    def draft(self) -> bool:
        """True where queries are open or a reply is not accepted yet."""
        return bool(self.queries or self.replies.waiting)

    @property
    def total(self) -> int:
        """How many items the plan has."""
        return sum(len(entry.items) for entry in self.entries)
