"""The reference pages of a round folder, made from the models so that they cannot fall behind them.

`python -m pipeline.rounds.pages docs` brings docs/round.md and docs/schemas/ up to date; a test says when it is needed.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.model.forms import Form
from pipeline.rounds.kit import own_kits, read_form
from pipeline.rounds.register_book import Column, columns_of
from pipeline.rounds.round_file import (
    ContactEntry,
    MailboxEntry,
    MeetingEntry,
    PostEntry,
    RoundFile,
    RoundLimits,
    RoundOptions,
    ServerEntry,
    Span,
    StepEntry,
)

_TABLES: Mapping[str, type[BaseModel]] = {
    "round": RoundFile,
    "span": Span,
    "step": StepEntry,
    "contact": ContactEntry,
    "meeting": MeetingEntry,
    "post": PostEntry,
    "smtp": ServerEntry,
    "imap": MailboxEntry,
    "options": RoundOptions,
    "limits": RoundLimits,
}
_BLOCK = re.compile(r"(<!-- made from (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the JSON Schemas that editors complete round.yaml and form.yaml from: file name and text."""
    return {"round.schema.json": _schema(RoundFile, "round.yaml"), "form.schema.json": _schema(Form, "form.yaml of a kit")}


def refreshed(page: str) -> str:
    """Return the reference page with its tables made anew; what stands between them is kept.

    Args:
        page: docs/round.md, with a pair of comments around each table.
    """
    return _BLOCK.sub(lambda block: f"{block[1]}\n{_table(block['name'])}\n\n{block[3]}", page)


def _schema(model: type[BaseModel], title: str) -> str:
    schema: dict[str, Any] = {"$schema": _DIALECT, **model.model_json_schema(), "title": title}
    return json.dumps(schema, ensure_ascii=False, indent=2, default=str) + "\n"


def _table(name: str) -> str:
    if name in ("columns", "lists"):
        columns, lists = columns_of(read_form(own_kits() / "priorities")[0])
        return _columns_table(columns if name == "columns" else lists)
    rows = [_key_row(key, field) for key, field in _TABLES[name].model_fields.items()]
    return _lines(("Key", "Needed", "What it says", "Example"), rows)


def _columns_table(columns: Iterable[Column]) -> str:
    return _lines(("Heading", "Column", "What to write"), [(column.heading, f"`{column.name}`", column.explanation) for column in columns])


def _key_row(key: str, field: FieldInfo) -> tuple[str, ...]:
    example = f"`{key}: {field.examples[0]}`" if field.examples else ""
    if isinstance(field.default, int | float):
        example = f"`{key}: {field.default}`"
    return f"`{key}`", "yes" if field.is_required() else "", field.description or "", example


def _lines(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    table = [heading, tuple("---" for _ in heading), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table)


def write_pages(docs: Path) -> None:
    """Bring the reference pages up to date.

    Raises:
        OSError: a file cannot be read or written.
    """
    page = docs / "round.md"
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    (docs / "schemas").mkdir(exist_ok=True)
    for name, text in schemas().items():
        (docs / "schemas" / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
