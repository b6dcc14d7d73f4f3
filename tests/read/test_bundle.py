"""Pages of one form that are files of their own are read as if they had come in one file, and each place names the file."""

import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline import read
from pipeline.errors import UnreadableError
from pipeline.flow import read_return
from pipeline.model.documents import Document
from pipeline.model.findings import Finding
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.records import Record
from pipeline.read.bundle.packing import File, is_bundle, packed, unpacked
from pipeline.read.reading import readers
from pipeline.read.scan.crops import crop
from tests.read.pdf import page, pdf, text
from tests.read.scans import as_jpeg, as_pdf, as_png, photographed, scanned
from tests.read.test_scan import DPI, desk, pages, program, soffice


def typed(*lines: str, foot: str = "") -> bytes:
    """Return a page as a PDF with words, a line each, and its foot."""
    content = [text(72, 740 - 30 * at, line) for at, line in enumerate(lines)]
    return pdf(page(*content, *([text(400, 30, foot)] if foot else [])))


def document(*files: tuple[str, bytes]) -> Document:
    return read.document(read.Source(packed(File(*file) for file in files)))


def words(document: Document) -> str:
    """Return all that a reader says, wherever it says it."""
    return "\n".join(
        [
            *(paragraph.text for paragraph in document.paragraphs()),
            *(aside.text for aside in document.asides),
            *(f"{note.message} {note.quote}" for note in document.notes),
        ]
    )


# -- real pages ----------------------------------------------------------------------------------------------------------


@cache
def bundle() -> bytes:
    """Return three of the seven pages of a return, in no order: a scan, a photograph, a copier's PDF; and a picture that is broken."""
    third, second, last = scanned(pages()[2], 3), photographed(pages()[1], 2), scanned(pages()[6], 7)
    return packed(
        (
            File("scan.png", as_png(third, DPI)),
            File("broken.png", as_png(third, DPI)[:5_000]),
            File("IMG_2.jpg", as_jpeg(second)),
            File("copier.pdf", as_pdf([last], DPI)),
        )
    )


@cache
def said() -> tuple[Record, tuple[Finding, ...]]:
    return read_return(bundle(), "IMG_2.jpg and 3 more", desk())


@soffice
@program
def test_pages_are_read_as_one_form_in_the_order_of_their_numbers() -> None:
    record, _ = said()
    assert (record.outcome, record.format, record.partnership) == (Outcome.READ, "scan", "spatial-planning-infrastructure")
    assert [(number.place.part, number.place.page, number.number) for number in record.pages] == [
        ("IMG_2.jpg", 3, 2),
        ("scan.png", 1, 3),
        ("copier.pdf", 4, 7),
    ]


@soffice
@program
def test_each_answer_names_the_file_of_its_page() -> None:
    """Design, law 3."""
    record, _ = said()
    parts = {answer.field: answer.place.part for answer in record.answers if answer.passages}
    assert parts["chair"] == "IMG_2.jpg" and parts["priorities[1].focus"] == "scan.png" and parts["pledges[1].status"] == "copier.pdf"


@soffice
@program
def test_what_is_missing_and_what_is_broken_is_said() -> None:
    record, findings = said()
    notes = {note.code: note.message for note in record.notes}
    assert notes["missing-page"] == "Pages 4 to 6 of 7 are not among the pages that came."
    assert notes["broken-page"].startswith("broken.png could not be read: The picture is damaged.")
    assert {"missing-page", "not-read"} <= {finding.code for finding in findings}


@soffice
@program
def test_the_words_of_an_answer_are_cut_out_of_the_file_that_shows_them() -> None:
    record, _ = said()
    place = next(answer.place for answer in record.answers if answer.field == "pledges[1].status")
    (copier,) = (file.data for file in unpacked(bundle()) if file.name == "copier.pdf")
    cut = Image.open(io.BytesIO(crop(bundle(), place)))
    alone = Image.open(io.BytesIO(crop(copier, place._replace(page=1))))
    assert cut.size == alone.size and cut.tobytes() == alone.tobytes()


