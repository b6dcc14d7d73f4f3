"""The papers for those without Word: PDF/UA-1 and OpenDocument, as the real LibreOffice makes them."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import DictionaryObject

from pipeline.merge import merge
from pipeline.publish import portable as made_portable
from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from pipeline.tools import libreoffice
from tests.documents import read
from tests.needs import needs
from tests.publish.heard import heard, written
from tests.publish.reading import part
from tests.publish.returns import NARRATIVE, a_record, a_round_of_nine, nine_records
from tests.publish.test_papers import a_return
from tests.publish.vera import failures

pytestmark = needs("soffice", "libreoffice-writer")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Return the papers of nine returns, one of which says everything that a return can say: Word, PDF and OpenDocument."""
    folder = tmp_path_factory.mktemp("papers")
    returned = [record for record in nine_records() if record.partnership != "safer-communities"]
    file = "How we reply.docx"
    kept = sha256(b"as it came").hexdigest()
    (folder / "inbox").mkdir()
    (folder / "inbox" / file).write_bytes(b"as it came")
    returned.append(a_record("safer-communities", a_return(), file=file, sha256=kept))
    round_ = a_round_of_nine(narrative=NARRATIVE, folder=folder)
    written = publish(merge(round_, returned), folder / "outbox" / "plan")
    return tuple(portable(paper for paper in written if paper.suffix == ".docx"))


def of(papers: tuple[Path, ...], suffix: str) -> list[Path]:
    return [paper for paper in papers if paper.suffix == suffix]


def words_of_pdf(path: Path) -> Counter[str]:
    """Return how often each word stands on the pages of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return words(text)


def words_of_document(path: Path) -> Counter[str]:
    """Return how often each word stands in the body of a Word or OpenDocument file."""
    return words(" ".join(paragraph.text for paragraph in read(path.read_bytes()).paragraphs()))


def words(text: str) -> Counter[str]:
    """Count words without their hyphens, at which a line may end (PDFium says U+FFFE for one that does)."""
    return Counter(re.findall(r"\w{4,}", re.sub(r"[-\ufffe](\r\n)?", "", text)))


@needs("java", "default-jre-headless")
def test_every_pdf_is_pdf_ua_as_verapdf_judges_it(papers: tuple[Path, ...]) -> None:
    assert failures(of(papers, ".pdf")) == {"Delivery plan.pdf": [], "Annex 1.pdf": [], "Committee paper.pdf": []}


def test_every_word_of_the_word_file_stands_on_the_pages_and_in_the_odt(papers: tuple[Path, ...]) -> None:
    for paper in papers:
        wanted = words_of_document(paper.with_suffix(".docx"))
        found = words_of_pdf(paper) if paper.suffix == ".pdf" else words_of_document(paper)
        assert not wanted - found, paper.name
        assert sum(wanted.values()) > 100


def test_a_pdf_has_a_title_a_language_bookmarks_and_the_order_of_its_structure(papers: tuple[Path, ...]) -> None:
    for paper in of(papers, ".pdf"):
        pdf = PdfReader(paper)
        assert pdf.metadata is not None and pdf.metadata.title
        assert str(pdf.root_object["/Lang"]) == "en-GB"
        assert bool(pdf.outline) == (paper.name != "Annex 1.pdf"), "the annex is one table under its title"
        assert {str(page["/Tabs"]) for page in pdf.pages} == {"/S"}


def test_the_chart_says_its_figures_in_words(papers: tuple[Path, ...]) -> None:
    said = [str(figure["/Alt"]) for figure in figures(PdfReader(papers[0]))]
    assert said == [
        "Column chart. Deliverables by financial quarter, Q1 2011/12 to Q4 2014/15. Q4 2011/12: 1; Q4 2012/13: 1. None in the other 14. "
        "Deliverables in all: 3. Not in the chart: No date given: 1."
    ]
    assert f"<svg:desc>{said[0]}</svg:desc></draw:frame>" in part(papers[1], "content.xml")


def figures(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Yield the figures of a PDF's structure."""
    for number in range(1, int(str(pdf.trailer["/Size"]))):
        try:
            found = pdf.get_object(number)
        except (PdfReadError, KeyError):
            continue
        if isinstance(found, DictionaryObject) and found.get("/S") == "/Figure":
            yield found


