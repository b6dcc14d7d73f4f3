"""Layouts of the first questions: whose return it is, and who answers for it."""

from collections.abc import Callable, Mapping

from tests.corpus.hand import Hand
from tests.corpus.sheets import Block, Cell, Line, Run, cell, form, grid, labelled, said

Layout = Callable[[Hand], tuple[Block, ...]]


def _cell(hand: Hand, key: str, answer: tuple[str, ...], span: int = 1) -> Cell:
    """Return a cell with a label and its answer."""
    first, *more = answer
    return cell(labelled(hand.inline_label(key), first, bold=hand.bold), *more, span=span)


def original(hand: Hand) -> tuple[Block, ...]:
    """Label and answer in one cell, two questions side by side: the form of 2011."""
    name, chair, cabinet, contact = (_cell(hand, key, answer) for key, answer in hand.header_fields())
    return (grid((name, chair), (cabinet._replace(span=2),), (contact._replace(span=2),)),)


def original_beneath(hand: Hand) -> tuple[Block, ...]:
    """The form of 2011, answered on the line below each label."""
    cells = [cell(form(hand.label(key), bold=hand.bold), *answer) for key, answer in hand.header_fields()]
    return (grid((cells[0], cells[1]), (cells[2]._replace(span=2),), (cells[3]._replace(span=2),)),)


def rows(hand: Hand) -> tuple[Block, ...]:
    """Label on the left, answer on the right."""
    return (grid(*((cell(form(hand.label(key), bold=hand.bold)), cell(*answer)) for key, answer in hand.header_fields())),)


def stacked(hand: Hand) -> tuple[Block, ...]:
    """A row for each label, and a row for its answer below it."""
    made = [(cell(form(hand.label(key), bold=hand.bold)), cell(*answer)) for key, answer in hand.header_fields()]
    return (grid(*((one,) for pair in made for one in pair)),)


def pairs(hand: Hand) -> tuple[Block, ...]:
    """Two questions in a row, with a cell for each label and each answer."""
    made = [(cell(form(hand.label(key), bold=hand.bold)), cell(*answer)) for key, answer in hand.header_fields()]
    return (grid((*made[0], *made[1]), (*made[2], *made[3])),)


def columns(hand: Hand) -> tuple[Block, ...]:
    """A row of labels, and a row of answers."""
    fields = hand.header_fields()
    return (grid(tuple(cell(form(hand.word(key), bold=True)) for key, _ in fields), tuple(cell(*answer) for _, answer in fields)),)


def separate(hand: Hand) -> tuple[Block, ...]:
    """Rows, with one for each part of the contact officer's details."""
    name, _, email, phone = hand.answers.contact
    fields = [(key, answer[0]) for key, answer in hand.header_fields()[:3]]
    fields += [("contact", name), ("email", email), ("phone", phone)]
    return (grid(*((cell(form(hand.label(key), bold=hand.bold)), cell(answer)) for key, answer in fields)),)


def lines(hand: Hand) -> tuple[Block, ...]:
    """Paragraphs: the label, a colon, the answer."""
    return tuple(block for key, answer in hand.header_fields() for block in (hand.on_a_line(key, answer[0]), *map(said, answer[1:])))


def tabs(hand: Hand) -> tuple[Block, ...]:
    """Paragraphs, with a tab between label and answer."""
    return tuple(
        block
        for key, answer in hand.header_fields()
        for block in (hand.on_a_line(key, answer[0], "\t"), *(said(f"\t{more}") for more in answer[1:]))
    )


def shared_line(hand: Hand) -> tuple[Block, ...]:
    """Name and chair on one line, as the source document's text has them (A002-T1)."""
    fields = hand.header_fields()
    (name, (said_name,)), (chair, (said_chair,)) = fields[:2]
    runs = (
        Run(f"{hand.inline_label(name)} ", "form", hand.bold),
        Run(said_name),
        Run(f"\t{hand.inline_label(chair)} ", "form", hand.bold),
        Run(said_chair),
    )
    rest = (block for key, answer in fields[2:] for block in (hand.on_a_line(key, answer[0]), *map(said, answer[1:])))
    return (Line(runs), *rest)


def beneath(hand: Hand) -> tuple[Block, ...]:
    """A label in bold, and the answer on the line below."""
    return tuple(block for key, answer in hand.header_fields() for block in (form(hand.label(key), bold=True), *map(said, answer)))


def headings(hand: Hand) -> tuple[Block, ...]:
    """Each label is a heading."""
    return tuple(block for key, answer in hand.header_fields() for block in (form(hand.word(key), style="Heading 2"), *map(said, answer)))


def questions(hand: Hand) -> tuple[Block, ...]:
    """Numbered questions, answered below."""
    numbered = enumerate(hand.header_fields(), 1)
    return tuple(
        block for at, (key, answer) in numbered for block in (form(f"{at}. {hand.label(key)}", bold=hand.bold), *map(said, answer))
    )


def nested(hand: Hand) -> tuple[Block, ...]:
    """A table within a cell of a table."""
    return (grid((cell(*rows(hand), said("")),)),)


def merged(hand: Hand) -> tuple[Block, ...]:
    """A column at the left that is merged over all rows."""
    made = [(cell(form(hand.label(key), bold=hand.bold)), cell(*answer)) for key, answer in hand.header_fields()]
    first = (cell(form("About you", bold=True), joined="restart"), *made[0])
    return (grid(first, *((cell(joined="continue"), *pair) for pair in made[1:])),)


HEADERS: Mapping[str, Layout] = {
    "original": original,
    "original-beneath": original_beneath,
    "rows": rows,
    "stacked": stacked,
    "pairs": pairs,
    "columns": columns,
    "separate": separate,
    "lines": lines,
    "tabs": tabs,
    "shared-line": shared_line,
    "beneath": beneath,
    "headings": headings,
    "questions": questions,
    "nested": nested,
    "merged": merged,
}
