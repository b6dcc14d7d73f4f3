"""What stands in a box of the printed blank answers its field; labels and boxes are two witnesses."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import Layout, align, align_scan, layout
from pipeline.align.boxes import contents
from pipeline.align.registering import register
from pipeline.model.alignments import Alignment, Match
from pipeline.model.documents import Control, Document, Note, Paragraph
from pipeline.model.pages import Projection
from pipeline.model.places import Box, Place
from tests.align.printed import KEYS, QUESTIONS, Scan, at, blank, boxes, document, form, scan

ANSWERS = {"name": "Ramblers", "leader": "Jo Penrose", "members": "Forty", "place": "The green", "aims": "Fresh air", "money": "None left"}


@cache
def issued() -> Layout:
    """Return the form and its blank: a question and a control in turn."""
    paragraphs: list[Paragraph] = []
    for key, question in zip(KEYS, QUESTIONS, strict=True):
        paragraphs.append(Paragraph(question, Place(paragraph=len(paragraphs) + 1)))
        text = f"Say here: {key}"
        control = Control(0, len(text), len(paragraphs), key, placeholder=True)
        paragraphs.append(Paragraph(text, Place(paragraph=len(paragraphs) + 1), (control,)))
    beside = [Paragraph(text, Place()) for text in ("Clubs of the county", "Please return it", "Sheet 1 of 1")]
    return layout(form(), Document("docx", (*paragraphs, *beside)))


def laid(*scans: Scan) -> Alignment:
    """Return what is made of a scan of the form."""
    return align_scan(document(*scans), issued(), blank(len(scans)))


def matches(alignment: Alignment) -> dict[str, Match]:
    return {match.path: match for match in alignment.matches}


def said(alignment: Alignment) -> dict[str, str]:
    return {match.path: " ".join(piece.text for piece in match.pieces) for match in alignment.matches}


def by_pen(page: Scan, text: str, box: Box) -> Scan:
    """Return a page on which somebody wrote."""
    return page._replace(pen=(*page.pen, (text, box)))


# -- two witnesses ---------------------------------------------------------------------------------------------------------


def test_answers_that_labels_and_boxes_agree_on_are_sure() -> None:
    found = laid(scan(ANSWERS))
    assert said(found) == ANSWERS
    assert {(match.method, match.confidence) for match in found.matches} == {("ocr", 0.95)}


def test_an_answer_whose_label_cannot_be_read_is_found_by_its_box_and_is_less_sure() -> None:
    page = scan(ANSWERS, unread=["Name of its leader"])
    assert said(align(document(page), issued())).get("leader") != "Jo Penrose"
    found = matches(laid(page))["leader"]
    assert ([piece.text for piece in found.pieces], found.method) == (["Jo Penrose"], "ocr")
    assert 0.5 <= found.confidence < 0.9


def test_words_that_a_label_gives_to_another_field_than_their_box_are_doubted() -> None:
    """Two labels are so close together that the first seems to have no answer."""
    page = scan(ANSWERS, unread=["Number of members"], misread={"Name of its leader": "Number of members"})
    found = matches(laid(page))["leader"]
    assert [piece.text for piece in found.pieces] == ["Jo Penrose"]
    assert found.confidence <= 0.5


def test_a_page_on_which_labels_contradict_boxes_again_and_again_is_not_believed_to_be_the_blanks() -> None:
    exchanged = dict(zip(QUESTIONS, (*QUESTIONS[3:], *QUESTIONS[:3]), strict=True))
    page = scan(ANSWERS)
    swapped = page._replace(said=tuple((exchanged.get(text, text), box) for text, box in page.said))
    assert said(align_scan(document(swapped), issued(), blank())) == said(align(document(swapped), issued()))


def test_a_scan_of_another_form_is_read_by_its_labels() -> None:
    page = scan(ANSWERS, down=lambda y: (y * 7.3) % 90)
    assert align_scan(document(page), issued(), blank()) == align(document(page), issued())


# -- boxes in which nothing was read -----------------------------------------------------------------------------------------


def test_a_field_that_was_left_blank_has_its_whole_box_as_its_place() -> None:
    back = Projection((1.5, 0, 10, 0, 1.5, 20, 0, 0, 1))
    page = scan({key: text for key, text in ANSWERS.items() if key != "aims"})
    found = matches(align_scan(document(page, back=back), issued(), blank()))["aims"]
    assert found.pieces == ()
    assert found.place.box == pytest.approx(back.around(boxes()["aims"]), abs=1)


def test_a_field_of_which_nothing_was_seen_has_its_place_too() -> None:
    found = matches(laid(scan(ANSWERS, unread=["Say here: aims", "Aims of the club"])))["aims"]
    assert (found.pieces, found.place.page) == ((), 1)
    assert found.place.box == pytest.approx(boxes()["aims"], abs=1)


def test_a_prompt_with_a_letter_misread_is_no_answer() -> None:
    assert said(laid(scan(misread={"Say here: aims": "Say nere: aims"})))["aims"] == ""


@pytest.mark.parametrize(("added", "prompt"), [("", True), (" rm", False), (" PPS9", False), (" .", True)])
def test_a_long_prompt_to_which_little_was_added_is_no_prompt_alone(added: str, prompt: bool) -> None:
    long = "What policies and strategies underpin it"
    fields = {key: field.model_copy(update={"prompt": long}) for key, field in form().fields.items()}
    back = document(scan(misread={"Say here: aims": long + added}))
    (page,) = register(back.seen, blank())
    found = {area.tag: content for area, content in contents(page, back.seen[0], form().model_copy(update={"fields": fields})).items()}
    assert found["aims"].prompt is prompt


def test_a_prompt_that_somebody_wrote_over_is_for_a_person_to_look_at() -> None:
    found = matches(laid(scan(misread={"Say here: aims": "Sxy hvre: aiwis"})))["aims"]
    assert found.pieces and found.confidence <= 0.5


# -- what was written by hand ------------------------------------------------------------------------------------------------


def notes(alignment: Alignment) -> list[tuple[str, str, str]]:
    return [(note.code, note.field, note.quote) for note in alignment.notes if note.code in ("handwriting", "unread-ink")]


def test_ink_that_says_nothing_is_noted_with_the_field_in_whose_box_it_stands() -> None:
    page = scan(unread=["Say here: aims"])._replace(ink=(at("~~~~~~", 240, boxes()["aims"].top + 10),))
    found = laid(page)
    assert notes(found) == [("unread-ink", "aims", "")]
    assert matches(found)["aims"].pieces == ()
    (note,) = [note for note in found.notes if note.field]
    assert note.place.box == pytest.approx(boxes()["aims"], abs=1)
    assert "Aims of the club" in note.message


def test_handwriting_is_noted_with_its_field_and_what_was_read_of_it_is_never_sure() -> None:
    page = by_pen(scan(unread=["Say here: leader"]), "Jo Pemrose", at("Jo Pemrose", 240, boxes()["leader"].top + 8))
    found = laid(page)
    assert notes(found) == [("handwriting", "leader", "Jo Pemrose")]
    assert matches(found)["leader"].confidence <= 0.5


def test_what_was_written_beside_a_typed_answer_makes_that_unsure() -> None:
    page = scan(ANSWERS)._replace(ink=(at("~~~~~~", 400, boxes()["leader"].top + 8),))
    found = matches(laid(page))
    assert found["leader"].confidence <= 0.5
    assert found["members"].confidence > 0.9


def test_a_prompt_that_was_read_to_the_letter_is_no_handwriting() -> None:
    page = scan()
    page = page._replace(pen=tuple((text, box) for text, box in page.said if text == "Say here: aims"), said=page.said)
    page = page._replace(said=tuple((text, box) for text, box in page.said if text != "Say here: aims"))
    found = laid(page)
    assert notes(found) == []
    assert matches(found)["aims"].pieces == ()


def test_ink_outside_all_boxes_keeps_its_own_note() -> None:
    signed = Box(300, 700, 400, 740)
    whole = document(scan(ANSWERS)._replace(ink=(signed,)))
    note = Note("unread-ink", "Page 1 shows something.", Place(page=1, box=signed))
    found = align_scan(Document("scan", whole.blocks, notes=(note,), seen=whole.seen), issued(), blank())
    assert [one for one in found.notes if one.code == "unread-ink"] == [note]


# -- nothing vanishes --------------------------------------------------------------------------------------------------------


TYPED = ["zebra", "zebra: Chair", "Money that it has zebra", "1. zebra", "N/A zebra"]


@settings(max_examples=60, deadline=None)
@given(
    texts=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(TYPED)),
    unread=st.lists(st.sampled_from(QUESTIONS), max_size=3),
    ink=st.lists(st.sampled_from(KEYS), max_size=3),
    grown=st.sampled_from([0.0, 12.0, 30.0]),
    below=st.sampled_from([150.0, 250.0, 900.0]),
)
def test_every_word_is_an_answer_or_left_over_and_all_ink_is_noted(
    texts: dict[str, str], unread: list[str], ink: list[str], grown: float, below: float
) -> None:
    page = scan(texts, unread=unread, down=lambda y: grown if y > below else 0.0)
    page = page._replace(ink=tuple(at("~~~~", 420, boxes()[key].top + 10) for key in ink))
    whole = document(page)
    inked = tuple(Note("unread-ink", "Page 1 shows something.", Place(page=1, box=box)) for box in page.ink)
    found = align_scan(Document("scan", whole.blocks, notes=inked, seen=whole.seen), issued(), blank())
    kept = [piece.text for match in found.matches for piece in match.pieces] + [piece.text for piece in found.unplaced]
    kept += [piece.text for _, piece in found.repeated] + [note.quote for note in found.notes]
    assert " ".join(kept).count("zebra") >= sum(text.count("zebra") for text in texts.values())
    places = [note.place.box for note in found.notes if note.code == "unread-ink" and note.place.box]
    for box in page.ink:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        assert any(place.left <= x <= place.right and place.top <= y <= place.bottom for place in places)
