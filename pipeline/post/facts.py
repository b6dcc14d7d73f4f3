"""What a kit's mail texts can name: the round, the partnership, and when its return is due.

| name | what |
|---|---|
| `round` | name, reference, period and horizon (as written) |
| `form` | title, and fields: each by its path, with label, prompt, copies |
| `meeting` | body, date, title |
| `timetable` | each: what, written, who, kind |
| `contacts` | each: name, role, email, phone |
| `sender` | name, role, address: who writes |
| `narrative` | the officer's texts of round.yaml, with their markup |
| `vocabularies` | the words of each vocabulary |
| `partnership` | the columns and lists of its row, and name, code, reference |
| `deadline` | day ("6 May 2011"; empty where there is none), days_left (below 0 when it has passed), passed, extended |

Each kind of letter adds its own; docs/post.md lists them.
"""

import datetime as dt
from collections.abc import Mapping

from pipeline.model.rounds import Partnership, Round
from pipeline.post.letters import Marked


def round_facts(round_: Round) -> Mapping[str, object]:
    """Return what every letter of a round can name."""
    post = round_.post
    role = next((contact.role for contact in round_.contacts if contact.name == post.name), "")
    return {
        "round": {
            "name": round_.name,
            "reference": round_.reference,
            "period": round_.period.written,
            "horizon": round_.horizon.written,
        },
        "form": {
            "title": round_.form.title,
            "fields": {path: {"label": field.label, "prompt": field.prompt, "copies": field.copies} for path, field in round_.form.walk()},
        },
        "meeting": {"body": round_.meeting.body, "date": said_day(round_.meeting.date), "title": round_.meeting.title},
        "timetable": [
            {"what": step.what, "written": step.written, "who": " with ".join(step.who), "kind": step.kind} for step in round_.timetable
        ],
        "contacts": [contact._asdict() for contact in round_.contacts],
        "sender": {"name": post.name, "role": role, "address": post.address},
        "narrative": {name: Marked(text) for name, text in round_.narrative.items()},
        "vocabularies": {name: [term.shown for term in terms] for name, terms in round_.vocabularies.items()},
    }


def partnership_facts(
    round_: Round, partnership: Partnership, due: dt.date | None, today: dt.date, *, extended: bool = False
) -> Mapping[str, object]:
    """Return what a letter to a partnership can name besides.

    Args:
        round_: the round.
        partnership: whom it goes to.
        due: when its return is due; None where the timetable does not say.
        today: the day on which the letter is written.
        extended: whether the day was put off for this partnership.
    """
    left = (due - today).days if due else 0
    named = {"id": partnership.id, "name": partnership.name, "code": partnership.code, "reference": round_.reference_of(partnership)}
    return {
        "partnership": {**partnership.columns, **partnership.lists, **named},
        "deadline": {"day": said_day(due), "days_left": left, "passed": bool(due) and left < 0, "extended": extended},
    }


def said_day(day: dt.date | None) -> str:
    """Return a day as a letter says it: “6 May 2011”; empty for none."""
    return f"{day.day} {day:%B %Y}" if day else ""
