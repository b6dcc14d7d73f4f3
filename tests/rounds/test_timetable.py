"""Timetables as officers write them."""

import datetime as dt

from pipeline.model.rounds import Step
from pipeline.rounds.round_file import StepEntry
from pipeline.rounds.timetable import read_timetable


def _read(*lines: tuple[str, str, str]) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Read lines of (what, when, who) in the year 2010."""
    entries = [StepEntry(what=what, when=when, who=(who,) if who else (), kind="") for what, when, who in lines]
    return read_timetable(entries, 2010, lambda position: f"line {position + 1}")


def test_the_timetable_of_2010_is_read_with_all_that_is_odd_about_it() -> None:
    """A000-12, A000-T1, A000-T2, A000-T5."""
    steps, warnings = _read(
        ("Partnerships draft proposals", "30 May", "Thematic Partnerships"),
        ("Progress reviewed", "20 May & 1 July", "Ox Chief Exec Group"),
        ("Emerging views", "1st July", "PSB"),
        ("Priorities agreed", "14 July", "Ox Partnership"),
    )
    assert [(step.start, step.end) for step in steps] == [
        (dt.date(2010, 5, 30), dt.date(2010, 5, 30)),
        (dt.date(2010, 5, 20), dt.date(2010, 7, 1)),
        (dt.date(2010, 7, 1), dt.date(2010, 7, 1)),
        (dt.date(2010, 7, 14), dt.date(2010, 7, 14)),
    ]
    assert warnings == (
        "line 1: timetable – no year is given for “30 May”; “20 May & 1 July”; “1st July”; “14 July” – read as 2010",
        "line 2: timetable – “20 May & 1 July” is more than one date – read as 20 May 2010 to 1 July 2010",
        "line 2: timetable – 20 May 2010 (“Progress reviewed”) comes before 30 May 2010 (“Partnerships draft proposals”), "
        "which stands above it – both are kept as written",
        "line 3: timetable – Ox Chief Exec Group and PSB both have 1 July 2010 – both are kept",
    )


def test_ranges_windows_and_ordinals_are_dates() -> None:
    """A002-T3, A002-T4, A002-T5."""
    steps, warnings = _read(
        ("a", "March 2010", ""),
        ("b", "end of March to beg of April 2010", ""),
        ("c", "21st April 2010", ""),
        ("d", "2nd June/23rd June 2010", ""),
    )
    assert [(step.start, step.end) for step in steps] == [
        (dt.date(2010, 3, 1), dt.date(2010, 3, 31)),
        (dt.date(2010, 3, 31), dt.date(2010, 4, 1)),
        (dt.date(2010, 4, 21), dt.date(2010, 4, 21)),
        (dt.date(2010, 6, 2), dt.date(2010, 6, 23)),
    ]
    assert warnings == ("line 4: timetable – “2nd June/23rd June 2010” is more than one date – read as 2 June 2010 to 23 June 2010",)


def test_a_month_that_began_before_the_line_above_is_in_order() -> None:
    assert _read(("a", "4 March 2010", ""), ("b", "March 2010", ""))[1] == ()


def test_words_that_are_no_date_leave_the_step_without_one() -> None:
    steps, warnings = _read(("a", "when everybody is back", ""))
    assert steps == (Step("a", "when everybody is back", None, None),)
    assert warnings == ("line 1: timetable – “when everybody is back” is not a date that can be read – the step stands without one",)


def test_what_was_written_is_kept() -> None:
    assert _read(("a", "4th March", ""))[0][0].written == "4th March"


def test_an_empty_timetable_has_nothing_odd() -> None:
    assert _read() == ((), ())
