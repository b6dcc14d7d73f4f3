"""Patterns stay linear on texts made to hurt them: see the threat “ReDoS”."""

import time
from collections.abc import Callable

import pytest

from pipeline.grammar.contacts import find_email, find_phone, split_contact
from pipeline.grammar.dates import find_when, read_when
from pipeline.grammar.people import read_people
from pipeline.grammar.texts import fold, is_not_applicable, split_items, strip_marker, tidy

SEEDS = [
    *("by ", "a", "1", "1/", "1.", "2012 ", "end of the ", "(((", " - ", "be agreed ", "March ", "Q", "and ", ";", "@", "a@"),
    *("a.a@a.", "0 ", "01632 ", "\u00a0 ", "i", "İ", "é", "to be completed ", "the 22nd of November ", "x" * 30 + "ed in "),
]
FUNCTIONS: list[Callable[[str], object]] = [
    *(find_when, read_when, tidy, fold.__wrapped__, strip_marker, split_items),
    *(is_not_applicable, read_people, find_email, find_phone, split_contact),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_time_grows_with_the_text_and_no_faster(function: Callable[[str], object], seed: str) -> None:
    """Twice the text takes at most about three times as long; times under a hundredth of a second count as nothing."""
    short, long = (_seconds(function, (seed * (length // len(seed) + 1))[:length]) for length in (4_500, 9_000))
    assert long < max(0.01, 3.5 * short)


def _seconds(function: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        function(text)
        best = min(best, time.process_time() - begun)
    return best
