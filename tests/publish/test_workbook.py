"""What stands in the workbook beside the annex: the lists within priorities, the returns, the findings, a chart."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from pipeline.merge import merge
from pipeline.model.findings import Finding, Severity
from pipeline.model.flaws import Flaw
from pipeline.model.forms import Form
from pipeline.model.history import Decision, DecisionKind
from pipeline.publish.papers import publish
from pipeline.publish.sheets import tab
from pipeline.publish.workbook import write_workbook
from tests.publish.reading import complaints
from tests.publish.returns import Said, a_record, a_round_of_nine, nine_records
from tests.publish.test_papers import AT, a_return

LATE = Finding("due-after", Severity.QUERY, "priorities[1].deliverables[1].due", "=Is “A second thing” due?", "safer-communities")
OPEN = Finding("no-lead", Severity.WARNING, "priorities[1].lead_officer", "Who leads?", "safer-communities")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of one full return, with a finding that was accepted and one that is open."""
    folder = tmp_path_factory.mktemp("papers")
    override = Decision(DecisionKind.OVERRIDE, "safer-communities", LATE.key, None, "Sam", AT, "Agreed by telephone")
    publish(merge(a_round_of_nine(), [a_record("safer-communities", a_return())], [override], [LATE, OPEN]), folder)
    return folder / "Annex 1.xlsx"


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


def test_every_list_of_the_form_has_a_sheet(book: Workbook) -> None:
    """By its label, or where that is longer than Excel takes by what the form calls it: no name is cut in a word."""
    assert book.sheetnames == ["Annex 1", "About", "Deliverables", "Measures of success", "Pledges", "Returns", "Findings"]


def a_form() -> Form:
    return a_round_of_nine().form


