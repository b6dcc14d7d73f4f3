"""Small records for rules: a test names what it needs to be different from a return that no rule objects to."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State
from tests.builders import PLEDGES, a_partnership

COMPLETE: dict[str, str | None] = {
    "partnership": "Spatial Planning & Infrastructure Partnership",
    "chair": "Cllr Jo Penrose",
    "cabinet_member": "Cllr Siobhán O’Dowd",
    "contact_officer.name": "Morgan Lee",
    "contact_officer.email": "morgan.lee@example.org",
    "contact_officer.phone": "01632 960123",
    **{
        f"priorities[{number}].{key}": value
        for number, title in enumerate(("Affordable homes", "Congestion on the A40", "Broadband for every parish"), start=1)
        for key, value in {
            "title": title,
            "lead_officer": f"Aoife Keane {'I' * number}",
            "focus": "Housing and Infrastructure",
            "objectives[1]": "World Class Economy",
            "context.policies": "The Local Investment Plan",
            "context.business_plans": "Paid for from the growth fund",
            "deliverables[1].what": f"Deliver the first part of it by March 2012 ({number})",
            "deliverables[1].due": "2012-03-31",
            "deliverables[1].measure": f"{number}00 homes served",
            "measures[1]": f"{number}00 homes served",
        }.items()
    },
    **{
        f"pledges[{number}].{key}": value
        for number, pledge in enumerate(PLEDGES, start=1)
        for key, value in {"pledge": pledge, "status": "met", "relevance": None}.items()
    },
}


def answer(path: str, value: str | None, quote: str | None = None, precision: str = "", state: State | None = None) -> Answer:
    """Return an answer; blank where there are neither value nor words."""
    words = quote if quote is not None else value or ""
    state = state or (State.GIVEN if words else State.BLANK)
    return Answer(path, value, state, (Passage(words, Place(paragraph=1)),), "control", 0.99, precision)


def a_record(changes: Mapping[str, str | Answer | None] | None = None, without: str = "", **parts: object) -> Record:
    """Return a complete record.

    Args:
        changes: values by instance path, added or different; None for a blank.
        without: paths that begin so are left out.
        parts: other fields of `Record`.
    """
    values = {**COMPLETE, **(changes or {})}
    answers = tuple(
        value if isinstance(value, Answer) else answer(path, value)
        for path, value in values.items()
        if not without or not path.startswith(without)
    )
    usual = Record(file="reply.docx", sha256="0" * 64, format="docx", outcome=Outcome.READ, partnership=a_partnership().id, answers=answers)
    return replace(usual, **parts)  # type: ignore[arg-type]
