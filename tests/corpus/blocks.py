"""Layouts of what is said about each priority: context, deliverables, measures of success."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.corpus.answers import OBJECTIVES, Carried, Deliverable, Priority
from tests.corpus.hand import Hand
from tests.corpus.sheets import Block, Cell, Grid, Line, Run, cell, form, grid, said

Layout = Callable[[Hand], tuple[Block, ...]]
_KEYS = ("context", "deliverables", "measures")


def _parts(hand: Hand, priority: Priority) -> dict[str, tuple[Line, ...]]:
    return {"context": hand.context(priority), "deliverables": hand.deliverables(priority), "measures": hand.measures(priority)}


def _title(hand: Hand, at: int, priority: Priority) -> Line:
    """Return the line over a block."""
    said = hand.block_title(priority)
    before, after = {
        "number": (f"{hand.number(at)}. ", ""),
        "word": (f"{hand.word('priority')} {hand.number(at)}: ", ""),
        "word-dash": (f"{hand.word('priority')} {hand.number(at)} – ", ""),
        "in-brackets": (f"{hand.number(at)}. [", "]"),
        "bare": ("", ""),
        "label": (f"{hand.word('priority')}: ", ""),
    }[hand.over]
    return Line((Run(before, "form", bold=True), Run(said, bold=True), Run(after, "form", bold=True)))


def _each(hand: Hand, block: Callable[[int, Priority], tuple[Block, ...]]) -> tuple[Block, ...]:
    return tuple(part for at, priority in enumerate(hand.answers.priorities, 1) for part in block(at, priority))


def _flow(hand: Hand, priority: Priority) -> tuple[Block, ...]:
    """Return labels with their answers below them."""
    return tuple(line for key, answer in _parts(hand, priority).items() for line in (*hand.heading(key), *answer))


def boxes(hand: Hand) -> tuple[Block, ...]:
    """Everything about a priority in one bordered box: the form of 2011."""
    return _each(hand, lambda at, one: (grid((cell(_title(hand, at, one), *hand.lead(one), *_flow(hand, one)),)), form("")))


def box_rows(hand: Hand) -> tuple[Block, ...]:
    """A box with a row for the title and one for each question, label and answer together."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        rows = [(cell(*hand.heading(key), *answer),) for key, answer in _parts(hand, one).items()]
        return (grid((cell(_title(hand, at, one), *hand.lead(one)),), *rows), form(""))

    return _each(hand, block)


def one_table(hand: Hand) -> tuple[Block, ...]:
    """All priorities in one table of one column."""
    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(hand.answers.priorities, 1):
        rows.append((cell(_title(hand, at, one), *hand.lead(one)),))
        rows += [(cell(*hand.heading(key), *answer),) for key, answer in _parts(hand, one).items()]
    return (Grid(tuple(rows)),)


def label_rows(hand: Hand) -> tuple[Block, ...]:
    """A table for each priority: its title over both columns, labels at the left, answers at the right."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        rows = [(cell(*hand.heading(key)), cell(*answer)) for key, answer in _parts(hand, one).items()]
        lead = [(cell(form(hand.label("lead"))), cell(one.lead))] if hand.lead_in_block else []
        return (grid((cell(_title(hand, at, one), span=2),), *lead, *rows), form(""))

    return _each(hand, block)


def stacked_rows(hand: Hand) -> tuple[Block, ...]:
    """A table for each priority, with a row for each label and one for its answer below."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        rows = [row for key, answer in _parts(hand, one).items() for row in ((cell(*hand.heading(key)),), (cell(*answer),))]
        return (grid((cell(_title(hand, at, one), *hand.lead(one)),), *rows), form(""))

    return _each(hand, block)


def titled_rows(hand: Hand) -> tuple[Block, ...]:
    """Like `label_rows`, with a row that says "Priority 1" and the title beside it."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        rows = [(cell(form(hand.label(key))), cell(*answer)) for key, answer in _parts(hand, one).items()]
        lead = [(cell(form(hand.label("lead"))), cell(one.lead))] if hand.lead_in_block else []
        return (
            grid((cell(form(f"{hand.word('priority')} {hand.number(at)}", bold=True)), cell(hand.block_title(one))), *lead, *rows),
            form(""),
        )

    return _each(hand, block)


def bold_labels(hand: Hand) -> tuple[Block, ...]:
    """Paragraphs: the title, and labels with their answers below."""
    return _each(hand, lambda at, one: (_title(hand, at, one), *hand.lead(one), *_flow(hand, one)))


def inline_labels(hand: Hand) -> tuple[Block, ...]:
    """Paragraphs that begin with their label; lists stand below theirs."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        first, *more = hand.context(one) or (said(""),)
        context = Line((Run(f"{hand.inline_label('context')} ", "form", bold=True), *first.runs))
        rest = (line for key in _KEYS[1:] for line in (*hand.heading(key), *_parts(hand, one)[key]))
        return (_title(hand, at, one), *hand.lead(one), context, *more, *rest)

    return _each(hand, block)