def test_a_date_is_a_date_and_what_was_written_stands_beside_it(book: Workbook) -> None:
    sheet = book[a_form().field("priorities.deliverables").label[:31]]
    dates = [(row[3], row[4]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert dates == [(dt.datetime(2013, 3, 31), "2013-03-31"), ("", ""), (dt.datetime(2012, 3, 31), "2012-03-31")]
    assert sheet["D2"].number_format == "d mmmm yyyy"


def test_each_entry_says_whose_it_is_of_what_and_where_it_stands(book: Workbook) -> None:
    first = rows(book, a_form().field("priorities.deliverables").label[:31])[0]
    assert first[:3] == ("Safer Communities", "Safer streets & squares", "A second thing")
    assert str(first[-1]).startswith("table 1, row")
    pledges = rows(book, "Pledges")
    assert [row[1] for row in pledges] == ["Halve burglary", "Light the squares", "Train the wardens"]


def test_a_priority_leads_to_its_return(book: Workbook) -> None:
    annex = book["Annex 1"]
    (heading,) = [cell.column for cell in annex[1] if cell.value == "Return"]
    link = annex.cell(2, heading)
    assert link.value == "safer-communities.docx"
    sheet, _, cell = str(link.hyperlink.location).partition("!")
    assert book[sheet.strip("'")][cell].value == "Safer Communities"


def test_the_returns_say_what_became_of_each_partnership(book: Workbook) -> None:
    replies = {row[0]: row[2:5] for row in rows(book, "Returns")}
    assert replies["Safer Communities"] == ("in the plan", 1, 0)
    assert replies["Voluntary Sector"] == ("no reply", 0, 0)
    assert len(replies) == len(a_round_of_nine().partnerships)


def test_the_findings_say_what_is_open_and_what_was_accepted_and_why(book: Workbook) -> None:
    assert [(row[2], row[4], row[5], row[6]) for row in rows(book, "Findings")] == [
        ("no-lead", "Who leads?", "open", ""),
        ("due-after", "=Is “A second thing” due?", "accepted", "Agreed by telephone"),
    ]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_chart_shows_the_figures_of_the_table_and_says_them_in_words(path: Path, book: Workbook) -> None:
    facts = dict(row[:2] for row in book["About"].iter_rows(values_only=True))
    assert facts["Community Safety"] == 1
    with zipfile.ZipFile(path) as archive:
        assert "Community Safety: 1" in archive.read("xl/drawings/drawing1.xml").decode()
        assert "About!$B$" in archive.read("xl/charts/chart1.xml").decode().replace("'", "")


def test_the_workbook_says_whether_it_is_a_draft_as_the_papers_do(tmp_path: Path) -> None:
    """What is wrong with the officer's words makes the papers drafts, though no query is open; an accepted query leaves them final."""
    flaw = Flaw("placeholder", Severity.ERROR, "narrative.background[TBC]", "round.yaml", "“TBC” stands there still.", "Write it.")
    sure, doubtful = (
        merge(a_round_of_nine(), nine_records()),
        merge(a_round_of_nine(), nine_records(), (), [OPEN._replace(severity=Severity.QUERY)]),
    )
    assert (sure.draft, doubtful.draft) == (False, True)
    for plan, flaws, said in ((sure, (flaw,), "Draft"), (doubtful, (), "Final"), (doubtful, None, "Draft")):
        publish(plan, tmp_path, flaws)
        facts = dict(load_workbook(tmp_path / "Annex 1.xlsx")["About"].iter_rows(min_row=1, max_col=2, values_only=True))
        assert facts["Status"] == said


def test_a_footer_that_begins_with_a_number_loses_none_of_it(tmp_path: Path) -> None:
    """Excel takes digits after a size for a part of it."""
    publish(merge(a_round_of_nine(name="2030 Refresh"), nine_records()), tmp_path)
    footer = load_workbook(tmp_path / "Annex 1.xlsx")["Annex 1"].oddFooter.left
    assert (footer.size, footer.text.strip()) == (9, "2030 Refresh: Annex 1")


def test_words_that_excel_would_take_for_something_else_stay_words(tmp_path: Path) -> None:
    said = ["_x0041_ & <b>", " two  spaces ", "a\x0bb\tc", "=1+1", "x" * 40_000]
    deliverables: list[Said] = [{"what": text, "due": "1899-12-31", "measure": None} for text in said]
    with (tmp_path / "annex.xlsx").open("wb") as target:
        write_workbook(target, merge(a_round_of_nine(), [a_record("safer-communities", {"priorities": [{"deliverables": deliverables}]})]))
    book = load_workbook(tmp_path / "annex.xlsx")
    sheet = book[a_form().field("priorities.deliverables").label[:31]]
    what = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in what[:4]] == ["_x005F_x0041_ & <b>", " two  spaces ", "a_x000B_b\tc", "=1+1"]
    assert len(what[4].value) == 32_767
    assert [cell.quotePrefix for cell in what] == [False, False, False, True, False]
    assert {cell.data_type for cell in what} == {"s"}
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == [dt.datetime(1899, 12, 31).date().isoformat()] * 5
    assert complaints(tmp_path / "annex.xlsx") == []


def test_a_table_is_as_long_as_its_rows_and_never_without_one(book: Workbook) -> None:
    for sheet in (sheet for sheet in book if sheet.title != "About"):
        (table,) = sheet.tables.values()
        assert table.ref == table.autoFilter.ref == f"A1:{get_column_letter(sheet.max_column)}{max(sheet.max_row, 2)}"
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]


def test_the_workbook_opens_without_repair(path: Path) -> None:
    assert complaints(path) == []


@pytest.mark.parametrize(
    ("title", "taken", "named"),
    [
        ("Deliverables: what/when?", (), "Deliverables whatwhen"),
        ("Measures", ("MEASURES",), "Measures 2"),
        ("x" * 40, ("x" * 31,), "x" * 29 + " 2"),
        ("[]", (), "Sheet"),
        ("History", (), "History 2"),
        ("Annex 1", ("Annex 1",), "Annex 1 2"),
        ("Annex 1", ("Annex 1", "Annex 1 2"), "Annex 1 3"),
        ("Review of your partnership’s pledges in the plan", (), "Review of your partnership’s"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(title: str, taken: tuple[str, ...], named: str) -> None:
    assert tab(title, taken) == named
