"""Boxes to tick: before a choice or behind it, on one line or on several, under the label of a choice or of a passage."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.choices import tick_boxes
from tests.align.returns import left, record, told
from tests.documents import docx

NAMED = ("Name of partnership: Spatial Planning & Infrastructure Partnership", "Chair: Jo Penrose", "Cabinet member: Al Ash")
PRIORITY = (*NAMED, "Key priorities", "Priority 1: Rivers")
PLEDGE = (*NAMED, "Review of your partnership’s pledges", "Pledge: Plant trees")
BOXES = "☐☑☒✓[]() x/|,;"


def chosen(*paragraphs: str) -> list[str | None]:
    """Return the objectives of a return."""
    return [value for path, value in told(*paragraphs).items() if ".objectives[" in path]


@pytest.mark.parametrize(
    "text",
    [
        "☒ Met ☐ Not met",
        "[x] Met  [ ] Not met",
        "(X) Met ( ) Not met",
        "Met ☑ Not met □",
        "Met [✓]\tNot met [ ]",
        "✓ Met ☐ Not met",
        "x Met ☐ Not met",
    ],
)
def test_a_box_stands_before_its_choice_or_behind_it(text: str) -> None:
    found = tick_boxes(text)
    assert [(text[one.start : one.end], one.chosen) for one in found] == [("Met", True), ("Not met", False)]


@pytest.mark.parametrize("text", ["", "Met", "5 x 3 metres", "Fit ☒ windows and ☐ doors in all", "☐ ☒", "☐", "flats (x) to let"])
def test_words_without_boxes_at_an_end_are_just_words(text: str) -> None:
    assert tick_boxes(text) == ()


@given(st.text(string.ascii_letters + BOXES + "\n"))
def test_no_word_lies_in_two_choices_and_only_boxes_lie_in_none(text: str) -> None:
    found = tick_boxes(text)
    if not found:
        return
    ends = [0, *(end for one in found for end in (one.start, one.end)), len(text)]
    assert ends == sorted(ends)
    between = "".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    assert not set(between) - set(BOXES + "X\n")


def test_boxes_on_one_line_are_choices_of_their_own() -> None:
    said = chosen(
        *PRIORITY, "Oxfordshire 2030 objectives: ☒ World Class Economy ☐ Healthy & Thriving Communities ☒ Climate Change & Environment"
    )
    assert said == ["World Class Economy", "Climate Change & Environment"]


def test_boxes_in_place_of_a_passage_answer_the_choice_they_are_of() -> None:
    said = told(*PRIORITY, "Link to 2030 objectives", "☐ World Class Economy", "☒ Climate Change & Environment")
    assert said["priorities[1].objectives[1]"] == "Climate Change & Environment"
    assert "priorities[1].context.objectives_link" not in said


def test_a_passage_with_words_of_its_own_beside_the_boxes_stays_a_passage() -> None:
    lines = ("☒ World Class Economy", "New jobs at Harwell bring it about.")
    said = told(*PRIORITY, "Link to 2030 objectives", *lines)
    assert said["priorities[1].context.objectives_link"] == "\n".join(lines)


def test_a_passage_of_boxes_that_are_no_choice_of_the_form_stays_a_passage() -> None:
    said = told(*PRIORITY, "Link to 2030 objectives", "☒ Jobs", "☐ Homes")
    assert said["priorities[1].context.objectives_link"] == "☒ Jobs\n☐ Homes"


def test_boxes_do_not_displace_a_choice_that_was_made_elsewhere() -> None:
    said = told(*PRIORITY, "Oxfordshire 2030 objectives: World Class Economy", "Link to 2030 objectives", "☒ Climate Change & Environment")
    assert said["priorities[1].objectives[1]"] == "World Class Economy"
    assert said["priorities[1].context.objectives_link"] == "☒ Climate Change & Environment"


@pytest.mark.parametrize("status", ["☐ Already met ☒ Not yet met", "Already met ☐   Not yet met ☒", "[ ] Already met / [x] Not yet met"])
def test_one_choice_of_two_boxes_is_the_one_that_is_ticked(status: str) -> None:
    assert told(*PLEDGE, f"Status: {status}")["pledges[1].status"] == "remaining"


def test_two_ticks_where_one_is_asked_are_shown_and_never_chosen_between() -> None:
    assert told(*PLEDGE, "Status: ☒ Already met ☒ Not yet met")["pledges[1].status"] == "Already met Not yet met"


def test_what_parts_two_choices_belongs_to_neither() -> None:
    assert left(record(docx(*PLEDGE, "Status: [ ] Already met / [x] Not yet met"))) == []


def test_a_choice_that_nobody_ticked_is_left_blank() -> None:
    assert told(*PLEDGE, "Status: ☐ Already met ☐ Not yet met").get("pledges[1].status") is None


def test_what_somebody_wrote_beside_an_empty_box_is_left_over() -> None:
    paragraphs = (*PRIORITY, "Oxfordshire 2030 objectives", "☒ World Class Economy", "☐ Safer villages")
    assert chosen(*paragraphs) == ["World Class Economy"] and left(record(docx(*paragraphs))) == ["Safer villages"]
