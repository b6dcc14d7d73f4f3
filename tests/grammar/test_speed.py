"""Patterns stay linear on texts made to hurt them: see the threat “ReDoS”."""

import time
from collections.abc import Callable

import pytest

from pipeline.grammar.contacts import find_email, find_phone, split_contact
from pipeline.grammar.dates import find_when, read_when
from pipeline.grammar.people import read_people
from pipeline.grammar.texts import fold, is_not_applicable, strip_marker, tidy

SEEDS = [
    *("by ", "a", "1", "1/", "1.", "2012 ", "end of the ", "(((", " - ", "be agreed ", "March ", "Q", "and ", ";", "@", "a@"),
    *("a.a@a.", "0 ", "01632 ", "\u00a0 ", "i", "İ", "é", "to be completed ", "the 22nd of November ", "x" * 30 + "ed in "),
]
_NOTHING = 0.0001
"""Seconds below which a clock says nothing."""
FUNCTIONS: list[Callable[[str], object]] = [
    *(find_when, read_when, tidy, fold.__wrapped__, strip_marker),
    *(is_not_applicable, read_people, find_email, find_phone, split_contact),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_text_makes_a_pattern_go_back_over_it_again_and_again(function: Callable[[str], object], seed: str) -> None:
    """Sixteen times the text is about 16 times the work where it is read once, and 256 times where each character starts anew.

    A ratio within one run, with room for a machine that is busy: no figure in seconds decides.
    """
    short, long = (_seconds(function, (seed * (length // len(seed) + 1))[:length]) for length in (500, 8_000))
    assert long / max(short, _NOTHING) < 100


def _seconds(function: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        function(text)
        best = min(best, time.process_time() - begun)
    return best
