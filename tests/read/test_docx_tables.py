"""Tables of Word documents: places, spans, merges, nesting, and counts that lie."""

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.documents import Paragraph, Table
from tests.documents import Level, Xml, cell, docx, para, read, row, table


def tables(data: bytes) -> list[Table]:
    return list(read(data).tables())


def places(data: bytes) -> list[tuple[str, int | None, int | None, int | None, int | None]]:
    return [(p.text, p.place.table, p.place.row, p.place.column, p.place.paragraph) for p in read(data).paragraphs()]


def test_every_paragraph_knows_its_table_row_column_and_number() -> None:
    data = docx("before", table(row("a", cell("b", "c")), row("d")), "after")
    assert places(data) == [
        ("before", None, None, None, 1),
        ("a", 1, 1, 1, 1),
        ("b", 1, 1, 2, 1),
        ("c", 1, 1, 2, 2),
        ("d", 1, 2, 1, 1),
        ("after", None, None, None, 2),
    ]


def test_tables_inside_tables_are_counted_in_document_order() -> None:
    data = docx(table(row(cell("a", table(row("b")), "c"))), table(row("d")))
    assert [(text, number) for text, number, *_ in places(data)] == [("a", 1), ("b", 2), ("c", 1), ("d", 3)]
    assert [found.place.table for found in tables(data)] == [1, 2, 3]


def test_a_cell_begins_in_the_grid_column_after_those_before_it() -> None:
    (found,) = tables(docx(table(row(cell("a", span="2"), "b"), row("c", "d", "e", properties='<w:gridBefore w:val="1"/>'))))
    assert [[(one.column, one.columns) for one in line.cells] for line in found.rows] == [[(1, 2), (3, 1)], [(2, 1), (3, 1), (4, 1)]]


def test_a_cell_that_covers_rows_stands_in_the_first_of_them() -> None:
    (found,) = tables(
        docx(table(row(cell("a", merge="restart"), "b"), row(cell(merge="continue"), "c"), row(cell(merge="continue"), "d"), row("e", "f")))
    )
    assert [[one.rows for one in line.cells] for line in found.rows] == [[3, 1], [1], [1], [1, 1]]


def test_words_under_a_merged_cell_are_kept_beside_the_text() -> None:
    document = read(docx(table(row(cell("a", merge="restart")), row(cell("under", merge="continue")))))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["a"]
    assert [(aside.kind, aside.text, aside.place.row) for aside in document.asides] == [("hidden", "under", 2)]


def test_a_cell_that_continues_nothing_is_a_cell() -> None:
    assert [text for text, *_ in places(docx(table(row(cell("a", merge="continue")))))] == ["a"]


def test_a_row_that_repeats_on_each_page_is_a_heading() -> None:
    (found,) = tables(docx(table(row("What", properties="<w:tblHeader/>"), row("x"))))
    assert [line.heading for line in found.rows] == [True, False]


@pytest.mark.parametrize("lie", ["2147483648", "99999999999999999999", "-1", "²", "many", ""])
def test_a_span_that_lies_is_not_believed(lie: str) -> None:
    (found,) = tables(docx(table(row(cell("a", span=lie), "b", properties=f'<w:gridBefore w:val="{lie}"/>'))))
    assert [one.blocks[0].text for one in found.rows[0].cells if isinstance(one.blocks[0], Paragraph)] == ["a", "b"]
    assert all(one.column <= 130 and one.columns <= 63 for one in found.rows[0].cells)


@pytest.mark.parametrize("stray", ["<w:gridSpan/>", "<w:vMerge/>", "<w:tblHeader/>", "<w:gridBefore/>", "<w:trPr><w:del/></w:trPr>"])
def test_settings_of_a_table_that_stand_outside_one_do_no_harm(stray: str) -> None:
    assert [paragraph.text for paragraph in read(docx(Xml(stray, Level.BLOCK), para("x"))).paragraphs()] == ["x"]


@pytest.mark.parametrize("stray", ["<w:tr/>", "<w:tc/>"])
def test_a_row_outside_any_table_is_damage(stray: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(docx(Xml(stray, Level.BLOCK), para("x")))
    assert refused.value.reason == "corrupt"


def test_a_cell_outside_any_row_loses_nothing() -> None:
    (found,) = tables(docx(table(Xml(cell("a").xml, Level.ROW), row("b"), Xml(cell("c").xml, Level.ROW))))
    assert [[one.blocks[0].text for one in line.cells if isinstance(one.blocks[0], Paragraph)] for line in found.rows] == [
        ["a"],
        ["b"],
        ["c"],
    ]


def test_seventy_tables_inside_one_another_are_read() -> None:
    nested: Xml | str = "deep"
    for _ in range(70):
        nested = table(row(cell(nested)))
    assert [text for text, *_ in places(docx(nested))] == ["deep"]


def test_two_hundred_tables_inside_one_another_are_refused() -> None:
    nested: Xml | str = "deep"
    for _ in range(200):
        nested = table(row(cell(nested)))
    with pytest.raises(UnreadableError) as refused:
        read(docx(nested))
    assert refused.value.reason == "corrupt"
