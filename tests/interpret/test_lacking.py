"""Which pages are missing follows from the numbers on those that are there."""

from pipeline.interpret.lacking import lacking
from pipeline.model.documents import PageNumber
from pipeline.model.places import Place
from pipeline.model.records import Answer, State
from tests.builders import a_round

FORM = a_round().form
FIRST = next(iter(FORM.fields))


def said(*numbers: int, of: int = 7, begins: bool = False) -> list[str]:
    """Return what is noted of pages with these numbers; `begins` where the form's first field is on them."""
    answers = [Answer(FIRST, None, State.BLANK if begins else State.REMOVED, (), "cell", 0.9)]
    pages = [PageNumber(Place(page=at), number, of) for at, number in enumerate(numbers, 1)]
    return [note.message for note in lacking(pages, answers, FORM)]


def test_where_every_page_is_there_none_is_missing() -> None:
    assert said(1, 2, 3, 4, 5, 6, 7) == [] == said()


def test_every_page_that_is_missing_is_named() -> None:
    assert said(1, 2, 4, 5, 6, 7) == ["Page 3 of 7 is not among the pages that came."]
    assert said(1, 5, 7) == ["Pages 2 to 4 and 6 of 7 are not among the pages that came."]
    assert said(3, of=3) == ["Pages 1 to 2 of 3 are not among the pages that came."]


def test_guidance_before_the_first_question_is_not_missed() -> None:
    assert said(2, 3, 4, 5, 6, 7, begins=True) == []
    assert said(2, 3, 4, 5, 6, begins=True) == ["Page 7 of 7 is not among the pages that came."]


def test_a_form_inside_a_long_document_lacks_nothing() -> None:
    assert said(57, 58, of=212) == []


def test_where_pages_disagree_how_many_there_are_nothing_is_said() -> None:
    pages = [PageNumber(Place(page=1), 1, 3), PageNumber(Place(page=2), 2, 4)]
    assert list(lacking(pages, [], FORM)) == []
