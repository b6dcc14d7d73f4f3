"""Dates as people write them: a whole phrase, or the by-when of a sentence. A closed grammar: never a guess.

Single dates are in `shapes`, ranges and "end of" in `phrases`, the words in front in `leads`, the choice between several in
`sentences`.

Source: source document 002, "what will be delivered and by when", and the conventions of its round: a month, quarter, season
or financial year resolves to its last day.
"""

import datetime as dt
import re
from typing import NamedTuple

from pipeline.grammar.leads import Lead, lead_of
from pipeline.grammar.phrases import Phrase, phrases, resolve
from pipeline.grammar.sentences import sureness
from pipeline.grammar.spans import Span
from pipeline.grammar.texts import flat


class When(NamedTuple):
    """What a by-when phrase means."""

    start: dt.date | None
    end: dt.date | None
    """The last day it allows: what a due date resolves to. None where the words name none: ongoing, TBC, early 2012, "May" of no year."""
    precision: str
    """day, month, quarter, half, season, year, range or open."""
    written: str
    assumed_year: bool = False
    """True where the words have no year and the given one was taken."""


class Found(NamedTuple):
    """The by-when phrase of a sentence, characters `start` to `end`, with its "by" or "in" and without a label such as "Due:"."""

    start: int
    end: int
    when: When
    sure: float
    """From 0 to 1: how clearly the words around it say that it is the by-when."""


_NOTHING = re.compile(r"[\W_]*")
_HEDGED = re.compile(r"[\W_]*(?:(?:at the |the )?latest|provisional(?:ly)?|estimated?|est|approx(?:imately)?)?[\W_]*")
"""What may stand after a by-when without changing the day it allows."""
_DATED = 0.1
"""How much a date counts above "TBC" in the same sentence."""


def read_when(text: str, year: int | None = None) -> When | None:
    """Read a text that is a by-when phrase and nothing else.

    Args:
        text: such as "31st March 2012", "by end Q3 2011/12", "Sept '11", "ongoing".
        year: the year of a date that has none.

    Returns:
        What it means; None where it is no such phrase, names a day that does not exist, or has two readings.
    """
    text = " ".join(text.split())
    words = flat(text)
    found = phrases(words)
    if len(found) != 1 or len(words) < len(text):
        return None
    lead = lead_of(words, found[0])
    if not (_NOTHING.fullmatch(words, 0, lead.start) and _HEDGED.fullmatch(words, found[0].end)):
        return None
    try:
        return _when(found[0], lead, year, text)
    except ValueError:
        return None


def find_when(sentence: str, year: int | None = None) -> Found | None:
    """Find the by-when phrase of a sentence.

    Args:
        sentence: what will be delivered, as `pipeline.grammar.texts.tidy` leaves it.
        year: the year of a date that has none.

    Returns:
        The phrase; its `when.end` is None where it names no day or an impossible one ("by 31 February 2012"). None where the
        sentence has no by-when. Of several the clearest is taken, and of equally clear ones the last.
    """
    words = flat(sentence)
    best, best_rank = None, 0.0
    for phrase in phrases(words):
        lead = lead_of(words, phrase)
        sure = sureness(words, phrase, lead)
        when = _when_in(sentence, phrase, lead, year) if sure else None
        if when and (rank := sure + _DATED * (when.end is not None)) >= best_rank:
            best, best_rank = Found(lead.words_start, phrase.end, when, sure), rank
    return best


def _when_in(sentence: str, phrase: Phrase, lead: Lead, year: int | None) -> When | None:
    """Return what a phrase of a sentence means; None where it means nothing and nothing says that it is a by-when."""
    written = sentence[lead.words_start : phrase.end]
    try:
        return _when(phrase, lead, year, written)
    except ValueError:
        return When(None, None, phrase.precision, written) if lead.label or lead.is_firm else None


def _when(phrase: Phrase, lead: Lead, year: int | None, written: str) -> When:
    """Return what a phrase means with the words in front of it.

    Raises:
        ValueError: as `resolve`.
    """
    span = resolve(phrase, year)
    if span is None:
        return When(None, None, phrase.precision, written)
    if lead.is_before and not phrase.last.edge and span.precision not in ("day", "range"):
        eve = span.start - dt.timedelta(days=1)
        span = Span(eve, eve, span.precision)
    return When(span.start, span.end, span.precision, written, assumed_year=not phrase.has_year)
