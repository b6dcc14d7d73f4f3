"""Take in what waits in a round's inbox, as a program of its own that a test can stop, starve or run beside another.

python -m tests.faults.taking_in ROUND [as-nobody | small-files]
"""

import datetime as dt
import os
import resource
import sys
import tempfile
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.intake.inbox import receive, waiting
from pipeline.store.store import Store
from tests.builders import a_round
from tests.store.samples import READER, a_record

AT = dt.datetime(2011, 5, 1, tzinfo=dt.UTC)


def take_in(folder: Path) -> None:
    """Keep and read every document of the inbox; the partnership is the first word of the file's name."""
    with Store.open(folder) as store:
        for path in waiting(a_round(folder=folder)):
            receipt, data = receive(path, store, AT)
            if store.reading(receipt.sha256, READER) is None:
                store.keep(receipt, a_record(receipt, path.stem.split()[0], data.decode()), (), READER, AT)


def run(folder: Path, handicap: str) -> int:
    """Take in under a handicap, and return the exit code."""
    if handicap == "as-nobody":
        with tempfile.TemporaryDirectory() as warm:
            Store.open(Path(warm)).close()  # loads everything while it can still be read
        os.setuid(65534)
    if handicap == "small-files":
        resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))
    try:
        take_in(folder)
    except PipelineError as error:
        print(error, error.hint, sep="\n", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
