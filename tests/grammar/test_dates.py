"""Whole by-when phrases."""

import calendar
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.dates import read_when

UNDERSTOOD = {
    "31st March 2012": ("2012-03-31", "day"),
    "31/3/12": ("2012-03-31", "day"),
    "18-Dec-13": ("2013-12-18", "day"),
    "the 22nd of November 2013": ("2013-11-22", "day"),
    "March 31, 2012": ("2012-03-31", "day"),
    "Wednesday 22 February 2012": ("2012-02-22", "day"),
    "2012-03-31": ("2012-03-31", "day"),
    "by Christmas 2011": ("2011-12-25", "day"),
    "beg of April 2012": ("2012-04-01", "day"),
    "before 31 March 2012": ("2012-03-31", "day"),
    "Mar-12": ("2012-03-31", "month"),
    "Sept '11": ("2011-09-30", "month"),
    "November ’13": ("2013-11-30", "month"),
    "end of March 2012": ("2012-03-31", "month"),
    "FEBRUARY 2012": ("2012-02-29", "month"),
    "03/2012": ("2012-03-31", "month"),
    "early April 2012": ("2012-04-30", "month"),
    "before April 2012": ("2012-03-31", "month"),
    "Target date: December, 2012": ("2012-12-31", "month"),
    "by end Q3 2011/12": ("2011-12-31", "quarter"),
    "Q3 11/12": ("2011-12-31", "quarter"),
    "Q1 2012-13": ("2012-06-30", "quarter"),
    "2012/13 Q4": ("2013-03-31", "quarter"),
    "the third quarter of 2011-12": ("2011-12-31", "quarter"),
    "first half of 2012/13": ("2012-09-30", "half"),
    "second half of 2012": ("2012-12-31", "half"),
    "2012/13": ("2013-03-31", "year"),
    "FY 2012-13": ("2013-03-31", "year"),
    "the end of the 2011/12 financial year": ("2012-03-31", "year"),
    "year end 2013/14": ("2014-03-31", "year"),
    "by the end of 2012": ("2012-12-31", "year"),
    "spring 2012": ("2012-05-31", "season"),
    "summer of 2012": ("2012-08-31", "season"),
    "by the autumn of 2011": ("2011-11-30", "season"),
    "winter 2012": ("2013-02-28", "season"),
    "winter 2011/12": ("2012-02-29", "season"),
    "2 June/23 June 2011": ("2011-06-23", "range"),
    "1-15 May 2012": ("2012-05-15", "range"),
    "April – June 2012": ("2012-06-30", "range"),
    "between April and June 2012": ("2012-06-30", "range"),
    "Q3/Q4 2012/13": ("2013-03-31", "range"),
    "w/c 5 March 2012": ("2012-03-11", "range"),
}

OPEN = ["ongoing", "On-going", "TBC", "date to be confirmed", "annually", "every autumn", "31 March each year", "early 2012", "mid-2012"]

NO_DATE = [
    "31 February 2012",
    "29 Feb 2011",
    "32 March 2012",
    "13/13/2012",
    "12/13",
    "3/12",
    "2011-14",
    "2012/14",
    "Q3 2012",
    "financial year 2012",
    "year end 2012",
    "Tuesday 22 February 2012",
    "spring 2012/13",
    "December 2012 to March 2012",
    "soon",
    "March 2012, then quarterly",
    "the March 2012 meeting",
    "",
]


@pytest.mark.parametrize(("written", "meant"), UNDERSTOOD.items())
def test_a_phrase_resolves_to_the_last_day_it_allows(written: str, meant: tuple[str, str]) -> None:
    """A002-18, A002-T4, A002-T5."""
    when = read_when(written)
    assert when and when.end
    assert (when.end.isoformat(), when.precision) == meant
    assert when.start and when.start <= when.end
    assert not when.assumed_year


@pytest.mark.parametrize("written", OPEN)
def test_a_phrase_that_names_no_day_is_open(written: str) -> None:
    when = read_when(written)
    assert when and when.end is None and when.precision == "open"


@pytest.mark.parametrize("written", NO_DATE)
def test_what_is_impossible_or_has_two_readings_is_never_guessed(written: str) -> None:
    assert read_when(written) is None


def test_a_date_without_a_year_takes_the_one_given_and_says_so() -> None:
    """A000-T5, A002-T3."""
    when = read_when("2nd June/23rd June", year=2011)
    assert when and when.assumed_year
    assert (when.start, when.end) == (dt.date(2011, 6, 2), dt.date(2011, 6, 23))


def test_a_date_without_a_year_stays_unresolved_where_none_is_given() -> None:
    when = read_when("by May")
    assert when and when.end is None and when.precision == "month"


def test_a_quarter_without_its_financial_year_takes_no_other_year() -> None:
    when = read_when("Q3", year=2011)
    assert when and when.end is None


def test_a_window_between_two_edges_of_months_is_a_range() -> None:
    """A002-T4."""
    when = read_when("between the end of March and beg of April", year=2011)
    assert when and (when.start, when.end) == (dt.date(2011, 3, 31), dt.date(2011, 4, 1))


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


DAY_FORMATS: list[Callable[[dt.date], str]] = [
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{_ordinal(day.day)} of {day:%B, %Y}",
    lambda day: f"by the {_ordinal(day.day)} {day:%b '%y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}.{day.month}.{day:%y}",
    lambda day: f"({day.day}-{day:%b-%y})",
    lambda day: f"{day:%A} {day.day} {day:%B %Y}",
    lambda day: f"Due: {day:%B} {day.day}, {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"no later than {day.day} {day:%B %Y}".upper(),
]


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.sampled_from(DAY_FORMATS))
def test_any_day_written_in_any_way_reads_back(day: dt.date, written: Callable[[dt.date], str]) -> None:
    when = read_when(written(day))
    assert when and (when.start, when.end, when.precision) == (day, day, "day")


@given(
    st.integers(2000, 2068),
    st.integers(1, 12),
    st.sampled_from(["%B %Y", "end of %B %Y", "by %b-%y", "%b '%y", "in %B, %Y", "(%b. %Y)", "%m/%Y"]),
)
def test_any_month_written_in_any_way_reads_back_as_its_last_day(year: int, month: int, written: str) -> None:
    when = read_when(dt.date(year, month, 1).strftime(written))
    assert when and when.end == dt.date(year, month, calendar.monthrange(year, month)[1])


@given(
    st.integers(2000, 2068),
    st.integers(1, 4),
    st.sampled_from(["Q{q} {y}/{n}", "q{q} {s}/{n}", "quarter {q} of {y}-{n}", "{y}/{n} Q{q}", "by end of Q{q} FY {y}/{n}"]),
)
def test_any_quarter_written_in_any_way_reads_back_as_its_last_day(year: int, quarter: int, written: str) -> None:
    when = read_when(written.format(q=quarter, y=year, s=f"{year % 100:02}", n=f"{(year + 1) % 100:02}"))
    ends = {1: dt.date(year, 6, 30), 2: dt.date(year, 9, 30), 3: dt.date(year, 12, 31), 4: dt.date(year + 1, 3, 31)}
    assert when and when.end == ends[quarter]


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    read_when(text)
