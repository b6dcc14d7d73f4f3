"""What cuts across partnerships, as far as the returns themselves say: the same area, objective, officer or words in several of them.

Nothing is guessed. Two items are not called alike because they sound alike; whether they are one matter is for people to say.

| word | what |
|---|---|
| `across.objectives` | each long-term objective: name, count, bodies |
| `across.areas` | each chapter in which several partnerships put something forward: name, count, bodies |
| `across.shared` | each objective that several partnerships serve: name, count, bodies |
| `across.gaps`, `across.unserved` | the names of the chapters, and of the objectives, for which nobody puts anything forward |
| `across.officers` | each person who leads for several partnerships: name, count, bodies |
| `across.same` | each text that several partnerships give in the same words: label, text, bodies |
| `across.noticed` | what the rules noticed across returns and nobody has answered: partnership, message |

Source: document 000, the cross-cutting look by the Chief Executives Group (A000-P5).
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.forms import Field, FieldType
from pipeline.model.plans import Chapter, Entry, Group, Node, Plan
from pipeline.model.records import Answer, State
from pipeline.publish.views import Facts

_ACROSS = ("alike", "load")
"""Kinds of rule that look across returns at something that several partnerships say."""
_SHORTEST = 12
"""Characters of the shortest text that says something when two partnerships give it: "Ongoing" and "Monthly" do not."""
_WORDED = (FieldType.TEXT, FieldType.LIST)


class _Wanted(NamedTuple):
    """What of an item is compared: its own fields, and those of what it groups or repeats."""

    leaves: tuple[tuple[str, str, bool], ...]
    """Key, label, and whether it names a person."""
    within: "tuple[tuple[str, _Wanted], ...]"


class _Shared(NamedTuple):
    """A text that stands in the returns of several partnerships."""

    label: str
    text: str
    """As first written."""
    person: bool
    entries: list[Entry]
    """One for each time that it stands somewhere."""


def across(plan: Plan) -> Facts:
    """Return what the tags that begin with `across` can name."""
    said = _said_by_several(plan)
    areas = [chapter for chapter in plan.chapters if chapter.name and len(_bodies(chapter)) > 1]
    return Facts(
        "what cuts across",
        {
            "objectives": [_shared("an objective", theme) for theme in plan.themes],
            "areas": [_shared("an area", chapter) for chapter in areas],
            "shared": [_shared("an objective", theme) for theme in plan.themes if len(_bodies(theme)) > 1],
            "gaps": [chapter.name for chapter in plan.chapters if chapter.name and not chapter.items],
            "unserved": [theme.name for theme in plan.themes if not theme.items],
            "officers": [_said("an officer", {"name": one.text, "count": len(one.entries)}, one) for one in said if one.person],
            "same": [_said("a text", {"label": one.label, "text": one.text}, one) for one in said if not one.person],
            "noticed": list(_noticed(plan)),
        },
    )


def _bodies(chapter: Chapter) -> list[str]:
    return list(dict.fromkeys(item.entry.partnership.name for item in chapter.items))


def _shared(kind: str, chapter: Chapter) -> Facts:
    return Facts(kind, {"name": chapter.name, "count": len(chapter.items), "bodies": _bodies(chapter)})


def _said(kind: str, facts: dict[str, object], shared: _Shared) -> Facts:
    return Facts(kind, facts | {"bodies": list(dict.fromkeys(entry.partnership.name for entry in shared.entries))})


def _said_by_several(plan: Plan) -> list[_Shared]:
    """Return what several partnerships say in the same words, capitals and spaces aside, in the order in which it first stands.

    Goes through the returns twice, with a number for each text in between, so that a round of any size needs no second copy of its words.
    """
    wanted = _wanted(plan.round.form.fields[plan.round.form.plan.of].fields)
    numbers = array("q")
    for entry in plan.entries:
        numbers.extend({hash((label, folded)) for label, folded, _, _ in _texts(entry, wanted)})
    twice = {one for one, other in pairwise(sorted(numbers)) if one == other}
    found: dict[tuple[str, str], _Shared] = {}
    for entry in plan.entries if twice else ():
        for label, folded, text, person in _texts(entry, wanted):
            if hash((label, folded)) in twice:
                found.setdefault((label, folded), _Shared(label, text, person, [])).entries.append(entry)
    return [one for one in found.values() if len({entry.partnership.id for entry in one.entries}) > 1]


def _wanted(fields: Mapping[str, Field]) -> _Wanted:
    leaves = tuple(
        (key, field.label, field.type is FieldType.PERSON)
        for key, field in fields.items()
        if field.type is FieldType.PERSON or (field.type in _WORDED and not field.gathers)
    )
    return _Wanted(leaves, tuple((key, _wanted(field.fields)) for key, field in fields.items() if field.fields))


def _texts(entry: Entry, wanted: _Wanted) -> Iterator[tuple[str, str, str, bool]]:
    """Yield the texts of a return that are compared: label, folded, as written, whether it is a person."""
    waiting = [(item, wanted) for item in entry.items]
    for group, here in waiting:  # grows on the way
        for key, label, person in here.leaves:
            for answer in _several(group.parts.get(key)):
                if isinstance(answer, Answer) and answer.state is State.GIVEN:
                    text = answer.value or answer.quote
                    if person or len(text) >= _SHORTEST:
                        yield label, " ".join(text.casefold().split()).rstrip(".;,"), text, person
        for key, inner in here.within:
            waiting += [(part, inner) for part in _several(group.parts.get(key)) if isinstance(part, Group)]


def _several(node: Node | None) -> Sequence[Answer | Group]:
    """Return what stands in a field, one or many."""
    if node is None:
        return ()
    return (node,) if isinstance(node, Answer | Group) else node


def _noticed(plan: Plan) -> Iterator[Facts]:
    codes = {rule.code for rule in plan.round.form.rules if rule.kind in _ACROSS}
    for finding in plan.findings:
        if finding.code in codes:
            body = plan.round.by_id.get(finding.partnership)
            yield Facts("what was noticed", {"partnership": body.name if body else "", "message": finding.message})