def headings(hand: Hand) -> tuple[Block, ...]:
    """Headings of two levels."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        title = Line((Run(f"{hand.word('priority')} {hand.number(at)}: ", "form"), Run(hand.block_title(one))), "Heading 2")
        rest = (line for key, answer in _parts(hand, one).items() for line in (form(hand.word(key), style="Heading 3"), *answer))
        return (title, *hand.lead(one), *rest)

    return _each(hand, block)


def measures_first(hand: Hand) -> tuple[Block, ...]:
    """Labels with answers below, in another order than the form's."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        parts = _parts(hand, one)
        rest = (line for key in ("deliverables", "measures", "context") for line in (*hand.heading(key), *parts[key]))
        return (_title(hand, at, one), *hand.lead(one), *rest)

    return _each(hand, block)


def three_parts(hand: Hand) -> tuple[Block, ...]:
    """A table for each priority, with a row for each part of the context."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        parts = {"policies": one.policies, "link": one.link, "plans": one.plans}
        rows = [(cell(form(hand.label(key))), cell(*hand.paragraphs(texts))) for key, texts in parts.items()]
        rows += [(cell(form(hand.label(key))), cell(*answer)) for key, answer in _parts(hand, one).items() if key != "context"]
        return (grid((cell(_title(hand, at, one), *hand.lead(one), span=2),), *rows), form(""))

    return _each(hand, block)


def matrix(hand: Hand) -> tuple[Block, ...]:
    """One table with a row for each priority."""
    keys = ("priority", "lead", *_KEYS)
    rows = [
        (cell(f"{at}. {one.title}"), cell(one.lead), *(cell(*answer) for answer in _parts(hand, one).values()))
        for at, one in enumerate(hand.answers.priorities, 1)
    ]
    return (grid(tuple(cell(form(hand.word(key), bold=True)) for key in keys), *rows),)


def ticked(hand: Hand) -> tuple[Block, ...]:
    """A table for each priority, in which the objectives are listed and ticked."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        title = cell(_title(hand, at, one), *hand.lead(one), span=2)
        boxes = [form(f"{'☒' if objective in one.objectives else '☐'} {objective}") for objective in OBJECTIVES]
        rows = [(cell(form(hand.label(key))), cell(*answer)) for key, answer in _parts(hand, one).items()]
        return (grid((title,), (cell(form(hand.label("objectives"))), cell(*boxes)), *rows), form(""))

    return _each(hand, block)


def merged_rows(hand: Hand) -> tuple[Block, ...]:
    """One table: the title in a cell that is merged over the rows of its priority, a label beside it, the answer beside that."""
    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(hand.answers.priorities, 1):
        title = cell(_title(hand, at, one), *hand.lead(one), joined="restart")
        for number, (key, answer) in enumerate(_parts(hand, one).items()):
            rows.append((title if not number else cell(joined="continue"), cell(form(hand.label(key))), cell(*answer)))
    return (Grid(tuple(rows)),)


# -- deliverables with their measures beside them ------------------------------------------------------------------------


def _context(hand: Hand, at: int, one: Priority) -> tuple[Block, ...]:
    return (_title(hand, at, one), *hand.lead(one), *hand.heading("context"), *hand.context(one))


def _table(hand: Hand, one: Priority, keys: tuple[str, ...], numbers: bool = False) -> Grid:
    values: dict[str, Callable[[Deliverable], str]] = {
        "what": lambda given: given.bare if "due" in keys else given.whole,
        "deliverables": lambda given: given.whole,
        "due": lambda given: given.when.words,
        "measure": lambda given: given.measure,
        "measures": lambda given: given.measure,
    }
    head = tuple(cell(form(hand.word(key), bold=True)) for key in keys)
    rows = [tuple(cell(values[key](given)) for key in keys) for given in one.deliverables]
    if not numbers:
        return grid(head, *rows)
    return grid((cell(form("")), *head), *((cell(form(str(at))), *row) for at, row in enumerate(rows, 1)))


def drawn_table(hand: Hand) -> tuple[Block, ...]:
    """Below the label of deliverables, a table of what, when and how measured that the respondent drew."""
    table = ("what", "due", "measure")
    return _each(hand, lambda at, one: (*_context(hand, at, one), *hand.heading("deliverables"), _table(hand, one, table), form("")))


