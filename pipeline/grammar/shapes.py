"""The closed grammar of single dates: which words make one, and which days those words mean.

Knows days, months, quarters, halves, seasons, calendar and financial years, Christmas, and the words that name no day (ongoing,
TBC, annually). What it does not know it leaves alone; it never guesses. "Q3 2012" and "financial year 2012" have two readings
and so mean no days; "Q3 2012/13" has one.

All patterns work on text that `pipeline.grammar.texts.flat` made: lower case, straight quotes, plain hyphens.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.grammar import spans
from pipeline.grammar.spans import MONTHS, Span

Days = Callable[[int], Span]
"""The days that words mean in a given year. Raises ValueError where they do not exist or have two readings."""

_FUNCTION_WORD = (
    r"(?:a|across|after|all|also|alongside|an|and|are|as|at|be|but|by|each|every|for|from|if|in|including|into|is|it|of|on|or|our|so|"
    r"subject|that|the|their|then|there|this|through|throughout|to|until|using|via|we|when|where|which|while|will|with|within)\b"
)
NOUN_FOLLOWS = rf"(?= (?!{_FUNCTION_WORD})[a-z])"
"""A word follows that the date describes: in "the 2010/11 plan" and "the 2008 pilot" the year says which one, not by when."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![a-z])[.,]?"
_LONG_YEAR = r"(?:19|20)\d\d"
_YEAR = rf"(?:{_LONG_YEAR}|'\d\d|\d\d(?![/.]\d)(?!{NOUN_FOLLOWS}))"
_NEXT = r"(?:,? ?| of |-)"
_TWO_LONG_YEARS = rf"{_LONG_YEAR} ?[/-] ?(?:{_LONG_YEAR}|\d\d)"
_TWO_YEARS = rf"(?:{_TWO_LONG_YEARS}|\d\d ?[/-] ?\d\d)"
_FINANCIAL = r"(?:fy|f/y|financial year|municipal year)"
_FINANCIAL_YEAR = rf"(?:(?:{_FINANCIAL} ?|year )?{_TWO_YEARS}(?: financial year)?)"
_OF = r"(?:,? ?(?:of )?(?:the )?)"
_WHICH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final)"
_QUARTER = rf"(?:q ?[1-4]|(?:quarter|qtr) [1-4]|{_WHICH} (?:quarter|qtr))"
_HALF = r"(?:h[12]|(?:first|second|1st|2nd|last) half)"
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


class Moment(NamedTuple):
    """One date in the text: where it stands and what it means."""

    start: int
    end: int
    precision: str
    year: int | None
    """As written; None where the words have none."""
    days: Days | None
    """None where the words name no day."""


Reading = tuple[str, int | None, Days | None]
"""Precision, year and days of a match."""


def _iso(match: re.Match[str]) -> Reading:
    year, month, day = map(int, match.group("iso_y", "iso_m", "iso_d"))
    return "day", year, lambda year: spans.day(year, month, day)


def _numeric(match: re.Match[str]) -> Reading:
    day, month = map(int, match.group("num_d", "num_m"))
    return "day", _year(match["num_y"]), lambda year: spans.day(year, month, day)


def _month_number(match: re.Match[str]) -> Reading:
    month = int(match["mn_m"])
    return "month", _year(match["mn_y"]), lambda year: _month_of(year, month)


def _day_month(match: re.Match[str]) -> Reading:
    day, month, weekday = int(match["dm_d"]), MONTHS[match["dm_m"][:3]], match["dm_w"]
    return "day", _year(match["dm_y"]), lambda year: _checked(spans.day(year, month, day), weekday)


def _month_day(match: re.Match[str]) -> Reading:
    day, month, weekday = int(match["md_d"]), MONTHS[match["md_m"][:3]], match["md_w"]
    return "day", _year(match["md_y"] or match["md_z"]), lambda year: _checked(spans.day(year, month, day), weekday)


def _month(match: re.Match[str]) -> Reading:
    month = MONTHS[match["m_m"][:3]]
    return "month", _year(match["m_y"]), lambda year: _month_of(year, month)


