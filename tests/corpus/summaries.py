"""Layouts of the list of priorities with their lead officers."""

from collections.abc import Callable, Mapping

from tests.corpus.hand import Hand
from tests.corpus.sheets import Block, Cell, Line, Run, cell, form, grid, said

Layout = Callable[[Hand], tuple[Block, ...]]


def _head(hand: Hand) -> tuple[Cell, Cell]:
    return cell(form(hand.word("summary"), bold=True)), cell(form(hand.word("lead"), bold=True))


def _unused(hand: Hand) -> list[int]:
    """Return the numbers of the form's rows that were left as they came."""
    return list(range(len(hand.answers.priorities) + 1, 5)) if "unused-rows" in hand.habits else []


def rows(hand: Hand) -> tuple[Block, ...]:
    """A row for each priority, its number typed before it."""
    given = [(cell(f"{at}. {one.title}"), cell(one.lead)) for at, one in enumerate(hand.answers.priorities, 1)]
    left = [(cell(form(f"{at}. priority")), cell()) for at in _unused(hand)]
    return (grid(_head(hand), *given, *left),)


def plain_rows(hand: Hand) -> tuple[Block, ...]:
    """A row for each priority, without numbers."""
    return (grid(_head(hand), *((cell(one.title), cell(one.lead)) for one in hand.answers.priorities)),)


def one_row(hand: Hand) -> tuple[Block, ...]:
    """All titles in one cell and all lead officers in another, a line each."""
    titles = [said(f"{at}. {one.title}") for at, one in enumerate(hand.answers.priorities, 1)]
    titles += [form(f"{at}. priority") for at in _unused(hand)]
    return (grid(_head(hand), (cell(*titles), cell(*(one.lead for one in hand.answers.priorities)))),)


def one_box(hand: Hand) -> tuple[Block, ...]:
    """Label and lines in one cell, for titles and for lead officers: the form of 2011."""
    titles = [said(f"{at}. {one.title}") for at, one in enumerate(hand.answers.priorities, 1)]
    titles += [form(f"{at}. priority") for at in _unused(hand)]
    left = cell(form(hand.word("summary"), bold=True), *titles)
    return (grid((left, cell(form(hand.word("lead"), bold=True), *(one.lead for one in hand.answers.priorities)))),)


def numbered(hand: Hand) -> tuple[Block, ...]:
    """A column of numbers, one of priorities, one of lead officers."""
    head = (cell(form("No.", bold=True)), *_head(hand))
    given = [(cell(form(str(at))), cell(one.title), cell(one.lead)) for at, one in enumerate(hand.answers.priorities, 1)]
    left = [(cell(form(str(at))), cell(form("priority")), cell()) for at in _unused(hand)]
    return (grid(head, *given, *left),)


def word_numbers(hand: Hand) -> tuple[Block, ...]:
    """Rows whose numbers are Word's own."""
    given = [(cell(Line((Run(one.title),), "", "number", 998)), cell(one.lead)) for one in hand.answers.priorities]
    return (grid(_head(hand), *given),)


def tabs(hand: Hand) -> tuple[Block, ...]:
    """Paragraphs, with a tab before the lead officer."""
    head = form(f"{hand.word('summary')}\t{hand.word('lead')}", bold=True)
    return (head, *(said(f"{at}. {one.title}\t{one.lead}") for at, one in enumerate(hand.answers.priorities, 1)))


def brackets(hand: Hand) -> tuple[Block, ...]:
    """A numbered list, with the lead officer in brackets."""
    listed = (said(f"{at}. {one.title} ({hand.word('lead')}: {one.lead})") for at, one in enumerate(hand.answers.priorities, 1))
    return (form(hand.label("summary"), bold=True), *listed)


def below(hand: Hand) -> tuple[Block, ...]:
    """Each priority with its lead officer on the line below."""
    listed = (
        line
        for at, one in enumerate(hand.answers.priorities, 1)
        for line in (said(f"{at}. {one.title}"), Line((Run(f"{hand.inline_label('lead')} ", "form"), Run(one.lead))))
    )
    return (form(hand.label("summary"), bold=True), *listed)


def two_lists(hand: Hand) -> tuple[Block, ...]:
    """A list of priorities, and below it a list of lead officers in the same order."""
    titles = tuple(said(f"{at}. {one.title}") for at, one in enumerate(hand.answers.priorities, 1))
    leads = tuple(said(f"{at}. {one.lead}") for at, one in enumerate(hand.answers.priorities, 1))
    return (form(hand.label("summary"), bold=True), *titles, form(hand.label("lead"), bold=True), *leads)


def nothing(hand: Hand) -> tuple[Block, ...]:
    """No list: the priorities are named over their blocks only."""
    return ()


SUMMARIES: Mapping[str, Layout] = {
    "rows": rows,
    "plain-rows": plain_rows,
    "one-row": one_row,
    "one-box": one_box,
    "numbered": numbered,
    "word-numbers": word_numbers,
    "tabs": tabs,
    "brackets": brackets,
    "below": below,
    "two-lists": two_lists,
    "nothing": nothing,
}
