"""Programs that take a round in, watched, stopped and counted by a test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SAMPLES = int(os.environ.get("KILLS", "4"))
"""How many points of a run are tried; all of them with `KILLS=10000`."""
CALLS = "pwrite64,write,rename,renameat2,fsync,fdatasync,unlink,mkdir"
STRACE = shutil.which("strace")
_ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

Ran = subprocess.CompletedProcess[str]


def command(folder: Path, *handicap: str) -> list[str]:
    """Return the command that takes a round in."""
    return [sys.executable, "-m", "tests.faults.taking_in", str(folder), *handicap]


def run(*words: str) -> Ran:
    """Run a command to its end."""
    return subprocess.run(words, capture_output=True, text=True, env=_ENVIRONMENT)


def alone(*words: str) -> list[str]:
    """Return a command that ends when no process of the given one is left."""
    return [sys.executable, "-m", "tests.faults.alone", *words]


def traced(folder: Path, *options: str) -> Ran:
    """Take in under strace; it sees the thread that writes, whose calls are in `calls` beside the inbox."""
    return run(*alone(str(STRACE), "-y", "-s", "80", "-e", f"trace={CALLS}", "-o", str(folder / "calls"), *options, *command(folder)))


def undisturbed_calls(folder: Path) -> list[str]:
    """Take in under strace, and return the calls, in order."""
    if traced(folder).returncode:
        pytest.fail("strace is installed and may not trace here: run the tests with the capability SYS_PTRACE, or take strace away")
    return (folder / "calls").read_text(encoding="utf-8").splitlines()


def spread(calls: list[str], *, only: str = "") -> Iterator[str]:
    """Yield calls of a run, spread evenly, as strace is to find them again: `fsync:when=3`."""
    made = [call.partition("(")[0] for call in calls if call.partition("(")[0] in (only or CALLS).split(",")]
    for at in range(0, len(made), max(1, len(made) // SAMPLES)):
        yield f"{made[at]}:when={made[: at + 1].count(made[at])}"


def start_afresh(folder: Path) -> None:
    """Take the store of a round away."""
    shutil.rmtree(folder / "store", ignore_errors=True)


def below(process: int) -> list[int]:
    """Return the processes that a process has started, and those that they have, outermost first."""
    try:
        said = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    children = [int(child) for words in said for child in words.split()]
    return [*children, *(deeper for child in children for deeper in below(child))]
