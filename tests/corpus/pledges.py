"""Layouts of the review of the partnership's pledges."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.corpus.hand import Hand
from tests.corpus.sheets import Block, Line, cell, form, grid, said

Layout = Callable[[Hand], tuple[Block, ...]]


def _met(hand: Hand) -> tuple[Line, ...]:
    return hand.lists.typed([one.pledge for one in hand.answers.pledges if one.status == "met"], "P")


def _remaining(hand: Hand) -> tuple[Line, ...]:
    left = [one for one in hand.answers.pledges if one.status != "met"]
    return hand.lists.typed([f"{one.pledge} – {one.relevance}" for one in left], "R")


def _heading(hand: Hand) -> Line:
    return form(hand.word("pledges"), bold=True)


def two_boxes(hand: Hand) -> tuple[Block, ...]:
    """Two questions side by side, each with its box below: the form of 2011."""
    head = (cell(form(hand.word("met"))), cell(form(hand.word("remaining"))))
    return (_heading(hand), grid(head, (cell(*_met(hand)), cell(*_remaining(hand)))))


def two_cells(hand: Hand) -> tuple[Block, ...]:
    """Two cells, each with a question and its answer."""
    left, right = form(hand.word("met")), form(hand.word("remaining"))
    return (_heading(hand), grid((cell(left, *_met(hand)), cell(right, *_remaining(hand)))))


def two_questions(hand: Hand) -> tuple[Block, ...]:
    """Two questions in paragraphs, answered below."""
    return (_heading(hand), form(hand.word("met"), bold=True), *_met(hand), form(hand.word("remaining"), bold=True), *_remaining(hand))


def table(hand: Hand) -> tuple[Block, ...]:
    """A row for each pledge."""
    head = tuple(cell(form(hand.word(key), bold=True)) for key in ("pledge", "status", "relevance"))
    rows = [(cell(one.pledge), cell("Yes" if one.status == "met" else "No"), cell(one.relevance)) for one in hand.answers.pledges]
    return (_heading(hand), grid(head, *rows))


def prose(hand: Hand) -> tuple[Block, ...]:
    """Sentences below the heading."""
    return (_heading(hand), said(hand.answers.prose))


def prose_after_questions(hand: Hand) -> tuple[Block, ...]:
    """The questions were left standing together, and sentences answer both."""
    return (_heading(hand), form(f"{hand.word('met')}  {hand.word('remaining')}"), said(hand.answers.prose))


def nothing(hand: Hand) -> tuple[Block, ...]:
    """The questions, left blank."""
    head = (cell(form(hand.word("met"))), cell(form(hand.word("remaining"))))
    return (_heading(hand), grid(head, (cell(), cell())))


class Style(NamedTuple):
    """A layout of the pledges, and what it has room for: boxes, grid, prose or none."""

    layout: Layout
    carries: str


PLEDGES: Mapping[str, Style] = {
    "two-boxes": Style(two_boxes, "boxes"),
    "two-cells": Style(two_cells, "boxes"),
    "two-questions": Style(two_questions, "boxes"),
    "table": Style(table, "grid"),
    "prose": Style(prose, "prose"),
    "prose-after-questions": Style(prose_after_questions, "prose"),
    "nothing": Style(nothing, "none"),
}
