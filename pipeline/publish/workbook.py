"""The annex as an Excel workbook: a row for each item with the place it was read from, the lists within items, the returns, the findings.

Which lists there are, the form says. What links lead to is in the workbook itself.
"""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.model.forms import AnnexColumn
from pipeline.model.plans import AnnexItem, AnnexRow, Plan
from pipeline.publish.context import where_said
from pipeline.publish.lists import listings
from pipeline.publish.runs import legal
from pipeline.publish.sheets import INK, LONGEST, Formats, set_up_print, tab, write_sheet
from pipeline.publish.table_rows import Cell, Column, Link, Sheet, fill, height

_WHOLE = "the Word annex"
_WHOLE_PLAN = "the delivery plan"
_RETURNS = "Returns"
_BAR_POINTS = 26
"""Of the chart's height, for each bar."""


def write_workbook(target: IO[bytes], plan: Plan, *, draft: bool | None = None) -> None:
    """Write the workbook of the annex.

    Args:
        target: a file open for writing.
        plan: the plan; its annex rows, in their order, an item a row.
        draft: whether the papers are drafts; where None, they are while queries are open or returns wait.
    """
    frame = io.BytesIO()
    sheets: dict[str, Sheet] = {}
    with Workbook(frame, {"in_memory": True}) as book:
        _describe(book, plan)
        formats = Formats(book)
        footer = f"{plan.round.name}: {plan.round.form.annex.title}"

        def add(sheet: Sheet) -> None:
            sheets[write_sheet(book, sheet, formats, footer)] = sheet

        taken = [tab(plan.round.form.annex.title)]
        add(_items(plan, taken[0]))
        _about(book, plan, formats, footer, draft=plan.draft if draft is None else draft)
        taken += ["About", _RETURNS, "Findings"]
        for number, listing in enumerate(listings(plan), 1):
            taken.append(tab(listing.title if len(listing.title) <= LONGEST else listing.name, taken))
            add(Sheet(taken[-1], f"List{number}", listing.columns, listing.rows, _WHOLE_PLAN))
        add(_returns(plan))
        add(_findings(plan))
    fill(target, frame.getvalue(), sheets)


def _describe(book: Workbook, plan: Plan) -> None:
    """Set the properties; the date is the round's own, so that the same plan gives the same bytes."""
    round_ = plan.round
    created = dt.datetime.combine(round_.meeting.date or round_.period.start, dt.time())
    title = f"{round_.name}: {round_.form.annex.title}"
    book.set_properties({"title": legal(title), "author": legal(round_.meeting.body or round_.name), "created": created})


# -- items -------------------------------------------------------------------------------------------------------------


def _items(plan: Plan, title: str) -> Sheet:
    return Sheet(title, "Annex", _columns(plan), _rows(plan), _WHOLE)


def _columns(plan: Plan) -> tuple[Column, ...]:
    """Return the columns: those of the annex, what stands over and between its items, and where each item comes from."""
    form = plan.round.form
    columns = [Column(column.heading, max(column.width, 14)) for column in form.annex.columns]
    listed = _listed(plan)
    columns += [Column(form.field(path).label, wide) for path, wide in ((listed.group, 14), (listed.introduction, 28)) if path]
    return (*columns, Column("Partnership id", 16), Column("Return", 30), Column("Place in the return", 16))


def _listed(plan: Plan) -> AnnexColumn:
    return next(column for column in plan.round.form.annex.columns if column.listed)


def _rows(plan: Plan) -> Iterator[list[Cell]]:
    """Yield the cells of each item, left to right; merged cells are repeated."""
    listed = _listed(plan)
    annex = plan.round.form.annex.columns
    stands = {body.id: row for row, body in enumerate(plan.replies.asked, 2)}
    for row in plan.annex:
        body, file = row.entry.partnership.id, row.entry.file
        source = Link(file or "the return", _RETURNS, stands[body]) if body in stands else file
        for item in row.items:
            shown = [item.text if column.listed else cell.text for column, cell in zip(annex, row.cells, strict=True)]
            yield [*shown, *_over(listed, row, item), body, source, str(item.answer.place) if item.answer else ""]


def _over(listed: AnnexColumn, row: AnnexRow, item: AnnexItem) -> list[str]:
    introduction = "\n".join(passage.text for passage in row.introduction)
    return [text for path, text in ((listed.group, item.group), (listed.introduction, introduction)) if path]


# -- returns and findings ----------------------------------------------------------------------------------------------


