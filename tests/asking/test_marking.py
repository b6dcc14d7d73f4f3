"""Comments stand at the places in question; those alone are open for editing."""

from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

from pipeline.asking.marking import Spot, mark
from pipeline.asking.returned import Given, packed, taken_over
from pipeline.model.places import Place
from pipeline.ooxml.names import q
from pipeline.settings import Limits
from tests import documents
from tests.asking.returns import NOW, a_return, a_spot, blank, question, read

DOCUMENT = documents.docx(
    documents.para("Priority: Homes"),
    documents.table(
        documents.row(documents.cell("By when"), documents.cell("soon")), documents.row(documents.cell("Lead"), documents.cell(""))
    ),
    documents.para("The end"),
)


def marked(*spots: Spot) -> tuple[Given, tuple[int, ...]]:
    given = taken_over(DOCUMENT, blank(), Limits())
    return given, mark(given, spots, "Alex Byrne", NOW)


def spot(row: int, quote: str, number: int = 1) -> Spot:
    return Spot(question("due", number), (Place("word/document.xml", 1, row, 2, 1),), (quote,))


def open_words(given: Given) -> list[str]:
    """Return the text between the beginning and the end of each range that everyone may edit."""
    found = []
    for begin in given.document.iter(q("w:permStart")):
        assert begin.get(q("w:edGrp")) == "everyone"
        words = ""
        for element in begin.itersiblings():
            if element.tag == q("w:permEnd") and element.get(q("w:id")) == begin.get(q("w:id")):
                break
            words += "".join(text.text or "" for text in element.iter(q("w:t")))
        found.append(words)
    return found


def test_only_the_answer_in_question_is_open() -> None:
    given, lost = marked(spot(1, "soon"))
    assert (open_words(given), lost) == (["soon"], ())
    protection = given.settings.find(q("w:documentProtection"))
    assert isinstance(protection, etree._Element)
    assert {etree.QName(str(name)).localname: value for name, value in protection.attrib.items()} == {
        "edit": "readOnly",
        "enforcement": "1",
    }


def test_an_empty_answer_gets_room_to_type_in() -> None:
    """A range of nothing cannot be typed into."""
    given, lost = marked(spot(2, ""))
    assert (open_words(given), lost) == ([" "], ())


def test_two_questions_about_one_place_open_it_once() -> None:
    given, _ = marked(spot(1, "soon"), spot(1, "soon", 2))
    assert open_words(given) == ["soon"]
    assert len(given.parts["comments"]) == 2


def test_words_that_stand_elsewhere_are_found() -> None:
    given, lost = marked(Spot(question("due"), (Place("word/document.xml", 1, 2, 2, 1),), ("Homes",)))
    assert (open_words(given), lost) == (["Priority: Homes"], ())


def test_a_question_without_a_place_stands_at_the_end() -> None:
    given, lost = marked(Spot(question("due")))
    assert (open_words(given), lost) == (["The end"], (1,))


def test_a_comment_says_who_asks_when_and_what() -> None:
    given, _ = marked(spot(1, "soon"))
    (comment,) = given.parts["comments"]
    assert {etree.QName(str(name)).localname: value for name, value in comment.attrib.items()} == {
        "id": "1",
        "author": "Alex Byrne",
        "initials": "AB",
        "date": "2011-05-09T12:00:00Z",
    }
    assert "".join(text.text or "" for text in comment.iter(q("w:t"))) == "Q1: Which date is right?"


def test_word_would_open_it_without_repair(tmp_path: Path) -> None:
    given = taken_over(a_return(), blank(), Limits())
    record = read(a_return())
    spots = [a_spot("priorities[1].title", record), a_spot("priorities[1].deliverables[2].due", record, 2), Spot(question("x", 3))]
    mark(given, spots, "Alex Byrne", NOW)
    (tmp_path / "back.docx").write_bytes(packed(given))
    assert OpenXmlValidator().validate(tmp_path / "back.docx").errors == []
