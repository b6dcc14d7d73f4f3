"""What a master can say about the round: a control tagged `round.due` shows the day the return is due.

Facts become part of the text around them when the master is compiled, so that they read as text and not as answers.
"""

import datetime as dt
from collections.abc import Mapping

from lxml import etree

from pipeline.blanks.controls import PARAGRAPH, controls, fill, tag, unwrap
from pipeline.grammar.words import capital, ways
from pipeline.model.forms import Form
from pipeline.model.rounds import Round
from pipeline.ooxml.names import q

NUMBER, REFERENCE, CODE = "blank.number", "blank.reference", "blank.code"
"""The number of an item that repeats, the reference and its square code: what a master can say about the blank itself."""


_WORDS = "words."
"""What the tag of a control begins with that shows what the round calls something: `words.plan`."""
_TITLES = (q("w:alias"), q("w:tblCaption"), q("w:tblDescription"))
"""Titles of controls and tables, in which a word stands in braces: `{words.plan}`."""


def tags_of_words(form: Form) -> tuple[str, ...]:
    """Return the tags of the controls that show what a round calls something."""
    return tuple(_WORDS + key for key in form.words)


def state_words(root: etree._Element, form: Form) -> None:
    """Make what the round calls things part of the text around it, with a capital where it begins a paragraph."""
    for control in [one for one in controls(root) if tag(one) in tags_of_words(form)]:
        word = form.words[tag(control).removeprefix(_WORDS)][0]
        line = next(control.iterancestors(PARAGRAPH), None)
        begins = line is not None and next((one for one in line.iter(q("w:t")) if one.text), None) in list(control.iter(q("w:t")))
        fill(control, capital(word) if begins else word)
        unwrap(control)
    for title in root.iter(*_TITLES):
        title.set(q("w:val"), ways(title.get(q("w:val"), ""), form.words)[0])


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
