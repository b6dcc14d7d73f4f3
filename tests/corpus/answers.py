"""What one partnership says in one return, before anybody lays it out; and the same as the truth that a reading is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from pipeline.model.records import Value
from tests.corpus.dates import When, choose, dated, distracted

HERE = Path(__file__).parent
OBJECTIVES = (
    "World Class Economy",
    "Healthy & Thriving Communities",
    "Climate Change & Environment",
    "Reducing Inequalities & Breaking the Cycle of deprivation",
)


class Deliverable(NamedTuple):
    """What will be delivered."""

    bare: str
    """Without its by-when."""
    when: When
    whole: str
    """As a sentence, with its by-when."""
    measure: str
    """Empty where none was given."""


class Priority(NamedTuple):
    """One priority, as its respondent thinks of it."""

    title: str
    short: str
    lead: str
    policies: tuple[str, ...]
    link: tuple[str, ...]
    plans: tuple[str, ...]
    deliverables: tuple[Deliverable, ...]
    objectives: tuple[str, ...] = ()
    """Those that are ticked where a layout lists them."""

    @property
    def context(self) -> tuple[str, ...]:
        """The whole context, a paragraph each; one that begins with "* " is a bullet."""
        return (*self.policies, *self.link, *self.plans)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that were given, in order."""
        return tuple(one.measure for one in self.deliverables if one.measure)


class Pledge(NamedTuple):
    """A pledge of the current plan, reviewed."""

    pledge: str
    status: str
    relevance: str


@dataclass(frozen=True)
class Answers:
    """Everything that one return says."""

    partnership_id: str
    partnership: str
    chair: str
    cabinet: str
    contact: tuple[str, str, str, str]
    """Name, job title, e-mail, phone."""
    priorities: tuple[Priority, ...]
    pledges: tuple[Pledge, ...]
    prose: str


class Carried(NamedTuple):
    """What a layout has room for: it decides what of the answers is in the return at all."""

    dates: str = "sentence"
    """sentence, or column."""
    measures: str = "list"
    """list, or column: beside, below or in brackets after its deliverable."""
    leads: bool = True
    titles: str = "title"
    """title where the list of priorities or the whole title stands; short where nothing but the shortened title does."""
    objectives: bool = False
    """Whether the objectives are there to be ticked."""
    parts: bool = False
    """Whether the three parts of the context have a label each."""
    pledges: str = "boxes"
    """boxes, grid, prose or none."""
    email: bool = True
    phone: bool = True


