"""A redline shows both texts: with the changes accepted what is new, with them rejected what was there before."""

from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from pipeline.asking.redline import Line, differing, redline
from pipeline.ooxml.package import Package
from pipeline.tools import libreoffice
from tests import documents
from tests.asking.returns import NOW, blank
from tests.needs import needs

LINES = (
    Line("Key priorities 1", 1),
    Line("Priority", 0, "More homes", "More homes"),
    Line("By when", 0, "31 March 2016", "31 March 2014", "reply.eml", NOW),
    Line("Has it been met?", 0, "", "remaining", "reply.eml", NOW),
)
TEXT = st.text(st.sampled_from("ab ,.\n"), max_size=20)


def made() -> bytes:
    return redline(blank(), "Spatial Planning: what changed", LINES)


@given(TEXT, TEXT)
def test_the_stretches_are_both_texts(before: str, after: str) -> None:
    stretches = list(differing(before, after))
    assert "".join(text for kind, text in stretches if kind != "ins") == before
    assert "".join(text for kind, text in stretches if kind != "del") == after


def test_words_that_stay_are_not_marked() -> None:
    assert list(differing("31 March 2016", "31 March 2014")) == [("same", "31 March "), ("del", "2016"), ("ins", "2014")]


@settings(max_examples=20)
@given(st.text(st.sampled_from("ab ."), min_size=1, max_size=12), st.text(st.sampled_from("ab ."), min_size=1, max_size=12))
def test_accepted_it_is_the_new_text_and_rejected_the_old(before: str, after: str) -> None:
    document = documents.read(redline(blank(), "Changes", (Line("By when", 0, before, after, "reply.eml", NOW),)))
    last = list(document.paragraphs())[-1]
    assert last.text == f"By when: {after}"
    assert last.before in (None, f"By when: {before}")
    assert (last.before is None) == (before == after)


def test_a_change_names_the_mail_and_its_time() -> None:
    text = Package(made()).read("word/document.xml").decode()
    assert 'w:author="reply.eml"' in text
    assert 'w:date="2011-05-09T12:00:00Z"' in text


def test_it_is_a4_and_in_british_english_with_headings(tmp_path: Path) -> None:
    (tmp_path / "changes.docx").write_bytes(made())
    assert OpenXmlValidator().validate(tmp_path / "changes.docx").errors == []
    document = docx.Document(str(tmp_path / "changes.docx"))
    width = document.sections[0].page_width
    assert width is not None
    assert round(width.mm) == 210
    assert document.core_properties.language == "en-GB"
    assert [paragraph.style.name for paragraph in document.paragraphs[:2] if paragraph.style] == ["Title", "Heading 1"]


def test_it_is_no_return() -> None:
    """Put into the inbox by mistake it is nobody's."""
    assert not [name for name in documents.read(made()).properties if name.startswith(("proforma.", "urn:proforma"))]


@needs("soffice", "libreoffice-writer")
def test_libreoffice_shows_it() -> None:
    assert libreoffice.convert(made(), "docx", "MS Word 2007 XML", "pdf:writer_pdf_Export").startswith(b"%PDF")
