"""Nine returns, made by hand: what Annex 1 of document 001 was made from, and a builder for others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.model.forms import Term
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State
from pipeline.model.rounds import Partnership, Round
from tests.builders import a_partnership, a_round

Said = str | list["Said"] | dict[str, "Said"] | None
"""What a return says, nested as the form nests it; None where a field was left blank."""


def a_record(partnership: str, said: dict[str, Said], **changes: object) -> Record:
    """Return the record of a return.

    Args:
        partnership: the id in the register.
        said: the values. A text of several lines is a passage of several paragraphs; a line that begins with "• " is a bullet.
        changes: what should be different: fields of `Record` by name.
    """
    answers = tuple(_answers("", said, [0]))
    return replace(Record(f"{partnership}.docx", "0" * 64, "docx", Outcome.READ, partnership=partnership, answers=answers), **changes)  # type: ignore[arg-type]


def _answers(path: str, said: Said, row: list[int]) -> Iterator[Answer]:
    if isinstance(said, dict):
        for key, inner in said.items():
            yield from _answers(f"{path}.{key}" if path else key, inner, row)
    elif isinstance(said, list):
        for number, inner in enumerate(said, 1):
            yield from _answers(f"{path}[{number}]", inner, row)
    else:
        row[0] += 1
        place = Place("word/document.xml", 1, row[0], 2, 1)
        lines = said.split("\n") if said else []
        passages = tuple(Passage(line.removeprefix("• "), place, bullet="•" if line.startswith("• ") else "") for line in lines)
        yield Answer(path, said, State.GIVEN if said else State.BLANK, passages, "control", 1.0)


class Return(NamedTuple):
    """A partnership's part of Annex 1."""

    id: str
    annex_name: str
    focus: str | None
    objective: str
    priorities: tuple[str, ...]
    introduction: str | None = None
    groups: tuple[str, ...] = ()
    """A heading for each priority; empty where there are none."""


HOUSING = "Housing and Infrastructure"
CYCLE = "Breaking the Cycle of deprivation"
ECONOMY = "Economy (skills/educational attainment/NEETS/infrastructure)"
HEALTH = "Health & Social Care (the preventative/public health agenda – delayed transfer, getting people back into their homes)"
COST = "Public service cost reduction (asset management)"
SAFETY, SOCIETY = "Community Safety", "Big Society"
FOCUS_AREAS = tuple(Term(name=name) for name in (HOUSING, CYCLE, ECONOMY, HEALTH, COST, SAFETY, SOCIETY))

