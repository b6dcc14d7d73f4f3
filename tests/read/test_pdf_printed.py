"""A return that LibreOffice saved as a PDF says what the Word document said that it was made from."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest

from benchmarks.read import filled
from pipeline import read
from pipeline.flow import Desk, read_return
from pipeline.model.documents import Document
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Value
from pipeline.rounds.loading import load_round
from tests.needs import needs
from tests.read.pdf import all_printed

ROOT = Path(__file__).parent.parent.parent
INBOX = ROOT / "inbox"
FILLED = "filled.docx"
"""A return that the benchmark fills in, all answers given."""
CHANGED = "Proforma - Safer Communities (with MB changes).docx"
RETURNS = (FILLED, "BTC pro forma.docx", "OLEP_priorities_2011-14.docx", "HWB proforma FINAL.odt", CHANGED)
"""From plain to full of lists and tracked changes."""

pytestmark = needs("soffice", "libreoffice-writer")


@cache
def desk() -> Desk:
    return Desk(load_round(ROOT))


@cache
def source(name: str) -> bytes:
    return filled(desk(), 1) if name == FILLED else (INBOX / name).read_bytes()


@cache
def as_pdf(tagged: bool) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        return all_printed({name: source(name) for name in RETURNS}, Path(folder), tagged)


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every answer with its path; paragraphs of one answer on one line, as a page does not tell where a list item was typed."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{path}.{key}")
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from leaves(child, f"{path}[{number}]")
    elif value is not None:
        yield path, " ".join(value.replace("\u2011", "-").split())


@pytest.mark.parametrize("tagged", [False, True], ids=["plain", "tagged"])
@pytest.mark.parametrize("name", RETURNS, ids=lambda name: name[:6])
def test_a_pdf_says_what_its_word_document_says(name: str, tagged: bool) -> None:
    wanted, _ = read_return(source(name), name, desk())
    found, _ = read_return(as_pdf(tagged)[name], "reply.pdf", desk())
    assert found.outcome is Outcome.READ
    assert found.partnership == wanted.partnership
    assert dict(leaves(dict(found.values))) == dict(leaves(dict(wanted.values)))


@pytest.mark.parametrize("tagged", [False, True], ids=["plain", "tagged"])
def test_every_answer_of_a_pdf_has_its_page_and_box(tagged: bool) -> None:
    found, _ = read_return(as_pdf(tagged)[FILLED], "reply.pdf", desk())
    given = [answer for answer in found.answers if answer.quote]
    assert len(given) > 100
    assert all(answer.place.page and answer.place.box for answer in given)


@pytest.mark.parametrize("tagged", [False, True], ids=["plain", "tagged"])
@pytest.mark.parametrize("name", RETURNS, ids=lambda name: name[:6])
def test_every_word_that_is_on_a_page_is_in_what_is_read(name: str, tagged: bool) -> None:
    data = as_pdf(tagged)[name]
    document = read.document(read.Source(data))
    said = "".join(paragraph.bullet + paragraph.text for paragraph in document.paragraphs())
    assert not written(layer(data)) - (written(said) + written("".join(aside.text for aside in document.asides)))
    assert "OX2030-11-" in document.barcodes[0]


def written(text: str) -> Counter[str]:
    """Count the characters of a text; bullets of symbol fonts as what they show."""
    return Counter(re.sub(r"\s|\0", "", text.replace("\x02", "-").replace("\ufffe", "-").replace("\uf0b7", "•")))


def layer(data: bytes) -> str:
    opened = pypdfium2.PdfDocument(data)
    whole = "".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))
    opened.close()
    return whole


def test_struck_out_words_and_running_heads_are_beside_the_text() -> None:
    document: Document = read.document(read.Source(as_pdf(False)[CHANGED]))
    kinds = {aside.kind for aside in document.asides}
    assert {"header", "footer", "struck"} <= kinds
    assert sum(aside.kind == "footer" for aside in document.asides) == 7
