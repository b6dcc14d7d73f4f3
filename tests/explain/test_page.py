"""The page shows the return as it stands, with each answer marked once, and nothing on it runs."""

import io
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import UnreadableError
from pipeline.explain import page
from pipeline.explain.shown import shown
from pipeline.model.documents import Aside, Cell, Document, Mark, Note, Paragraph, Row, Table
from pipeline.model.findings import Finding, Severity
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Box, Place
from pipeline.model.records import Answer, Claim, Passage, Record, State, Unplaced
from tests.explain.reading import Seen

LABELS = {"chair": "Chair:", "items": "Items", "items.what": "What will be done", "items.due": "By when"}


def at(paragraph: int, page: int | None = None) -> Place:
    return Place("body", paragraph=paragraph, page=page)


def para(text: str, number: int, **more: object) -> Paragraph:
    return Paragraph(text, at(number), **more)  # type: ignore[arg-type]


def answer(path: str, *passages: Passage, confidence: float = 0.95, value: str | None = "") -> Answer:
    said = "\n".join(passage.text for passage in passages)
    state = State.GIVEN if said else State.BLANK
    return Answer(path, (said if value == "" else value) or None, state, passages, "phrase", confidence)


def record(*answers: Answer, **more: object) -> Record:
    return Record("reply.docx", "", "docx", Outcome.READ, answers=answers, partnership="roads", **more)  # type: ignore[arg-type]


def seen(document: Document, said: Record, *findings: Finding, labels: Mapping[str, str] = LABELS) -> Seen:
    return Seen.of(page(document, said, findings, field_labels=labels))


CHAIR = Document("docx", (para("Chair: Jo Penrose", 1),))
JO = answer("chair", Passage("Jo Penrose", at(1)))


def test_the_words_of_an_answer_are_marked_where_they_stand() -> None:
    shown_ = seen(CHAIR, record(JO))
    assert shown_.marks == {"1": ["Jo Penrose"]}
    assert shown_.returned.strip() == "Chair: Jo Penrose"


def test_a_mark_leads_to_what_was_understood_and_back() -> None:
    shown_ = seen(CHAIR, record(JO))
    assert {"#k-1", "#m-1", "#f1"} <= set(shown_.links)
    assert {"k-1", "m-1", "f1"} <= set(shown_.ids)
    assert "95\u00a0%" in shown_.text


def test_a_date_within_its_sentence_is_marked_with_both_numbers() -> None:
    document = Document("docx", (para("Open by May 2012, at last", 1),))
    what = answer("items[1].what", Passage("Open by May 2012, at last", at(1)))
    due = answer("items[1].due", Passage("May 2012", at(1)), value="2012-05-31")
    html = page(document, record(what, due), (), field_labels=LABELS)
    assert Seen.of(html).marks == {"1": ["Open by May 2012, at last"], "2": ["May 2012"]}
    assert 'data-marks="1 2">May 2012</mark>' in html


def test_marks_that_overlap_are_cut_where_they_begin_and_end() -> None:
    marks = (Mark(3, 12, "bold"), Mark(8, 20, "link", "http://example.org/"), Mark(-4, 99, "italic"))
    document = Document("docx", (para("Chair: Jo Penrose of Roads", 1, marks=marks),))
    left = (Unplaced("Penrose of", at(1)),)
    shown_ = seen(document, record(JO, unplaced=left))
    assert shown_.marks == {"1": ["Jo Penrose"], "U1": ["Penrose of"]}
    assert "leads to http://example.org/" in shown_.text
    assert all(link.startswith("#") for link in shown_.links)


def test_an_answer_that_is_not_sure_says_so_in_words() -> None:
    html = page(CHAIR, record(JO._replace(confidence=0.7996)), (), field_labels=LABELS)
    assert '<mark class="unsure" data-marks="1">' in html
    assert "not sure: please check" in html
    assert "79\u00a0%" in html


def test_an_answer_over_several_paragraphs_is_marked_in_each_and_named_once() -> None:
    document = Document("docx", (para("First.", 1), para("Second.", 2, bullet="•", level=1)))
    shown_ = seen(document, record(answer("chair", Passage("First.", at(1)), Passage("Second.", at(2)))))
    assert shown_.marks == {"1": ["First.", "Second."]}
    assert shown_.ids.count("m-1") == shown_.ids.count("k-1") == 1
    assert "•" in shown_.returned


