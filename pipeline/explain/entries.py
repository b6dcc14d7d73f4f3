"""Everything that is said about words of a return: answers, words that answer nothing, and notes, each with its number and its spans."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.explain.spans import Span, Wanted, find
from pipeline.model.documents import Document, Note
from pipeline.model.forms import schema_path
from pipeline.model.places import Place
from pipeline.model.records import Answer, Record, Unplaced

Kind = Literal["answer", "unplaced", "note"]

UNSURE = 0.8
"""Answers less sure than this are marked as such."""


class Entry(NamedTuple):
    """Something that is said about words of the return."""

    kind: Kind
    label: str
    """What stands in small beside the words: 12 for an answer, U1 for words that answer no field, N1 for a note."""
    about: Answer | Unplaced | Note

    @property
    def unsure(self) -> bool:
        """True for an answer that a person should look at."""
        return isinstance(self.about, Answer) and self.about.confidence < UNSURE


class Marked(NamedTuple):
    """Characters of a paragraph, and the entry that speaks of them."""

    span: Span
    entry: Entry


@dataclass(frozen=True)
class Entries:
    """All entries of a page."""

    marked: Mapping[Place, Sequence[Marked]]
    """By paragraph, in the order in which they begin."""
    labels: Mapping[int, str]
    """The number of each answer that is marked, by its position in the record."""
    missing: Mapping[int, Sequence[str]]
    """The words of an answer that could not be found again at their place, by its position in the record."""


class _Sought(NamedTuple):
    """A passage that is to be found."""

    who: tuple[Kind, int]
    wanted: Wanted


@dataclass
class _Search:
    """The search for passages, paragraph by paragraph."""

    texts: Mapping[Place, str]
    sought: dict[Place, list[_Sought]] = field(default_factory=dict)
    missing: dict[int, list[str]] = field(default_factory=dict)

    def add(self, who: tuple[Kind, int], place: Place, wanted: Wanted) -> bool:
        """Seek words in a paragraph; return False where it does not have them."""
        if not wanted.text or wanted.text not in self.texts.get(place, ""):
            return False
        self.sought.setdefault(place, []).append(_Sought(who, wanted))
        return True

    def spans(self) -> Iterator[tuple[Place, Span, tuple[Kind, int]]]:
        """Yield every span found, in reading order; the longer first where two begin together."""
        for place in self.texts:
            seeking = self.sought.get(place, [])
            found = find(self.texts[place], [one.wanted for one in seeking])
            here = [(span, one.who) for span, one in zip(found, seeking, strict=True) if span is not None]
            for span, who in sorted(here, key=lambda one: (one[0].start, -one[0].end)):
                yield place, span, who


def entries(document: Document, record: Record, notes: Sequence[Note]) -> Entries:
    """Find the words of every answer, of everything that is left over, and of the notes about answers.

    Args:
        document: the return as read.
        record: what was understood of it.
        notes: those to be shown, in their order. Only a note about an answer quotes words of the text itself.
    """
    search = _Search({paragraph.place: paragraph.text for paragraph in document.paragraphs()})
    for at, answer in enumerate(record.answers):
        _seek(search, at, answer, record.answers)
    for at, left in enumerate(record.unplaced):
        search.add(("unplaced", at), left.place, Wanted(left.quote, "unplaced", ""))
    for at, note in enumerate(notes):
        if note.field:
            search.add(("note", at), note.place, Wanted(note.quote.strip(), "note", ""))
    return _numbered(search, record, notes)


def _seek(search: _Search, at: int, answer: Answer, answers: Iterable[Answer]) -> None:
    item = answer.field.rpartition(".")[0]
    for text, place in [(passage.text, passage.place) for passage in answer.passages if passage.text.strip()]:
        if search.add(("answer", at), place, Wanted(text, schema_path(answer.field), item)):
            continue
        for line in text.split("\n"):
            homes = (place, *_further(place, answers))
            wanted = Wanted(line.strip(), schema_path(answer.field), item)
            if not any(search.add(("answer", at), home, wanted) for home in homes):
                search.missing.setdefault(at, []).append(line)


def _further(place: Place, answers: Iterable[Answer]) -> Iterator[Place]:
    """Yield where answers that begin at a place go on: a date may stand in the second paragraph of its sentence."""
    for answer in answers:
        if answer.place == place:
            yield from (passage.place for passage in answer.passages[1:])


def _numbered(search: _Search, record: Record, notes: Sequence[Note]) -> Entries:
    """Number answers in the order in which their words stand in the return."""
    labels: dict[int, str] = {}
    marked: dict[Place, list[Marked]] = {}
    for place, span, (kind, at) in search.spans():
        entry = (
            Entry(kind, labels.setdefault(at, str(len(labels) + 1)), record.answers[at])
            if kind == "answer"
            else Entry(kind, f"U{at + 1}", record.unplaced[at])
            if kind == "unplaced"
            else Entry(kind, f"N{at + 1}", notes[at])
        )
        marked.setdefault(place, []).append(Marked(span, entry))
    return Entries(marked, labels, search.missing)
