"""Rows that no page break parts: short ones, however the XML comes."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.whole_rows import short_rows_whole

MARK = "<w:cantSplit/>"


def row(*texts: str) -> str:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr><w:trPr>{MARK}</w:trPr>{cells}</w:tr>"


def made(*pieces: str) -> str:
    return "".join(short_rows_whole(iter(pieces)))


def test_a_short_row_stays_whole_and_a_long_one_may_be_parted() -> None:
    short, long = row("Chair", "Cllr Sam Hill"), row("Context", "Word " * 1_000)
    assert made(short + long + short) == short + long.replace(MARK, "") + short


def test_a_long_row_is_not_held_to_the_next() -> None:
    def held(*texts: str) -> str:
        return row(*texts).replace("<w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr>", 1)

    short, long = held("Chair", "Cllr Sam Hill"), held("Context", "Word " * 1_000)
    assert made(short + long) == short + long.replace(MARK, "").replace("<w:keepNext/>", "")


def test_many_short_paragraphs_are_long() -> None:
    items = row("Measures", *["a"] * 40)
    assert made(items) == items.replace(MARK, "")


def test_a_row_of_any_length_is_not_held_back_whole() -> None:
    pieces = short_rows_whole(iter([f"<w:tr><w:trPr>{MARK}</w:trPr>", *["<w:p><w:r><w:t>long</w:t></w:r></w:p>"] * 2_000]))
    assert sum(1 for piece in pieces if piece) > 1_000


def test_a_row_that_never_ends_is_passed_on() -> None:
    assert made(f"<w:tr>{MARK}") == f"<w:tr>{MARK}"


@pytest.mark.parametrize("text", ["", "<w:p/>", "<w:tr></w:tr>"])
def test_what_has_no_such_row_is_left_as_it_is(text: str) -> None:
    assert made(text) == text


@given(st.lists(st.integers(0, 3_000), max_size=8), st.lists(st.integers(0, 30_000), max_size=12))
def test_nothing_else_is_changed_however_the_xml_is_parted(lengths: list[int], cuts: list[int]) -> None:
    text = "".join(row("x" * length) for length in lengths)
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    whole = not any(text[max(0, edge - len(MARK)) : edge + len(MARK)].find(MARK) >= 0 for edge in edges[1:-1])
    result = made(*pieces)
    assert result.replace(MARK, "") == text.replace(MARK, "")
    if whole:
        marked = [MARK in one for one in re.findall(r"<w:tr>.*?</w:tr>", result)]
        assert marked == [length <= 1_440 for length in lengths]