def _returns(plan: Plan) -> Sheet:
    """Return the sheet of those asked, in the order of the register: what became of each, and the document that says so."""
    entries = {entry.partnership.id: entry for entry in plan.entries}
    replies = plan.replies
    states = {body.id: state for state in ("silent", "waiting", "nil", "declined") for body in getattr(replies, state)}
    words = {"silent": "no reply", "waiting": "replied, not in the plan yet", "nil": "nil return", "declined": "declined"}
    queries = Counter(finding.partnership for finding in plan.queries)
    rows: list[tuple[Cell, ...]] = []
    for body in replies.asked:
        entry = entries.get(body.id)
        state = "in the plan" if entry else words.get(states.get(body.id, ""), "")
        items = len(entry.items) if entry else 0
        rows.append((body.name, body.id, state, items, queries[body.id], entry.file if entry else "", entry.sha256 if entry else ""))
    of = plan.round.form.fields[plan.round.form.plan.of].label
    heads = (
        ("Partnership", 40),
        ("Partnership id", 26),
        ("Reply", 22),
        (of, 12),
        ("Open queries", 12),
        ("Return", 30),
        ("SHA-256 of the return", 24),
    )
    return Sheet(_RETURNS, "Returns", tuple(Column(*head) for head in heads), rows, _WHOLE_PLAN)


def _findings(plan: Plan) -> Sheet:
    """Return the sheet of what the rules noticed: what is open, then what a person accepted and why."""
    form, names = plan.round.form, {body.id: body.name for body in plan.round.partnerships}
    noticed = [(finding, "open", "") for finding in plan.findings]
    noticed += [(override.finding, "accepted", override.decision.reason) for override in plan.overrides]
    rows = tuple(
        (names.get(finding.partnership, "The round"), finding.severity.value, finding.code, where_said(finding.field, form), *rest)
        for finding, state, reason in noticed
        for rest in [(finding.message, state, reason)]
    )
    heads = (("Partnership", 30), ("Severity", 10), ("Rule", 20), ("Where", 30), ("What", 60), ("State", 10), ("Reason", 40))
    return Sheet("Findings", "Findings", tuple(Column(*head) for head in heads), rows, _WHOLE_PLAN)


# -- about -------------------------------------------------------------------------------------------------------------


def _about(book: Workbook, plan: Plan, formats: Formats, footer: str, *, draft: bool) -> None:
    """Add the sheet that lets a reader reconcile the table with the paper, with the items of each chapter as a chart."""
    replies = plan.replies
    facts: list[tuple[str, str | int]] = [
        ("Round", plan.round.name),
        ("Period", plan.round.period.written),
        ("Status", "Draft" if draft else "Final"),
        ("Partnerships asked", len(replies.asked)),
        ("Partnerships that replied", len(replies.replied)),
        ("Returns in the annex", len(plan.entries)),
        ("Rows of the annex in Word", len(plan.annex)),
        ("Rows of the table in this workbook", plan.total),
        ("Queries still open", len(plan.queries)),
        ("Did not reply", "; ".join(body.name for body in replies.silent) or "none"),
    ]
    sheet = book.add_worksheet("About")
    bold = book.add_format({"font_name": "Arial", "font_size": 10, "bold": True, "valign": "top"})
    ordinary = book.add_format({"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top", "align": "left"})
    columns = (Column("", 44), Column("", 60))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, bold)
        if isinstance(fact, int):
            sheet.write_number(row, 1, fact, ordinary)
        else:
            sheet.write_string(row, 1, legal(fact), ordinary)
    _chart(book, sheet, plan, len(facts) + 1, columns, formats)
    set_up_print(sheet, footer, pages=1)


def _chart(book: Workbook, sheet: Worksheet, plan: Plan, top: int, columns: tuple[Column, ...], formats: Formats) -> None:
    """Add how many items each chapter has, as a table and as a chart of it."""
    form = plan.round.form
    chapters, items = form.field(form.plan.chapters).label, form.fields[form.plan.of].label
    sheet.write_string(top, 0, chapters, formats.header)
    sheet.write_string(top, 1, items, formats.header)
    counted = [(chapter.name or f"No {chapters.lower()} named", len(chapter.items)) for chapter in plan.chapters]
    for row, (name, count) in enumerate(counted, top + 1):
        sheet.write_string(row, 0, legal(name), formats.text)
        sheet.write_number(row, 1, count, formats.number)
        sheet.set_row(row, height((name, count), columns))
    if not counted:
        return
    chart = book.add_chart({"type": "bar"})
    last = top + len(counted)
    series = {"categories": ["About", top + 1, 0, last, 0], "values": ["About", top + 1, 1, last, 1], "fill": {"color": INK}, "gap": 60}
    chart.add_series({**series, "name": items, "data_labels": {"value": True}})
    chart.set_title({"name": legal(f"{items} by {chapters.lower()}"), "overlay": False, "name_font": {"name": "Arial", "size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"name": "Arial", "size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 720, "height": 120 + _BAR_POINTS * len(counted)})
    said = "; ".join(f"{name}: {count}" for name, count in counted)
    sheet.insert_chart(last + 2, 0, chart, {"description": legal(f"{items} by {chapters.lower()}: {said}.")})
