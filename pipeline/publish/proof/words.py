"""What the words of a paper say against it: texts that were never written, partnerships that did not reply or that nobody knows."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.model.findings import Severity
from pipeline.model.flaws import Flaw
from pipeline.model.rounds import Round
from pipeline.publish.proof.proof import Proof

_UNFILLED = re.compile(
    r"\[(?!\s*(?:sic|\d[\d\s,–-]*)\s*\])[^\[\]]{0,200}\]|<[^<>]{3,80}>|\b(?:TBC|TBA|TBD|TK|XX+|xx+)\b|\?\?+|_{3,}"
    r"|(?i:\blorem ipsum\b|\byour name\b|\bto be (?:confirmed|written|completed)\b|\binsert here\b)"
)
"""`[…]` with anything but [sic] or a year; signs that people leave for what they do not know yet."""
_BODY = re.compile(r"(?:[A-Z][\w’'-]*,?\s+(?:(?:and|&|of|for|the)\s+)?)+(?:Partnership|Board|Trust|Alliance|Forum)\b(?!\s+[A-Z])")
_LIKE = 0.8
"""How alike two names are, from 0 to 1, for one to be taken for the other misspelt."""
_SHORTEST_NAME = 6
_LONGEST_QUOTE = 80


def placeholders(proof: Proof) -> Iterator[Flaw]:
    """A text that stands for one that nobody has written yet."""
    advice = "Write what belongs there, or take it out."
    seen: set[str] = set()
    for said in proof.sentences:
        for text in _unfilled(said.text, proof.scaffold):
            about = f"narrative.{said.name}[{_short(text)}]"
            if about not in seen:
                seen.add(about)
                yield Flaw("placeholder", Severity.ERROR, about, said.place, f"“{_short(text)}” stands there still.", advice)
    round_ = proof.plan.round
    named = [(f"contacts, {number}", one.name) for number, one in enumerate(round_.contacts, 1)]
    named += [("meeting, body", round_.meeting.body), ("meeting, title", round_.meeting.title), ("name", round_.name)]
    for where, text in named:
        for found in _unfilled(text, proof.scaffold):
            yield Flaw("placeholder", Severity.ERROR, where, f"round.yaml, {where}", f"“{_short(found)}” stands there still.", advice)
    for master in proof.masters:
        for text, spot in master.words:
            for found in _UNFILLED.findall(text):
                said_ = f"“{_short(found)}” stands there still."
                yield Flaw("placeholder", Severity.ERROR, f"{spot.file}[{_short(found)}]", str(spot), said_, advice)


def _unfilled(text: str, scaffold: frozenset[str]) -> list[str]:
    found = [match[0] for match in _UNFILLED.finditer(text)]
    return found or ([text] if _folded(text) in scaffold else [])


def scaffold_of(texts: Iterable[str]) -> frozenset[str]:
    """Return texts that were put there to be written over, as `Proof.scaffold` holds them: brackets, capitals and signs aside."""
    return frozenset(folded for text in texts if (folded := _folded(text)))


def silent_named(proof: Proof) -> Iterator[Flaw]:
    """A partnership that did not reply, named by the officer: is what is said of it still so?"""
    sentences = [(said, f" {_folded(said.text)} ") for said in proof.sentences]
    for body in proof.plan.replies.silent:
        names = [f" {_folded(name)} " for name in body.names if len(name) >= _SHORTEST_NAME]
        for said, folded in sentences:
            if any(name in folded for name in names):
                message = f"{body.name}, which has not replied, is named: “{_short(said.text)}”"
                advice = "See whether it is still so."
                yield Flaw("silent-named", Severity.WARNING, f"narrative.{said.name}[{body.id}]", said.place, message, advice)
                break


def unknown_named(proof: Proof) -> Iterator[Flaw]:
    """A body that the register does not know, with a name like one of a partnership."""
    known = {_folded(name): name for name in _names(proof.plan.round)}
    seen: set[str] = set()
    for said in proof.sentences:
        for name in _BODY.findall(said.text):
            key = _folded(name.removeprefix("The "))
            if key in seen or any(f" {key} " in f" {one} " or f" {one} " in f" {key} " for one in known):
                continue
            seen.add(key)
            near = difflib.get_close_matches(key, known, n=1, cutoff=_LIKE)
            advice = f"Is {known[near[0]]} meant?" if near else "Write the name as in partnerships.xlsx, if it is one of the partnerships."
            message = f"“{name}” is not in the register."
            yield Flaw("unknown-named", Severity.WARNING, f"narrative.{said.name}[{key}]", said.place, message, advice)


def _names(round_: Round) -> Iterator[str]:
    yield from (round_.meeting.body, round_.name, round_.meeting.title)
    for body in round_.partnerships:
        yield from (*body.names, body.columns.get("annex_name", "") or body.name)
    for step in round_.timetable:
        yield from step.who
    for terms in round_.vocabularies.values():
        for term in terms:
            yield from (term.name, term.shown)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("&", " and ")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).casefold().split())
