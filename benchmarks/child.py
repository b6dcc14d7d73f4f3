"""What a child process for each document costs, and what reading side by side brings.

    python -m benchmarks.child [MANY]

The limit reads in this very process, with nothing between it and the document. Behind the wall the answer also travels as JSON and is
taken apart again, as the batch does. The memory is that of this process, the caller: what the nurseries hold does not grow.
"""

import json
import mmap
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from benchmarks.measure import _high_water as high_water
from benchmarks.measure import compare
from pipeline.bounded import Item, Nursery, Work, read_all
from pipeline.flow import Desk, read_return
from pipeline.model.contract import reading_from_json
from pipeline.rounds.loading import load_round
from tests.hostile.kinds import Lure
from tests.hostile.table import TABLE

ROOT = Path(__file__).parent.parent
RETURNS = tuple(path for path in sorted((ROOT / "inbox").iterdir()) if path.suffix in (".docx", ".odt"))
TURNS = 5
PAGES = 20_000


def main() -> None:
    """Print the cost of a child, the gain of a second worker, and the memory of the caller."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    round_ = load_round(ROOT)
    work = Work("tests.hostile.reading:set_up", "tests.hostile.reading:run", round_)
    of_a_child(Desk(round_), work)
    of_a_page()
    of_two(work, many)
    of_memory(work, many)


def of_a_child(desk: Desk, work: Work) -> None:
    """Print what the returns of the sample round cost in this process, and in children."""
    returns = [Item(path.name, path.read_bytes()) for path in RETURNS]
    with Nursery(work) as nursery:
        contestants = {
            "limit": lambda: [read_return(item.data, item.name, desk) for item in returns],
            "child": lambda: [reading_from_json(json.loads(nursery.run(item.data, item.name))) for item in returns],
            "child, empty document": lambda: [nursery.run(b"", item.name) for item in returns],
        }
        print(f"\n{len(returns)} returns of the sample round a run; what a child adds is the second line less the first, by {len(returns)}")
        ratios = compare(contestants, rounds=15)
    print(f"a child takes {(ratios['child'] - 1) * 100:.0f} % longer")


def of_a_page() -> None:
    """Print what this machine takes for a page that a child writes to for the first time: most of what a child costs."""
    with mmap.mmap(-1, PAGES * mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        memory.madvise(mmap.MADV_NOHUGEPAGE)
        fresh, again = touched(memory), touched(memory)
        out, into = os.pipe()
        if os.fork() == 0:
            os.write(into, f"{touched(memory)}".encode())
            os._exit(0)
        os.wait()
        copied = float(os.read(out, 100))
    fresh, copied = fresh - again, copied - again
    print(f"a fresh page takes {fresh:.1f} µs on this machine, a copied one {copied:.1f} µs; a reading needs some 3,900 of them")


def touched(memory: mmap.mmap) -> float:
    """Write to every page, and return the microseconds that each took."""
    start = time.perf_counter()
    for at in range(0, PAGES * mmap.PAGESIZE, mmap.PAGESIZE):
        memory[at] = 1
    return (time.perf_counter() - start) / PAGES * 1e6


def mixed(count: int) -> Iterator[Item]:
    """Yield returns in turns, each with other bytes, and a hostile file for every fifty."""
    files = [path.read_bytes() for path in RETURNS]
    hostile = [file.build(Lure("file:///nowhere", "http://127.0.0.1:9")) for file in TABLE if file.name in ("xxe_file.docx", "symlink.zip")]
    for number in range(count):
        data = hostile[number % len(hostile)] if number % 50 == 49 else files[number % len(files)] + b"\0" * (number % 7)
        yield Item(f"{number}.docx", data)


def of_two(work: Work, count: int) -> None:
    """Print how much sooner two workers are done than one, in turns."""
    share = max(count // TURNS, 1)
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(2) as two:
        for executor in (one, two):
            seconds(work, executor, 20)
        taken = [(seconds(work, one, share), seconds(work, two, share)) for _turn in range(TURNS)]
    gains = [alone / together for alone, together in taken]
    print(f"\n{share * TURNS:,} mixed returns, {TURNS} turns: two workers are {statistics.median(gains):.2f} times as fast as one")
    print(f"({min(gains):.2f} to {max(gains):.2f}; {share / statistics.median(two for _, two in taken):.0f} returns a second)")


def seconds(work: Work, executor: ThreadPoolExecutor, count: int) -> float:
    """Return how long an executor takes over some returns."""
    start = time.perf_counter()
    answers = sum(1 for _ in read_all(mixed(count), work, executor))
    assert answers == count
    return time.perf_counter() - start


def of_memory(work: Work, count: int) -> None:
    """Print how much the caller's memory grows with the number of documents."""
    grown = []
    with ThreadPoolExecutor(2) as executor:
        for number in (20, 100, count):
            Path("/proc/self/clear_refs").write_text("5")
            before = high_water()
            for _ in islice(read_all(mixed(number), work, executor), number):
                pass
            grown.append(f"{number:,} returns: {(high_water() - before) / 1e6:.1f} MB")
    print("\nwhat the caller's memory grows by: " + ", ".join(grown))


if __name__ == "__main__":
    main()
