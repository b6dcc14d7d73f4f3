"""Words that somebody struck out: beside the text, in every format that has a mark for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.documents import Control, Document, Mark, Paragraph
from pipeline.model.places import Place
from pipeline.read.struck import without_struck
from tests.documents import docx, para, read, row, run, table
from tests.read import odt, rtf

HERE = Place("word/document.xml", paragraph=1)
LINE = '<style:style style:name="T6" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
OLD, NEW = "Cllr Jo Penrose", "Dr Ada Quill"


def paragraph(text: str, *struck: tuple[int, int], controls: tuple[Control, ...] = (), marks: tuple[Mark, ...] = ()) -> Paragraph:
    return Paragraph(text, HERE, controls, (*marks, *(Mark(start, end, "strike") for start, end in struck)))


def standing(one: Paragraph) -> Paragraph:
    [left] = without_struck(Document("docx", (one,))).paragraphs()
    return left


def beside(one: Paragraph) -> list[str]:
    return [aside.text for aside in without_struck(Document("docx", (one,))).asides]


@pytest.mark.parametrize(
    "data",
    [
        docx(para("Chair: ", run(OLD, "<w:strike/>"), f" {NEW}")),
        docx(para("Chair: ", run(OLD, "<w:dstrike/>"), f" {NEW}")),
        odt.odt(odt.para("Chair: ", odt.span(OLD, "T6"), f" {NEW}"), styles=LINE),
        rtf.rtf(rtf.para("Chair: ", rtf.run(OLD, r"\strike"), f" {NEW}")),
        f"<html><body><p>Chair: <s>{OLD}</s> {NEW}</p></body></html>".encode(),
    ],
    ids=["strike", "dstrike", "odt", "rtf", "html"],
)
def test_what_is_struck_out_stands_beside_the_text_and_the_rest_reads_on(data: bytes) -> None:
    document = read(data)
    assert [one.text for one in document.paragraphs()] == [f"Chair: {NEW}"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("struck", OLD)]


def test_it_is_found_in_the_cells_of_a_table_with_its_place() -> None:
    document = read(docx(table(row("Chair", para(run(OLD, "<w:strike/>"))))))
    assert [one.text for one in document.paragraphs()] == ["Chair", ""]
    [aside] = document.asides
    assert (aside.place.row, aside.place.column) == (1, 2)


def test_controls_and_emphasis_keep_their_words() -> None:
    one = paragraph("old new bold", (0, 3), controls=(Control(0, 7, 1, "chair"),), marks=(Mark(8, 12, "bold"),))
    left = standing(one)
    [control], [mark] = left.controls, left.marks
    assert left.text[control.start : control.end] == "new" and left.text[mark.start : mark.end] == "bold"


def test_a_control_of_which_all_is_struck_out_is_empty() -> None:
    left = standing(paragraph("Chair: old", (7, 10), controls=(Control(7, 10, 1, "chair"),), marks=(Mark(7, 10, "bold"),)))
    assert (left.text, left.controls[0][:2], left.marks) == ("Chair: ", (7, 7), ())


@given(st.text("ab ", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_no_letter_is_lost(text: str, ends: list[tuple[int, int]]) -> None:
    """Law 4."""
    spans = [(min(one, len(text)), min(other, len(text))) for one, other in map(sorted, ends)]
    one = paragraph(text, *spans)
    kept = standing(one).text + "".join(beside(one))
    assert sorted(kept.replace(" ", "")) == sorted(text.replace(" ", ""))


def test_a_document_in_which_nothing_is_struck_out_is_left_as_it_is() -> None:
    document = Document("docx", (paragraph("a"),))
    assert without_struck(document) is document