def test_a_date_in_a_later_paragraph_of_its_sentence_is_found_there() -> None:
    document = Document("docx", (para("Open the junction", 1), para("by May 2012", 2)))
    what = answer("items[1].what", Passage("Open the junction", at(1)), Passage("by May 2012", at(2)))
    assert seen(document, record(what, answer("items[1].due", Passage("May 2012", at(1))))).marks["2"] == ["May 2012"]


def test_words_that_are_not_found_again_are_said_to_be_missing() -> None:
    shown_ = seen(CHAIR, record(answer("chair", Passage("Al Ash", at(1)))))
    assert shown_.marks == {}
    assert "not found again" in shown_.text
    assert "“Al Ash”" in shown_.text


def test_a_field_without_an_answer_leads_to_where_it_was_asked() -> None:
    shown_ = seen(CHAIR, record(answer("chair", Passage("", at(1)))))
    assert "(left blank)" in shown_.text
    assert "#p1" in shown_.links


def test_a_finding_leads_to_the_answer_it_is_about_or_to_its_item() -> None:
    asked = [Finding("code", Severity.QUERY, path, f"What of {path}?") for path in ("chair", "items[1].due", "chair[Roads. And]", "")]
    document = Document("docx", (para("Chair: Jo Penrose", 1), para("Open it", 2)))
    shown_ = seen(document, record(JO, answer("items[1].what", Passage("Open it", at(2)))), *asked)
    assert all(finding.message in shown_.text for finding in asked)
    assert shown_.links.count("#m-1") > 2


def test_notes_and_what_stands_beside_the_text_are_listed_with_their_places() -> None:
    comment = Aside("comment", "Is she?", at(1))
    notes = (Note("comment", "A comment stands here.", at(1), "Is she?"), Note("picture", "A picture was not read.", at(1)))
    shown_ = seen(replace(CHAIR, asides=(comment,)), record(JO, notes=notes))
    assert shown_.text.count("Is she?") == 1
    assert {"#k-A1", "#k-N1"} <= set(shown_.links)
    assert {"k-A1", "k-N1"} <= set(shown_.ids)


def test_words_that_say_an_answer_again_are_marked_with_their_note() -> None:
    document = Document("docx", (para("Chair: Jo Penrose", 1), para("Chair: Al Ash", 2)))
    twice = Note("said-twice", "Said a second time.", at(2), "Al Ash", "chair")
    assert seen(document, record(JO, notes=(twice,))).marks["N1"] == ["Al Ash"]


def test_merged_cells_and_header_rows_stay_what_they_are() -> None:
    def cell(text: str, column: int, **span: int) -> Cell:
        return Cell((Paragraph(text, Place("body", 1, column, column, 1)),), column, **span)

    rows = (Row((cell("Both", 1, columns=2), cell("Down", 3, rows=9)), heading=True), Row((cell("Last", 2),)))
    html = page(Document("docx", (Table(rows, Place("body", 1)),)), record(), (), field_labels=LABELS)
    assert '<th scope="col" colspan="2">' in html
    assert '<th scope="col" rowspan="2">' in html
    assert "<tr><td></td><td>" in html, "the first column of the second row has no cell"


def test_pages_begin_where_the_return_turns_them() -> None:
    document = Document("pdf", tuple(Paragraph(f"Words {page_}", at(n, page=page_)) for n, page_ in enumerate((1, 1, 2, 3), 1)))
    assert [word for word in ("Page 1", "Page 2", "Page 3") if seen(document, record()).text.count(word) != 1] == []


def test_headings_of_the_return_never_skip_a_level() -> None:
    wild = (para("Deep", 1, heading=5), para("Top", 2, heading=1), para("Deeper", 3, heading=9), para(" ", 4, heading=2))
    levels = seen(Document("docx", wild), record()).levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_return_that_could_not_be_read_says_why() -> None:
    refused = Record("x.docx", "", "", Outcome.REFUSED, Reason.EMPTY, "The file is empty. Ask for it again.")
    shown_ = seen(Document("", ()), refused)
    assert "Refused" in shown_.text
    assert "Ask for it again." in shown_.text


def test_the_head_says_whose_it_is_and_who_disagrees() -> None:
    claims = (Claim("name", "Roads", True), Claim("file-name", "Rail", False))
    shown_ = seen(CHAIR, record(JO, identity=claims, damage=("The boxes are gone.",), tracked_changes=True))
    for said in ("roads", "Rail", "The boxes are gone.", "Yes: read as if all were accepted"):
        assert said in shown_.text


# -- pictures ------------------------------------------------------------------------------------------------------------


