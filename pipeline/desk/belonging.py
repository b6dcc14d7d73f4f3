"""Which of several documents are pages of one form and belong together.

A page belongs where its reference and its printed number say. One that says less belongs to those that it came with, where only one
form among them lacks it; where it could be of two, it stays alone. Knows records, opens nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.interpret.lacking import LACKING
from pipeline.model.forms import Form
from pipeline.model.outcomes import Reason
from pipeline.model.records import Record, State
from pipeline.model.rounds import Round

_PAGED = ("scan", "pdf")
_MAY_BE_PART = (None, Reason.UNKNOWN_PARTNERSHIP, Reason.INCOMPLETE, Reason.NOT_A_RETURN)
_REFERENCES = ("property", "barcode", "code")


class Part(NamedTuple):
    """A document that holds some pages of a form."""

    record: Record
    came_with: str
    """Names the mail, the zip, or the folder and the kind of name that it came with; empty where that is not known any more."""


def is_part(record: Record, form: Form) -> bool:
    """Say whether a document may be some of the pages of a form: one lacks pages by their numbers, or is a scan that lacks fields."""
    if record.format not in _PAGED or record.reason not in _MAY_BE_PART:
        return False
    if is_numbered(record):
        return lacks_pages(record)
    return record.format == "scan" and record.reason is not Reason.NOT_A_RETURN and bool(form.fields.keys() - held_fields(record))


def lacks_pages(record: Record) -> bool:
    """Say whether pages are missing by the numbers that are printed on those that are there."""
    if record.reason is Reason.NOT_A_RETURN:
        return is_numbered(record) and len({page.number for page in record.pages}) < record.pages[0].of
    return any(note.code == LACKING for note in record.notes)


def is_numbered(record: Record) -> bool:
    """Say whether the pages of a document have numbers, and agree how many there are."""
    return len({page.of for page in record.pages}) == 1


def held_fields(record: Record) -> frozenset[str]:
    """Return the keys of the form's outermost fields of which a document holds anything, answered or not."""
    return frozenset(_outermost(answer.field) for answer in record.answers if answer.state is not State.REMOVED)


def _outermost(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def whose(record: Record, round_: Round) -> str:
    """Return the id of the partnership that a page is of, by what is believed or by its reference; empty where neither says it."""
    if record.partnership:
        return record.partnership
    said = {round_.by_reference[claim.says].id for claim in record.identity if _refers(claim.carrier, claim.says, round_)}
    return said.pop() if len(said) == 1 else ""


def _refers(carrier: str, says: str, round_: Round) -> bool:
    return carrier in _REFERENCES and says in round_.by_reference


# -- who belongs to whom ---------------------------------------------------------------------------------------------------


def belonging(parts: Sequence[Part], round_: Round) -> tuple[tuple[int, ...], ...]:
    """Return the parts that belong together, by where they stand in the sequence, from 0; each is in at most one of the groups.

    Args:
        parts: in the order in which they came.
        round_: for its form and its references.

    Returns:
        Groups of two or more, in the order in which their pages are to be put together.
    """
    numbered = _Numbered(parts, [whose(part.record, round_) for part in parts])
    without = list(_without_numbers(parts, numbered, round_))
    return (*(tuple(sorted(group)) for group in numbered.groups.values() if len(group) > 1), *without)


_Key = tuple[str, int, str]
"""The partnership, how many pages there are, and what a form came with that says nobody's name."""


class _Numbered:
    """The parts whose pages have numbers, by the form that they are of."""

    def __init__(self, parts: Sequence[Part], owners: Sequence[str]) -> None:
        self._parts = parts
        self.owners = list(owners)
        self.groups: dict[_Key, list[int]] = {}
        mine = [at for at, part in enumerate(parts) if is_numbered(part.record)]
        for at in mine:
            if owners[at]:
                self.groups.setdefault((owners[at], self.of(at), ""), []).append(at)
        left = [at for at in mine if not owners[at]]
        for at in left:
            self._adopt(at)
        self._of_nobody([at for at in left if not any(at in group for group in self.groups.values())])

    def of(self, at: int) -> int:
        """Return how many pages the form has that a part is of."""
        return self._parts[at].record.pages[0].of

    def pages(self, members: Iterable[int]) -> set[int]:
        """Return the numbers of the pages of some parts."""
        return {page.number for at in members for page in self._parts[at].record.pages}

    def near(self, at: int) -> list[_Key]:
        """Return the forms of somebody of which pages came with a part."""
        with_it = self._parts[at].came_with
        return [key for key, group in self.groups.items() if key[0] and any(self._parts[one].came_with == with_it for one in group)]

    def _adopt(self, at: int) -> None:
        """Put a part that says nobody's name to the only form that it came with and that lacks it."""
        fits = [key for key in self.near(at) if key[1] == self.of(at) and not self.pages([at]) & self.pages(self.groups[key])]
        if len(fits) == 1:
            self.groups[fits[0]].append(at)

    def _of_nobody(self, left: Sequence[int]) -> None:
        """Put parts together of which none says a name, where nobody else's came with them and no page is there twice."""
        for at in left:
            if not self.near(at):
                self.groups.setdefault(("", self.of(at), self._parts[at].came_with), []).append(at)
        for key in [key for key, group in self.groups.items() if not key[0] and self._twice(group)]:
            del self.groups[key]

    def _twice(self, group: Sequence[int]) -> bool:
        return len(self.pages(group)) < sum(len(self.pages([at])) for at in group)


def _without_numbers(parts: Sequence[Part], numbered: _Numbered, round_: Round) -> Iterator[tuple[int, ...]]:
    """Put parts without numbers to the form whose pages they came with; yield those that came with none and make up a form themselves."""
    for with_it in dict.fromkeys(part.came_with for part in parts if part.came_with):
        here = [at for at, part in enumerate(parts) if part.came_with == with_it]
        plain = [at for at in here if not parts[at].record.pages]
        owners = {numbered.owners[at] for at in here} - {""}
        for owner in sorted(owners) or [""]:
            mine = [at for at in plain if numbered.owners[at] == owner or (len(owners) == 1 and not numbered.owners[at])]
            forms = [key for at in mine[:1] for key in numbered.near(at) if key[0] == owner]
            if len(forms) == 1 and len(mine) <= forms[0][1] - len(numbered.pages(numbered.groups[forms[0]])):
                numbered.groups[forms[0]] += mine
            elif not forms and len(mine) > 1:
                yield from _made_up([(at, parts[at].record) for at in mine], round_.form)


def _made_up(found: Sequence[tuple[int, Record]], form: Form) -> Iterator[tuple[int, ...]]:
    """Yield parts in the order of the form, where each has fields of its own; only the items of a repeat may go on from one to the next."""
    keys = list(form.fields)
    held = [held_fields(record) & form.fields.keys() for _, record in found]
    single = [field for fields in held for field in fields if field not in form.repeats]
    if all(held) and len(single) == len(set(single)) and all(fields != frozenset().union(*held) for fields in held):
        order = sorted(range(len(found)), key=lambda at: (min(map(keys.index, held[at])), at))
        yield tuple(found[at][0] for at in order)
