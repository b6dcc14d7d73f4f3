"""Answers to numbered questions are found in the ways in which people write them, and our own words are none."""

import pytest

from pipeline.grammar.replies import numbered

QUESTIONS = {
    1: "Deliverables 1, By when: By when will “New homes” be delivered (priority “Housing”)?",
    2: "Who is the lead officer for “Housing”?",
    3: "How could one tell whether “Housing” has succeeded?",
}
LETTER = (
    "Dear Chair, thank you for the return. Before it can go into the plan we have 3 questions: "
    + " ".join(f"Q{number} {question}" for number, question in QUESTIONS.items())
    + " Attached is your return with a comment on each place in question. Please answer by 6 May. Alex Byrne"
)


def told(*lines: str) -> dict[int, str]:
    return {one.number: one.words for one in numbered(lines, QUESTIONS, LETTER).told}


@pytest.mark.parametrize(
    "line",
    [
        "Q2: Jane Smith",
        "q2 Jane Smith",
        "Q2 - Jane Smith",
        "Q2. Jane Smith",
        "Question 2: Jane Smith",
        "*Q2* Jane Smith",
        "> Q2: Jane Smith",
    ],
)
def test_a_question_is_named_in_many_ways(line: str) -> None:
    assert told(line) == {2: "Jane Smith"}


@pytest.mark.parametrize("line", ["2. Jane Smith", "2) Jane Smith", "(2) Jane Smith", "2: Jane Smith"])
def test_a_number_alone_will_do(line: str) -> None:
    assert told(line) == {2: "Jane Smith"}


def test_an_answer_may_have_several_lines() -> None:
    assert told("Q3: fewer than 75 people", "delayed each week", "Q2: Jane") == {3: "fewer than 75 people\ndelayed each week", 2: "Jane"}


def test_where_questions_are_named_a_number_is_an_item_of_a_list() -> None:
    assert told("Q3:", "1. a count", "2. a survey") == {3: "1. a count\n2. a survey"}


def test_a_quarter_is_no_question() -> None:
    assert told("Q1:", "Q3 2012/13") == {1: "Q3 2012/13"}


def test_a_sum_is_no_question() -> None:
    assert told("1.5 million") == {}


def test_words_under_a_quoted_question_are_its_answer_wherever_lines_break() -> None:
    lines = (
        "> Q1 Deliverables 1, By when: By when will “New homes”",
        "> be delivered (priority “Housing”)?",
        "31 March 2012",
        "Q2 Who is the lead",
    )
    assert told(*lines, "officer for “Housing”? Jane Smith") == {1: "31 March 2012", 2: "Jane Smith"}


def test_a_letter_that_is_only_quoted_answers_nothing() -> None:
    assert (
        told(
            *(
                f"> {line}"
                for line in LETTER.replace(" Q", "\nQ").replace(" Attached", "\nAttached").replace(" Please", "\nPlease").split("\n")
            )
        )
        == {}
    )


def test_other_words_are_kept_beside() -> None:
    said = numbered(("Hello Alex, sorry for the delay.", "Q2: Jane"), QUESTIONS, LETTER)
    assert said.beside == (("Hello Alex, sorry for the delay.", 0),)


def test_a_number_that_was_not_asked_is_no_question() -> None:
    assert told("Q2: Jane", "Q9: what?") == {2: "Jane\nQ9: what?"}
