"""The officer's words in a master, in the order in which it prints them: the narrative, and the questions that it puts to members."""

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.plans import Plan
from pipeline.model.rounds import Round
from pipeline.publish.asked_at import Place, Questions
from pipeline.publish.links import within
from pipeline.publish.masters.tags import read_tags
from pipeline.publish.narrative import STYLE, Narrative, Question, bookmark, questions
from pipeline.publish.runs import Styles
from pipeline.publish.views import Facts, day

_PRINTED = re.compile(r"\{\{.*?\bnarrative\.(\w+)")
_FIRST_WORDS = re.compile(r"\{\{\s*(round|meeting)\.(\w+)\s*\}\}")


def narrative(plan: Plan, master: Path) -> Facts:
    """Return what the tags that begin with `narrative` can name. A text that is empty is not there."""
    texts = _in_order(plan, _printed(master))
    first: dict[str, int] = {}
    for question in questions(texts):
        first.setdefault(question.name, question.number)
    return Facts("round.yaml, narrative,", {name: Narrative(text, first.get(name, 1)) for name, text in texts.items()})


def asked(plan: Plan, master: Path, styles: Styles) -> Questions:
    """Return what `questions` stands for: the questions to members that the master prints, each with where it is asked.

    Args:
        plan: the plan.
        master: the Word file.
        styles: those of the master; one without a style `Question` has no place that a link could lead to.
    """
    found = _printed(master)
    headings = {name: _shown(heading, plan.round) for name, heading in found.items()}
    printed = {name: text for name, text in _in_order(plan, found).items() if name in headings}
    made = Questions(_question(one, headings[one.name], styles) for one in questions(printed))
    made.master = master
    return made


def _question(one: Question, heading: str, styles: Styles) -> Facts:
    number = f"Q{one.number}"
    reference = within(bookmark(one.number), number, styles) if styles.id(STYLE) else number
    place = {"heading": heading, "option": one.option, "place": Place(one.number, heading, one.option)}
    return Facts("a question", {"number": one.number, "reference": reference, "text": one.text, **place})


def given(round_: Round) -> Mapping[str, str]:
    """Return the texts of the narrative that say something."""
    return {name: text for name, text in round_.narrative.items() if text.strip()}


def _in_order(plan: Plan, printed: Mapping[str, str]) -> Mapping[str, str]:
    """Return the narrative, what the master prints first and in its order."""
    texts = given(plan.round)
    return {name: texts[name] for name in dict.fromkeys((*(name for name in printed if name in texts), *texts))}


def _printed(master: Path) -> Mapping[str, str]:
    """Return the heading over each narrative that a master prints, in its order."""
    found: dict[str, str] = {}
    for tag in read_tags(master).tags:
        for name in _PRINTED.findall(tag.code):
            found.setdefault(name, tag.spot.heading)
    return found


def _shown(heading: str, round_: Round) -> str:
    """Return a heading of the master as the paper shows it."""
    meeting = {"body": round_.meeting.body, "title": round_.meeting.title, "date": day(round_.meeting.date)}
    known = {"round": {"name": round_.name, "reference": round_.reference}, "meeting": meeting}
    return _FIRST_WORDS.sub(lambda tag: known[tag[1]].get(tag[2], ""), heading)
