"""Run contestants in turn and print how their medians compare with the limit's.

They take turns, so that a busy machine is busy for all of them, and each gets one run first that does not count.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

LIMIT = "limit"
"""The contestant that the others are compared with."""


def compare(contestants: Mapping[str, Callable[[], object]], rounds: int = 30, *, memory: bool = True) -> Mapping[str, float]:
    """Print and return the ratio of each contestant's median time to the limit's.

    Args:
        contestants: what to run, by name; one is called `limit`.
        rounds: how often each is run. One that takes over a second is run three times.
        memory: whether memory is measured, in a copy of this process. A contestant that has threads of its own waits in a copy for ever.

    Returns:
        The ratios, by name, in the order given.
    """
    times: dict[str, list[float]] = {name: [_timed(run)] for name, run in contestants.items()}
    slow = {name for name, (first,) in times.items() if first > 1}
    peaks = {name: _peak_bytes(run) if memory else None for name, run in contestants.items()}
    times = {name: [] for name in contestants}
    for turn in range(rounds):
        for name, run in contestants.items():
            if turn < 3 or name not in slow:
                times[name].append(_timed(run))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    ratios = {name: median / medians[LIMIT] for name, median in medians.items()}
    width = max(map(len, contestants))
    print(f"{'':{width}}  median ms  × limit  peak MB")
    for name, median in medians.items():
        used = peaks[name]
        print(f"{name:{width}}  {median * 1e3:9.3f}  {ratios[name]:7.2f}  {'–' if used is None else f'{used / 1e6:7.1f}':>7}")
    return ratios


def _timed(run: Callable[[], object]) -> float:
    """Return the seconds that one run takes."""
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _peak_bytes(run: Callable[[], object]) -> int | None:
    """Return how much one run adds to the memory of the process; None where the system does not tell.

    It runs in a copy of the process, whose high-water mark is set back first.

    Source: Linux, proc(5), /proc/pid/clear_refs (5) and /proc/pid/status (VmHWM).
    """
    if not Path("/proc/self/clear_refs").exists():
        return None
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        Path("/proc/self/clear_refs").write_text("5")
        before = _high_water()
        run()
        os.write(writer, str(_high_water() - before).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        answer = said.read()
    return int(answer) if answer else None


def _high_water() -> int:
    """Return the most memory that this process has held, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
