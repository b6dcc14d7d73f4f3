"""What becomes of files that nobody here wrote: each ends in a record, a hold or a clear refusal, and is left as it was.

    python -m benchmarks.strangers FOLDER           # every file below the folder, against the sample round
    python -m benchmarks.strangers FOLDER LIST      # the same; LIST gets a line for each document: seconds, outcome, reason, file, message

Files that nobody here wrote are got in thousands from the test documents of programs that read such files: LibreOffice, Apache POI,
PDF.js. Each is read as `proforma ingest` reads it, behind the wall; nothing is stored. One worker reads, so that a figure in seconds is
what one file took.

Ends with exit code 1 where a file did not end properly: what reads it broke off, took too long or too much, said something that only a
programmer understands, or the file is no longer as it was.
"""

import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pipeline.bounded import Item
from pipeline.desk import Said, read_files
from pipeline.errors import PipelineError
from pipeline.flow import Desk
from pipeline.model.outcomes import Reason
from pipeline.rounds.loading import load_round

ROOT = Path(__file__).parent.parent
_IMPROPER = (Reason.CRASHED, Reason.TIMEOUT, Reason.MEMORY)
_PROGRAMMERS = re.compile(r"Traceback|\w+Error\b|\w+Exception\b|0x[0-9a-f]{6,}|<class ")
"""What only a programmer understands."""
_SLOWEST = 10


class Ended(NamedTuple):
    """How one file ended."""

    path: Path
    said: tuple[Said, ...]
    seconds: float
    trouble: str
    """Why it did not end properly; empty where it did."""


def files(folder: Path) -> list[Path]:
    """Return every file below a folder, in the order of their names; links are not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def ended(paths: Iterable[Path], desk: Desk) -> Iterator[Ended]:
    """Read files, one after the other, and yield how each ended."""
    with ThreadPoolExecutor(1) as one:
        for path in paths:
            data = path.read_bytes()
            start = time.monotonic()
            try:
                (said,) = read_files([Item(path.name, data)], desk, one)
            except (PipelineError, ValueError, OSError) as error:
                yield Ended(path, (), time.monotonic() - start, f"stopped the run: {error!r}")
                continue
            seconds = time.monotonic() - start
            changed = hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(data).digest()
            yield Ended(path, said, seconds, "the file was changed" if changed else trouble(said))


def trouble(said: tuple[Said, ...]) -> str:
    """Say why a file did not end properly; nothing where it did."""
    if not said:
        return "nothing is said of it"
    for one in said:
        if one.record.reason in _IMPROPER:
            return f"{one.record.reason}: {one.record.message}"
        if _PROGRAMMERS.search(one.record.message) and not _PROGRAMMERS.search(one.record.file):
            return f"in words for programmers: {one.record.message}"
    return ""


def line(one: Ended) -> Iterator[str]:
    """Yield a line for each document of a file."""
    for said in one.said:
        record = said.record
        message = " ".join(f"{record.message} [{', '.join(sorted({note.code for note in record.notes}))}]".split())
        yield "\t".join((f"{one.seconds:.2f}", record.outcome, record.reason or "", str(one.path), record.file, message))
    if one.trouble:
        yield "\t".join((f"{one.seconds:.2f}", "TROUBLE", "", str(one.path), one.path.name, one.trouble))


def main(folder: Path, list_: Path | None = None) -> int:
    """Read every file below a folder, print how they ended, and return the exit code."""
    counts: Counter[tuple[str, str, str]] = Counter()
    slowest: list[tuple[float, Path]] = []
    bad: list[Ended] = []
    total = 0
    with (list_ or Path("/dev/null")).open("w", encoding="utf-8") as written:
        for one in ended(files(folder), Desk(load_round(ROOT))):
            total += 1
            kind = one.path.suffix.lower() or "(none)"
            counts.update((kind, str(said.record.outcome), str(said.record.reason or "")) for said in one.said)
            slowest = sorted([*slowest, (one.seconds, one.path)], reverse=True)[:_SLOWEST]
            bad += [one._replace(said=())] if one.trouble else []
            print(*line(one), sep="\n", file=written, flush=True)
    print(f"{total:,} files, {sum(counts.values()):,} documents in them\n\nending    outcome  reason               documents")
    for (kind, outcome, reason), count in sorted(counts.items()):
        print(f"{kind:9} {outcome:8} {reason:20} {count:9,}")
    print("\nslowest, in seconds")
    for seconds, path in slowest:
        print(f"{seconds:6.1f}  {path}")
    print(f"\ndid not end properly: {len(bad)}")
    for one in bad:
        print(f"{one.path}: {one.trouble}")
    return 1 if bad or not total else 0


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1]), *map(Path, sys.argv[2:3])))