def _quarter(match: re.Match[str]) -> Reading:
    number = _ordinal(match["q_q"])
    if match["q_f"] is None:
        return "quarter", _year(match["q_y"]), _two_readings if match["q_y"] else lambda year: spans.quarter(year, number)
    return "quarter", _first_year(match["q_f"]), lambda year: spans.quarter(_told(year), number)


def _year_quarter(match: re.Match[str]) -> Reading:
    number = _ordinal(match["yq_q"])
    return "quarter", _first_year(match["yq_f"]), lambda year: spans.quarter(_told(year), number)


def _half(match: re.Match[str]) -> Reading:
    number = 2 if match["h_h"].startswith("last") else _ordinal(match["h_h"])
    if match["h_f"]:
        return "half", _first_year(match["h_f"]), lambda year: spans.half(_told(year), number, 4)
    return "half", _year(match["h_y"]), lambda year: spans.half(year, number, 1)


def _season(match: re.Match[str]) -> Reading:
    name = match["s_s"]
    if match["s_f"]:
        days = (lambda year: spans.season(_told(year), name)) if name == "winter" else _two_readings
        return "season", _first_year(match["s_f"]), days
    return "season", _year(match["s_y"]), lambda year: spans.season(year, name)


def _christmas(match: re.Match[str]) -> Reading:
    return "day", _year(match["c_y"]), lambda year: spans.day(year, 12, 25)


def _financial(match: re.Match[str]) -> Reading:
    if match["fy_x"]:
        return "year", _year(match["fy_x"]), _two_readings
    return "year", _first_year(match["fy_a"] or match["fy_b"] or match["fy_c"]), lambda year: spans.financial_year(_told(year))


def _calendar(match: re.Match[str]) -> Reading:
    return "year", _year(match["y_y"]), spans.calendar_year


def _open(match: re.Match[str]) -> Reading:
    return "open", None, None


_SHAPES: dict[str, tuple[str, Callable[[re.Match[str]], Reading]]] = {
    "iso": (rf"(?P<iso_y>{_LONG_YEAR})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)", _iso),
    "numeric": (rf"(?P<num_d>\d{{1,2}})(?P<num_s>[/.-])(?P<num_m>\d{{1,2}})(?P=num_s)(?P<num_y>{_LONG_YEAR}|\d\d)(?![/.]\d)", _numeric),
    "month_number": (rf"(?P<mn_m>\d{{1,2}})/(?P<mn_y>{_LONG_YEAR})", _month_number),
    "day_month": (
        rf"(?:(?P<dm_w>{_WEEKDAY}) (?:the )?)?(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th)?(?: of | |-|)(?P<dm_m>{_MONTH})"
        rf"(?:{_NEXT}(?P<dm_y>{_YEAR}))?",
        _day_month,
    ),
    "month_day": (
        rf"(?:(?P<md_w>{_WEEKDAY}) )?(?P<md_m>{_MONTH}) (?:the )?(?P<md_d>\d{{1,2}})"
        rf"(?:(?:st|nd|rd|th)(?:,? (?P<md_y>{_LONG_YEAR}))?|, (?P<md_z>{_LONG_YEAR}))",
        _month_day,
    ),
    "month": (rf"(?P<m_m>{_MONTH})(?:{_NEXT}(?P<m_y>{_YEAR}))?", _month),
    "quarter": (rf"(?P<q_q>{_QUARTER})(?:{_OF}(?:(?P<q_f>{_FINANCIAL_YEAR})|(?P<q_y>{_LONG_YEAR})))?", _quarter),
    "half": (rf"(?P<h_h>{_HALF}){_OF}(?:(?P<h_f>{_FINANCIAL_YEAR})|(?P<h_y>{_LONG_YEAR}))", _half),
    "year_quarter": (rf"(?P<yq_f>{_FINANCIAL_YEAR}),? ?(?P<yq_q>{_QUARTER})", _year_quarter),
    "season": (rf"(?P<s_s>{'|'.join(spans.SEASONS)})(?:{_NEXT}(?:(?P<s_f>{_TWO_YEARS})|(?P<s_y>{_YEAR})))?", _season),
    "christmas": (rf"(?:christmas|xmas)(?:{_NEXT}(?P<c_y>{_YEAR}))?", _christmas),
    "financial": (
        rf"(?:{_FINANCIAL} ?(?P<fy_a>{_TWO_YEARS})|(?:year )?(?P<fy_b>{_TWO_LONG_YEARS})(?: financial year)?|"
        rf"(?P<fy_c>{_TWO_YEARS}) financial year|{_FINANCIAL} ?(?P<fy_x>{_LONG_YEAR}))",
        _financial,
    ),
    "calendar": (rf"(?:(?:calendar )?year )?(?P<y_y>{_LONG_YEAR})(?!/\d)", _calendar),
    "open": (
        r"(?:on-?going|on going|continuous(?:ly)?|continuing|rolling|as (?:and when )?(?:required|needed)|not (?:yet )?known|"
        r"(?:(?:exact )?dates? )?(?:is )?(?:tb[acd]|(?:still |yet )?to be (?:confirmed|agreed|announced|determined|decided|arranged))|"
        r"annual(?:ly)?|yearly|quarterly|monthly|weekly|(?:each|every) (?:year|quarter|month|spring|summer|autumn|winter)|"
        r"asap|as soon as possible|immediate(?:ly)?)",
        _open,
    ),
}
_MOMENT = re.compile(
    rf"(?<![\w£$€])(?<!\d[.,])(?:{'|'.join(f'(?P<{name}>{pattern})' for name, (pattern, _) in _SHAPES.items())})(?![\w%])(?![.,]\d)"
)
_BEGINNING = re.compile(
    r"(?<![a-z])(?:\d+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|winter|christ|xmas|"
    r"q|h1|h2|first|second|third|fourth|last|final|fy|f/y|financial|municipal|year|calendar|"
    r"ongoing|on-|on going|continu|rolling|as |asap|not |date|exact|is t|tb|to be|still|yet|annual|month|week|each|every|immediate)"
)
"""The first letters of every shape. Looked for first, because most words begin no date."""


