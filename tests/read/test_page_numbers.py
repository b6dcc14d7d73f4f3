"""The numbers printed on pages: read in the margin, completed where only one can be meant, and what follows for the order of pages."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.documents import Aside
from pipeline.model.places import Box, Place
from pipeline.read.bundle.chosen import chosen
from pipeline.read.page import Page, Word
from pipeline.read.page.numbers import Number, completed, page_numbers, printed_number


def page(number: int, *lines: tuple[str, float]) -> Page:
    """Return an A4 page with lines at heights in points."""
    words = [Word(word, Box(72.0 + 40 * at, top, 100.0 + 40 * at, top + 10)) for said, top in lines for at, word in enumerate(said.split())]
    return Page(number, 595.0, 842.0, tuple(words))


def of(count: int, *numbers: int | None) -> list[Number | None]:
    return [None if number is None else Number(number, count) for number in numbers]


def test_a_number_in_the_margin_is_the_pages() -> None:
    assert printed_number(page(1, ("Reference OX-1 Page 2 of 4", 810.0))) == Number(2, 4)
    assert printed_number(page(1, ("Page 2/4", 20.0))) == Number(2, 4)


def test_a_number_in_the_text_is_not() -> None:
    assert printed_number(page(1, ("See page 2 of 4", 400.0))) is None


def test_a_number_beyond_the_last_is_none() -> None:
    assert printed_number(page(1, ("Page 8 of 4", 810.0))) is None


def test_a_number_in_a_footer_that_was_taken_off_counts() -> None:
    (number,) = page_numbers([page(3)], [Aside("footer", "Page 2 of 4", Place(page=3))])
    assert (number.place.page, number.number, number.of) == (3, 2, 4)


def test_a_page_between_two_numbers_has_the_one_between() -> None:
    assert completed(of(7, 2, None, 4, None, None, 7)) == of(7, 2, 3, 4, 5, 6, 7)


def test_the_first_and_the_last_page_follow_from_their_neighbours() -> None:
    assert completed(of(3, None, 2, None)) == of(3, 1, 2, 3)


def test_a_single_page_without_a_number_is_the_one_that_the_others_lack() -> None:
    assert completed(of(4, 4, None, 1, 2)) == of(4, 4, 3, 1, 2)


def test_two_pages_without_numbers_out_of_order_stay_without() -> None:
    assert completed(of(5, 5, None, 1, None)) == of(5, 5, None, 1, None)


def test_where_pages_disagree_how_many_there_are_nothing_follows() -> None:
    told = [Number(1, 3), None, Number(3, 4)]
    assert completed(told) == told


def test_of_a_page_that_came_twice_the_later_one_is_read() -> None:
    choice = chosen(of(3, 3, 1, 2, 1))
    assert choice.order == (3, 2, 0) and choice.again == ((1, 3),)


def test_a_page_without_a_number_stays_behind_the_one_that_it_came_behind() -> None:
    assert chosen(of(6, 5, None, 1, None)).order == (2, 3, 0, 1)


NUMBERS = st.integers(1, 6).flatmap(lambda count: st.lists(st.none() | st.integers(1, count).map(lambda n: Number(n, count)), max_size=8))


@given(NUMBERS)
def test_every_page_is_read_or_named_as_one_of_which_a_later_one_is(told: list[Number | None]) -> None:
    """Design, law 4."""
    choice = chosen(told)
    assert sorted((*choice.order, *(at for at, _ in choice.again))) == list(range(len(told)))
    assert all(later in choice.order and later > at and told[later] == told[at] for at, later in choice.again)


@given(NUMBERS)
def test_pages_are_read_in_the_order_of_their_numbers(told: list[Number | None]) -> None:
    printed = [number.number for at in chosen(told).order if (number := told[at])]
    assert printed == sorted(printed)


@given(st.integers(1, 6).flatmap(lambda count: st.permutations([Number(n, count) for n in range(1, count + 1)])), st.integers(0, 5))
def test_one_number_that_cannot_be_read_changes_nothing(told: list[Number], lost: int) -> None:
    seen = [None if at == lost else number for at, number in enumerate(told)]
    if any(seen):
        assert completed(seen) == told and chosen(seen).order == chosen(told).order
