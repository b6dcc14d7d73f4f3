"""What goes back to a partnership says what it wrote, and is nothing of a stranger's file."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from pipeline.asking.marking import mark
from pipeline.asking.returned import packed, taken_over
from pipeline.ooxml.package import Package
from pipeline.settings import Limits
from pipeline.tools import libreoffice
from tests import documents
from tests.asking.returns import NOW, TYPED, a_return, a_spot, blank, read
from tests.needs import needs

ADDRESS = "http://192.0.2.1/bait"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def given_back(document: bytes) -> bytes:
    return packed(taken_over(document, blank(), Limits()))


def test_a_return_given_back_says_the_same() -> None:
    document = a_return()
    assert read(given_back(document)).values == read(document).values


def test_the_same_return_gives_the_same_bytes() -> None:
    assert given_back(a_return()) == given_back(a_return())


def test_its_pages_are_counted() -> None:
    """A field that says nothing but a number goes back as a field; the number that was saved would stand on every page."""
    with zipfile.ZipFile(io.BytesIO(given_back(a_return()))) as archive:
        feet = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert {"PAGE", "NUMPAGES"} <= set(re.findall(r'w:instr="\s*(\w+)', feet) + re.findall(r"instrText[^>]*>\s*(\w+)", feet))


def test_it_says_whose_it_is() -> None:
    record = read(given_back(a_return()))
    assert record.partnership == "spatial-planning-infrastructure"
    assert {"property", "control"} <= {claim.carrier for claim in record.identity if claim.believed}


def test_word_would_open_it_without_repair(tmp_path: Path) -> None:
    (tmp_path / "back.docx").write_bytes(given_back(a_return()))
    assert OpenXmlValidator().validate(tmp_path / "back.docx").errors == []


@needs("soffice", "libreoffice-writer")
def test_what_was_saved_by_libreoffice_goes_back_whole_and_comes_back_the_same(tmp_path: Path) -> None:
    """Real parts: the return was saved by LibreOffice, and the file that goes back is opened and saved there too."""
    saved = libreoffice.convert(a_return(), "docx", "MS Word 2007 XML", "docx:MS Word 2007 XML")
    record = read(saved)
    back = taken_over(saved, blank(), Limits())
    mark(back, [a_spot("priorities[1].deliverables[1].due", record), a_spot("priorities[1].lead_officer", record, 2)], "Alex Byrne", NOW)
    (tmp_path / "back.docx").write_bytes(packed(back))
    assert OpenXmlValidator().validate(tmp_path / "back.docx").errors == []
    again = libreoffice.convert(packed(back), "docx", "MS Word 2007 XML", "docx:MS Word 2007 XML")
    assert read(again).values == record.values
    assert read(again).values == read(a_return()).values


def hostile() -> bytes:
    """Return a return that runs, fetches and hides things in every way that a Word file can."""
    package = Package(a_return())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in package.names:
            data = package.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + _ACTIVE.encode(), 1)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", _LINKS.encode() + b"</Relationships>")
            made.writestr(name, data)
        made.writestr("word/vbaProject.bin", b"macro BAIT")
        made.writestr("word/embeddings/oleObject1.bin", b"object BAIT")
        made.writestr("word/afchunk.html", b"<script>BAIT</script>")
        made.writestr("word/glossary/document.xml", b"<BAIT/>")
    return out.getvalue()


_ACTIVE = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\BAIT "BAIT"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>a result</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:fldSimple w:instr="INCLUDEPICTURE BAIT"><w:r><w:t>another</w:t></w:r></w:fldSimple>'
    f'<w:hyperlink xmlns:r="{_REL}" r:id="rBait1"><w:r><w:t>a link</w:t></w:r></w:hyperlink>'
    '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="BAIT"/></w:object></w:r>'
    f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" onclick="BAIT" style="BAIT"/></w:pict></w:r></w:p>'
    f'<w:altChunk xmlns:r="{_REL}" r:id="rBait3"/>'
)
_LINKS = (
    f'<Relationship Id="rBait1" Type="{_REL}/hyperlink" Target="{ADDRESS}" TargetMode="External"/>'
    f'<Relationship Id="rBait2" Type="{_REL}/oleObject" Target="embeddings/oleObject1.bin"/>'
    f'<Relationship Id="rBait3" Type="{_REL}/aFChunk" Target="afchunk.html"/>'
    f'<Relationship Id="rBait4" Type="{_REL}/attachedTemplate" Target="{ADDRESS}" TargetMode="External"/>'
    f'<Relationship Id="rBait5" Type="{_REL}/frame" Target="{ADDRESS}" TargetMode="External"/>'
    '<Relationship Id="rBait6" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
)


def test_nothing_that_acts_or_fetches_goes_back() -> None:
    """Threats: a stranger's file is never sent again."""
    back = Package(given_back(hostile()))
    parts = {name: back.read(name) for name in back.names}
    assert not [name for name, data in parts.items() if b"BAIT" in data or b"192.0.2.1" in data or b"External" in data]
    assert not [name for name in parts if not name.endswith((".xml", ".rels", ".png"))]
    assert not [
        name for name, data in parts.items() for word in (b"DDEAUTO", b"INCLUDE", b"OLEObject", b"altChunk", b"onclick") if word in data
    ]


def test_the_words_of_what_is_taken_out_stay() -> None:
    texts = documents.texts(given_back(hostile()))
    assert texts[0] == "a result"
    assert texts[1] == "anothera link"


def test_a_macro_document_comes_back_as_a_plain_one() -> None:
    back = Package(given_back(hostile()))
    types = back.read("[Content_Types].xml")
    assert b"macroEnabled" not in types
    assert b"document.main+xml" in types


PIECES = st.sampled_from(["Chair: Jo", "  two  spaces ", "a & b < c", "tab\tstop"]).map(documents.run) | st.sampled_from(
    [
        documents.inserted("put in"),
        documents.deleted("taken out"),
        documents.field("PAGE", "7"),
        documents.field("FILLIN ask", "typed"),
        documents.control("chair", "Jo"),
        documents.bold("bold"),
    ]
)


@settings(max_examples=40)
@given(st.lists(st.lists(PIECES, max_size=4), min_size=1, max_size=4), st.booleans())
def test_every_word_that_a_person_sees_goes_back_at_its_place(said: list[list[documents.Xml]], tabled: bool) -> None:
    """Law 4, on the way back: the same paragraphs, with their text as left and as it was before tracked changes, at the same places."""
    paragraphs = [documents.para(*pieces) for pieces in said]
    blocks = [documents.table(documents.row(documents.cell(one), documents.cell("x"))) for one in paragraphs] if tabled else paragraphs
    document = documents.docx(*blocks, documents.para("The end", documents.text_box(documents.para("in a box"))), documents.para("After"))
    before, after = documents.read(document), documents.read(given_back(document))
    assert [(one.text, one.before, one.place) for one in after.paragraphs()] == [
        (one.text, one.before, one.place) for one in before.paragraphs()
    ]


@pytest.mark.parametrize("field", sorted(TYPED))
def test_a_comment_stands_at_the_words_in_question(field: str) -> None:
    document = a_return()
    record = read(document)
    back = taken_over(document, blank(), Limits())
    assert mark(back, [a_spot(field, record)], "Alex Byrne", NOW) == ()
    (comment,) = [aside for aside in documents.read(packed(back)).asides if aside.kind == "comment"]
    assert comment.text == "Q1: Which date is right?"
    assert comment.place == next(one.place for one in record.answers if one.field == field)