def moments(text: str) -> Iterator[Moment]:
    """Yield every date in a flat text, in order."""
    reached = 0
    for beginning in _BEGINNING.finditer(text):
        match = _MOMENT.match(text, beginning.start()) if beginning.start() >= reached else None
        if match and match.lastgroup:
            reached = match.end()
            yield Moment(match.start(), reached, *_SHAPES[match.lastgroup][1](match))


def _year(written: str | None) -> int | None:
    """Turn 2012, '12 or 12 into 2012; two digits from 70 on are of the last century."""
    if written is None:
        return None
    number = int(written.lstrip("'"))
    return number if number > 99 else number + (1900 if number >= 70 else 2000)


_NO_YEAR = -1
"""Stands for two years that do not follow one another: 2011/14."""


def _first_year(written: str) -> int:
    """Return the first year of 2012/13, 12-13 or 2012/2013; `_NO_YEAR` where the second is not the next."""
    first, second = re.findall(r"\d+", written)
    year = _year(first)
    assert year is not None
    return year if int(second) in (year + 1, (year + 1) % 100) else _NO_YEAR


def _told(year: int) -> int:
    if year == _NO_YEAR:
        raise ValueError("the two years do not follow one another")
    return year


def _ordinal(written: str) -> int:
    """Return 1 to 4 for "q3", "quarter 3", "third quarter", "last half"."""
    word = written.split()[0]
    return _NUMBERS.get(word) or (4 if word in ("last", "final") else int(written[-1]))


def _month_of(year: int, month: int) -> Span:
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return spans.months(year, month, 1, "month")


def _checked(span: Span, weekday: str | None) -> Span:
    if weekday and _WEEKDAYS.index(weekday[:3]) != span.start.weekday():
        raise ValueError(f"{span.start} is no {weekday}")
    return span


def _two_readings(year: int) -> Span:
    raise ValueError(f"{year} may be a calendar or a financial year")
