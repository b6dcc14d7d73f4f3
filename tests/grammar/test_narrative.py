"""The officer's words become paragraphs, lists and emphasis."""

from pipeline.grammar.narrative import passages
from pipeline.model.documents import Mark


def test_a_blank_line_parts_paragraphs_and_lines_that_follow_are_one() -> None:
    assert [passage.text for passage in passages("One\nand the same.\n\nTwo.\n")] == ["One and the same.", "Two."]


def test_lists_have_bullets_numbers_and_levels() -> None:
    made = passages("- a\n  - b\n    - c\n1. d\n   more of d\n  - e")
    assert [(passage.bullet, passage.level, passage.text) for passage in made] == [
        ("•", 0, "a"), ("•", 1, "b"), ("•", 2, "c"), ("1.", 0, "d more of d"), ("•", 1, "e"),
    ]  # fmt: skip


def test_asterisks_make_emphasis() -> None:
    (passage,) = passages("An *i*, a **b** and ***both***.")
    assert passage.text == "An i, a b and both."
    assert passage.marks == (Mark(3, 4, "italic"), Mark(8, 9, "bold"), Mark(14, 18, "bold"), Mark(14, 18, "italic"))


def test_an_asterisk_that_emphasises_nothing_is_an_asterisk() -> None:
    assert passages("2 * 3 * 4 and a*")[0].text == "2 * 3 * 4 and a*"
