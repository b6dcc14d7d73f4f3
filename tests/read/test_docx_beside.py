"""What stands beside the text of a Word document, or inside it without being text."""

import pytest

from pipeline.model.documents import Document
from tests.documents import Xml, bold, cell, docx, para, read, row, run, table, text_box, texts

OBJECT = "<w:object><w:control/></w:object>"


def beside(document: Document) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in document.asides]


def notes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


# -- headers, notes, comments --------------------------------------------------------------------------------------------


def test_headers_and_footers_are_beside_the_text() -> None:
    document = read(docx("a", beside={"header": para("Reference X").xml, "footer": para("Page 1").xml}))
    assert beside(document) == [("footer", "Page 1"), ("header", "Reference X")]
    assert texts(docx("a")) == ["a"]


@pytest.mark.parametrize(("part", "kind"), [("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")])
def test_a_note_is_beside_the_text_at_the_place_it_is_anchored(part: str, kind: str) -> None:
    note = f'<w:{kind} w:id="3">{para("Not so sure.").xml}{para("JP").xml}</w:{kind}>'
    data = docx("first", table(row("a", cell("b", para("c", run(Xml(f'<w:{kind}Reference w:id="3"/>')))))), beside={part: note})
    (aside,) = read(data).asides
    assert (aside.kind, aside.text) == (kind, "Not so sure.\nJP")
    assert (aside.place.part, aside.place.table, aside.place.column, aside.place.paragraph) == ("word/document.xml", 1, 2, 2)


def test_the_line_over_footnotes_is_no_footnote() -> None:
    lines = f'<w:footnote w:id="0" w:type="separator">{para("---").xml}</w:footnote>'
    assert read(docx("a", beside={"footnotes": lines})).asides == ()


def test_what_is_hidden_in_a_footnote_is_kept() -> None:
    note = f'<w:footnote w:id="3">{para("Seen", run("unseen", "<w:vanish/>")).xml}</w:footnote>'
    assert beside(read(docx("a", beside={"footnotes": note}))) == [("hidden", "unseen"), ("footnote", "Seen")]


# -- text boxes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fallback", [True, False])
def test_a_text_box_is_read_once_after_its_paragraph(fallback: bool) -> None:
    """A004-T2."""
    assert texts(docx(para("before", text_box("boxed", para("twice"), fallback=fallback), " after"), "next")) == [
        "before after",
        "boxed",
        "twice",
        "next",
    ]


def test_a_text_box_in_a_cell_has_its_place_in_the_cell() -> None:
    (host, boxed) = read(docx(table(row(para("host", text_box("boxed")))))).paragraphs()
    assert boxed.place == host.place._replace(paragraph=2)


def test_a_table_in_a_text_box_is_read() -> None:
    assert texts(docx(para(text_box(table(row("a", "b")))))) == ["", "a", "b"]


def test_a_text_box_in_a_text_box_is_read_once() -> None:
    assert texts(docx(para(text_box(para("outer", text_box("inner")))))) == ["", "outer", "inner"]


def test_a_fallback_alone_is_read() -> None:
    only = "<mc:AlternateContent><mc:Fallback><w:t>said</w:t></mc:Fallback></mc:AlternateContent>"
    assert texts(docx(para(run(Xml(only))))) == ["said"]


# -- what is not text ----------------------------------------------------------------------------------------------------


def drawing(uri: str) -> Xml:
    """Return a drawing of a kind, with a description."""
    graphic = f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{uri}"/></a:graphic>'
    return run(Xml(f'<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A map"/>{graphic}</wp:inline></w:drawing>'))


@pytest.mark.parametrize(("uri", "code"), [("picture", "picture"), ("chart", "drawing"), ("diagram", "drawing")])
def test_a_drawing_without_text_is_noted_with_its_description(uri: str, code: str) -> None:
    (note,) = read(docx("first", para(drawing(uri)))).notes
    assert (note.code, note.quote, note.place.paragraph) == (code, "A map", 2)


def test_an_embedded_object_is_noted() -> None:
    assert notes(read(docx(para(run(Xml(OBJECT)))))) == ["embedded-object"]


def test_an_embedded_document_is_noted_and_not_read() -> None:
    document = read(docx("a", Xml('<w:altChunk r:id="rId7"/>'), parts={"word/chunk.html": "<p>smuggled</p>"}))
    assert notes(document) == ["embedded-document"]
    assert not any("smuggled" in paragraph.text for paragraph in document.paragraphs())


# -- the package ---------------------------------------------------------------------------------------------------------


def test_macros_are_noted_and_not_run() -> None:
    assert notes(read(docx("a", parts={"word/vbaProject.bin": b"\x00Auto_Open"}))) == ["macros"]


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument"])
def test_what_lies_outside_the_package_is_noted_and_not_followed(kind: str) -> None:
    (note,) = read(docx("a", outside={kind: "http://127.0.0.1:9/x"})).notes
    assert note.code == "external-relationship" and kind in note.message and "http://127.0.0.1:9/x" in note.message


def test_a_template_is_read_like_a_document() -> None:
    """Word tells templates from documents by their content type alone; no reader asks for it."""
    types = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.template.macroEnabledTemplate"/></Types>'
    assert texts(docx("a", parts={"[Content_Types].xml": types})) == ["a"]


def test_a_strict_document_is_read_like_a_transitional_one() -> None:
    body = (para("By ", bold("2012"), style="H"), table(row("a", cell("b", span="2"))))
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    strict = read(docx(*body, styles=styles, strict=True))
    assert strict == read(docx(*body, styles=styles))
    assert next(strict.paragraphs()).heading == 1


def test_the_main_part_is_found_by_its_relationship() -> None:
    """ECMA-376-2 9.3."""
    plain = docx("a")
    types = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/{}" Target="{}"/>'
    )
    assert texts(plain) == ["a"]
    moved = docx(
        "b", parts={"_rels/.rels": types.format("officeDocument", "/word/main2.xml") + "</Relationships>", "word/main2.xml": _MAIN}
    )
    assert texts(moved) == ["elsewhere"]


_MAIN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>elsewhere</w:t></w:r></w:p></w:body></w:document>"
)


def test_the_users_own_properties_are_kept() -> None:
    assert read(docx("a", properties={"proforma.reference": "OX-1"})).properties == {"proforma.reference": "OX-1"}


def test_what_custom_xml_says_is_kept_by_its_namespace() -> None:
    part = '<blank xmlns="urn:x" round="r1"><reference>OX-1</reference><group><deep>no</deep></group></blank>'
    assert read(docx("a", parts={"customXml/item1.xml": part})).properties == {"urn:x#round": "r1", "urn:x#reference": "OX-1"}
