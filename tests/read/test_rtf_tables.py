"""RTF has no tables, only rows whose cells end somewhere. They are read with their columns, merged cells and tables inside them."""

import pytest

from pipeline.model.documents import Cell, Paragraph, Table
from tests.documents import read
from tests.read.rtf import Code, Level, cell, row, rtf, run, table


def shape(data: bytes) -> list[list[tuple[str, int, int, int]]]:
    """Return words, column, columns and rows of each cell of the first table."""
    return [[(_words(one), one.column, one.columns, one.rows) for one in line.cells] for line in next(read(data).tables()).rows]


def _words(one: Cell) -> str:
    return "/".join(block.text if isinstance(block, Paragraph) else "(table)" for block in one.blocks)


def test_cells_are_read_in_rows_and_columns() -> None:
    assert shape(rtf(table(row("a", "b"), row("c", cell("d", "e"))))) == [
        [("a", 1, 1, 1), ("b", 2, 1, 1)],
        [("c", 1, 1, 1), ("d/e", 2, 1, 1)],
    ]


def test_columns_are_found_from_where_cells_end() -> None:
    """The same grid as in the .docx that such a file came from; programs round by a few twips."""
    made = table(
        row("a", "b", "c"), row("d", "e", edges=(r"\cellx4010", r"\cellx6000")), row("f", "g", edges=(r"\cellx1990", r"\cellx6000"))
    )
    assert shape(rtf(made)) == [
        [("a", 1, 1, 1), ("b", 2, 1, 1), ("c", 3, 1, 1)],
        [("d", 1, 2, 1), ("e", 3, 1, 1)],
        [("f", 1, 1, 1), ("g", 2, 2, 1)],
    ]


def test_the_place_of_a_paragraph_is_its_column_not_its_number_in_the_row() -> None:
    wide = row("d", Code(run("h", r"\v").code + "e"), edges=(r"\cellx4000", r"\cellx6000"))
    document = read(rtf(table(row("a", "b", "c"), wide)))
    assert [(one.text, one.place.column) for one in document.paragraphs()][3:] == [("d", 1), ("e", 3)]
    assert [(aside.text, aside.place.row, aside.place.column) for aside in document.asides] == [("h", 2, 3)]


def test_cells_merged_down_cover_the_rows_below() -> None:
    first, second = (r"\clvmgf\cellx2000", r"\cellx4000"), (r"\clvmrg\cellx2000", r"\cellx4000")
    data = rtf(table(row("a", "b", edges=first), row("under", "c", edges=second), row("", "d", edges=second), row("e", "f")))
    assert shape(data) == [[("a", 1, 1, 3), ("b", 2, 1, 1)], [("c", 2, 1, 1)], [("d", 2, 1, 1)], [("e", 1, 1, 1), ("f", 2, 1, 1)]]
    assert [(aside.kind, aside.text) for aside in read(data).asides] == [("hidden", "under")]


def test_cells_merged_across_are_one() -> None:
    edges = (r"\clmgf\cellx2000", r"\clmrg\cellx4000", r"\cellx6000")
    data = rtf(table(row("a", "under", "b", edges=edges), row("c", "d", "e")))
    assert shape(data)[0] == [("a", 1, 2, 1), ("b", 3, 1, 1)]
    assert [(aside.kind, aside.text) for aside in read(data).asides] == [("hidden", "under")]


def test_a_row_that_repeats_on_each_page_is_a_heading() -> None:
    (made,) = read(rtf(table(row("a", settings=r"\trhdr"), row("b")))).tables()
    assert [line.heading for line in made.rows] == [True, False]


def test_tables_stand_in_tables() -> None:
    inner = table(row("c", "d", depth=2), row("e", "f", depth=2)).code.removesuffix("\\pard ")
    data = rtf(table(row("a", cell("b", Code(inner, Level.BLOCK), "g"))), "h")
    document = read(data)
    outer, nested = document.tables()
    assert [[_words(one) for one in line.cells] for line in outer.rows] == [["a", "b/(table)/g"]]
    assert [[_words(one) for one in line.cells] for line in nested.rows] == [["c", "d"], ["e", "f"]]
    assert (outer.place.table, nested.place.table) == (1, 2)
    assert [str(one.place) for one in document.paragraphs() if one.text in "fgh"] == [
        "table 2, row 2, column 2, paragraph 1",
        "table 1, row 1, column 2, paragraph 2",
        "paragraph 1",
    ]


def test_a_paragraph_outside_ends_a_table_and_so_does_its_last_row() -> None:
    assert len(list(read(rtf(table(row("a")), "x", table(row("b")))).tables())) == 2
    assert len(list(read(rtf(table(row("a", settings=r"\lastrow"), row("b")))).tables())) == 2
    assert len(list(read(rtf(table(row("a")), table(row("b")))).tables())) == 1


def test_words_in_the_middle_of_a_row_belong_to_it_though_they_do_not_say_so() -> None:
    code = Code(r"\trowd\cellx1000\cellx2000\pard\intbl a\cell\pard b\par c\cell\row", Level.BLOCK)
    assert shape(rtf(code)) == [[("a", 1, 1, 1), ("b/c", 2, 1, 1)]]


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        (r"\trowd\pard\intbl a\cell b\cell\row", ["a", "b"]),
        (r"\pard\intbl a\cell b\cell\row", ["a", "b"]),
        (r"\trowd\cellx1000\pard\intbl a\cell b\cell c\cell\row", ["a", "b", "c"]),
        (r"\trowd\cellx5000\cellx100\cellx-7\pard\intbl a\cell b\cell c\cell\row", ["a", "b", "c"]),
        (r"\trowd\cellx1000\cellx2000\pard\intbl a\cell b\row", ["a", "b"]),
        (r"\trowd\cellx1000\cellx2000\pard\intbl a\cell b", ["a", "b"]),
        (r"\row\trowd\cellx1000\pard\intbl a\cell\row\row", ["a"]),
    ],
)
def test_rows_that_do_not_add_up_keep_every_cell(code: str, cells: list[str]) -> None:
    (made,) = read(rtf(Code(rf"\pard {code}\pard ", Level.BLOCK))).tables()
    assert isinstance(made, Table)
    assert [_words(one) for line in made.rows for one in line.cells] == cells
    columns = [one.column for line in made.rows for one in line.cells]
    assert columns == sorted(set(columns))
