"""A child that misbehaves is a state of its document, and the next document is read as if nothing had been."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.bounded import Bounds, Nursery, NurseryError, Work, unbounded
from pipeline.bounded import system as the_system
from pipeline.errors import UnreadableError
from tests.bounded.faults import FAULTS

WORK = Work("tests.bounded.faults:set_up", "tests.bounded.faults:run")
BOUNDS = Bounds(seconds=1, memory_bytes=2**28, written_bytes=2**25)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: elsewhere the bounds are those that unbounded() leaves")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return a nursery whose work is whatever fault the document names."""
    with Nursery(WORK, BOUNDS) as running:
        yield running


def ending(nursery: Nursery, document: str) -> str:
    """Return the reason why a document could not be read; empty where it could."""
    try:
        nursery.run(document.encode(), "reply.docx")
    except UnreadableError as error:
        assert error.hint
        assert "Traceback" not in str(error)
        return error.reason
    return ""


def eventually(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not (holds := true()) and time.monotonic() < until:
        os.sched_yield()
    return holds


ENDINGS = {
    "hang": "timeout", "spin": "timeout", "spin_in_c": "timeout", "deaf": "timeout", "stopped": "timeout", "fork_bomb": "timeout",
    "run_a_program": "timeout", "memory_error_swallowed": "timeout", "allocate": "memory", "one_large_allocation": "memory",
    "promise_too_much": "memory", "segfault": "crashed", "abort": "crashed", "leave": "crashed", "leave_at_once": "crashed",
    "killed": "crashed",
    "write_1_gb": "crashed", "recurse": "crashed", "error": "crashed", "lie": "crashed", "half_an_answer": "crashed",
    "unreadable": "encrypted", "print_1_gb": "",
}  # fmt: skip


@LINUX
@pytest.mark.parametrize(("fault", "reason"), ENDINGS.items())
def test_a_fault_is_a_state_of_its_document(nursery: Nursery, fault: str, reason: str) -> None:
    """The bounds: wall clock, address space, bytes written; and every way of ending badly. The next document is read."""
    assert ending(nursery, fault) == reason
    assert nursery.run(b"answer_large 3", "next.docx") == b"xxx"


def test_a_work_may_be_patient_with_some_documents() -> None:
    """The clock and the processor's; nothing else of the bounds."""
    patient, usual = Work("builtins:repr", "builtins:repr", patience="builtins:len"), Bounds(seconds=2, cpu_seconds=3)
    assert patient.bounds(usual, b"123") == Bounds(seconds=6, cpu_seconds=9)
    assert WORK.bounds(usual, b"123") == usual


def test_every_fault_is_tried() -> None:
    """A fault that is not in the table is one of the other tests'."""
    assert set(FAULTS) - set(ENDINGS) == {"answer_large", "connect", "fork", "surroundings", "write"}


def test_an_answer_comes_back_as_it_was_given(nursery: Nursery) -> None:
    """Longer than a pipe holds."""
    assert nursery.run(b"answer_large 5000000", "reply.docx") == b"x" * 5_000_000


def test_an_answer_that_is_too_long_is_none() -> None:
    with Nursery(WORK, Bounds(answer_bytes=1_000)) as nursery:
        assert ending(nursery, "answer_large 2000") == "memory"
        assert nursery.run(b"answer_large 3", "reply.docx") == b"xxx"


def test_an_unforeseen_error_tells_its_kind_and_not_its_words(nursery: Nursery) -> None:
    """Threats, logs: the words may be those of a return."""
    with pytest.raises(UnreadableError, match="KeyError") as caught:
        nursery.run(b"error", "reply.docx")
    assert "secret" not in str(caught.value)


def test_words_of_an_error_hold_nothing_that_moves_a_cursor() -> None:
    """A child may be under a stranger's control."""
    from pipeline.bounded import answers

    assert str(answers.error(answers.unreadable("corrupt", "\x1b[2J wiped\r\n"))) == " [2J wiped  "
    assert answers.error(b'{"reason": "no-such-word", "message": "", "hint": ""}').reason == "crashed"
    assert answers.error(b"[" * 100_000).reason == "crashed"


@LINUX
def test_a_child_that_broke_off_is_tried_once_more_and_no_other(tmp_path: Path) -> None:
    """Threats: at most one retry; none of what takes too long."""
    counted = Work("tests.bounded.counting:set_up", "tests.bounded.counting:run")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as counter:
        counter.bind(str(tmp_path / "counter"))
        counter.setblocking(False)
        for fault, tries in (("segfault", 2), ("killed", 2), ("hang", 1), ("error", 1), ("allocate", 1)):
            with Nursery(Work(counted.setup, counted.run, str(tmp_path / "counter")), BOUNDS) as nursery:
                ending(nursery, fault)
            assert len(list(received(counter))) == tries, fault


def received(counter: socket.socket) -> Iterator[bytes]:
    """Yield what has come so far."""
    while True:
        try:
            yield counter.recv(100)
        except BlockingIOError:
            return


@LINUX
def test_a_child_reaches_no_network(nursery: Nursery) -> None:
    """Law 11. The listener is on this very machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        assert nursery.run(f"connect {listener.getsockname()[1]}".encode(), "reply.docx") == b"refused"
        with pytest.raises(BlockingIOError):
            listener.accept()


@LINUX
def test_a_child_writes_nothing_outside_its_own_folder(nursery: Nursery, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    for path in (tmp_path / "marker", Path("/dev/shm/marker"), Path("/tmp/marker")):
        nursery.run(f"write {path}".encode(), "reply.docx")
        assert not path.exists()
    assert nursery.run(b"write here", "reply.docx") == b"written"


@LINUX
def test_a_child_sees_no_secret_and_leaves_nothing_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a folder that it made hard to remove."""
    monkeypatch.setenv("PROFORMA_SMTP_PASSWORD", "hunter2")
    with Nursery(WORK, BOUNDS) as nursery:
        for _turn in range(2):
            said = nursery.run(b"surroundings", "reply.docx").decode()
            assert "hunter2" not in said
            home = Path(dict(line.split("=", 1) for line in said.splitlines())["HOME"])
            assert not home.exists()


@LINUX
def test_what_a_child_cuts_loose_dies_with_it(nursery: Nursery, tmp_path: Path) -> None:
    """A double fork in a session of its own: its heart has stopped before the next document is read."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "heart"))
        listener.setblocking(False)
        assert nursery.run(f"fork {tmp_path / 'heart'}".encode(), "reply.docx") == b"went on"
        nursery.run(b"answer_large 3", "next.docx")
        assert list(received(listener)) != []
        assert ending(nursery, "hang") == "timeout"
        assert list(received(listener)) == []


@LINUX
def test_a_nursery_that_is_killed_starts_again(nursery: Nursery) -> None:
    """By whatever ran out of memory on the whole machine, say."""
    nursery.run(b"answer_large 3", "reply.docx")
    assert my_nurseries() != []
    for victim in my_nurseries():
        os.kill(victim, signal.SIGKILL)
    assert nursery.run(b"answer_large 3", "reply.docx") == b"xxx"


def my_nurseries() -> list[int]:
    """Return the nurseries that this process started."""
    listed = subprocess.run(["ps", "-ww", "-o", "pid,args", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "pipeline.bounded.cradle" in line]


@LINUX
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_when_the_program_ends_no_process_is_left(sent: signal.Signals) -> None:
    """Interrupted, ended or killed in the middle of a document that hangs."""
    code = "from tests.bounded.test_nursery import *; Nursery(WORK, Bounds(seconds=100)).run(b'run_a_program', 'reply.docx')"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True) as program:
        assert eventually(lambda: any("sleep 3600" in line for line in descendants(program.pid)))
        mine = {line.split()[0] for line in descendants(program.pid)}
        os.killpg(program.pid, sent)
    assert eventually(lambda: not any(Path("/proc", pid).exists() for pid in mine))


def descendants(process: int) -> list[str]:
    """Return the processes below one, however deep, as `ps` lists them."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    below, found = {str(process)}, list[str]()
    for _depth in range(6):
        found = [line for line in listed if line.split()[1] in below]
        below |= {line.split()[0] for line in found}
    return found


def test_a_setup_that_fails_says_why() -> None:
    with pytest.raises(NurseryError, match=r"tests\.no_such_module"), Nursery(Work("tests.no_such_module:set_up", "builtins:repr")):
        pass


@LINUX
def test_here_everything_is_bounded() -> None:
    """On Linux as the tests know it. Elsewhere the sentences are for the officer."""
    assert unbounded() == ()


@pytest.mark.parametrize("polls", [True, False])
def test_without_forking_the_clock_still_rules(polls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: a document that hangs takes its process with it, and the next one gets another."""
    monkeypatch.setattr(the_system, "POLLS", polls)
    with Nursery(WORK, BOUNDS, forks=False) as nursery:
        assert nursery.unbounded == the_system.NOTHING
        assert [ending(nursery, fault) for fault in ("hang", "error", "segfault", "unreadable")] == [
            "timeout",
            "crashed",
            "crashed",
            "encrypted",
        ]
        assert nursery.run(b"answer_large 3", "reply.docx") == b"xxx"
