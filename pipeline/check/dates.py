"""Kinds that look at dates."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pipeline.check.kinds import DATE, Hit, NoParams, Params, kind
from pipeline.check.views import View
from pipeline.model.records import Answer, State


class WithinPeriod(Params):
    """Parameters of `within-period`."""

    span: Literal["period", "horizon"] = "period"
    """Of the round."""
    side: Literal["before", "after"]
    """Which side is asked about."""


@kind("within-period", DATE, WithinPeriod, "date", "start", "end")
def within_period(params: WithinPeriod, of: str, view: View) -> Iterator[Hit]:
    """A date lies within the round's period, or within its horizon."""
    span = view.round.horizon if params.span == "horizon" else view.round.period
    start, end = span.start.isoformat(), span.end.isoformat()
    for answer in view.given(of):
        value = answer.value or ""
        if value < start if params.side == "before" else value > end:
            yield Hit(
                answer.field, {"date": in_words(dt.date.fromisoformat(value)), "start": in_words(span.start), "end": in_words(span.end)}
            )


@kind("understood", DATE, NoParams)
def understood(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """A date that was written can be resolved to a day: not "31 February", "12/13" or "May" of no year."""
    return (Hit(answer.field) for answer in _without_day(of, view) if answer.precision != "open")


@kind("open-ended", DATE, NoParams)
def open_ended(params: NoParams, of: str, view: View) -> Iterator[Hit]:
    """A date names a day: not "ongoing", "TBC" or "early 2012"."""
    return (Hit(answer.field) for answer in _without_day(of, view) if answer.precision == "open")


def in_words(date: dt.date) -> str:
    """Write a date as letters do: 31 March 2014."""
    return f"{date.day} {date:%B %Y}"


def _without_day(of: str, view: View) -> Iterator[Answer]:
    """Yield the answers of field `of` that say something and name no day."""
    return (answer for answer in view.every(of) if answer.state is State.GIVEN and not answer.value)
