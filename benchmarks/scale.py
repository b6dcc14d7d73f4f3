"""Every paper of rounds of 10 to 10,000 partnerships, beside the least that any program must do to write the same file.

    python -m benchmarks.scale          up to 1,000 partnerships
    python -m benchmarks.scale 10000    some minutes
    python -m benchmarks.scale store 1000   what it takes to read such a round from its store, proofread it and write its papers

Each partnership has four priorities of six deliverables. For a Word paper the limit streams the same XML from a file into the zip. For the
workbook it is XlsxWriter in constant-memory mode, which writes the same cells and knows neither tables nor links. Times are processor
seconds; a ratio is the median of those within each turn. Memory is what a paper adds to that of the records.
"""

import datetime as dt
import io
import multiprocessing
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook

from benchmarks.measure import _peak_bytes
from benchmarks.publish import a_large_round, a_plan, a_return
from pipeline import flow
from pipeline.model.plans import Plan
from pipeline.model.rounds import Round
from pipeline.ooxml.package import Writer
from pipeline.publish import workbook
from pipeline.publish.masters.master import Master
from pipeline.publish.papers import Report, publish
from pipeline.publish.sheets import Formats
from pipeline.publish.table_rows import Cell, Link, Sheet
from pipeline.store.store import Store
from tests.publish.returns import Said, a_record

KIT = Path(__file__).parent.parent / "templates" / "priorities"
TURNS = 5
_DOCUMENT = "word/document.xml"
_CHUNK = 1 << 16
_FEW_WORDS = 4


def main(most: int) -> None:
    """Print what each paper costs at each size."""
    print(f"{'N':>6} {'paper':<16} {'limit ms':>9} {'ms':>9} {'× limit':>8} {'adds MB':>8}")
    for number in (size for size in (10, 100, 1_000, 10_000) if size <= most):
        papers(number, a_plan(number))
    print(f"Most memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def from_store(number: int) -> None:
    """Print what a round in a store takes, from there to the papers for Word and Excel."""
    with tempfile.TemporaryDirectory() as name:
        round_ = a_large_round(number, folder=Path(name))
        builder = multiprocessing.get_context("fork").Process(target=fill_store, args=(round_,))
        builder.start()
        builder.join()
        with Store.open(Path(name)) as store:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            started = time.process_time()
            read = flow.proofread(round_, store)
            merged = time.process_time()
            publish(read.plan, Path(name) / "outbox", read.flaws)
            ended = time.process_time()
        added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        times = f"read, merged and proofread in {merged - started:.1f} s, printed in {ended - merged:.1f} s"
        print(f"{number} partnerships: {times}, {added:.0f} MB added")


def fill_store(round_: Round) -> None:
    """Keep a return of each partnership, whose words are its own."""
    now = dt.datetime(2011, 5, 1, tzinfo=dt.UTC)
    with Store.open(round_.folder) as store:
        for count, body in enumerate(round_.partnerships):
            receipt = store.keep_original(body.id.encode(), f"{body.id}.docx", "inbox", now)
            record = a_record(body.id, own_words(a_return(count), random.Random(count)), sha256=receipt.sha256)
            store.keep(receipt, record, (), "a reader", now)


def own_words(said: Said, chance: random.Random) -> Any:
    """Return what is said with some words of no other return in every text of more than a few."""
    if isinstance(said, dict):
        return {key: own_words(inner, chance) for key, inner in said.items()}
    if isinstance(said, list):
        return [own_words(inner, chance) for inner in said]
    return f"{said} {chance.randbytes(12).hex()} {chance.randbytes(12).hex()}" if said and said.count(" ") > _FEW_WORDS else said


Write = Callable[[IO[bytes]], None]


def papers(number: int, plan: Plan) -> None:
    """Print what each paper of a plan costs."""
    for name in ("plan.docx", "annex.docx", "paper.docx"):
        report = Report(name, Master(KIT / name), "A paper")
        paired(number, name, partial(report.write, plan=plan), word_limit)
    cells = [(sheet.title, [*sheet.rows]) for sheet in tables(plan)]
    paired(number, "annex.xlsx", partial(workbook.write_workbook, plan=plan), lambda _: partial(constant_memory, cells=cells))


def paired(number: int, name: str, write: Write, limit_of: Callable[[bytes], Write]) -> None:
    """Print a line: what is measured and its limit take turns."""
    made = io.BytesIO()
    write(made)
    limit = limit_of(made.getvalue())
    made.close()
    pairs = [(seconds(write), seconds(limit)) for _ in range(TURNS if number < 10_000 else 3)]
    ours, least = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    added = _peak_bytes(lambda: to_file(write)) or 0
    print(f"{number:>6} {name:<16} {least * 1e3:9.1f} {ours * 1e3:9.1f} {ratio:8.2f} {added / 1e6:8.1f}", flush=True)


def seconds(write: Write) -> float:
    """Return the processor seconds that it takes to write a file."""
    started = time.process_time()
    to_file(write)
    return time.process_time() - started


def to_file(write: Write) -> None:
    """Write to a file that is thrown away."""
    with tempfile.TemporaryFile() as target:
        write(target)


def word_limit(paper: bytes) -> Write:
    """Return what streams the same XML into the same zip."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != _DOCUMENT}
        source = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        with io.TextIOWrapper(package.open(_DOCUMENT), encoding="utf-8", newline="") as document:
            shutil.copyfileobj(document, source)

    def write(target: IO[bytes]) -> None:
        with Writer(target) as writer:
            for name, data in parts.items():
                writer.add(name, data)
            source.seek(0)
            writer.stream(_DOCUMENT, iter(lambda: source.read(_CHUNK), ""))

    return write


def tables(plan: Plan) -> list[Sheet]:
    """Return what stands in the tables of the workbook."""
    found: list[Sheet] = []
    fill = workbook.fill
    workbook.fill = lambda _target, _made, sheets: found.extend(sheets.values())
    try:
        workbook.write_workbook(io.BytesIO(), plan)
    finally:
        workbook.fill = fill
    return found


def constant_memory(target: IO[bytes], cells: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> None:
    """Write the same cells as XlsxWriter's constant-memory mode does."""
    with Workbook(target, {"constant_memory": True}) as book:
        looks = Formats(book)
        for title, rows in cells:
            sheet = book.add_worksheet(title)
            for row, line in enumerate(rows):
                for column, cell in enumerate(line):
                    if isinstance(cell, int):
                        sheet.write_number(row, column, cell, looks.number)
                    elif isinstance(cell, dt.date):
                        sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), looks.date)
                    else:
                        sheet.write_string(row, column, cell.text if isinstance(cell, Link) else cell, looks.text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["store"]:
        from_store(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
