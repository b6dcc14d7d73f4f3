"""Kinds that look across the records of a round."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.check.kinds import CHOICE, WORDS, Hit, NoParams, Params, kind_across
from pipeline.check.views import View, shortened
from pipeline.grammar.people import name_key, read_people
from pipeline.grammar.texts import fold
from pipeline.model.forms import FieldType


@kind_across("coverage", CHOICE, NoParams, "term", "returned", "asked")
def coverage(params: NoParams, of: str, views: Sequence[View]) -> Iterator[Hit]:
    """Every word of a vocabulary is chosen by at least one partnership."""
    chosen = {answer.value for view in views for owner in view.owners(of) for answer in view.said(of, owner)}
    for term in views[0].terms(of) if views else ():
        if term.name not in chosen:
            yield Hit(
                f"{of}[{term.name}]", {"term": term.shown, "returned": str(len(views)), "asked": str(len(views[0].round.partnerships))}
            )


class Alike(Params):
    """Parameters of `alike`."""

    likeness: float = 85.0
    """Per cent from which two wordings count as near-equal, the order of their words apart."""


@kind_across("alike", WORDS, Alike, "value", "other", "other_partnership")
def alike(params: Alike, of: str, views: Sequence[View]) -> Iterator[Hit]:
    """No two partnerships say nearly the same."""
    said = [
        _Said(number, view.record.partnership or "", view.partnership.name if view.partnership else "", answer.field, answer.value)
        for number, view in enumerate(views)
        for owner in view.owners(of)
        for answer in view.said(of, owner)
        if answer.value
    ]
    sorted_words = [" ".join(sorted(fold(one.value).split())) for one in said]
    for at, one in enumerate(said):
        near = process.extract(sorted_words[at], sorted_words[at + 1 :], scorer=fuzz.ratio, score_cutoff=params.likeness, limit=None)
        others = (said[at + 1 + further] for _, _, further in near)
        nearest = next((other for other in others if other.view != one.view), None)
        if nearest:
            yield Hit(one.field, _both(one, nearest), one.partnership)


class _Said(NamedTuple):
    """What is compared; a view of each return is not held for it."""

    view: int
    """Which of the views says it."""
    partnership: str
    """Its id."""
    name: str
    field: str
    value: str


def _both(one: _Said, other: _Said) -> dict[str, str]:
    return {"value": shortened(one.value), "other": shortened(other.value), "other_partnership": other.name}


class Load(Params):
    """Parameters of `load`."""

    most: int


@kind_across("load", (FieldType.PERSON,), Load, "person", "count", "most", "partnerships")
def load(params: Load, of: str, views: Sequence[View]) -> Iterator[Hit]:
    """No person is named for more than a number of items, over all partnerships; titles and job titles do not matter."""
    named: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for view in views:
        for answer in (answer for owner in view.owners(of) for answer in view.given(of, owner)):
            for person in read_people(answer.value or ""):
                named[name_key(person.name)].append((person.name, view.partnership.name if view.partnership else ""))
    for key, items in sorted(named.items()):
        if key and len(items) > params.most:
            partnerships = dict.fromkeys(name for _, name in items if name)
            words = {"person": items[0][0], "count": str(len(items)), "most": str(params.most), "partnerships": "; ".join(partnerships)}
            yield Hit(f"{of}[{items[0][0]}]", words)
