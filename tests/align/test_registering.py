"""A page of a scan is laid over the page of the blank that was printed, and not over another, nor where it has changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.registering import register
from pipeline.model.pages import Projection, SeenPage
from pipeline.model.places import Box
from tests.align.printed import HIGH, KEYS, LINE, QUESTIONS, TOP, blank, boxes, rules, scan, seen


def shifted(across: float, down: float, size: float) -> Projection:
    """Return the way to a sheet that lies elsewhere and is a little larger."""
    return Projection((size, 0, across, 0, size, down, 0, 0, 1))


def test_a_page_is_the_one_that_was_printed_and_every_field_has_its_box() -> None:
    (found,) = register([seen(scan())], blank())
    assert (found.page, found.printed) == (1, 1)
    assert [area.tag for area in found.areas] == list(KEYS)
    assert found.residual < 0.5


@settings(max_examples=30, deadline=None)
@given(across=st.floats(-40, 40), down=st.floats(-40, 40), size=st.floats(0.85, 1.15))
def test_wherever_the_sheet_lies_each_box_is_where_its_field_is_in_the_picture(across: float, down: float, size: float) -> None:
    way, back = shifted(across, down, size), shifted(30, -20, 1.4)
    (found,) = register([seen(scan(), way=way.around, back=back)], blank())
    for area in found.areas:
        wanted = back.around(way.around(boxes()[area.tag]))
        assert found.onto.around(area.box) == pytest.approx(wanted, abs=0.5)
        assert found.off.around(wanted) == pytest.approx(area.box, abs=0.5)


def test_a_page_lies_in_its_picture_as_the_picture_turned_it() -> None:
    turned = Projection((0, -1, 842, 1, 0, 0, 0, 0, 1))
    (found,) = register([seen(scan(), back=turned)], blank())
    assert found.onto.around(boxes()["leader"]) == pytest.approx(turned.around(boxes()["leader"]), abs=0.5)


def test_words_with_a_letter_misread_are_the_forms_all_the_same() -> None:
    page = scan(misread={"Name of its leader": "Narne of its leader", "Number of members": "Number ofmembers"})
    (found,) = register([seen(page)], blank())
    assert found.phrases == len(QUESTIONS) + 3


def test_which_of_several_pages_it_is_is_told_by_the_words_that_only_one_has() -> None:
    found = register([seen(scan(page=number, of=3), number) for number in (1, 2, 3)], blank(3))
    assert [(page.page, page.printed) for page in found] == [(1, 1), (2, 2), (3, 3)]


def test_a_number_is_not_another_that_looks_like_it() -> None:
    (found,) = register([seen(scan(page=1, of=2))], blank(2))
    assert found.printed == 1


def test_a_page_that_may_be_either_of_two_is_neither() -> None:
    assert register([seen(scan(page=1, of=2, unread=["Sheet 1 of 2"]))], blank(2)) == ()


def test_a_page_without_half_of_the_forms_words_is_not_its_page() -> None:
    assert register([seen(scan(unread=(*QUESTIONS[1:], "Clubs of the county")))], blank()) == ()


def test_an_empty_page_is_not_its_page() -> None:
    assert register([SeenPage(1, (), shifted(0, 0, 1))], blank()) == ()


def test_a_page_with_the_forms_words_in_other_places_is_not_its_page() -> None:
    retyped = scan(down=lambda y: (y * 7.3) % 90)
    assert register([seen(retyped)], blank()) == ()


def test_boxes_below_a_row_that_grew_are_not_believed() -> None:
    """Somebody typed much into the second box; what stands below it has moved down."""
    grown = scan(down=lambda y: 30.0 if TOP + 2 * HIGH - 1 < y < 700 else 0.0)
    (found,) = register([seen(grown)], blank()) or (None,)
    assert found is None or found.areas == ()


def test_boxes_above_a_phrase_that_moved_are_believed_where_no_line_contradicts_them() -> None:
    """Without ruled lines only the words tell."""
    pages = blank()
    bare = pages._replace(pages=tuple(page._replace(areas=tuple(area._replace(cell=None) for area in page.areas)) for page in pages.pages))
    grown = scan(down=lambda y: 30.0 if TOP + 4 * HIGH - 1 < y < 700 else 0.0)._replace(ruled=())
    (found,) = register([seen(grown)], bare)
    assert [area.tag for area in found.areas] == list(KEYS[:4])


def test_boxes_of_a_table_whose_lines_stand_elsewhere_are_not_believed_though_no_word_says_so() -> None:
    """A prompt of two lines gave way to an answer of one: the row is lower, and below it stands no word of the form's own."""
    lower = tuple(rules([TOP + 0.7 * HIGH * row for row in range(len(KEYS) + 1)]))
    (found,) = register([seen(scan()._replace(ruled=lower))], blank())
    assert found.areas == ()


def test_boxes_whose_lines_were_not_seen_are_not_believed() -> None:
    (found,) = register([seen(scan()._replace(ruled=tuple(rules()[:3])))], blank())
    assert [area.tag for area in found.areas] == list(KEYS[:3])


def test_words_that_stand_in_an_answer_by_chance_move_nothing() -> None:
    answers = {"aims": "Money that it has", "place": "Clubs of the county"}
    (found,) = register([seen(scan(answers))], blank())
    assert len(found.areas) == len(KEYS)


def test_a_horizon_in_a_picture_is_no_error() -> None:
    flat = Projection((1, 0, 0, 0, 1, 0, 0, -1 / LINE, 1))
    assert flat.around(Box(0, LINE, 10, 2 * LINE))
