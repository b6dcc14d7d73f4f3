"""Figures and dates in the officer's words, held against the records and the timetable.

A number before the word for a partnership or for something that the form repeats is taken for a count of the round, unless the words
around it make it a range, a limit or a share of each: "3 to 4 priorities", "at most four priorities", "two priorities each".
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from pipeline.grammar.dates import read_when
from pipeline.model.findings import Severity
from pipeline.model.flaws import Flaw
from pipeline.model.forms import FieldType
from pipeline.model.plans import Chapter, Group, Node, Plan
from pipeline.model.records import Answer
from pipeline.publish.proof.proof import Proof, Said
from pipeline.publish.views import day

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: number for number, word in enumerate(_ONES.split())}
_DECADES = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:{'|'.join(_DECADES)})(?:[- ](?:{'|'.join(_UNITS)}))?|(?:{'|'.join(_UNITS)}))"
_LIMIT = re.compile(
    r"(?:\b(?:to|or|than|up to|at most|at least|at the most|maximum|minimum|maximum of|minimum of|top|first|last|about|around|over|under"
    r"|some|nearly|between|another|other|further|and)|[-–/])\s*$",
    re.IGNORECASE,
)
"""In front of a number that is no count of the round."""
_OUT_OF = re.compile(rf"({_NUMBER})\s+(?:out\s+)?of(?:\s+(?:the|our))?\s*$", re.IGNORECASE)
"""In front of a number of which it is a part: "8 of 9 partnerships"."""
_SHARE = re.compile(r"\s*(?:\w+\s+){0,2}(?:each|per|every|apiece|a year)\b", re.IGNORECASE)
_REPLIED = re.compile(r"^[^.?!;]{0,60}?\b(?:replied|responded|returned|answered)\b", re.IGNORECASE)
_ASKED = re.compile(r"^[^.?!;]{0,40}?\b(?:were|was|have been|had been)\s+(?:asked|invited|consulted|approached)\b", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"\b(?:all|every|each)\b(?:\s+of)?(?:\s+(?:the|our|[\w-]+)){0,3}?\s+partnerships?\b(?![^.?!]*\bnot\b)[^.?!]{0,60}?"
    r"\b(?:replied|responded|returned|answered)\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?\b")
_MEETS = re.compile(
    r"\b(?:meeting|meets?|meet)\b(?:\s+of\s+the\s+(?:[\w&’-]+\s+){1,6}?)?\s*(?:will be\s+|is\s+)?(?:on|of|for)\s+(?:\w+day,?\s+)?$", re.I
)
_PARTNERSHIPS = "partnerships"
_YEARS = range(1900, 2101)
_SIGNIFICANT = 5
"""Letters of a word that tells one step of the timetable from another."""
_ENOUGH = 0.6
"""How many of the words of a step a sentence has, for it to be about that step."""


class _Count(NamedTuple):
    """What a noun of the round counts."""

    whole: frozenset[int]
    """The figures that are right by themselves."""
    parts: Mapping[str, int]
    """Those that are right in a sentence that names what they count."""
    shown: str
    """How many there are, for people."""


def stale_figures(proof: Proof) -> Iterator[Flaw]:
    """A number of partnerships, or of what the form repeats, that the records do not bear out."""
    counts = _counts(proof.plan)
    nouns = "|".join(sorted(map(re.escape, counts), key=len, reverse=True))
    counted = re.compile(rf"(?<![\w.,/–£-])({_NUMBER})\s+((?:[A-Za-z][\w’'-]*\s+){{0,3}}?)({nouns})\b", re.IGNORECASE)
    seen: set[str] = set()
    for said in proof.sentences:
        for found in counted.finditer(said.text):
            flaw = _stale(said, found, counts[found[3].lower()], proof.plan)
            if flaw and flaw.about not in seen:
                seen.add(flaw.about)
                yield flaw


def _stale(said: Said, found: re.Match[str], count: _Count, plan: Plan) -> Flaw | None:
    number, between = _value(found[1]), found[2].strip()
    before, after = said.text[: found.start()], said.text[found.end() :]
    if number in _YEARS or _LIMIT.search(before) or _SHARE.match(after) or re.search(r"\b(?:of|to|or|and|than)\b", between):
        return None
    right, shown = count.whole, count.shown
    if found[3].lower().startswith(_PARTNERSHIPS[:-1]):
        asked, replied = len(plan.replies.asked), len(plan.replies.replied)
        if part := _OUT_OF.search(before):
            right = frozenset((asked, len(plan.round.partnerships)))
            right -= right if _REPLIED.match(after) and _value(part[1]) != replied else frozenset()
        elif _REPLIED.match(after):
            right, shown = frozenset((replied,)), f"{replied} replied"
        elif _ASKED.match(after):
            right, shown = frozenset((asked,)), f"{asked} were asked"
    if number in right or any(number == part and name in said.text.casefold() for name, part in count.parts.items()):
        return None
    sure = not between and number not in count.parts.values()
    severity = Severity.ERROR if sure else Severity.WARNING
    message = f"“{found[0]}” is not what the records say: {shown}."
    advice = "Write the figure of the records, or take it out: the paper counts by itself."
    return Flaw("stale-figure", severity, f"narrative.{said.name}[{found[0]}, not {shown}]", said.place, message, advice)


def everybody_replied(proof: Proof) -> Iterator[Flaw]:
    """“All partnerships replied”, where one did not."""
    silent = proof.plan.replies.silent
    for said in proof.sentences if silent else ():
        if found := _EVERYBODY.search(said.text):
            message = (
                f"“{found[0]}”, but {len(silent)} did not: {'; '.join(body.name for body in silent[:3])}{' …' if len(silent) > 3 else ''}."
            )
            advice = "Take it out: the paper says by itself who replied."
            these = sha256(repr(sorted(body.id for body in silent)).encode()).hexdigest()[:6]
            yield Flaw("all-replied", Severity.ERROR, f"narrative.{said.name}[all but {these}]", said.place, message, advice)


def other_dates(proof: Proof) -> Iterator[Flaw]:
    """A date of the meeting, or of a step of the timetable, that is not the one of round.yaml."""
    meeting = proof.plan.round.meeting.date
    for said in proof.sentences:
        for found in _DATE.finditer(said.text):
            when = read_when(found[0], (meeting or proof.plan.round.period.start).year)
            if when is None or when.end is None:
                continue
            if meeting and _MEETS.search(said.text[: found.start()]):
                if when.end != meeting:
                    severity = Severity.ERROR if when.end.year == meeting.year else Severity.WARNING
                    message = f"The meeting is said to be on {found[0]}; round.yaml says {day(meeting)}."
                    about = f"narrative.{said.name}[{found[0]}, not {day(meeting)}]"
                    yield Flaw("other-date", severity, about, said.place, message, "Write the same day in both.")
            elif step := _other_step(said.text, when.end, proof.plan):
                message = f"“{found[0]}” is not when the timetable has “{step[0]}”: {step[1]}."
                about = f"narrative.{said.name}[{found[0]}, not {step[1]}]"
                yield Flaw("other-date", Severity.WARNING, about, said.place, message, "Write the same day in both, if that step is meant.")


def _other_step(sentence: str, date: dt.date, plan: Plan) -> tuple[str, str] | None:
    """Return the step that a sentence is about, and when it is, where that is another day than the sentence says."""
    words = set(_long_words(sentence))
    for step in plan.round.timetable:
        own = set(_long_words(step.what))
        start, end = step.start or step.end, step.end or step.start
        if start and end and len(own) > 1 and len(own & words) >= _ENOUGH * len(own) and not start <= date <= end:
            return step.what, step.written
    return None


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SIGNIFICANT]


def _value(text: str) -> int:
    text = text.lower().replace(",", "")
    if text.isdigit():
        return int(text)
    tens, _, ones = text.replace("-", " ").partition(" ")
    return _UNITS[text] if text in _UNITS else _DECADES[tens] + _UNITS.get(ones, 0)


def _counts(plan: Plan) -> Mapping[str, _Count]:
    """Return what is counted in the round, by the words for it."""
    replies, form = plan.replies, plan.round.form
    asked, replied = len(replies.asked), len(replies.replied)
    of_bodies = {len(bodies) for bodies in replies} | {len(plan.entries), len(plan.round.partnerships)}
    bodies = _Count(frozenset(of_bodies - {0}), {}, f"{asked} asked, {replied} replied")
    counts = {"partnerships": bodies, "partnership": bodies}
    paths = [one for one, field in form.walk() if field.type in (FieldType.REPEAT, FieldType.LIST)]
    numbers = Counter(dict.fromkeys(paths, 0))
    for entry in plan.entries:
        answers = entry.answers
        numbers.update({path: _number(answers, path.split(".")) for path in paths if path != form.plan.of})
    for path in paths:
        whole = plan.total if path == form.plan.of else numbers[path]
        parts = _parts(plan) if path == form.plan.of else {}
        key = path.rpartition(".")[2].replace("_", " ")
        counts |= dict.fromkeys(_forms(key), _Count(frozenset((whole,)), parts, f"{whole}"))
    return counts


def _parts(plan: Plan) -> Mapping[str, int]:
    """Return how many items each chapter, objective and partnership has, by its name in small letters."""
    chapters: tuple[Chapter, ...] = (*plan.chapters, *plan.themes)
    named = {chapter.name.casefold(): len(chapter.items) for chapter in chapters if chapter.name}
    return named | {name.casefold(): len(entry.items) for entry in plan.entries for name in entry.partnership.names}


def _forms(plural: str) -> tuple[str, ...]:
    """Return a noun in the plural and in the singular."""
    if plural.endswith("ies"):
        return plural, f"{plural[:-3]}y"
    return (plural, plural[:-1]) if plural.endswith("s") else (plural,)


def _number(group: Group, keys: list[str]) -> int:
    """Return how many answers or items stand at the end of a path, in all the items on the way."""
    node: Node | None = group.parts.get(keys[0])
    if node is None:
        return 0
    many = (node,) if isinstance(node, Answer | Group) else node
    if len(keys) == 1:
        return len(many)
    return sum(_number(part, keys[1:]) for part in many if isinstance(part, Group))
