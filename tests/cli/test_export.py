"""Every answer with its source, as data that other programs read and that no other program runs."""

import csv
import hashlib
import io
import json
from pathlib import Path

import openpyxl
import pytest

from pipeline.model.contract import reading_from_json
from pipeline.model.findings import Finding, Severity
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State
from pipeline.publish.cells import LONGEST, fitting, guarded
from pipeline.publish.data import COLUMNS, WRITERS, Data
from tests.builders import a_round
from tests.cli.folders import a_folder, proforma, put_return

HOSTILE = [
    "=1+1",
    "+44",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    '=HYPERLINK("http://example.org","x")',
]
HARMLESS = ["2,400 homes", "1 = 1", "a-b", "", "’tis", "Siobhán"]


def some_data(*values: str) -> Data:
    """Return the data of one return that gives these answers, one field each."""
    place = Place("word/document.xml", table=1, row=2, column=2, paragraph=1)
    answers = [Answer(f"field{n}", value, State.GIVEN, (Passage(value, place),), "cell", 0.95) for n, value in enumerate(values)]
    round_ = a_round()
    partnership = round_.partnerships[0].id
    record = Record("=reply.docx", "0" * 64, "docx", Outcome.READ, partnership=partnership, answers=tuple(answers))
    found = Finding("no-date", Severity.QUERY, "field1", "=What about the date?", partnership)
    return Data(round_, (record,), (found,))


def written(format_: str, data: Data) -> bytes:
    target = io.BytesIO()
    WRITERS[format_](target, data)
    return target.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_is_guarded(text: str) -> None:
    """Threats, CSV injection."""
    assert guarded(text).startswith("'")
    assert guarded(text).removeprefix("'") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_as_it_is(text: str) -> None:
    """Nobody wants apostrophes in their data."""
    assert guarded(text) == text


def test_a_csv_file_has_a_row_for_each_answer_and_opens_in_excel() -> None:
    """Issue 2, `export`: the mark at its start is what tells Excel that it is UTF-8."""
    data = written("csv", some_data("Siobhán, “said”\nso", *HOSTILE))
    assert data.startswith(b"\xef\xbb\xbfpartnership,")
    heading, first, *others = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(heading) == COLUMNS
    assert dict(zip(heading, first, strict=True)) == {
        "partnership": "spatial-planning-infrastructure",
        "name": "Spatial Planning & Infrastructure Partnership",
        "field": "field0",
        "value": "Siobhán, “said”\nso",
        "state": "given",
        "quote": "Siobhán, “said”\nso",
        "file": "'=reply.docx",
        "place": "table 1, row 2, column 2, paragraph 1",
        "method": "cell",
        "confidence": "0.95",
        "sha256": "0" * 64,
    }
    assert [row[3] for row in others] == [f"'{text}" for text in HOSTILE]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    """Threats, CSV injection: openpyxl finds no formula, and the words are as they were."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", some_data(*HOSTILE))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    shown = [str(row[3]).replace("_x000D_", "\r") for row in book["Answers"].iter_rows(min_row=2, values_only=True)]
    assert shown == HOSTILE


def test_the_workbook_holds_a_table_of_answers_and_a_table_of_findings() -> None:
    """Issue 2: real tables under frozen headings."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", some_data("2,400 homes"))))
    assert book.sheetnames == ["Answers", "Findings"]
    assert {name: sheet.tables[name].ref for name, sheet in zip(book.sheetnames, book, strict=True)} == {
        "Answers": "A1:K2",
        "Findings": "A1:F2",
    }
    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2"]
    assert list(book["Findings"].iter_rows(min_row=2, values_only=True)) == [
        (
            "spatial-planning-infrastructure",
            "Spatial Planning & Infrastructure Partnership",
            "no-date",
            "query",
            "field1",
            "=What about the date?",
        )
    ]


def test_an_answer_longer_than_a_cell_is_cut_and_says_where_the_rest_is() -> None:
    """Excel repairs, and loses, a longer one."""
    cut = fitting("x" * 40_000, "the JSON file")
    assert len(cut) == LONGEST
    assert cut.endswith("the JSON file has the whole text)")


@pytest.mark.parametrize("format_", WRITERS)
def test_the_same_answers_give_the_same_bytes(format_: str) -> None:
    """Law 9."""
    assert written(format_, some_data("a", "b")) == written(format_, some_data("a", "b"))


@pytest.mark.parametrize("format_", WRITERS)
def test_a_round_without_returns_gives_a_file_without_rows(format_: str) -> None:
    """Whoever reads it need not ask whether it is there."""
    empty = Data(a_round(), (), ())
    assert written(format_, empty)
    assert json.loads(written("json", empty)) == []


def test_the_json_is_the_public_contract_of_each_return(tmp_path: Path) -> None:
    """Design, "What a reading gives": the export says of a return what `read --json` says of it, and nothing is lost."""
    folder = a_folder(tmp_path / "round")
    reply = put_return(folder, "RDS")
    proforma(folder, "ingest")
    printed = proforma(folder, "export", "--out", "-").stdout
    assert proforma(folder, "export").exit_code == 0
    assert (folder / "outbox" / "data" / "answers.json").read_text(encoding="utf-8") == printed
    (said,) = json.loads(printed)
    (line,) = proforma(folder, "read", "--json", str(reply)).stdout.splitlines()
    assert {key: value for key, value in said.items() if key != "findings"} == {
        key: value for key, value in json.loads(line).items() if key != "findings"
    }
    record, _ = reading_from_json(said)
    assert {answer.field: answer.value for answer in record.answers}["priorities[1].deliverables[1].due"] == "2028-03-31"


def test_the_ending_of_the_file_says_the_format(tmp_path: Path) -> None:
    """`--format` need not be given."""
    folder = a_folder(tmp_path / "round")
    assert proforma(folder, "export", "--out", str(tmp_path / "all.csv")).exit_code == 0
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert proforma(folder, "export", "--out", "-", "--format", "xlsx").exit_code == 2


def test_the_pack_says_what_each_file_and_column_is_and_holds_no_personal_detail(tmp_path: Path) -> None:
    """Frictionless Data: the descriptor fits the files, to the byte."""
    folder = a_folder(tmp_path / "round")
    put_return(folder, "RDS", "Ask canary@example.org")
    proforma(folder, "ingest")
    first, again = proforma(folder, "export", "--pack"), proforma(folder, "export", "--pack")
    assert (first.exit_code, first.stdout) == (0, again.stdout)
    pack = folder / "outbox" / "data" / "pack"
    package = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {"answers.csv", "findings.csv", "records.json"}
    for resource in package["resources"]:
        data = (pack / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert b"canary" not in data and b"contact_officer" not in data
        if "schema" in resource:
            heading = data.decode("utf-8-sig").splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == heading
            assert all(field["description"] for field in resource["schema"]["fields"])
    assert b"Ask [e-mail address]" in (pack / "answers.csv").read_bytes()


def test_a_pack_has_no_other_format(tmp_path: Path) -> None:
    result = proforma(a_folder(tmp_path / "round"), "export", "--pack", "--format", "csv")
    assert result.exit_code == 2
    assert "always the same files" in result.stderr
