"""Small records and moments for the store to keep."""

import datetime as dt
from pathlib import Path

from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State, Value
from pipeline.store.store import Store
from pipeline.store.tables import metadata

MAY_DAY = dt.datetime(2011, 5, 1, 9, 30, tzinfo=dt.UTC)
READER = "1"
DUE_LATE = Finding("due-after-period", Severity.QUERY, "things[1].due", "“Homes” is due after the plan ends. Which date is right?", "roads")


def later(days: int = 1) -> dt.datetime:
    """Return a moment some days after May Day."""
    return MAY_DAY + dt.timedelta(days=days)


def a_record(receipt: Receipt, partnership: str = "roads", says: str = "2,400 homes") -> Record:
    """Return a record with one answer that stands in one cell."""
    place = Place("word/document.xml", table=4, row=2, column=2, paragraph=1)
    answer = Answer("things[1].what", says, State.GIVEN, (Passage(says, place),), "control", 0.98)
    values: dict[str, Value] = {"things": [{"what": says}]}
    return Record(receipt.file, receipt.sha256, "docx", Outcome.READ, partnership=partnership, answers=(answer,), values=values)


def a_refusal(receipt: Receipt) -> Record:
    """Return the record of a document that no program can open."""
    return Record(receipt.file, receipt.sha256, "docx", Outcome.REFUSED, Reason.CORRUPT, "The file is damaged. Ask for it again.")


def take(store: Store, data: bytes, file: str = "reply.docx", partnership: str = "roads", at: dt.datetime = MAY_DAY) -> Receipt:
    """Take a document in, read it as a return of the partnership, and keep both."""
    receipt = store.keep_original(data, file, "inbox", at)
    store.keep(receipt, a_record(receipt, partnership, data.decode()), (DUE_LATE._replace(partnership=partnership),), READER, at)
    return receipt


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, and every document with its bytes."""
    with store._database.reading() as connection:
        rows: dict[str, list[tuple[object, ...]]] = {
            table.name: [tuple(row) for row in connection.execute(table.select())] for table in metadata.sorted_tables
        }
    files = sorted(path for path in Path(store.folder, "originals").rglob("*") if path.is_file())
    return rows | {"files": [(path.name, path.read_bytes()) for path in files]}
