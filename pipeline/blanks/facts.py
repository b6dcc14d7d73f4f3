"""What a master can say about the round: a control tagged `round.due` shows the day the return is due.

Facts become part of the text around them when the master is compiled, so that they read as text and not as answers.
"""

import datetime as dt
from collections.abc import Mapping

from pipeline.model.rounds import Round

NUMBER, REFERENCE, CODE = "blank.number", "blank.reference", "blank.code"
"""The number of an item that repeats, the reference and its square code: what a master can say about the blank itself."""


def facts(round_: Round) -> Mapping[str, str]:
    """Return the words of every fact by its tag; empty where the round does not say."""
    due = next((step for step in round_.timetable if step.kind == "due"), None)
    contact = round_.contacts[0] if round_.contacts else None
    return {
        "round.title": round_.form.title,
        "round.name": round_.name,
        "round.period": round_.period.written,
        "round.horizon": round_.horizon.written,
        "round.due": "" if due is None else _day(due.end) or due.written,
        "round.contact": contact.name if contact else "",
        "round.contact_role": contact.role if contact else "",
        "round.contact_email": contact.email if contact else "",
        "round.contact_phone": contact.phone if contact else "",
    }


WHERE = {
    "round.title": "title in the kit's form.yaml",
    "round.name": "name in round.yaml",
    "round.period": "period in round.yaml",
    "round.horizon": "horizon in round.yaml",
    "round.due": "a step of kind due in the timetable of round.yaml",
    "round.contact": "a person under contacts in round.yaml",
    "round.contact_role": "the role of the first person under contacts in round.yaml",
    "round.contact_email": "the email of the first person under contacts in round.yaml",
    "round.contact_phone": "the phone of the first person under contacts in round.yaml",
}
"""Where an officer writes each fact."""


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
