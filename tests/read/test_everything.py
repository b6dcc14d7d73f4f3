"""Whatever is written anywhere in a document is in what is read, with the place where it stands (design, laws 3 and 4)."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.documents import Block, Document, Paragraph, Table
from pipeline.model.places import Place
from tests import documents as word
from tests.documents import read
from tests.read import odt

_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
WORDS = st.text(_LETTERS, min_size=1, max_size=30).filter(lambda said: said == " ".join(said.split()) != "")
FOOTNOTE = '<w:footnote w:id="3">{}</w:footnote>'

WORD_SPOTS: dict[str, Callable[[str], bytes]] = {
    "a paragraph": lambda said: word.docx("x", said, "y"),
    "a run": lambda said: word.docx(word.para("x ", word.bold(said), " y")),
    "a heading": lambda said: word.docx(word.para(said, properties='<w:outlineLvl w:val="0"/>')),
    "a control": lambda said: word.docx(word.para("x ", word.control("t", said), " y")),
    "a control around paragraphs": lambda said: word.docx(word.control("t", "x", word.para(said))),
    "a cell": lambda said: word.docx("x", word.table(word.row("x", "y"), word.row("x", word.cell("y", word.para(said), "z")))),
    "a wide cell": lambda said: word.docx(word.table(word.row(word.cell("x", span="3"), said))),
    "a control around a row": lambda said: word.docx(word.table(word.row("x"), word.control("t", word.row("y", said)))),
    "a table in a table": lambda said: word.docx(word.table(word.row("x")), word.table(word.row("y", word.table(word.row("z", said))))),
    "the paragraph after a table in a cell": lambda said: word.docx(word.table(word.row(word.cell(word.table(word.row("x")), said)))),
    "a text box": lambda said: word.docx(word.para("x", word.text_box("y", said)), "z"),
    "a text box in a cell": lambda said: word.docx(word.table(word.row("x", word.para("y", word.text_box(said))))),
    "an insertion": lambda said: word.docx(word.para("x ", word.inserted(said))),
    "a deletion": lambda said: word.docx("x", word.para("y ", word.deleted(said))),
    "hidden words": lambda said: word.docx(word.table(word.row("x", word.para("y ", word.run(said, "<w:vanish/>"))))),
    "a field's result": lambda said: word.docx(word.para("x ", word.field("DATE", said))),
    "under a merged cell": lambda said: word.docx(
        word.table(word.row(word.cell("x", merge="restart")), word.row(word.cell(said, merge="continue")))
    ),
    "a deleted row": lambda said: word.docx(word.table(word.row("x"), word.row(said, properties="<w:del/>"))),
    "a footnote": lambda said: word.docx("x", beside={"footnotes": FOOTNOTE.format(word.para(said).xml)}),
    "a header": lambda said: word.docx("x", beside={"header": word.table(word.row(said)).xml}),
}

ODT_SPOTS: dict[str, Callable[[str], bytes]] = {
    "a paragraph": lambda said: odt.odt("x", said, "y"),
    "a span": lambda said: odt.odt(odt.para("x ", odt.span(said, "T1"), " y")),
    "a heading": lambda said: odt.odt(odt.heading(said, "1")),
    "a control": lambda said: odt.odt(odt.para("x ", odt.field(said), " y")),
    "a list item": lambda said: odt.odt(odt.items("x", ("y", odt.items(said)))),
    "a cell": lambda said: odt.odt(odt.table(odt.row("x", "y"), odt.row("x", odt.cell("y", said, "z")))),
    "a table in a table": lambda said: odt.odt(odt.table(odt.row("x")), odt.table(odt.row("y", odt.table(odt.row("z", said))))),
    "a text box": lambda said: odt.odt(odt.para("x", odt.text_box("y", said)), "z"),
    "a text box in a cell": lambda said: odt.odt(odt.table(odt.row("x", odt.para("y", odt.text_box(said))))),
    "a section": lambda said: odt.odt(odt.Xml(f"<text:section>{odt.para(said).xml}</text:section>", odt.Level.BLOCK)),
    "a covered cell": lambda said: odt.odt(
        odt.table(odt.row("x", odt.Xml(f"<table:covered-table-cell>{odt.para(said).xml}</table:covered-table-cell>", odt.Level.CELL)))
    ),
    "a comment": lambda said: odt.odt(odt.para("x", odt.Xml(f"<office:annotation>{odt.para(said).xml}</office:annotation>"))),
    "a header": lambda said: odt.odt("x", margins=f"<style:header>{odt.para(said).xml}</style:header>"),
}


def found(blocks: tuple[Block, ...], place: Place) -> list[Paragraph]:
    """Return the paragraphs that a place leads to: part and table, then row, column and number are followed from outside."""
    tables = [block for block in blocks if isinstance(block, Table)]
    if place.table is None:
        own = [block for block in blocks if isinstance(block, Paragraph)]
        return [own[(place.paragraph or 0) - 1]]
    for table in tables:
        cells = [(at, cell) for at, row in enumerate(table.rows, 1) for cell in row.cells]
        for at, cell in cells:
            if (table.place.table, at, cell.column) == (place.table, place.row, place.column):
                return [[block for block in cell.blocks if isinstance(block, Paragraph)][(place.paragraph or 0) - 1]]
            if inner := found(tuple(block for block in cell.blocks if isinstance(block, Table)), place):
                return inner
    return []


def check(document: Document, said: str) -> None:
    """Say whether words are in a document, once, and whether every paragraph is where it says it is."""
    shown = [paragraph for paragraph in document.paragraphs() if said in paragraph.text]
    beside = [aside for aside in document.asides if said in aside.text]
    assert shown or beside
    assert all(aside.place.part for aside in beside)
    for paragraph in document.paragraphs():
        assert [id(one) for one in found(document.blocks, paragraph.place)] == [id(paragraph)]
        ranges = [(one.start, one.end) for one in paragraph.controls] + [(one.start, one.end) for one in paragraph.marks]
        assert all(0 <= start <= end <= len(paragraph.text) for start, end in ranges)


@pytest.mark.parametrize("spot", WORD_SPOTS)
@settings(max_examples=15, deadline=None)
@given(said=WORDS)
def test_words_anywhere_in_a_word_document_are_read_with_their_place(spot: str, said: str) -> None:
    data = WORD_SPOTS[spot](said)
    document = read(data)
    check(document, said)
    assert read(data) == document


@pytest.mark.parametrize("spot", ODT_SPOTS)
@settings(max_examples=15, deadline=None)
@given(said=WORDS)
def test_words_anywhere_in_an_opendocument_text_are_read_with_their_place(spot: str, said: str) -> None:
    data = ODT_SPOTS[spot](said)
    document = read(data)
    check(document, said)
    assert read(data) == document