def test_a_source_leads_to_the_file_in_the_inbox_from_every_format(papers: tuple[Path, ...]) -> None:
    """The way is counted from the folder of the paper; in an .odt, from within the file itself."""
    inbox = "../../inbox/How%20we%20reply.docx"
    assert f'Target="{inbox}" TargetMode="External"' in part(papers[0].with_suffix(".docx"), "word/_rels/document.xml.rels")
    notes = [note.get_object() for page in PdfReader(papers[0]).pages for note in page.get("/Annots", [])]
    assert {str(note["/A"]["/URI"]) for note in notes if "/A" in note} == {inbox}
    assert f'xlink:href="../{inbox}"' in part(papers[1], "content.xml")


def test_a_priority_and_its_source_lead_to_each_other_in_the_pdf(papers: tuple[Path, ...]) -> None:
    pdf = PdfReader(papers[0])
    places = {name.replace("5F", "_").strip("/"): pdf.get_destination_page_number(place) for name, place in pdf.named_destinations.items()}
    assert {name for name in places if name.startswith("source")} == {
        name.replace("item", "source") for name in places if name.startswith("item")
    }
    ways = {
        (number, note.get_object()["/Contents"], pdf.get_page_number(note.get_object()["/Dest"][0].get_object()))
        for number, page in enumerate(pdf.pages)
        for note in page.get("/Annots", [])
        if "/Dest" in note.get_object()
    }
    assert (places["source_6_1"], "6.1", places["item_6_1"]) in ways


def test_the_same_paper_gives_the_same_bytes(papers: tuple[Path, ...]) -> None:
    before = {paper: paper.read_bytes() for paper in papers}
    for paper in papers:
        paper.unlink()
    portable(of(tuple(paper.with_suffix(".docx") for paper in of(papers, ".pdf")), ".docx"))
    assert {paper: paper.read_bytes() for paper in papers} == before


def test_a_paper_that_has_not_changed_is_not_made_again(papers: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    really = libreoffice.convert

    def counted(data: bytes, suffix: str, read_as: str, write_as: str, seconds: float = 60) -> bytes:
        asked.append(write_as.partition(":")[0])
        return really(data, suffix, read_as, write_as, seconds)

    monkeypatch.setattr(made_portable, "convert", counted)
    words = [paper.with_suffix(".docx") for paper in of(papers, ".pdf")]
    assert portable(words) == papers
    assert asked == []
    papers[0].write_bytes(b"%PDF-1.7 torn")
    assert portable(words) == papers
    assert asked == [papers[0].suffix[1:]]
    assert PdfReader(io.BytesIO(papers[0].read_bytes())).pages


def test_a_screen_reader_hears_the_words_of_the_word_file_in_their_order(papers: tuple[Path, ...]) -> None:
    for pdf in of(papers, ".pdf"):
        assert heard(pdf) == written(pdf.with_suffix(".docx").read_bytes()), pdf.name


def creator(pdf: Path) -> str:
    """Return the program that a PDF names as its maker."""
    metadata = PdfReader(pdf).metadata
    return str(metadata.creator) if metadata is not None else ""


def test_a_pdf_is_made_anew_once_libreoffice_is_there_or_gone(papers: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The two programs set a paper differently; one never passes for the other."""
    paper = papers[0].with_suffix(".docx")
    with monkeypatch.context() as here:
        here.setattr(made_portable, "found", lambda: "")
        (pdf,) = portable([paper])
        assert creator(pdf).startswith("Typst")
    assert portable([paper])[0] == pdf
    assert creator(pdf) == "Writer"
