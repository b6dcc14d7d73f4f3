"""The sample returns, saved by LibreOffice as RTF, for Word 97 and as a web page, give the answers that they gave as .docx."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.flow import Desk, read_return
from pipeline.model.records import Record
from pipeline.rounds.loading import load_round
from pipeline.tools import libreoffice
from tests.needs import needs

ROOT = Path(__file__).parent.parent.parent
FILTERS = {"rtf": "rtf:Rich Text Format", "doc": "doc:MS Word 97", "html": "html:HTML (StarWriter)"}
CHANGED = "Proforma - Safer Communities (with MB changes).docx"
"""LibreOffice writes a web page with both versions of a tracked change side by side and does not say which is which."""


@cache
def desk() -> Desk:
    return Desk(load_round(ROOT))


@cache
def as_docx(name: str) -> Record:
    return read_return((ROOT / "inbox" / name).read_bytes(), name, desk())[0]


@needs("soffice", "libreoffice-writer")
@pytest.mark.parametrize(
    ("name", "saved_as"),
    [(name, saved_as) for name in ("CYPT Proforma FINAL.docx", CHANGED) for saved_as in FILTERS if (name, saved_as) != (CHANGED, "html")],
)
def test_a_return_says_the_same_however_it_was_saved(name: str, saved_as: str) -> None:
    data = libreoffice.convert((ROOT / "inbox" / name).read_bytes(), "docx", "MS Word 2007 XML", FILTERS[saved_as])
    record, _ = read_return(data, f"reply.{saved_as}", desk())
    assert record.format == saved_as
    assert record.outcome == as_docx(name).outcome
    assert record.values == as_docx(name).values
    assert record.tracked_changes == as_docx(name).tracked_changes


@needs("soffice", "libreoffice-writer")
def test_a_web_page_of_tracked_changes_loses_no_word() -> None:
    data = libreoffice.convert((ROOT / "inbox" / CHANGED).read_bytes(), "docx", "MS Word 2007 XML", FILTERS["html"])
    record, _ = read_return(data, "reply.html", desk())
    kept = " ".join([*(answer.quote for answer in record.answers), *(left.quote for left in record.unplaced)])
    assert [word for answer in as_docx(CHANGED).answers for word in answer.quote.split() if word not in kept] == []
