"""What falls due when: the dated things of a plan, counted by quarter of the financial year.

A date that is a year, a season or none at all is in no quarter, and is counted by what it is; so the figures add up to all there are.
Which dates they are, the form says (`plan: due` and `timeline`). Knows no layout.

Source: `pipeline.grammar.spans` (a financial year runs from April to March).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.plans import Plan
from pipeline.model.records import Answer, State
from pipeline.publish.reach import answer_at, groups_at, way_to

_APRIL = 4
_MOST_QUARTERS = 24
"""As many as a page has room for: six years."""
_MONTHS = ("April to June", "July to September", "October to December", "January to March")
_WITHIN = frozenset(("", "day", "month", "quarter"))
"""How exact a date must be to lie in one quarter."""
_LONGER = {
    "season": "A season, no quarter named",
    "half": "A half-year, no quarter named",
    "year": "A year, no quarter named",
    "range": "A span of dates, no one quarter named",
}
_OPEN, _UNCLEAR, _NONE, _NOT_APPLICABLE = "Ongoing, or yet to be confirmed", "Words that name no day", "No date given", "No date applies"
_ORDER = (*_LONGER.values(), _OPEN, _UNCLEAR, _NOT_APPLICABLE, _NONE)


class Bar(NamedTuple):
    """How many things fall due in one span, or have one kind of date."""

    name: str
    """ "Q1 2011/12", or what kind of date it is."""
    said: str
    """The months: "April to June 2011"; empty where it is no quarter."""
    number: int
    year: str = ""
    """The financial year of a quarter: "2011/12"."""


class Timeline(NamedTuple):
    """The dated things of a plan."""

    quarters: tuple[Bar, ...]
    """Every quarter that the round looks to, those in which nothing falls due included."""
    others: tuple[Bar, ...]
    """What lies outside them, and what has no quarter; none of no things."""
    total: int

    @property
    def shown(self) -> int:
        """How many fall due in the quarters."""
        return sum(bar.number for bar in self.quarters)


def timeline(plan: Plan) -> Timeline:
    """Count the dated things of a plan.

    Args:
        plan: its form says which date counts. A thing without an answer for it is counted as having none.
    """
    counts = Counter(map(_when, _dates(plan)))
    first, last = _reach(plan)
    quarters = tuple(_bar(number, counts[number]) for number in range(first, last + 1))
    before = sum(count for when, count in counts.items() if isinstance(when, int) and when < first)
    after = sum(count for when, count in counts.items() if isinstance(when, int) and when > last)
    outside = (Bar(f"Before {quarters[0].name}", "", before), Bar(f"After {quarters[-1].name}", "", after))
    vague = (Bar(name, "", counts[name]) for name in _ORDER)
    return Timeline(quarters, tuple(bar for bar in (*outside, *vague) if bar.number), counts.total())


def _reach(plan: Plan) -> tuple[int, int]:
    """Return the first and last quarter that the round looks to."""
    horizon = plan.round.horizon
    first, last = _quarter(horizon.start), _quarter(horizon.end)
    return first, max(first, min(last, first + _MOST_QUARTERS - 1))


def _quarter(day: dt.date) -> int:
    """Number the quarter of a day: the quarters of all financial years in one row."""
    return (day.year * 12 + day.month - _APRIL) // 3


def _bar(number: int, count: int) -> Bar:
    year, place = divmod(number, 4)
    financial = f"{year}/{(year + 1) % 100:02}"
    return Bar(f"Q{place + 1} {financial}", f"{_MONTHS[place]} {year + (place == 3)}", count, financial)


def _when(answer: Answer | None) -> int | str:
    """Return the number of the quarter that a date lies in, or what kind of date it is."""
    if answer is None or answer.state in (State.BLANK, State.REMOVED):
        return _NONE
    if answer.state is State.NOT_APPLICABLE:
        return _NOT_APPLICABLE
    if answer.precision == "open":
        return _OPEN
    if answer.precision not in _WITHIN:
        return _LONGER.get(answer.precision, _UNCLEAR)
    try:
        return _quarter(dt.date.fromisoformat(answer.value or ""))
    except ValueError:
        return _UNCLEAR


def _dates(plan: Plan) -> Iterator[Answer | None]:
    """Yield the date of each thing; None where it has none."""
    to_things, to_date = way_to(plan.round.form.plan.due, plan.round.form)
    for entry in plan.entries:
        for thing in groups_at(entry.answers, to_things):
            yield answer_at(thing, to_date)
