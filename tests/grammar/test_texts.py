"""White space, markers, "N/A" and lists in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.texts import LONGEST_TEXT, flat, fold, is_not_applicable, list_item, strip_marker, tidy


def test_text_is_kept_with_single_spaces_and_nothing_invisible() -> None:
    assert tidy("  An\u00ad  ‘old’\n plan\u200b – e\u0301tat\u00a0x ") == "An ‘old’ plan – état x"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_flat_text_keeps_every_character_in_its_place(text: str) -> None:
    assert len(flat(text)) == min(len(text), LONGEST_TEXT)


def test_folded_texts_are_equal_but_for_case_accents_and_punctuation() -> None:
    assert fold("Children’s & Young People’s Trust") == fold("childrens and young peoples  TRUST.")
    assert fold("Zoë") == fold("Zoe")


@pytest.mark.parametrize(
    "marker",
    ["-", "–", "•", "o", "*", "\uf0b7", "1.", "1)", "(1)", "12.", "1.2", "1.2.", "a.", "a)", "(a)", "(iv)", "ii.", "D1", "M2:", "O3."],
)
def test_a_typed_marker_is_parted_from_its_item(marker: str) -> None:
    """A002-T10, A000-T7."""
    assert strip_marker(f"{marker} Agree the plan") == (marker, "Agree the plan")


@pytest.mark.parametrize(
    "text",
    [
        "12 youth centres",
        "1.5 million homes",
        "31.3.12 at the latest",
        "e.g. a plan",
        "I think",
        "M40 corridor",
        "One plan",
        "10% of homes",
    ],
)
def test_what_only_looks_like_a_marker_stays(text: str) -> None:
    assert strip_marker(text) == ("", text)


@pytest.mark.parametrize("text", ["N/A", "n/a", "N/a", "Not applicable", "nil", "None."])
def test_not_applicable_is_known_in_its_spellings(text: str) -> None:
    """A003-16."""
    assert is_not_applicable(text)


@pytest.mark.parametrize("text", ["TBC", "", "Nationally", "None of the districts"])
def test_other_words_are_not_not_applicable(text: str) -> None:
    assert not is_not_applicable(text)


def test_an_item_stands_without_the_marks_of_its_list() -> None:
    assert [list_item(text) for text in ("1) a plan;", "a bid (with maps; costs); and", "and an audit")] == [
        "a plan",
        "a bid (with maps; costs)",
        "an audit",
    ]
