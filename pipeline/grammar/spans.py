"""Spans of the calendar as councils write them: days, months, quarters, halves, seasons, years.

Pure arithmetic. A financial year runs from 1 April to 31 March, so its first quarter is April to June. A winter belongs to the
year in which it begins and ends on the last day of the February after it.

Source: the conventions of the 2011 round (source document 002) and its returns.
"""

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
"""Month numbers by the first three letters of the name."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each season; each has three."""

WEEK = dt.timedelta(days=6)
"""From the first to the last day of a week."""

_APRIL = 4


class Span(NamedTuple):
    """A stretch of days, both ends included, and how exactly it was said."""

    start: dt.date
    end: dt.date
    precision: str
    """day, month, quarter, half, season, year or range."""


def day(year: int, month: int, number: int) -> Span:
    """Return one day.

    Raises:
        ValueError: the month has no such day.
    """
    date = dt.date(year, month, number)
    return Span(date, date, "day")


@lru_cache(maxsize=1024)
def months(year: int, first: int, count: int, precision: str) -> Span:
    """Return `count` whole months from month `first` of `year`; `first` may run over into later years.

    Raises:
        ValueError: the year is outside the calendar.
    """
    start_year, start_month = _month(year, first)
    end_year, end_month = _month(year, first + count - 1)
    last = monthrange(end_year, end_month)[1]
    return Span(dt.date(start_year, start_month, 1), dt.date(end_year, end_month, last), precision)


def quarter(year: int, number: int) -> Span:
    """Return quarter 1 to 4 of the financial year that begins in `year`."""
    return months(year, _APRIL + 3 * (number - 1), 3, "quarter")


def half(year: int, number: int, first_month: int) -> Span:
    """Return the first or second half of the year that begins in `first_month`."""
    return months(year, first_month + 6 * (number - 1), 6, "half")


def financial_year(year: int) -> Span:
    """Return April of `year` to March of the next."""
    return months(year, _APRIL, 12, "year")


def calendar_year(year: int) -> Span:
    """Return January to December."""
    return months(year, 1, 12, "year")


def season(year: int, name: str) -> Span:
    """Return a season; winter is the one that begins in `year`."""
    return months(year, SEASONS[name], 3, "season")


def _month(year: int, number: int) -> tuple[int, int]:
    extra, month = divmod(number - 1, 12)
    return year + extra, month + 1