@cache
def _data(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = YAML(typ="safe").load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def partnerships(kept_back: bool | None = None) -> list[dict[str, Any]]:
    """Return the made-up partnerships: all, or those kept back for held-out returns, or the others."""
    return [one for one in _data("partnerships") if kept_back is None or one["kept_back"] is kept_back]


def answer(rng: Random, *, kept_back: bool, join: str, awkward: bool, most: int = 6) -> Answers:
    """Return what a partnership says.

    Args:
        rng: decides everything.
        kept_back: whether it is one of the partnerships and priorities that only held-out returns have.
        join: how a by-when is joined to its sentence; `mixed` for another one each time.
        awkward: whether by-whens may be odd ones.
        most: how many priorities at most.
    """
    row = rng.choice(partnerships(kept_back))
    pool = [one for at, one in enumerate(_data("priorities")) if (at % 3 == 2) is kept_back]
    wanted = min(rng.choice((1, 2, 3, 3, 4, 4, 4, 5, 6)), most)
    chosen = rng.sample(pool, min(wanted, len(pool)))
    return Answers(
        partnership_id=row["code"],
        partnership=rng.choice([row["name"], row["name"], *row["aliases"]]),
        chair=row["chair"],
        cabinet=row["cabinet_member"],
        contact=tuple(row["contact"]),
        priorities=tuple(_priority(rng, one, rng.choice(row["leads"]), join, awkward) for one in chosen),
        pledges=tuple(Pledge(*one) for one in row["pledges"]),
        prose=row["prose"],
    )


def _priority(rng: Random, row: dict[str, Any], lead: str, join: str, awkward: bool) -> Priority:
    parts = {key: tuple(text.split("\n")) for key, text in row["context"].items()}
    given = row["deliverables"][: rng.randint(1, len(row["deliverables"]))] if rng.random() < 0.3 else row["deliverables"]
    made = [_deliverable(rng, what, measure, join, awkward) for what, measure in given]
    if len(made) > 1 and rng.random() < 0.12:
        made[-1] = made[-1]._replace(measure="")
    first = int(row["title"].count("e")) % len(OBJECTIVES)
    ticked = OBJECTIVES[first : first + 1 + first % 2]
    return Priority(row["title"], row["short"], lead, parts["policies"], parts["link"], parts["plans"], tuple(made), ticked)


def _deliverable(rng: Random, what: str, measure: str, join: str, awkward: bool) -> Deliverable:
    bare = distracted(rng, what) if awkward and rng.random() < 0.15 else what
    when = choose(rng, awkward)
    mixed = rng.choice(("by", "comma", "brackets", "dash", "first"))
    return Deliverable(bare, when, dated(bare, when, mixed if join == "mixed" else join), measure)


# -- the truth -----------------------------------------------------------------------------------------------------------


class Truth(NamedTuple):
    """What a reading of a return must find."""

    partnership: str
    """The partnership's id in the register of the corpus."""
    values: dict[str, Value]
    """As docs/json.md nests them."""
    due_accept: dict[str, tuple[str | None, ...]]
    """By path, days that are as fair a reading of a by-when as the one in `values`."""
    must_not_contain: tuple[str, ...]
    """Words that no answer may hold."""
    tracked_changes: bool


def truth(answers: Answers, carried: Carried, must_not_contain: Sequence[str] = (), tracked: bool = False) -> Truth:
    """Return what a return truly says, given what its layout has room for."""
    name, _, email, phone = answers.contact
    values: dict[str, Value] = {
        "partnership": answers.partnership,
        "chair": answers.chair or None,
        "cabinet_member": answers.cabinet or None,
        "contact_officer": {
            "name": name or None,
            "email": (email or None) if carried.email else None,
            "phone": (phone or None) if carried.phone else None,
        },
        "priorities": [_priority_truth(one, carried) for one in answers.priorities],
        "pledges": _pledges(answers.pledges, carried),
        "pledges_text": answers.prose if carried.pledges == "prose" else None,
    }
    accept = {
        f"priorities[{at}].deliverables[{number}].due": one.when.days
        for at, priority in enumerate(answers.priorities, 1)
        for number, one in enumerate(priority.deliverables, 1)
    }
    return Truth(answers.partnership_id, values, accept, tuple(must_not_contain), tracked)


def _priority_truth(priority: Priority, carried: Carried) -> Value:
    def joined(paragraphs: Sequence[str]) -> str:
        return " ".join(paragraph.removeprefix("* ") for paragraph in paragraphs)

    paired = carried.measures == "column" or len(priority.measures) == len(priority.deliverables)
    parts: dict[str, Value] = {"text": joined(priority.context) or None}
    if carried.parts:
        parts |= {"policies": joined(priority.policies), "objectives_link": joined(priority.link), "business_plans": joined(priority.plans)}
    return {
        "title": priority.title if carried.titles == "title" else priority.short,
        "lead_officer": (priority.lead or None) if carried.leads else None,
        "objectives": list(priority.objectives) if carried.objectives else [],
        "context": parts,
        "deliverables": [_deliverable_truth(one, carried, paired) for one in priority.deliverables],
        "measures": list(priority.measures),
    }


def _deliverable_truth(one: Deliverable, carried: Carried, paired: bool) -> Value:
    """Return the truth of a deliverable; without a measure where nobody can say which of two lists of unequal length is whose."""
    what: dict[str, Value] = {"what": one.bare if carried.dates == "column" else one.whole, "due": one.when.days[0]}
    return what | {"measure": one.measure or None} if paired else what


def _pledges(pledges: tuple[Pledge, ...], carried: Carried) -> Value:
    if carried.pledges in ("prose", "none"):
        return []
    ordered = pledges if carried.pledges == "grid" else sorted(pledges, key=lambda one: one.status != "met")
    return [{"pledge": one.pledge, "status": one.status, "relevance": one.relevance or None} for one in ordered]
