"""The page: what is known of the return, the return itself with its answers marked, and every field of the form."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.explain import wording
from pipeline.explain.entries import UNSURE, Entries, entries
from pipeline.explain.pictures import Pictures
from pipeline.explain.sheet import Laying
from pipeline.explain.shown import shown
from pipeline.model.documents import Aside, Document, Note
from pipeline.model.findings import Finding
from pipeline.model.places import Place
from pipeline.model.records import Answer, Record, State, Unplaced

_UNREAD = ("unread-ink", "handwriting")
"""Notes of something that was not read in the box of an answer, or not surely."""


class FieldRow(NamedTuple):
    """A line of the table of all fields."""

    name: str
    """Of the element, to be linked to."""
    answer: Answer
    number: str
    """Of its mark in the return; empty where no words are marked."""
    at: str
    """The paragraph where its slot is, for an answer without words; empty where it has none."""
    missing: tuple[str, ...]
    """Words that could not be found again."""
    unread: Place | None = None
    """What is to be shown of the original: the box of an answer in which something stands that was not read."""

    @property
    def is_unread(self) -> bool:
        """Say whether nothing is known of the answer but that something is written there."""
        return self.unread is not None and self.answer.state is State.BLANK


class Target(NamedTuple):
    """A finding, and where on the page the answer is that it is about; empty where it is about no single one."""

    finding: Finding
    link: str


class Beside(NamedTuple):
    """What stands at the end of the page, with its label and where in the return its place is."""

    label: str
    what: Note | Aside | Unplaced
    at: str
    marked: bool = False
    """True where its words are marked in the return, and it is explained beside them."""


def page(
    document: Document,
    record: Record,
    findings: Sequence[Finding],
    *,
    field_labels: Mapping[str, str],
    picture: Callable[[Place], bytes] | None = None,
    whose: str = "",
) -> str:
    """Return a return as a page of HTML, every answer marked in place. It runs nothing and needs nothing but itself.

    Args:
        document: the return as read; without blocks where it could not be.
        record: what was understood of it.
        findings: what the rules noticed, in the order to be shown.
        field_labels: the label of each field by its schema path.
        picture: cuts what stands at a place, with its page and box in points, out of the original, as a PNG; None where there is none.
            An `UnreadableError` leaves the picture out.
        whose: the partnership's name in the register; its id is shown where empty.

    Returns:
        One HTML document, the same for the same input. Nothing in it comes from a stranger unescaped.
    """
    repeated = {(aside.kind, aside.place, aside.text) for aside in document.asides}
    notes = [note for note in record.notes if (note.code, note.place, note.quote) not in repeated]
    found = entries(document, record, notes)
    marked = {one.entry.label for here in found.marked.values() for one in here}
    laying = Laying(found, _refers(notes, document.asides, marked))
    parts = tuple(laying.parts(document))
    fields = tuple(_fields(record, found, laying.names))
    return _template().render(
        record=record,
        whose=whose or record.partnership or "",
        parts=parts,
        fields=fields,
        rows={row.answer.field: row for row in fields},
        findings=tuple(_targets(findings, fields)),
        notes=_beside("N", notes, laying.names, marked),
        asides=_beside("A", document.asides, laying.names, marked),
        unplaced=_beside("U", record.unplaced, laying.names, marked),
        states={state.value: sum(answer.state is state for answer in record.answers) for state in State},
        unread=sum(row.is_unread for row in fields),
        unsure=sum(answer.confidence < UNSURE for answer in record.answers),
        labels=field_labels,
        pictures=Pictures(picture),
        unsure_below=UNSURE,
    )


def _refers(notes: Sequence[Note], asides: Sequence[Aside], marked: Set[str]) -> Mapping[Place, Sequence[str]]:
    """Return by place the labels of what is about a paragraph and marks no words of it."""
    refers: dict[Place, list[str]] = {}
    places = [(f"N{at}", note.place) for at, note in enumerate(notes, 1)]
    places += [(f"A{at}", aside.place) for at, aside in enumerate(asides, 1)]
    for label, place in places:
        if label not in marked:
            refers.setdefault(place, []).append(label)
    return refers


def _beside(letter: str, said: Sequence[Note | Aside | Unplaced], names: Mapping[Place, str], marked: Set[str]) -> list[Beside]:
    labels = [f"{letter}{at}" for at in range(1, len(said) + 1)]
    return [Beside(label, one, names.get(one.place, ""), label in marked) for label, one in zip(labels, said, strict=True)]


def _fields(record: Record, found: Entries, names: Mapping[Place, str]) -> Iterator[FieldRow]:
    there = {_anywhere(place): name for place, name in reversed(list(names.items()))}
    unread = {note.field: note.place for note in record.notes if note.field and note.code in _UNREAD}
    for at, answer in enumerate(record.answers):
        number = found.labels.get(at, "")
        where = "" if number else names.get(answer.place) or there.get(_anywhere(answer.place), "")
        yield FieldRow(f"f{at + 1}", answer, number, where, tuple(found.missing.get(at, ())), unread.get(answer.field))


def _anywhere(place: Place) -> Place:
    """Return a place without its box: that of an answer may be larger than its paragraph's."""
    return place._replace(box=None) if place.paragraph is not None else place


def _targets(findings: Sequence[Finding], fields: Sequence[FieldRow]) -> Iterator[Target]:
    """Yield each finding with the answer that it is about, or the first one of the item that it is about or that lacks it."""
    links: dict[str, str] = {}
    for row in fields:
        link = f"m-{row.number}" if row.number else row.name
        links[row.answer.field] = link
        for outer in _outward(row.answer.field):
            links.setdefault(outer, link)
    for finding in findings:
        yield Target(finding, next((links[path] for path in (finding.field, *_outward(finding.field)) if path in links), ""))


def _outward(path: str) -> Iterator[str]:
    """Yield the paths that enclose a path, the nearest first: `items[2].due` is in `items[2]`, that in `items`."""
    while path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
        if path:
            yield path


@cache
def _environment() -> Environment:
    """Return what renders the page: everything that is not the template's own is made harmless, then escaped."""
    environment = Environment(
        loader=PackageLoader("pipeline.explain", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_final,
    )
    environment.globals.update(wording=wording)
    return environment


def _final(said: object) -> object:
    return said if isinstance(said, Markup) else shown(str(said))


def _template() -> Template:
    return _environment().get_template("page.html.jinja")
