"""Many documents at once: every answer in its place, a few in flight, nothing left behind; over any executor."""

import multiprocessing
import os
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from pipeline.bounded import Bounds, Item, Work, read_all
from pipeline.errors import UnreadableError

WORK = Work("tests.bounded.faults:set_up", "tests.bounded.faults:run")
BOUNDS = Bounds(seconds=1, memory_bytes=2**28)
FAULTS = ("answer_large 3", "segfault", "hang", "unreadable", "answer_large 5", "one_large_allocation", "error")
EXPECTED = [b"xxx", "crashed", "timeout", "encrypted", b"xxxxx", "memory", "crashed"]


class AtOnce(Executor):
    """The simplest executor there can be: it runs a function when it is given one."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run, and return what came of it."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def threads() -> Executor:
    return ThreadPoolExecutor(2)


def processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def shown(answer: bytes | UnreadableError) -> bytes | str:
    """Return what was said, or the reason why nothing was."""
    return answer if isinstance(answer, bytes) else str(answer.reason)


@pytest.mark.parametrize("executor", [AtOnce, threads, processes])
@pytest.mark.parametrize("together", [1, 3])
def test_every_document_has_its_answer_in_its_place(executor: Any, together: int) -> None:
    """Those that hang, crash and take too much among them."""

    def read() -> list[bytes | UnreadableError]:
        with executor() as running:
            return list(read_all((Item(fault, fault.encode()) for fault in FAULTS), WORK, running, bounds=BOUNDS, together=together))

    with ThreadPoolExecutor(1) as caller:  # whose end is that of a nursery which a simple executor starts in it
        answers = caller.submit(read).result()
    assert [shown(answer) for answer in answers] == EXPECTED


def test_few_documents_are_held_at_a_time_however_many_there_are() -> None:
    """Law 10: what the caller holds does not grow with the batch."""
    asked = 0

    def many() -> Iterator[Item]:
        nonlocal asked
        for number in range(100):
            asked += 1
            yield Item(str(number), b"answer_large 3")

    with ThreadPoolExecutor(2) as executor:
        for at, answer in enumerate(read_all(many(), WORK, executor, ahead=3)):
            assert answer == b"xxx"
            assert asked <= at + 4


def test_when_nobody_asks_any_more_nobody_waits_and_nothing_runs_on() -> None:
    """As after an interrupt: the document that hangs has 600 seconds and is not given them."""
    bounds = Bounds(seconds=600)
    with ThreadPoolExecutor(2) as executor:
        answers = read_all([Item("a", b"answer_large 3"), Item("b", b"hang"), Item("c", b"hang")], WORK, executor, bounds=bounds)
        assert next(answers) == b"xxx"
        answers.close()  # type: ignore[attr-defined]
        assert executor.submit(threading.get_ident).result()
    assert nurseries() == []


def test_workers_leave_no_process_behind() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert len(list(read_all([Item("a", b"answer_large 3")] * 4, WORK, executor))) == 4
        assert nurseries() != []
    assert nurseries() == []


def nurseries() -> list[str]:
    """Return the nurseries that this process has."""
    listed = subprocess.run(["ps", "-ww", "-o", "pid,args", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if "pipeline.bounded.cradle" in line]
