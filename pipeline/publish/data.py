"""The answers as data, each with the words of the return, their place and the way they were found: JSON, CSV and Excel.

What the returns said, as it was read; what a person corrected since stands in the plan.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.model.contract import reading_as_json
from pipeline.model.findings import Finding
from pipeline.model.records import Answer, Record
from pipeline.model.rounds import Round
from pipeline.publish.cells import FORMULA_STARTS, fitting, guarded
from pipeline.publish.runs import legal

COLUMNS = ("partnership", "name", "field", "value", "state", "quote", "file", "place", "method", "confidence", "sha256")
"""Of the CSV file and of the sheet of answers. Part of the public contract (docs/json.md)."""

FINDING_COLUMNS = ("partnership", "name", "code", "severity", "field", "message")
"""Of the sheet of findings."""

_WIDTHS = {"partnership": 24, "name": 32, "field": 34, "value": 48, "quote": 48, "file": 30, "place": 26, "message": 70, "sha256": 20}
"""In characters of the standard font; other columns are 14 wide."""


@dataclass(frozen=True, slots=True)
class Data:
    """What is exported."""

    round: Round
    records: tuple[Record, ...]
    """The record that counts of each partnership, in the order of the register."""
    findings: tuple[Finding, ...]

    def about(self, partnership: str | None) -> tuple[Finding, ...]:
        """Return the findings about one partnership."""
        return tuple(finding for finding in self.findings if finding.partnership == partnership)


def write_json(target: IO[bytes], data: Data) -> None:
    """Write a JSON array of the public contract's objects, each return on a line of its own."""
    lines = [json.dumps(reading_as_json(record, data.about(record.partnership)), ensure_ascii=False) for record in data.records]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    target.write(text.encode(errors="backslashreplace"))


def write_csv(target: IO[bytes], data: Data) -> None:
    """Write a row for each answer: UTF-8 with the mark by which Excel knows it, nothing that Excel would take for a formula.

    Source: RFC 4180.
    """
    _write_rows(target, COLUMNS, _answers(data))


def write_findings(target: IO[bytes], data: Data) -> None:
    """Write a row for each finding, as `write_csv` writes answers."""
    _write_rows(target, FINDING_COLUMNS, _findings(data))


def write_book(target: IO[bytes], data: Data) -> None:
    """Write a workbook with a table of the answers and a table of the findings. The same data give the same bytes."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as book:
        round_ = data.round
        created = dt.datetime.combine(round_.meeting.date or round_.period.start, dt.time())
        book.set_properties({"title": legal(f"{round_.name}: answers"), "author": legal(round_.name), "created": created})
        _table(book, "Answers", COLUMNS, _answers(data))
        _table(book, "Findings", FINDING_COLUMNS, _findings(data))


WRITERS: Mapping[str, Callable[[IO[bytes], Data], None]] = {"json": write_json, "csv": write_csv, "xlsx": write_book}
"""How each format is written, by the ending of its file."""


def _write_rows(target: IO[bytes], columns: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    target.write(text.getvalue().encode("utf-8-sig"))


def _answers(data: Data) -> Iterator[tuple[str, ...]]:
    for record in data.records:
        partnership = record.partnership or ""
        name = data.round.by_id[partnership].name if partnership in data.round.by_id else ""
        for answer in record.answers:
            yield (partnership, name, *_provenance(answer, record))


def _provenance(answer: Answer, record: Record) -> tuple[str, ...]:
    words = (answer.field, answer.value or "", answer.state.value, answer.quote)
    file, sha256 = (answer.file, answer.sha256) if answer.sha256 else (record.file, record.sha256)
    return (*words, file, str(answer.place), answer.method, f"{answer.confidence:g}", sha256)


def _findings(data: Data) -> Iterator[tuple[str, ...]]:
    for finding in data.findings:
        name = data.round.by_id[finding.partnership].name if finding.partnership in data.round.by_id else ""
        yield (finding.partnership, name, finding.code, finding.severity.value, finding.field, finding.message)


def _table(book: Workbook, title: str, columns: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(title)
    cell = {"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top"}
    plain, quoted = book.add_format(cell), book.add_format({**cell, "quote_prefix": True})
    number = 0
    for number, row in enumerate(rows, 1):
        for column, (name, text) in enumerate(zip(columns, row, strict=True)):
            if name == "confidence":
                sheet.write_number(number, column, float(text), plain)
            else:
                sheet.write_string(number, column, fitting(text, "the JSON file"), _format(text, plain, quoted))
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
    header = book.add_format({**cell, "bold": True})
    headings = [{"header": name, "header_format": header} for name in columns]
    sheet.add_table(0, 0, max(number, 1), len(columns) - 1, {"columns": headings, "name": title, "style": "Table Style Light 1"})
    sheet.freeze_panes(1, 0)


def _format(text: str, plain: Format, quoted: Format) -> Format:
    """Return the format that shows a text as text also after someone edits the cell."""
    return quoted if text.startswith(FORMULA_STARTS) else plain
