"""Which documents are pages of one form: by reference and number, then by what they came with, and never by a guess between two."""

from pipeline.desk.belonging import Part, belonging, is_part, whose
from pipeline.model.documents import Note, PageNumber
from pipeline.model.forms import FieldType
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Claim, Passage, Record, State
from tests.builders import a_partnership, a_round

ROADS, WASTE = a_partnership(id="roads", code="RDS", name="Roads"), a_partnership(id="waste", code="WST", name="Waste")
ROUND = a_round(partnerships=(ROADS, WASTE))
FORM = ROUND.form
REPEAT = next(key for key, field in FORM.fields.items() if field.type is FieldType.REPEAT)
SINGLE = [key for key, field in FORM.fields.items() if field.type is not FieldType.REPEAT]


def page(*numbers: int, of: int = 4, whose: str | None = "roads", came_with: str = "mail", fields: tuple[str, ...] = ()) -> Part:
    """Return a scan that shows pages with these numbers, and holds some of the form's fields."""
    reason = None if whose else Reason.UNKNOWN_PARTNERSHIP
    pages = tuple(PageNumber(Place(page=at), number, of) for at, number in enumerate(numbers, 1))
    notes = (Note("missing-page", "Some are missing."),) if len(numbers) < of and numbers else ()
    record = Record(
        "scan.png",
        repr((numbers, whose, fields)),
        "scan",
        Outcome.HELD if reason else Outcome.READ,
        reason,
        partnership=whose,
        answers=tuple(Answer(field, "x", State.GIVEN, (Passage("x", Place(page=1)),), "cell", 0.9) for field in fields),
        notes=notes,
        pages=pages,
    )
    return Part(record, came_with)


def guidance(number: int, reference: str = "", came_with: str = "mail") -> Part:
    """Return a page without any question of the form."""
    claims = (Claim("barcode", reference, False),) if reference else ()
    pages = (PageNumber(Place(page=1), number, 4),)
    return Part(Record("scan.png", "", "scan", Outcome.REFUSED, Reason.NOT_A_RETURN, identity=claims, pages=pages), came_with)


def test_pages_of_one_partnership_belong_together_wherever_they_came_from() -> None:
    assert belonging([page(1, came_with="a"), page(3, 4, came_with="b"), page(2, came_with="")], ROUND) == ((0, 1, 2),)


def test_pages_of_two_partnerships_do_not() -> None:
    parts = [page(1), page(1, whose="waste"), page(2, whose="waste"), page(2)]
    assert set(belonging(parts, ROUND)) == {(0, 3), (1, 2)}


def test_pages_that_disagree_how_many_there_are_do_not() -> None:
    assert belonging([page(1, of=4), page(2, of=5)], ROUND) == ()


def test_the_reference_alone_says_whose_a_page_of_guidance_is() -> None:
    one = guidance(1, ROUND.reference_of(ROADS))
    assert whose(one.record, ROUND) == "roads"
    assert belonging([one, page(2)], ROUND) == ((0, 1),)


def test_a_page_that_says_nobody_belongs_to_what_it_came_with() -> None:
    assert belonging([page(1), page(2), page(3, whose=None)], ROUND) == ((0, 1, 2),)
    assert belonging([page(1), guidance(3)], ROUND) == ((0, 1),)


def test_a_page_that_says_nobody_and_came_with_nothing_stays_alone() -> None:
    assert belonging([page(1), page(2), page(3, whose=None, came_with="another mail")], ROUND) == ((0, 1),)


def test_a_page_that_says_nobody_is_not_guessed_between_two_partnerships() -> None:
    parts = [page(1), page(2), page(1, whose="waste"), page(2, whose="waste"), page(3, whose=None)]
    assert set(belonging(parts, ROUND)) == {(0, 1), (2, 3)}


def test_a_page_that_says_nobody_belongs_to_the_one_that_lacks_it() -> None:
    parts = [page(1, 2, 3), page(4), page(1, whose="waste"), page(3, whose=None)]
    assert set(belonging(parts, ROUND)) == {(0, 1), (2, 3)}


def test_pages_of_nobody_that_came_together_belong_together() -> None:
    assert belonging([page(1, whose=None), page(2, whose=None)], ROUND) == ((0, 1),)


def test_pages_of_nobody_of_which_one_is_there_twice_may_be_of_two_and_stay_alone() -> None:
    assert belonging([page(1, whose=None), page(2, whose=None), page(1, whose=None, fields=("x",))], ROUND) == ()


def test_a_page_without_a_number_belongs_to_the_form_that_lacks_as_many() -> None:
    assert belonging([page(1), page(2, 4), page(whose=None, fields=SINGLE[:1])], ROUND) == ((0, 1, 2),)  # type: ignore[arg-type]
    assert belonging([page(1, 2, 3, 4), page(whose=None, fields=(SINGLE[0],))], ROUND) == ()


def test_pages_without_numbers_are_put_in_the_order_of_the_form() -> None:
    last, first = page(fields=(f"{REPEAT}[1].x",)), page(whose=None, fields=(SINGLE[0],))
    assert list(FORM.fields).index(SINGLE[0]) < list(FORM.fields).index(REPEAT)
    assert belonging([last, first], ROUND) == ((1, 0),)


def test_the_items_of_a_repeat_may_go_on_from_page_to_page() -> None:
    parts = [page(fields=(SINGLE[0],)), page(fields=(f"{REPEAT}[1].x",)), page(fields=(f"{REPEAT}[1].y",))]
    assert belonging(parts, ROUND) == ((0, 1, 2),)


def test_two_whole_forms_without_numbers_are_two_returns() -> None:
    both = (SINGLE[0], SINGLE[1])
    assert belonging([page(fields=both), page(fields=both)], ROUND) == ()


def test_what_is_no_page_is_no_part() -> None:
    whole = page(1, 2, 3, 4)
    assert is_part(page(1).record, FORM) and not is_part(whole.record, FORM)
    word = Record("reply.docx", "", "docx", Outcome.READ, partnership="roads", notes=(Note("missing-page", ""),))
    assert not is_part(word, FORM)
    assert not is_part(Record("scan.png", "", "scan", Outcome.HELD, Reason.TWO_PARTNERSHIPS, notes=(Note("missing-page", ""),)), FORM)
