"""Working days and bank holidays of England, and when papers are published at the latest."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.working_days import bank_holidays, easter_sunday, is_working_day, last_to_publish, working_day_before, working_days

YEARS = st.integers(1978, 2200)
DAYS = st.dates(dt.date(1978, 1, 1), dt.date(2150, 12, 31))
PUBLISHED = {
    1995: "2 Jan, 14 Apr, 17 Apr, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    1999: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec, 31 Dec",
    2002: "1 Jan, 29 Mar, 1 Apr, 6 May, 3 Jun, 4 Jun, 26 Aug, 25 Dec, 26 Dec",
    2004: "1 Jan, 9 Apr, 12 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2009: "1 Jan, 10 Apr, 13 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2011: "3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2012: "2 Jan, 6 Apr, 9 Apr, 7 May, 4 Jun, 5 Jun, 27 Aug, 25 Dec, 26 Dec",
    2020: "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2022: "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec",
    2023: "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
}
"""As gov.uk/bank-holidays and the London Gazette have them."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_bank_holidays_are_those_that_were_published(year: int) -> None:
    assert ", ".join(f"{day.day} {day:%b}" for day in bank_holidays(year)) == PUBLISHED[year]


def test_a_christmas_on_a_sunday_leaves_boxing_day_where_it_is() -> None:
    """2011: the substitute for Christmas Day is the Tuesday."""
    assert list(bank_holidays(2011).items())[-2:] == [(dt.date(2011, 12, 26), "Boxing Day"), (dt.date(2011, 12, 27), "Christmas Day")]


def test_years_before_1978_are_refused_but_their_weekdays_are_known() -> None:
    with pytest.raises(ValueError, match="from 1978 on"):
        bank_holidays(1977)
    assert is_working_day(dt.date(1977, 12, 30))
    assert not is_working_day(dt.date(1977, 12, 31))


@given(YEARS)
def test_every_year_has_its_eight_holidays_on_weekdays(year: int) -> None:
    holidays = bank_holidays(year)
    assert len(holidays) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in holidays)


@given(YEARS)
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert dt.date(year, 3, 22) <= easter <= dt.date(year, 4, 25)


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_working_days_add_up_whichever_day_is_in_between(start: dt.date, first: int, second: int) -> None:
    between, end = start + dt.timedelta(first), start + dt.timedelta(first + second)
    assert working_days(start, end) == working_days(start, between) + working_days(between, end)
    assert working_days(end, start) == -working_days(start, end)


@given(DAYS)
def test_the_working_day_before_is_one_working_day_away(day: dt.date) -> None:
    before = working_day_before(day)
    assert before < day
    assert is_working_day(before)
    assert working_days(before, day) == is_working_day(day)


@given(DAYS, st.integers(0, 10))
def test_between_publication_and_meeting_lie_the_clear_days(meeting: dt.date, clear: int) -> None:
    published = last_to_publish(meeting, clear)
    assert working_days(published, meeting - dt.timedelta(1)) == clear
    assert is_working_day(published)


def test_the_papers_of_13_july_2011_are_out_on_the_5th() -> None:
    """Source document 002: the partnership meets on Wednesday 13 July. 6, 7, 8, 11 and 12 July are the five clear days."""
    assert last_to_publish(dt.date(2011, 7, 13)) == dt.date(2011, 7, 5)


def test_the_royal_wedding_and_the_early_may_holiday_make_a_short_week() -> None:
    assert working_days(dt.date(2011, 4, 21), dt.date(2011, 5, 6)) == 7