# -- what is in a bundle -------------------------------------------------------------------------------------------------


def test_a_cell_or_paragraph_that_goes_on_overleaf_is_one() -> None:
    first = typed("Chair: Jo Penrose, who has been in the chair of the partnership and", foot="Page 1 of 2")
    second = typed("of its forerunner for nine years in all", foot="Page 2 of 2")
    assert "partnership and of its forerunner" in words(document(("a.pdf", first), ("b.pdf", second)))


def test_a_page_that_came_twice_is_quoted_and_the_later_one_read() -> None:
    read_ = document(("a.pdf", typed("Chair: Old", foot="Page 1 of 1")), ("b.pdf", typed("Chair: New", foot="Page 1 of 1")))
    assert [paragraph.text for paragraph in read_.paragraphs()][:1] == ["Chair: New"]
    (note,) = (note for note in read_.notes if note.code == "page-again")
    assert (note.place.part, note.quote.splitlines()[0]) == ("a.pdf", "Chair: Old")


def test_a_file_of_another_kind_is_noted_and_not_read() -> None:
    read_ = document(("a.pdf", typed("Chair: Jo")), ("b.docx", b"PK\x03\x04"), ("again.zip", packed([File("x.pdf", typed("x"))])))
    assert [note.place.part for note in read_.notes if note.code == "broken-page"] == ["b.docx", "again.zip"]


def test_a_bundle_of_which_nothing_can_be_read_is_refused_for_the_reason_of_the_first_file() -> None:
    with pytest.raises(UnreadableError) as refused:
        document(("a.png", b"\x89PNG\r\n\x1a\nbroken"), ("b.txt", b"x"))
    assert refused.value.reason == "corrupt"


def test_a_page_that_a_bundle_does_not_have_cannot_be_cut_out() -> None:
    data = packed([File("a.pdf", typed("x")), File("b.pdf", typed("y"))])
    assert crop(data, Place(page=2))
    with pytest.raises(UnreadableError):
        crop(data, Place(page=3))


@pytest.mark.parametrize("share", range(0, 100, 9))
def test_a_bundle_that_was_cut_short_is_refused(share: int) -> None:
    """Threats, A1."""
    data = packed([File("a.pdf", typed("x"))])
    with pytest.raises(UnreadableError):
        read.document(read.Source(data[: len(data) * share // 100]))


NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12)
MARKS = st.sampled_from([b"%PDF-1.7", b"word/document.xml", b"content.xml", b"mimetype", b"<html", b"{\\rtf1", b"PK\x03\x04", b"From: x"])


@given(st.lists(st.tuples(NAMES, st.binary(max_size=60) | MARKS), max_size=4))
def test_a_bundle_is_nothing_else_and_gives_its_files_back(files: list[tuple[str, bytes]]) -> None:
    """Whatever lies in it, no other reader takes it for its own, and the same files are the same bytes."""
    data = packed(File(*file) for file in files)
    assert is_bundle(data) and data == packed(File(*file) for file in files)
    assert [type(reader).__name__ for reader in readers() if reader.claims(read.Source(data))] == ["BundleReader"]
    assert [file.data for file in unpacked(data)] == [content for _, content in files]


WORDS = st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=1, max_size=4)
FEET = st.sampled_from(["", "Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "Page 2 of 4"])


@given(st.lists(st.tuples(WORDS, FEET), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_every_word_of_every_page_is_in_a_block_an_aside_or_a_note(shown: list[tuple[list[str], str]]) -> None:
    """Design, law 4."""
    told = [[f"{word}{at}x{row}" for row, word in enumerate(lines)] for at, (lines, _) in enumerate(shown)]
    files = [(f"{at}.pdf", typed(*lines, foot=foot)) for at, (lines, (_, foot)) in enumerate(zip(told, shown, strict=True))]
    found = words(document(*files))
    assert [word for lines in told for word in lines if word not in found] == []