def numbered_table(hand: Hand) -> tuple[Block, ...]:
    """The same with a column of numbers, and the measure before the date."""
    table = ("what", "measure", "due")
    return _each(hand, lambda at, one: (*_context(hand, at, one), _table(hand, one, table, numbers=True), form("")))


def two_columns(hand: Hand) -> tuple[Block, ...]:
    """A table of deliverables and measures, a row for each pair."""
    return _each(hand, lambda at, one: (*_context(hand, at, one), _table(hand, one, ("deliverables", "measures")), form("")))


def side_by_side(hand: Hand) -> tuple[Block, ...]:
    """Two cells: all deliverables in one, all measures in the other."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        head = tuple(cell(form(hand.word(key), bold=True)) for key in _KEYS[1:])
        return (*_context(hand, at, one), grid(head, (cell(*hand.deliverables(one)), cell(*hand.measures(one)))), form(""))

    return _each(hand, block)


def nested_table(hand: Hand) -> tuple[Block, ...]:
    """The respondent's table stands within a cell of the form's table."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        context = (cell(form(hand.label("context"))), cell(*hand.context(one)))
        inner = (cell(form(hand.label("deliverables"))), cell(_table(hand, one, ("what", "due", "measure")), form("")))
        return (grid((cell(_title(hand, at, one), *hand.lead(one), span=2),), context, inner), form(""))

    return _each(hand, block)


def measure_lines(hand: Hand) -> tuple[Block, ...]:
    """Each deliverable has its measure on the line below, with a label."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        listed: list[Line] = []
        for number, given in enumerate(one.deliverables, 1):
            listed.append(said(f"{number}. {given.whole}"))
            if given.measure:
                listed.append(Line((Run(f"{hand.inline_label('measure')} ", "form", italic=True), Run(given.measure))))
        return (*_context(hand, at, one), *hand.heading("deliverables"), *listed)

    return _each(hand, block)


def measure_brackets(hand: Hand) -> tuple[Block, ...]:
    """Each deliverable has its measure in brackets after it."""

    def block(at: int, one: Priority) -> tuple[Block, ...]:
        listed = [
            f"{given.whole} ({hand.word('measure')}: {given.measure})" if given.measure else given.whole for given in one.deliverables
        ]
        return (*_context(hand, at, one), *hand.heading("deliverables"), *hand.lists.typed(listed))

    return _each(hand, block)


def long_table(hand: Hand) -> tuple[Block, ...]:
    """One table with a row for each deliverable; priority, lead officer and context are merged over the rows of theirs."""
    keys = ("priority", "lead", "context", "what", "due", "measure")
    rows = [tuple(cell(form(hand.word(key), bold=True)) for key in keys)]
    for at, one in enumerate(hand.answers.priorities, 1):
        first = (cell(f"{at}. {one.title}", joined="restart"), cell(one.lead, joined="restart"), cell(*hand.context(one), joined="restart"))
        rest = tuple(cell(joined="continue") for _ in first)
        for number, given in enumerate(one.deliverables):
            rows.append((*(rest if number else first), cell(given.bare), cell(given.when.words), cell(given.measure)))
    return (Grid(tuple(rows)),)


class Style(NamedTuple):
    """A layout of the blocks, and what it has room for."""

    layout: Layout
    carried: Carried = Carried()
    uses_list: bool = True
    leads: bool = False
    """Whether it always names the lead officers itself."""


_COLUMNS = Carried(dates="column", measures="column")

BLOCKS: Mapping[str, Style] = {
    "boxes": Style(boxes),
    "box-rows": Style(box_rows),
    "one-table": Style(one_table),
    "label-rows": Style(label_rows),
    "stacked-rows": Style(stacked_rows),
    "titled-rows": Style(titled_rows),
    "bold-labels": Style(bold_labels),
    "inline-labels": Style(inline_labels),
    "headings": Style(headings),
    "measures-first": Style(measures_first),
    "three-parts": Style(three_parts, Carried(parts=True)),
    "matrix": Style(matrix, leads=True),
    "ticked": Style(ticked, Carried(objectives=True)),
    "merged-rows": Style(merged_rows),
    "long-table": Style(long_table, _COLUMNS, uses_list=False, leads=True),
    "drawn-table": Style(drawn_table, _COLUMNS, uses_list=False),
    "numbered-table": Style(numbered_table, _COLUMNS, uses_list=False),
    "two-columns": Style(two_columns, Carried(measures="column"), uses_list=False),
    "side-by-side": Style(side_by_side),
    "nested-table": Style(nested_table, _COLUMNS, uses_list=False),
    "measure-brackets": Style(measure_brackets, Carried(measures="column")),
    "measure-lines": Style(measure_lines, Carried(measures="column"), uses_list=False),
}
