"""Quoted words are found again where they were read, also where they stand there twice."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.explain.spans import Span, Wanted, find


def found(text: str, *wanted: Wanted) -> list[tuple[int, str]]:
    spans = find(text, wanted)
    return [(span.start, text[span.start : span.end]) for span in spans if span is not None]


def test_two_answers_with_the_same_words_have_a_place_each() -> None:
    assert found("Chair: TBC, officer: TBC", Wanted("TBC", "chair", ""), Wanted("TBC", "officer", "")) == [(7, "TBC"), (21, "TBC")]


def test_items_of_a_list_follow_one_another_and_what_is_gathered_of_them_lies_over_them() -> None:
    wanted = [Wanted("yes", "a.of", "a[1]"), Wanted("yes", "a.of", "a[2]"), Wanted("yes", "all", ""), Wanted("yes", "all", "")]
    assert found("yes; yes", *wanted) == [(0, "yes"), (5, "yes"), (0, "yes"), (5, "yes")]


def test_a_date_is_in_the_sentence_of_its_own_item() -> None:
    text = "Open by May 2012\nClose by May 2012"
    wanted = [
        Wanted("Open by May 2012", "items.what", "items[1]"),
        Wanted("May 2012", "items.due", "items[1]"),
        Wanted("Close by May 2012", "items.what", "items[2]"),
        Wanted("May 2012", "items.due", "items[2]"),
    ]
    assert [at for at, _ in found(text, *wanted)] == [0, 8, 17, 26]


def test_a_word_is_not_looked_for_inside_another() -> None:
    assert found("Mayor’s office, May", Wanted("May", "due", "")) == [(16, "May")]


def test_words_that_are_not_there_have_no_place() -> None:
    assert find("nothing of the kind", [Wanted("something", "", ""), Wanted("", "", "")]) == [None, None]


@given(st.lists(st.text("ab \n", min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=8), st.sampled_from((" ", ". ", "\n")))
def test_whatever_is_in_a_paragraph_is_found_in_it(words: list[str], between: str) -> None:
    text = between.join(words)
    wanted = [Wanted(one.strip(), f"field {at}", "") for at, one in enumerate(words)]
    for one, span in zip(wanted, find(text, wanted), strict=True):
        assert span is not None
        assert text[span.start : span.end] == one.text


def test_the_longer_words_are_placed_first() -> None:
    assert find("Jo, Jo Penrose", [Wanted("Jo", "a", ""), Wanted("Jo Penrose", "b", "")]) == [Span(0, 2), Span(4, 14)]
