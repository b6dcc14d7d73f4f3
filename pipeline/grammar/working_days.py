"""Working days in England: Monday to Friday but for bank holidays; and the last day on which papers of a meeting can be published.

The bank holidays of a year follow from rules and from a short table of single changes, so nothing is fetched and no list runs out. Known
are the years from 1978, the first with an early May bank holiday; single changes are known as far as they were proclaimed by 2025.

Source: Banking and Financial Dealings Act 1971, schedule 1, and the royal proclamations made under it; Good Friday and Christmas Day are
holidays by common law. The library `holidays` knows the same days, and those of all other countries: too much for these few lines.
"""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

FIRST_YEAR = 1978
"""The first year that is known."""

CLEAR_DAYS = 5
"""Days for which the agenda and reports of a council's meeting lie open to inspection before it.

Source: Local Government Act 1972, section 100B(3) and (4)(a), where S.I. 2002/715, article 3, put five clear days for three in England.
"""

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_EARLY_MAY, _SPRING = "Early May bank holiday", "Spring bank holiday"

_MOVED: Mapping[int, tuple[str, dt.date]] = {
    1995: (_EARLY_MAY, dt.date(1995, 5, 8)),  # 50 years after the end of the war in Europe
    2002: (_SPRING, dt.date(2002, 6, 4)),  # Golden Jubilee
    2012: (_SPRING, dt.date(2012, 6, 4)),  # Diamond Jubilee
    2020: (_EARLY_MAY, dt.date(2020, 5, 8)),  # 75 years after the end of the war in Europe
    2022: (_SPRING, dt.date(2022, 6, 2)),  # Platinum Jubilee
}
"""Holidays that were on another day than usual. Source: royal proclamations in the London Gazette; gov.uk/bank-holidays."""

_ONCE: Mapping[dt.date, str] = {
    dt.date(1981, 7, 29): "Wedding of Prince Charles and Lady Diana",
    dt.date(1999, 12, 31): "Millennium Eve",
    dt.date(2002, 6, 3): "Golden Jubilee",
    dt.date(2011, 4, 29): "Wedding of Prince William and Catherine Middleton",
    dt.date(2012, 6, 5): "Diamond Jubilee",
    dt.date(2022, 6, 3): "Platinum Jubilee",
    dt.date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    dt.date(2023, 5, 8): "Coronation of King Charles III",
}
"""Holidays of one year only. Source: as above."""


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> Mapping[dt.date, str]:
    """Return the bank holidays of England in a year, in order, with their names.

    A holiday that falls on a weekend has the next free weekday as its substitute; only the substitute is listed.

    Raises:
        ValueError: the year is before 1978.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"bank holidays are known from {FIRST_YEAR} on, not of {year}")
    easter = easter_sunday(year)
    holidays = {
        "New Year’s Day": _or_after(dt.date(year, 1, 1), 1),
        "Good Friday": easter - 2 * _DAY,
        "Easter Monday": easter + _DAY,
        _EARLY_MAY: _monday(dt.date(year, 5, 7)),
        _SPRING: _monday(dt.date(year, 5, 31)),
        "Summer bank holiday": _monday(dt.date(year, 8, 31)),
        "Christmas Day": _or_after(dt.date(year, 12, 25), 2),
        "Boxing Day": _or_after(dt.date(year, 12, 26), 2),
    }
    if year in _MOVED:
        name, day = _MOVED[year]
        holidays[name] = day
    named = {day: name for name, day in holidays.items()} | {day: name for day, name in _ONCE.items() if day.year == year}
    return dict(sorted(named.items()))


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of a Gregorian year.

    Source: the anonymous algorithm in J. Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _or_after(day: dt.date, days: int) -> dt.date:
    """Return a holiday; where it falls on a weekend, its substitute: the first weekday that is at least a number of days after it."""
    if day.weekday() < _SATURDAY:
        return day
    day += days * _DAY
    return day if day.weekday() < _SATURDAY else day + (7 - day.weekday()) * _DAY


def _monday(last: dt.date) -> dt.date:
    """Return the last Monday up to a day."""
    return last - last.weekday() * _DAY


def is_working_day(day: dt.date) -> bool:
    """Say whether offices are open: a weekday that is no bank holiday. Of years before 1978 only the weekdays are known."""
    return day.weekday() < _SATURDAY and (day.year < FIRST_YEAR or day not in bank_holidays(day.year))


def working_days(start: dt.date, end: dt.date) -> int:
    """Count the working days after one day up to and with another: from Friday to Monday it is one. Backwards it is less than nothing."""
    if end < start:
        return -working_days(end, start)
    return sum(is_working_day(start + number * _DAY) for number in range(1, (end - start).days + 1))


def working_day_before(day: dt.date) -> dt.date:
    """Return the last working day before a day."""
    day -= _DAY
    while not is_working_day(day):
        day -= _DAY
    return day


def last_to_publish(meeting: dt.date, clear: int = CLEAR_DAYS) -> dt.date:
    """Return the last working day on which the papers of a meeting can be published.

    Neither the day of publication nor that of the meeting is a clear day. The Act does not say whether a day on which nobody can inspect
    anything counts; here it does not, which is what councils do and is never too late.

    Args:
        meeting: its day.
        clear: how many clear days the papers must be open to inspection.
    """
    day = meeting
    for _ in range(clear + 1):
        day = working_day_before(day)
    return day