def noise(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((width, height), 100).save(stream, "PNG")
    return stream.getvalue()


def scanned(answers: int) -> tuple[Document, Record]:
    places = [at(n, page=1)._replace(box=Box(10, 10 * n, 300, 10 * n + 9)) for n in range(answers)]
    document = Document("scan", tuple(Paragraph(f"Words {n}", place) for n, place in enumerate(places)))
    return document, record(*(answer(f"items[{n}].what", Passage(f"Words {n}", place)) for n, place in enumerate(places)))


def test_the_original_is_shown_beside_each_answer() -> None:
    document, said = scanned(2)
    shown_ = Seen.of(page(document, said, (), field_labels=LABELS, picture=lambda place: noise(40, 20)))
    assert [source[:22] for source in shown_.sources] == ["data:image/png;base64,"] * 2


def test_a_page_with_many_pictures_stays_small_and_says_what_it_left_out() -> None:
    document, said = scanned(40)
    large = noise(800, 600)
    html = page(document, said, (), field_labels=LABELS, picture=lambda place: large)
    assert len(html) > 3_000_000
    assert len(html) < 5_000_000
    assert "had no room on this page" in html


def test_a_picture_that_cannot_be_cut_is_left_out() -> None:
    def broken(place: Place) -> bytes:
        raise UnreadableError("corrupt", "The PDF cannot be opened.")

    document, said = scanned(1)
    assert Seen.of(page(document, said, (), field_labels=LABELS, picture=broken)).sources == []


# -- strangers -----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}{# gone #}",
    "<!-- --><![CDATA[x]]>",
    "&lt;b&gt; &amp; &#x3c;",
    "javascript:alert(1)",
    "a\u202egpj.exe\u2066\u200f",
    "NUL\0 and \x1b[31m and \x85",
    "tags \U000e0041\U000e007f, broken \ud800, nobody’s \uffff",
    "line\u2028and\u2029paragraph\r\n\f\v",
    "x" * 5000,
)


def everywhere(text: str) -> str:
    """Return the page of a return that says the same wherever a stranger can say something."""
    part = Place(text, paragraph=1)
    marks = (Mark(0, len(text), "link", text), Mark(1, 2, text, text))
    words = Paragraph(text, part, marks=marks, heading=1, bullet=text)
    cell = Paragraph(f"{text}\n{text}", Place(text, 1, 1, 1, 1))
    blocks = (words, Table((Row((Cell((cell,)),)),), Place(text, 1)))
    document = Document(text, blocks, (Aside(text, text, part),), (), {text: text}, (text,))
    answers = (
        answer("chair", Passage(text, part)),
        answer(f"items[1].{text}", Passage(text, cell.place)),
        answer("lost", Passage("no" + text, part)),
    )
    notes = (Note(text, text, part, text, text), Note("code", text, part, text))
    said = record(*answers, identity=(Claim("name", text, False),), unplaced=(Unplaced(text, part),), notes=notes, damage=(text,))
    said = replace(said, file=text, outcome=Outcome.HELD, reason=Reason.CORRUPT, message=text, partnership=text)
    return page(document, said, [Finding(text, Severity.ERROR, text, text, text)], field_labels={"chair": text}, whose=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_stranger_writes_is_more_than_words(text: str) -> None:
    html = everywhere(text)
    shown_, plain = Seen.of(html), Seen.of(everywhere("words"))
    assert shown_.runs == set()
    assert set(shown_.elements) == set(plain.elements)
    assert shown_.attributes == plain.attributes
    assert shown_.sources == []
    assert all(link.startswith("#") for link in shown_.links)
    assert shown(text) in shown_.text
    html.encode()
    assert not set("\0\x1b\x85\u202e\u2066\u200f\u2028\u2029\U000e0041\ud800\uffff\r") & set(html)


@given(st.text(max_size=60).filter(str.strip))
def test_any_text_stays_whole_and_steers_nothing(text: str) -> None:
    shown_ = Seen.of(everywhere(text))
    assert shown(text) in shown_.returned
    assert len(set(shown_.ids)) == len(shown_.ids)


def test_a_page_fetches_and_runs_nothing() -> None:
    html = page(CHAIR, record(JO), (), field_labels=LABELS)
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html
    assert not any(word in html for word in ("url(", "@import", "http://", "https://", "<script"))


def test_the_same_return_makes_the_same_page() -> None:
    document, said = scanned(3)
    pages = {page(document, said, (), field_labels=LABELS, picture=lambda place: noise_free()) for _ in range(2)}
    assert len(pages) == 1


def noise_free() -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").save(stream, "PNG")
    return stream.getvalue()
