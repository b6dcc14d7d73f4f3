"""Take in what waits in a round's inbox, as a program of its own that a test can stop, starve or run beside another.

    python -m tests.faults.taking_in ROUND [as-nobody | small-files]

Prints the SHA-256 of each document when it is reported as taken in.
"""

import codecs
import datetime as dt
import os
import resource
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.flow import desk, ingest
from pipeline.store.store import Store
from tests.faults.rounds import the_round

AT = dt.datetime(2011, 5, 1, tzinfo=dt.UTC)

SMALL = 120_000
"""Bytes: the most that a file may have where files are to be small."""


def take_in(folder: Path) -> None:
    """Take in every document of the inbox."""
    round_ = the_round(folder)
    with Store.open(folder) as store, ThreadPoolExecutor(1) as one:
        for taken in ingest(desk(round_, store), store, AT, one):
            print(taken.record.sha256, flush=True)


def run(folder: Path, handicap: str) -> int:
    """Take in under a handicap, and return the exit code."""
    if handicap == "as-nobody":
        with tempfile.TemporaryDirectory() as warm:
            Store.open(Path(warm)).close()  # loads everything while it can still be read
        codecs.lookup("utf-8-sig")
        os.setuid(65534)
    if handicap == "small-files":
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))
    try:
        take_in(folder)
    except PipelineError as error:
        print(error, error.hint, sep="\n", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
