"""A timetable as officers write it: "4th March", "2nd June/23rd June", "end of March to beg of April".

What is odd about it is read, and warned about; a timetable is never refused.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.grammar.dates import When, read_when
from pipeline.model.rounds import Step
from pipeline.rounds.round_file import StepEntry

_SEVERAL = re.compile(r"\s*[/&;,]\s*|\s+(?:and|or)\s+", re.IGNORECASE)


class _Reading(NamedTuple):
    """A line of the timetable, its dates as understood, and whether the year had to be added."""

    where: str
    step: Step
    dates: tuple[When, ...]
    without_year: bool

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The dates that are days, not months or windows."""
        return tuple(when.start for when in self.dates if when.start and when.start == when.end)


def read_timetable(entries: Sequence[StepEntry], year: int, where: Callable[[int], str]) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Read the dates of a timetable.

    Args:
        entries: its lines, in the order of the file.
        year: what a date without a year means.
        where: says where a line stands, given its position from 0.

    Returns:
        The steps in the same order, and the warnings: where – what – what was done about it.
    """
    readings = [_read(entry, year, where(position)) for position, entry in enumerate(entries)]
    warnings = (*_unread(readings), *_yearless(readings, year), *_several(readings), *_out_of_order(readings), *_two_bodies(readings))
    return tuple(reading.step for reading in readings), warnings


def _read(entry: StepEntry, year: int, where: str) -> _Reading:
    whole = _dated(entry.when, year)
    days = _separate_days(entry.when, whole.start.year if whole and whole.start else year)
    dates = days or ((whole,) if whole else ())
    start = min((when.start for when in dates if when.start), default=None)
    end = max((when.end for when in dates if when.end), default=None)
    without_year = whole.assumed_year if whole else any(day.assumed_year for day in days)
    return _Reading(where, Step(entry.what, entry.when, start, end, entry.who, entry.kind), dates, without_year)


def _dated(text: str, year: int) -> When | None:
    when = read_when(text, year)
    return when if when and when.start and when.end else None


def _separate_days(text: str, year: int) -> tuple[When, ...]:
    """Return the days of a list of days; nothing where it is one date or a window."""
    parts = [_dated(part, year) for part in _SEVERAL.split(text)]
    days = tuple(when for when in parts if when and when.precision == "day")
    return days if len(days) == len(parts) > 1 else ()


def _unread(readings: Sequence[_Reading]) -> Iterator[str]:
    for reading in readings:
        if not reading.dates:
            yield f"{reading.where}: timetable – “{reading.step.written}” is not a date that can be read – the step stands without one"


def _yearless(readings: Sequence[_Reading], year: int) -> Iterator[str]:
    found = [reading for reading in readings if reading.without_year]
    if found:
        dates = "; ".join(f"“{reading.step.written}”" for reading in found)
        yield f"{found[0].where}: timetable – no year is given for {dates} – read as {year}"


def _several(readings: Sequence[_Reading]) -> Iterator[str]:
    for reading in readings:
        if len(reading.dates) > 1:
            step = reading.step
            yield f"{reading.where}: timetable – “{step.written}” is more than one date – read as {_day(step.start)} to {_day(step.end)}"


def _out_of_order(readings: Sequence[_Reading]) -> Iterator[str]:
    latest: _Reading | None = None
    for reading in readings:
        first = min(reading.days, default=reading.step.end)
        if first is None or reading.step.start is None:
            continue
        if latest and latest.step.start and first < latest.step.start:
            yield (
                f"{reading.where}: timetable – {_day(first)} (“{reading.step.what}”) comes before {_day(latest.step.start)} "
                f"(“{latest.step.what}”), which stands above it – both are kept as written"
            )
        if latest is None or latest.step.start is None or reading.step.start > latest.step.start:
            latest = reading


def _two_bodies(readings: Sequence[_Reading]) -> Iterator[str]:
    on: dict[dt.date, _Reading] = {}
    for reading in readings:
        for day in reading.days:
            other = on.setdefault(day, reading)
            if other is not reading and other.step.who != reading.step.who:
                yield f"{reading.where}: timetable – {_bodies(other)} and {_bodies(reading)} both have {_day(day)} – both are kept"


def _bodies(reading: _Reading) -> str:
    return " with ".join(reading.step.who) or f"“{reading.step.what}”"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
