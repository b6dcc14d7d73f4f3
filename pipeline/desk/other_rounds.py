"""Names and years in a kit that belong to another round: “Oxfordshire 2030” in the masters of a council that never heard of it.

A kit is copied from round to round and from council to council, and what somebody wrote into a master goes along. A year tells it:
the plan of a council is named with one, and so is the last round. What round.yaml says nowhere is another's. Names without a year
cannot be known.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from pipeline.blanks.masters import MASTER, fixed_words
from pipeline.errors import SetupError
from pipeline.model.rounds import Round
from pipeline.post.letters import texts_of
from pipeline.publish.masters.checking import INTERIM
from pipeline.publish.masters.tags import read_tags
from pipeline.publish.papers import MASTERS

_YEAR = r"(?:19|20)\d\d"
_NAMED = re.compile(rf"(?P<before>(?:[A-Z][\w’'&]*\s+)*)(?P<year>\b{_YEAR}\b)(?P<after>(?:\s+[A-Z][\w’'&]*)*)")
_MONTHS = "january february march april may june july august september october november december spring summer autumn winter"
_LITTLE = "the in by from to of for at on since until before after and or a an this"
_NO_NAME = frozenset((*_MONTHS.split(), *_LITTLE.split()))
"""Words that may stand beside a year, with a capital, and make no name of a plan: months and little words."""
_OF_A_LAW = frozenset(("act", "acts", "regulations", "order", "rules", "bill", "measure", "code"))


class _Words(NamedTuple):
    """What a file of a kit says by itself, at one place."""

    where: str
    text: str


def of_other_rounds(round_: Round) -> Iterator[str]:
    """Yield each name with a year, and each year, that a kit says and the round does not: where – what is wrong – what to do."""
    own = " ".join(_said(round_)).casefold()
    found = dict.fromkeys((words.where, phrase) for words in _kit(round_) for phrase in _strange(words.text, own))
    for where, phrase in found:
        yield f"{where} – it says “{phrase}”, and round.yaml does not: another round’s? – write this round’s own, or put a tag there"


def _strange(text: str, own: str) -> Iterator[str]:
    for match in _NAMED.finditer(" ".join(text.split())):
        year = match["year"]
        if _OF_A_LAW.intersection(match["before"].casefold().split()[-1:]):
            continue  # a law has the year in which it was made
        before, after = _name(match["before"])[-1:], _name(match["after"])[:1]
        pairs = [" ".join((*before, year))] * bool(before) + [" ".join((year, *after))] * bool(after)
        if not any(pair.casefold() in own for pair in pairs or (year,)):
            yield " ".join((*before, year, *after))


def _name(words: str) -> list[str]:
    """Return the words that make a name of a year."""
    return [word for word in words.split() if word.casefold() not in _NO_NAME]


def _said(round_: Round) -> Iterator[str]:
    """Yield everything that the round says of itself."""
    yield from (round_.name, round_.reference, round_.meeting.title, round_.meeting.body)
    for period in (round_.period, round_.horizon):
        yield from (period.written, str(period.start.year), str(period.end.year))
    yield from (way for ways in round_.form.words.values() for way in ways)
    yield from (name for terms in round_.vocabularies.values() for term in terms for name in (term.name, term.label, *term.aliases))
    for step in round_.timetable:
        yield from (step.what, step.written, *step.who, *(str(day.year) for day in (step.start, step.end) if day))
    yield from round_.narrative.values()
    yield from (partnership.name for partnership in round_.partnerships)


def _kit(round_: Round) -> Iterator[_Words]:
    """Yield what the files of a kit say by themselves, tags left out; one that cannot be opened is told of elsewhere."""
    form = round_.form
    asked = (rule.ask for rule in form.rules)
    shown = (form.title, *(field.label for _, field in form.walk()), *(column.heading for column in form.annex.columns), *asked)
    yield from (_Words("form.yaml", text) for text in shown)
    yield from _of_masters(round_)
    for name, text in texts_of(round_.kit):
        yield from (_Words(f"mail/{name}, line {number}", line) for number, line in enumerate(text.splitlines(), 1))


def _of_masters(round_: Round) -> Iterator[_Words]:
    with suppress(SetupError):
        yield from (_Words(f"{MASTER}, “{text[:60]}”", text) for text in fixed_words(round_.kit / MASTER))
    for name in (*MASTERS, INTERIM):
        with suppress(SetupError):
            yield from (_Words(str(words.spot), words.text) for words in read_tags(round_.kit / name).words)
