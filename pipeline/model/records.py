"""What a return said: answers with their quotes and places, and all that is left over.

The JSON of a record is a public contract (docs/json.md, `"schema": 1`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from pipeline.model.documents import Mark, Note, PageFile, PageNumber
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place

Method = Literal["control", "bookmark", "cell", "phrase", "ocr", "sender", "register"]
Carrier = Literal["control", "property", "code", "barcode", "name", "thread", "file-name", "sender", "person"]

Value = str | list["Value"] | dict[str, "Value"] | None
"""A value as the form nests it: groups are objects, repeats are lists, leaves are text or nothing."""


class State(StrEnum):
    """Three ways of not answering are three different things."""

    GIVEN = "given"
    BLANK = "blank"
    NOT_APPLICABLE = "not-applicable"
    REMOVED = "removed"


class Passage(NamedTuple):
    """A stretch of one paragraph of the return, as it stands there."""

    text: str
    place: Place
    marks: tuple[Mark, ...] = ()
    bullet: str = ""
    level: int = 0


class Answer(NamedTuple):
    """One field's value, with the exact words, where they stand, how they were found and how sure that is."""

    field: str
    """The path in `values`, items of a repeat counted from 1: `priorities[1].deliverables[2].due`."""
    value: str | None
    """Text as `interpret` understood it; dates are ISO 8601; None where nothing was answered or nothing could be resolved."""
    state: State
    passages: tuple[Passage, ...]
    method: Method
    confidence: float
    """From 0 to 1: the share of answers found this way that are right."""
    precision: str = ""
    """For dates: day, month, quarter, half, season, year, range or open."""
    sha256: str = ""
    """Of the document that says it, where that is not the record's own: a mail that answered a query. Empty otherwise."""
    file: str = ""
    """The name of that document."""

    @property
    def quote(self) -> str:
        """The words of the return, a line a paragraph."""
        return "\n".join(passage.text for passage in self.passages)

    @property
    def place(self) -> Place:
        """Where the words begin."""
        return self.passages[0].place if self.passages else Place()


class Unplaced(NamedTuple):
    """Words of the return that answer no field. They are kept, shown and never dropped."""

    quote: str
    place: Place


class Claim(NamedTuple):
    """What one carrier says about whose return this is."""

    carrier: Carrier
    says: str
    believed: bool


@dataclass(frozen=True, slots=True)
class Record:
    """All the answers of one return."""

    file: str
    sha256: str
    format: str
    outcome: Outcome
    reason: Reason | None = None
    message: str | None = None
    round: str | None = None
    form: str | None = None
    partnership: str | None = None
    """The partnership's id in the register."""
    identity: tuple[Claim, ...] = ()
    answers: tuple[Answer, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[Note, ...] = ()
    tracked_changes: bool = False
    damage: tuple[str, ...] = ()
    pages: tuple[PageNumber, ...] = ()
    """The numbers printed on its pages."""
    files: tuple[PageFile, ...] = ()
    """Of a bundle, the files that it is made of."""
