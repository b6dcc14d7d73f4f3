"""Oddities of the page on the sustainable community strategy (source document 004)."""

from pathlib import Path

import pytest

from pipeline.flow import Desk, read_return
from pipeline.grammar.choices import match_choice
from pipeline.grammar.contacts import find_phone, phone_digits
from pipeline.model.documents import Document
from pipeline.model.outcomes import Outcome
from pipeline.rounds.loading import load_round
from tests.align.test_labels import NAMED, OF_2011
from tests.builders import a_round
from tests.documents import Xml, docx, para, read, row, run, table, text_box, texts

ROOT = Path(__file__).parent.parent.parent

BLOCK = (
    "The proposals for the governance of the Oxfordshire Partnership will link the thematic partnerships more directly to the Boards.",
    "The thematic partnerships report to the Oxfordshire Partnership for the purposes of informing the wider partnership.",
    "We need to do further consultation with some areas to clarify existing arrangements.",
)
"""Three paragraphs that the source has three times."""

LABELS = ("District LSP", "Oxfordshire Partnership", "C&YP Partnership", "Health Partnership", "Vision, engagement")
"""Some boxes of the source's diagram."""

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def test_paragraphs_that_stand_there_three_times_are_kept_each_with_its_place_and_asked_about_once() -> None:
    """A004-T1."""
    body = docx("Name of partnership: Spatial Planning & Infrastructure Partnership", *OF_2011[1:], *BLOCK, *BLOCK, *BLOCK)
    said, findings = read_return(body, "x.docx", Desk(a_round()))
    assert said.outcome is Outcome.READ
    assert [unplaced.quote for unplaced in said.unplaced] == [*BLOCK, *BLOCK, *BLOCK]
    assert len({unplaced.place for unplaced in said.unplaced}) == 9
    assert [finding.code for finding in findings].count("left-over") == 1


def test_paragraphs_in_three_text_boxes_are_read_three_times_and_not_six() -> None:
    """A004-T1, A004-T2: each text box stands in the file twice, once for old programs."""
    assert texts(docx(*(para(text_box(*BLOCK)) for _ in range(3)))) == ["", *BLOCK] * 3


@pytest.mark.parametrize("fallback", [True, False])
def test_the_labels_of_a_diagram_are_read_once_each(fallback: bool) -> None:
    """A004-T2, A004-T3."""
    diagram = para(*(text_box(label, fallback=fallback) for label in LABELS))
    assert texts(docx("before", diagram, "after")) == ["before", "", *LABELS, "after"]


def test_the_labels_of_a_diagram_that_was_drawn_as_a_group_are_read() -> None:
    """A004-T3: in files of Word 2003 a drawing is a group of shapes, and its words stand nowhere else."""
    shapes = "".join(f"<v:shape><v:textbox><w:txbxContent>{para(label).xml}</w:txbxContent></v:textbox></v:shape>" for label in LABELS)
    assert texts(docx(para(run(Xml(f"<w:pict><v:group>{shapes}</v:group></w:pict>"))))) == ["", *LABELS]


def noted(document: Document) -> list[tuple[str, str]]:
    return [(note.code, note.quote) for note in document.notes]


def test_a_picture_between_paragraphs_is_noted_and_the_words_around_it_are_read() -> None:
    """A004-T3: where a diagram is a picture only, nobody can read it but a person."""
    graphic = f'<a:graphic><a:graphicData uri="{PICTURE}"/></a:graphic>'
    picture = run(
        Xml(f'<w:drawing><wp:inline><wp:docPr id="1" name="image2.wmf" descr="Working together"/>{graphic}</wp:inline></w:drawing>')
    )
    document = read(docx("before", para(picture), "after"))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["before", "", "after"]
    assert noted(document) == [("picture", "Working together")]


def test_a_placeholder_that_another_program_left_for_a_picture_is_kept_as_words() -> None:
    """A004-T3."""
    assert texts(docx("[image: image2.wmf]District & County working together")) == ["[image: image2.wmf]District & County working together"]


def test_a_telephone_number_with_a_digit_too_many_is_kept_and_queried() -> None:
    """A004-T4."""
    contact = table(row("Contact officer", "Morgan Lee"), row("Telephone", "01632 9601234"))
    said, findings = read_return(docx(*NAMED, contact), "x.docx", Desk(a_round()))
    assert [answer.value for answer in said.answers if answer.field == "contact_officer.phone"] == ["01632 9601234"]
    assert "phone-malformed" in {finding.code for finding in findings}
    assert (find_phone("Tel: 01632 9601234"), phone_digits("01632 9601234")) == ("01632 9601234", None)


@pytest.mark.parametrize(
    ("written", "agreed"),
    [
        ("A world class economy.", "World Class Economy"),
        ("Safer and stronger communities", "Healthy & Thriving Communities"),
        ("Thriving communities", "Healthy & Thriving Communities"),
        ("Climate change", "Climate Change & Environment"),
        ("Environment and Climate Change", "Climate Change & Environment"),
        ("Breaking the Cycle of Deprivation", "Reducing Inequalities & Breaking the Cycle of deprivation"),
    ],
)
def test_the_three_themes_of_old_lead_to_the_four_objectives_of_the_round(written: str, agreed: str) -> None:
    """A004-T5, A-X1: a vocabulary has its history in aliases; the return's own words stay in the quote."""
    vocabularies = load_round(ROOT).vocabularies
    term = match_choice(written, vocabularies["objectives"])
    assert term is not None and term.name == agreed
    assert (len(vocabularies["objectives"]), len(vocabularies["focus_areas"])) == (4, 7)
