"""The timeline as a report master sees it: a chart of Word's own, its figures for a table, and the same in words for a screen reader."""

from pipeline.model.plans import Plan
from pipeline.publish.attached import Attached
from pipeline.publish.chart import Chart, Column, drawing
from pipeline.publish.runs import Block, Styles, paragraph
from pipeline.publish.timeline import Bar, Timeline, timeline
from pipeline.publish.views import Facts, joined


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
    chart = drawing(related, layout.title, in_words(layout.title, layout.things, counted), width)
    facts = {"title": layout.title, "things": layout.things, "total": counted.total, "shown": counted.shown}
    rows = {"quarters": [_row(bar) for bar in counted.quarters], "others": [_row(bar) for bar in counted.others]}
    block = Block(paragraph(styles.id("chart") or styles.id("normal"), chart, keep=True))
    return Facts("the timeline", {**facts, **rows, "chart": block})


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
