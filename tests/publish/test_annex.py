"""The annex comes out equal to Annex 1 of document 001, in Word and in Excel."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.merge import merge
from pipeline.publish.papers import publish
from tests.publish.reading import Seen, complaints, part, tables
from tests.publish.returns import Said, a_record, a_round_of_nine, nine_records

GOLDEN = [
    [Seen(cell["paragraphs"], cell.get("merge", "")) for cell in row]
    for row in json.loads(Path(__file__).with_name("annex-1.json").read_text(encoding="utf-8"))
]
"""Annex 1 as document 001 prints it, written out by hand and compared with it."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the papers of the nine returns."""
    folder = tmp_path_factory.mktemp("plan")
    publish(merge(a_round_of_nine(), nine_records()), folder)
    return folder


def a_sheet(path: Path, number: int = 0) -> Worksheet:
    """Return a sheet of a workbook."""
    sheet = load_workbook(path).worksheets[number]
    assert isinstance(sheet, Worksheet)
    return sheet


def repeated(rows: list[list[Seen]]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Turn the Word table into what the workbook shows: a row for each bullet, merged cells repeated."""
    above = [""] * 3
    for row in rows:
        above = [text if cell.merge == "continue" else "".join(cell.paragraphs) for cell, text in zip(row, above, strict=False)]
        introduction = group = ""
        for line in row[3].paragraphs:
            if line.startswith("• "):
                yield above[0], above[1], above[2], line[2:], group, introduction
            elif line.endswith("focus:"):
                group = line
            else:
                introduction = line


def test_the_word_annex_equals_annex_1_cell_for_cell(papers: Path) -> None:
    """A001-12, A001-13, A001-14, A001-15, A001-T1 to A001-T11."""
    (table,) = tables(papers / "Annex 1.docx")
    assert table == GOLDEN


def test_the_committee_paper_ends_with_the_same_annex_printed_once(papers: Path) -> None:
    """A001-1, A001-T7."""
    assert tables(papers / "Committee paper.docx")[-1] == GOLDEN


def test_the_workbook_has_a_row_for_each_of_the_36_priorities_with_the_focus_repeated(papers: Path) -> None:
    """A001-14."""
    rows = [tuple(cell or "" for cell in row[:6]) for row in a_sheet(papers / "Annex 1.xlsx").iter_rows(min_row=2, values_only=True)]
    assert len(rows) == 36
    assert rows == list(repeated(GOLDEN[1:]))


def test_every_row_of_the_workbook_says_which_return_and_place_it_comes_from(papers: Path) -> None:
    sheet = a_sheet(papers / "Annex 1.xlsx")
    assert [cell.value for cell in sheet[1]][6:] == ["Partnership id", "Return", "Place in the return"]
    assert [cell.value for cell in sheet[2]][6:8] == ["spatial-planning-infrastructure", "spatial-planning-infrastructure.docx"]
    assert all("table 1, row" in str(row[8]) for row in sheet.iter_rows(min_row=2, values_only=True))


def test_the_workbook_is_a_table_with_filters_that_prints_on_a4_across(papers: Path) -> None:
    sheet = a_sheet(papers / "Annex 1.xlsx")
    assert sheet.tables["Annex"].ref == "A1:I37"
    assert sheet.tables["Annex"].autoFilter is not None
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"


def test_the_workbook_says_what_its_rows_reconcile_with(papers: Path) -> None:
    """A001-14."""
    facts = dict(a_sheet(papers / "Annex 1.xlsx", 1).iter_rows(values_only=True))
    assert facts["Rows of the table in this workbook"] == 36
    assert facts["Rows of the annex in Word"] == 9
    assert (facts["Partnerships that replied"], facts["Partnerships asked"]) == (9, 10)
    assert facts["Did not reply"] == "Voluntary Sector"


def test_the_header_row_repeats_and_short_rows_stay_whole(papers: Path) -> None:
    """A001-12, A001-T4."""
    xml = part(papers / "Annex 1.docx")
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")
    assert 'w:firstRow="1"' in xml
    assert 'w:tblCaption w:val="Annex 1"' in xml


def test_what_a_return_typed_never_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    typed = ['=HYPERLINK("http://example.org","x")', "http://example.org/", "0012", "{{ 7*7 }}", "<b>&amp;", "@SUM(A1)", "a\x07b"]
    priorities: list[Said] = [{"title": text, "focus": "Community Safety"} for text in typed]
    publish(merge(a_round_of_nine(), [a_record("safer-communities", {"priorities": priorities})]), tmp_path)
    shown = ['=HYPERLINK("http://example.org","x")', "http://example.org/", "0012", "{{ 7*7 }}", "<b>&amp;", "@SUM(A1)", "a\ufffdb"]
    cells = [row[3] for row in a_sheet(tmp_path / "Annex 1.xlsx").iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == shown
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, False, False, False, False, True, False]
    assert not any(cell.hyperlink for cell in cells)
    assert "<f>" not in part(tmp_path / "Annex 1.xlsx", "xl/worksheets/sheet1.xml")
    assert [f"• {text}" for text in shown] == tables(tmp_path / "Annex 1.docx")[0][1][3].paragraphs


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    long = "word " * 7_000
    publish(merge(a_round_of_nine(), [a_record("safer-communities", {"priorities": [{"title": long}]})]), tmp_path)
    cell = a_sheet(tmp_path / "Annex 1.xlsx")["D2"]
    assert str(cell.value).endswith("(cut here: the Word annex has the whole text)")
    assert len(str(cell.value)) == 32_767


def test_a_round_without_returns_makes_an_annex_that_opens(tmp_path: Path) -> None:
    for paper in publish(merge(a_round_of_nine(), ()), tmp_path):
        assert complaints(paper) == []
    assert len(tables(tmp_path / "Annex 1.docx")[0]) == 1
