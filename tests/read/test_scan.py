"""A scan or a photograph of a return says what the Word document says that was printed."""

import io
import json
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from PIL import Image

from benchmarks.read import filled
from pipeline import read
from pipeline.bounded import Bounds, Nursery, Work
from pipeline.errors import UnreadableError
from pipeline.flow import Desk, read_return
from pipeline.model.documents import Document
from pipeline.model.findings import Finding
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Box
from pipeline.model.records import Record
from pipeline.read.scan import recognisers as installed
from pipeline.read.scan.crops import crop
from pipeline.read.scan.recognisers import Models, Recognisers
from pipeline.rounds.loading import load_round
from pipeline.tools import tesseract
from tests.needs import needs
from tests.read.pdf import printed
from tests.read.scans import as_jpeg, as_pdf, as_png, as_tiff, drawn, penned, photographed, scanned
from tests.read.test_pdf_printed import leaves

ROOT = Path(__file__).parent.parent.parent
DPI = 200
PRIORITY = 3
"""The page of the first priority: tables, long answers, dates."""
SAME = 0.97
"""Of the answers of a sound scan: so many at least are as they were typed."""

soffice, program = needs("soffice", "libreoffice-writer"), needs("tesseract", "tesseract-ocr")


@cache
def desk() -> Desk:
    return Desk(load_round(ROOT))


@cache
def form() -> bytes:
    """Return a filled-in return as a PDF with its words."""
    with TemporaryDirectory() as folder:
        return printed(filled(desk(), 1), Path(folder))


@cache
def pages() -> list[Image.Image]:
    return drawn(form(), DPI)


@cache
def wanted(number: int) -> Counter[str]:
    """Return the words of a page of the form."""
    document = pypdfium2.PdfDocument(form())
    try:
        return Counter(document[number - 1].get_textpage().get_text_range().split())
    finally:
        document.close()


@cache
def tiff() -> bytes:
    """Return the form as an office's scanner sends it, every page leaning another way."""
    return as_tiff([scanned(page, seed, lean=(seed - 3) * 0.5) for seed, page in enumerate(pages())], DPI)


@cache
def scan() -> tuple[Record, tuple[Finding, ...]]:
    return read_return(tiff(), "scan.tif", desk())


def said(document: Document) -> Counter[str]:
    """Return every word of a document, the ones beside the text too."""
    texts = [paragraph.text for paragraph in document.paragraphs()] + [aside.text for aside in document.asides]
    return Counter(word for text in texts for word in text.split())


def share(found: Counter[str], number: int) -> float:
    """Return how many of a page's words were found."""
    return (wanted(number) & found).total() / wanted(number).total()


# -- a whole return --------------------------------------------------------------------------------------------------------


@soffice
@program
def test_a_scan_says_what_its_word_document_says() -> None:
    typed, _ = read_return(filled(desk(), 1), "reply.docx", desk())
    found, _ = scan()
    answers, recognised = dict(leaves(dict(typed.values))), dict(leaves(dict(found.values)))
    assert found.outcome is Outcome.READ
    assert sum(recognised.get(path) == answer for path, answer in answers.items()) >= SAME * len(answers)
    assert len(recognised) <= len(answers) + 1


@soffice
@program
def test_the_square_code_of_a_scan_says_whose_it_is() -> None:
    found, _ = scan()
    assert found.partnership == desk().round.partnerships[0].id
    assert {"barcode", "code"} <= {str(identity.carrier) for identity in found.identity}


@soffice
@program
def test_every_answer_of_a_scan_has_its_page_and_box() -> None:
    found, _ = scan()
    given = [answer for answer in found.answers if answer.quote]
    assert len(given) > 100
    assert all(answer.place.page and answer.place.box for answer in given)


@soffice
@program
def test_a_printed_scan_gives_no_false_note_of_handwriting() -> None:
    found, _ = scan()
    assert [note.quote for note in found.notes if note.code == "handwriting"] == []


@soffice
@program
def test_a_crop_shows_the_answer_that_was_read_there() -> None:
    """Seen again by another eye: what is cut out of the scan as received reads the same."""
    found, _ = scan()
    answer = next(one for one in found.answers if one.quote and one.field.endswith("context.policies"))
    seen = tesseract.recognise(crop(tiff(), answer.place), DPI, 60, 1000)
    words = Counter(word.text for word in seen)
    assert (words & Counter(answer.quote.split())).total() > 0.9 * len(answer.quote.split())
    assert words.total() < 1.3 * len(answer.quote.split())


# -- one page, as it comes -------------------------------------------------------------------------------------------------


@soffice
@program
def test_a_photograph_is_flattened_and_its_places_lead_back_to_the_photograph() -> None:
    """Held over a dark table, in perspective, a quarter turn off in how it is stored."""
    photograph = as_jpeg(photographed(drawn(form(), 300)[PRIORITY - 1], 1), orientation=6)
    document = read.document(read.Source(photograph))
    assert share(said(document), PRIORITY) > 0.95
    paragraph = next(one for one in document.paragraphs() if "policies says" in one.text)
    seen = said(read.document(read.Source(crop(photograph, paragraph.place))))
    assert (seen & Counter(paragraph.text.split())).total() > 0.8 * len(paragraph.text.split())


