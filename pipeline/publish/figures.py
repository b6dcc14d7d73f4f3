"""The timeline as a report master sees it: a chart of Word's own, its figures for a table, and the same in words for a screen reader."""

from collections.abc import Callable
from functools import partial
from itertools import count

from pipeline.model.plans import Plan
from pipeline.publish.attached import Attached
from pipeline.publish.chart import Chart, Column, drawing
from pipeline.publish.runs import Block, Styles, paragraph
from pipeline.publish.timeline import Bar, Timeline, timeline
from pipeline.publish.views import Facts, joined

_FIRST_OBJECT = 900_001
"""Of the numbers of drawn objects; a master's own are smaller."""


def shown_timeline(plan: Plan, styles: Styles, width: int, attached: Attached) -> object:
    """Return the timeline: title, things, total, shown; quarters and others; chart. Nothing where the form has none or nothing is dated.

    Args:
        plan: the plan.
        styles: those of the master.
        width: of the chart, in twentieths of a point.
        attached: takes the chart's parts.
    """
    layout = plan.round.form.plan.timeline
    counted = timeline(plan) if layout else None
    if layout is None or counted is None or not counted.total:
        return ""
    columns = tuple(Column(bar.name.split()[0], bar.year, bar.number) for bar in counted.quarters)
    related = attached.chart(Chart(layout.things, "Financial year", columns))
    drawn = partial(drawing, related, layout.title, in_words(layout.title, layout.things, counted), width)
    facts = {"title": layout.title, "things": layout.things, "total": counted.total, "shown": counted.shown}
    rows = {"quarters": [_row(bar) for bar in counted.quarters], "others": [_row(bar) for bar in counted.others]}
    chart = _Drawn(lambda number: paragraph(styles.id("chart") or styles.id("normal"), drawn(number), keep=True))
    return Facts("the timeline", {**facts, **rows, "chart": chart})


class _Drawn(Block):
    """A chart that stands wherever a master names it, each time as an object with a number of its own: Word wants no two alike."""

    __slots__ = ("_make", "_numbers")

    def __init__(self, make: Callable[[int], str]) -> None:
        super().__init__("")
        self._make = make
        self._numbers = count(_FIRST_OBJECT)

    def __html__(self) -> str:
        return self._make(next(self._numbers))


def _row(bar: Bar) -> Facts:
    return Facts("a quarter", {"name": bar.name, "months": bar.said, "count": bar.number})


def in_words(title: str, things: str, counted: Timeline) -> str:
    """Say the figures of the chart: what a screen reader reads out in its place."""
    due = [f"{bar.name}: {bar.number}" for bar in counted.quarters if bar.number]
    idle = len(counted.quarters) - len(due)
    quarters = f"{joined(due, '; ', '; ')}. " if due else ""
    rest = f"None in the other {idle}. " if idle and due else "None in any quarter. " if not due else ""
    others = [f"{bar.name}: {bar.number}" for bar in counted.others]
    beside = f" Not in the chart: {joined(others, '; ', '; ')}." if others else ""
    span = f"{counted.quarters[0].name} to {counted.quarters[-1].name}"
    return f"Column chart. {title}, {span}. {quarters}{rest}{things} in all: {counted.total}.{beside}"
