"""Date phrases: "end of March 2012", "April - June 2012", "2 June/23 June 2011", "early 2012".

Joins single dates into ranges, and reads the words in front that say which part is meant. Knows nothing of sentences:
`pipeline.grammar.dates` decides which date of a sentence is its by-when.
"""

import re
from typing import NamedTuple

from pipeline.grammar import spans
from pipeline.grammar.shapes import Moment, moments
from pipeline.grammar.spans import Span

_EDGE = re.compile(
    r"(?<![\w])(?:(?:the )?(?:(?P<year_end>(?:financial )?year[ -]end(?: of)?(?: the)? )|(?P<end>end(?: of)?(?: the)?[ -])"
    r"|(?P<start>(?:start|beginning|beg)(?: of)?(?: the)? )|(?P<part>(?:early|mid|late|middle of)(?: in)?(?: the)?[ -]))"
    r"|(?P<week>(?:w/?c|week (?:commencing|beginning)) )|(?P<week_end>(?:w/?e|week ending) )|the )$"
)
_EDGE_REACH = 30
_JOINER = re.compile(r" ?(?:-|/|&) ?| (?:to|and|until) ")
_FIRST_DAY = re.compile(r"(?<![\w£$€/.])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: ?(?:-|/|&) ?| (?:to|and|or) )$")
_FIRST_DAY_REACH = 12
_EVERY_YEAR = re.compile(r",? (?:(?:each|every) year|annually)\b")


class Bound(NamedTuple):
    """One end of a phrase: a date and the word in front of it that says which part of it is meant."""

    moment: Moment
    edge: str
    """end, year_end, start, part, week, week_end or empty."""


class Phrase(NamedTuple):
    """One date, or two that make a range, with the place of all its words."""

    start: int
    end: int
    first: Bound
    last: Bound
    again: bool = False
    """True for a day that comes round every year: it names no day."""

    @property
    def is_range(self) -> bool:
        """True where the phrase runs from one date to another."""
        return self.first is not self.last

    @property
    def precision(self) -> str:
        """What was written, whether or not it can be resolved."""
        if self.again or (self.last.edge == "part" and self.last.moment.precision != "month"):
            return "open"
        return "range" if self.is_range or self.last.edge in ("week", "week_end") else self.last.moment.precision

    @property
    def has_year(self) -> bool:
        """True where the words themselves name the year."""
        return self.last.moment.year is not None


def phrases(text: str) -> list[Phrase]:
    """Return every date phrase of a flat text, in order, a range as one."""
    found: list[Phrase] = []
    for moment in moments(text):
        if found and moment.start < found[-1].end:
            continue
        phrase = _with_edge(text, moment)
        if found and _follows(text, found[-1], phrase):
            found[-1] = Phrase(found[-1].start, phrase.end, found[-1].first, phrase.last)
        else:
            found.append(phrase)
    return found


def resolve(phrase: Phrase, year: int | None) -> Span | None:
    """Return the days that a phrase means.

    Args:
        phrase: as `phrases` found it.
        year: taken where the phrase has none.

    Returns:
        The days; None where it names none: an open phrase, or one without a year when none is given.

    Raises:
        ValueError: there are no such days (31 February, a range that ends before it begins) or there are two readings.
    """
    if phrase.precision == "open":
        return None
    if phrase.last.moment.precision == "quarter":
        year = None  # without its financial year a quarter has two readings
    last = _days(phrase.last, phrase.last.moment.year or year)
    if last is None or not phrase.is_range:
        return last
    own_year = phrase.first.moment.year
    first = _days(phrase.first, own_year or last.end.year)
    if first and own_year is None and first.start > last.end:
        first = _days(phrase.first, last.end.year - 1)
    if first is None or first.start > last.end:
        raise ValueError("the range has no beginning, or ends before it begins")
    return Span(first.start, last.end, "range")


def _days(bound: Bound, year: int | None) -> Span | None:
    if bound.moment.days is None or year is None:
        return None
    span = bound.moment.days(year)
    match bound.edge:
        case "year_end" if span.precision == "year" and span.start.month == 1:
            raise ValueError("the end of the calendar or of the financial year?")
        case "end" | "year_end":
            return Span(span.end, span.end, span.precision)
        case "start":
            return Span(span.start, span.start, "day")
        case "week":
            return Span(span.start, span.start + spans.WEEK, "range")
        case "week_end":
            return Span(span.start - spans.WEEK, span.start, "range")
    return span


def _with_edge(text: str, moment: Moment) -> Phrase:
    match = _EDGE.search(text, max(0, moment.start - _EDGE_REACH), moment.start)
    start = match.start() if match else moment.start
    bound = Bound(moment, (match.lastgroup or "") if match else "")
    again = _EVERY_YEAR.match(text, moment.end) if moment.year is None else None
    if again:
        return Phrase(start, again.end(), bound, bound, again=True)
    first_day = _FIRST_DAY.search(text, max(0, start - _FIRST_DAY_REACH), start) if moment.precision == "day" and moment.days else None
    if first_day:
        return Phrase(first_day.start(), moment.end, Bound(_same_month(moment, int(first_day["day"])), ""), bound)
    return Phrase(start, moment.end, bound, bound)


def _same_month(moment: Moment, number: int) -> Moment:
    """Return another day of the month of `moment`: the 2 of "2/23 June"."""
    days = moment.days
    assert days

    def day(year: int) -> Span:
        date = days(year).start
        return spans.day(date.year, date.month, number)

    return moment._replace(days=day)


def _follows(text: str, before: Phrase, after: Phrase) -> bool:
    if before.is_range or after.is_range or before.precision == "open" or after.precision == "open":
        return False
    return before.last.moment.days is not None and bool(_JOINER.fullmatch(text, before.end, after.start))