@soffice
@program
@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180], ids=["on its side", "on its head"])
def test_a_page_of_a_pdf_of_pictures_is_turned_upright(turn: Image.Transpose) -> None:
    lying = scanned(pages()[PRIORITY - 1], 5).transpose(turn)
    document = read.document(read.Source(as_pdf([lying], DPI)))
    assert document.format == "scan"
    assert share(said(document), PRIORITY) > 0.95
    first = next(one for one in document.paragraphs() if one.text == "Policies and strategies")
    assert first.place.box is not None
    assert _holds(Box(0, 0, lying.width * 72 / DPI, lying.height * 72 / DPI), first.place.box)


def _holds(page: Box, box: Box) -> bool:
    return page.left <= box.left < box.right <= page.right and page.top <= box.top < box.bottom <= page.bottom


@soffice
@program
def test_a_pdf_with_words_on_one_page_and_a_picture_on_the_next_says_both() -> None:
    document = read.document(read.Source(mixed()))
    assert document.format == "pdf"
    assert share(said(document), PRIORITY) > 0.95
    assert share(said(document), PRIORITY + 1) > 0.95


@cache
def mixed() -> bytes:
    """Return a PDF of which the first page has its words and the second is a picture."""
    whole, picture, both = pypdfium2.PdfDocument(form()), pypdfium2.PdfDocument(as_pdf([scanned(pages()[PRIORITY], 6)], DPI)), None
    try:
        both = pypdfium2.PdfDocument.new()
        both.import_pages(whole, [PRIORITY - 1])
        both.import_pages(picture)
        stream = io.BytesIO()
        both.save(stream)
        return stream.getvalue()
    finally:
        for document in (both, picture, whole):
            if document is not None:
                document.close()


@soffice
@program
def test_handwriting_is_noted_where_it_stands_and_never_sure() -> None:
    written = scanned(penned(pages()[PRIORITY - 1], 300, 1800, 5, 1), 3, lean=0)
    document = read.document(read.Source(as_png(written, DPI)))
    noted = [note.place.box for note in document.notes if note.code in {"handwriting", "unread-ink"}]
    assert noted
    assert all(box is not None and box.top / 72 * DPI > 1750 and box.bottom / 72 * DPI < 1900 for box in noted)
    assert all(one.sure <= 0.5 for one in document.paragraphs() if one.place.box and 1790 < one.place.box.top / 72 * DPI < 1860)


@soffice
@program
def test_what_was_written_by_hand_beside_an_answer_keeps_the_return_out_of_the_plan_until_a_person_has_looked() -> None:
    record, findings = scan()
    [box] = [answer.place.box for answer in record.answers if answer.field == "cabinet_member"]
    assert box is not None and "cabinet_member" not in [one.field for one in findings if one.code == "unsure"]
    written = penned(pages()[1], int(box.right / 72 * DPI) + 60, int(box.top / 72 * DPI) - 25, 3, 2)
    _, noticed = read_return(as_tiff([pages()[0], written], DPI), "scan.tif", desk())
    assert ("cabinet_member", "error") in [(one.field, one.severity.value) for one in noticed if one.code == "unsure"]


@soffice
@program
def test_a_form_that_was_scanned_in_colour_is_read_within_the_memory_of_a_child() -> None:
    coloured = [scanned(page, seed).convert("RGB") for seed, page in enumerate(pages())]
    for page in coloured:
        page.paste((200, 30, 40), (60, 60, 160, 90))
    with Nursery(Work("tests.hostile.reading:set_up", "tests.hostile.reading:run", desk().round), Bounds(seconds=170)) as nursery:
        said = json.loads(nursery.run(as_pdf(coloured, 150), "scan.pdf"))
    assert said["outcome"] == "read"


@soffice
def test_the_models_alone_read_a_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "recognisers", lambda: Recognisers(Models(), None))
    document = read.document(read.Source(as_png(scanned(pages()[PRIORITY - 1], 4), DPI)))
    assert share(said(document), PRIORITY) > 0.8


# -- where nothing reads pictures ------------------------------------------------------------------------------------------


def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "recognisers", lambda: None)


def test_without_what_recognises_words_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing(monkeypatch)
    page = Image.new("L", (1654, 2339), 255)
    for data in (as_png(page, DPI), as_tiff([page], DPI), as_jpeg(page), as_pdf([page], DPI)):
        with pytest.raises(UnreadableError, match="picture") as caught:
            read.document(read.Source(data))
        assert caught.value.reason == "unsupported"
        assert "proforma[ocr]" in caught.value.hint


@soffice
def test_without_it_a_page_that_is_a_picture_is_noted_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing(monkeypatch)
    document = read.document(read.Source(mixed()))
    assert share(said(document), PRIORITY) > 0.95
    assert [(note.code, note.place.page) for note in document.notes if note.code == "picture-page"] == [("picture-page", 2)]