RETURNS = (
    Return(
        "spatial-planning-infrastructure",
        "Spatial Planning & Infrastructure",
        HOUSING,
        "World Class Economy",
        (
            "Increasing the supply of homes",
            "Contributing to meeting strategic objectives",
            "Supporting economic growth and inward investment",
            "Ensuring new development that minimises the use of resources",
        ),
    ),
    Return(
        "breaking-the-cycle",
        "",
        CYCLE,
        "Reducing Inequalities & Breaking the Cycle of Deprivation",
        (
            "Establishment of early intervention programmes",
            "Access to training and employment opportunities",
            "Focus on NEETS",
        ),
        "Priority is currently being delivered through a range of initiatives focused on Banbury and Oxford. "
        "The following initiatives have been identified:",
    ),
    Return(
        "local-enterprise",
        "Oxfordshire Local Enterprise",
        ECONOMY,
        "World Class Economy",
        (
            "Increasing the number of successful businesses in the Oxfordshire economy",
            "Improving the education and skills of the workforce",
            "Increasing inward investment in Oxfordshire",
            "Improving business support services in Oxfordshire",
            "Improving Broadband infrastructure",
        ),
    ),
    Return(
        "children-young-people",
        "Children & Young People's Trust",
        ECONOMY,
        "World Class Economy",
        (
            "Keeping all children and young people safe",
            "Raising Achievement for all",
            "Narrowing the gap for our most vulnerable groups",
        ),
    ),
    Return(
        "health-wellbeing",
        "Health & Wellbeing",
        HEALTH,
        "Healthy & Thriving Communities",
        (
            "establish a new Health and Wellbeing Board",
            "publish a new Joint Strategic Needs Assessment",
            "produce a Joint Health and Wellbeing Strategy",
        ),
        "In the short term the following priorities are process focused in order to help improve health and wellbeing structures. "
        "These will be re-visited once the Health and Wellbeing board is established.",
    ),
    Return(
        "chief-executives",
        "Chief Executives Group",
        COST,
        "World class Economy",
        ("Smarter procurement procedures", "Reduction of energy use in public buildings"),
    ),
    Return(
        "safer-communities",
        "Safer Communities",
        SAFETY,
        "Healthy & Thriving Communities",
        (
            "Tackling community safety concerns in our communities.",
            "Supporting victims/preventing perpetrators of anti-social behaviour",
            "Implementing measures to deal with individuals at risk of committing crime or anti-social behaviour",
        ),
    ),
    Return(
        "stronger-communities",
        "",
        SOCIETY,
        "Healthy & Thriving Communities",
        (
            "Support the military covenant and work together with the military to support service personnel, service families and veterans "
            "in Oxfordshire",
            "Work with communities to encourage them to get involved in local decision making and improve quality of life e.g. increasing "
            "levels of volunteering",
            "Work together with the voluntary sector, including town and parish councils, to address community needs and aspirations and "
            "build their capacity to get involved in providing services",
            "Support local communities to make the most of the opportunities brought through the localism bill so that they can have more "
            "control over things like housing, services and future of communities in their local areas",
            "Use the opportunities presented by the localism bill as a catalyst for putting citizens in control of their own lives and "
            "getting more involved in spending decisions",
        ),
    ),
    Return(
        "environment-waste",
        "Environment & Waste",
        None,
        "Climate Change & Environment",
        (
            "Manage the risk and effects of flooding",
            "Ensure Oxfordshire organisations are resilient and preparing for the impacts of climate change",
            "Reduce greenhouse gas emissions",
            "Protect and enhance the biodiversity of the county",
            "Reduce the overall amount of waste generated",
            "Increase levels of waste reuse and recycling",
            "Reduce the amount of waste landfilled",
            "Improve street and environmental cleanliness",
        ),
        groups=("Environment focus:",) * 4 + ("Waste focus:",) * 4,
    ),
)
"""As the annex prints them, down to the case of "World class Economy". Two words on both sides of its page break stand here once.

Source: document 001, Annex 1 (A001-13).
"""

NARRATIVE = {
    "purpose": "This report sets out:\n\n- the priorities of the partnerships\n- options for how the partnership could work",
    "background": "Much has changed.\n\nMore will.",
    "refresh": "The objectives are long-term:\n\n- World Class Economy\n- Healthy & Thriving Communities",
    "comments_question": "- **Do you have any comments on the priorities?**",
    "future_direction": "The partnership has done what it was made for.",
    "continuing": "These will meet as before:\n\n- Safer Communities",
    "options": "The **options** are:\n\n1. That the partnership meets once a year. To:\n  - review\n  - ***Do members agree?***\n"
    "2. That briefings are held.\n  - ***Do you support this?***",
    "next_steps": "The next meeting is in the autumn of 2012.",
    "recommendation": "- To discuss the options and agree a way forward.",
}


def bodies() -> tuple[Partnership, ...]:
    """Return the register: the nine that replied, in the order of the annex's rows, and one that did not."""
    named = (*((said.id, said.annex_name) for said in RETURNS), ("voluntary-sector", "Voluntary Sector"))
    return tuple(
        a_partnership(
            id=id_, code=f"B{number}", name=id_.replace("-", " ").title(),
            columns={"annex_name": annex_name, "default_focus": "", "default_objective": ""},
        )
        for number, (id_, annex_name) in enumerate(named)
    )  # fmt: skip


def a_round_of_nine(**changes: object) -> Round:
    """Return the round of Annex 1: seven areas of focus, nine that replied and one that did not."""
    usual = a_round()
    vocabularies = {**usual.vocabularies, "focus_areas": FOCUS_AREAS}
    ours = {"vocabularies": vocabularies, "partnerships": bodies(), "narrative": NARRATIVE, "options": {"annex_wording": "as-written"}}
    return replace(usual, **{**ours, **changes})  # type: ignore[arg-type]


def nine_records() -> tuple[Record, ...]:
    """Return the records that Annex 1 is made from."""
    return tuple(a_record(said.id, _values(said)) for said in RETURNS)


def _values(said: Return) -> dict[str, Said]:
    priorities: list[Said] = [
        {"title": title, "group": group, "focus": said.focus, "objectives": [said.objective]}
        for title, group in zip(said.priorities, said.groups or [None] * len(said.priorities), strict=True)
    ]
    return {"introduction": said.introduction, "priorities": priorities}
