"""The caller's side: hand a document to the nursery, get its answer or the reason why there is none.

Not for several threads at once: each has a nursery of its own (`side_by_side`).
"""

import json
import os
import pickle
import subprocess
import sys
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.bounded import answers, system
from pipeline.bounded.bounds import USUAL, Bounds, Work
from pipeline.bounded.frames import TooLongError, receive, send
from pipeline.errors import UnreadableError
from pipeline.model.outcomes import Reason

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from pipeline.bounded.cradle import main; main()"
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_PATH")
"""Of the environment: where programs lie and which language is spoken. No address, no password, no token."""
_SPARING = {"MALLOC_ARENA_MAX": "1"}
"""The C library sets 64 MB of addresses aside for each thread otherwise, and addresses are what a child's memory is bounded by."""
_GRACE_S = 5
"""How much later than the nursery the caller loses patience: the nursery's own clock comes first."""
_SET_UP_S = 120
_GOODBYE_S = 3


class NurseryError(RuntimeError):
    """The nursery itself cannot be set up, or its setup fails. No document is at fault."""


class Nursery:
    """A process that reads documents, each in a child of its own. It starts with the first document, or when the block is entered.

    Args:
        work: what is done with a document.
        bounds: what each may cost, but for the work's patience.
        forks: whether each document has a process of its own, where the operating system can.
    """

    def __init__(self, work: Work, bounds: Bounds = USUAL, *, forks: bool = system.FORKS) -> None:
        self.work = work
        self.bounds = bounds
        self._forks = forks
        self._running: _Running | None = None
        self.stopped = False
        self.unbounded: tuple[str, ...] = ()
        """What this operating system does not bound, a sentence each; known once the nursery has started."""

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the nursery and whatever runs in it. It starts again with the next document."""
        running, self._running = self._running, None
        if running is not None:
            running.end()

    def stop(self) -> None:
        """End the nursery from another thread, in the middle of a document. It does not start again."""
        self.stopped = True
        running = self._running
        if running is not None:
            running.kill()

    def run(self, data: bytes, name: str) -> bytes:
        """Do the work on one document, in a child of its own.

        A document whose child broke off is tried once more; one that took too long or too much is not.

        Args:
            data: the document.
            name: what it was called; for messages.

        Returns:
            What the work returned. It comes from a process that a stranger may have taken over: check it as any input.

        Raises:
            UnreadableError: as the work raised it, or `timeout`, `memory` or `crashed`.
            NurseryError: the nursery cannot be set up, or was stopped.
        """
        said = self._once(data, name)
        if _broke_off(said):
            said = self._once(data, name)
        if said[:1] == answers.SAID:
            return said[1:]
        raise answers.error(said[1:])

    def _once(self, data: bytes, name: str) -> bytes:
        running = self._started()
        self._go_on()
        bounds = self.work.bounds(self.bounds, data)
        try:
            return running.ask(data, name, bounds)
        except (EOFError, OSError, TooLongError):
            self.close()
            self._go_on()
            return answers.ENDED + (answers.timeout(bounds.seconds) if running.late else answers.crashed("its nursery is gone"))
        except BaseException:
            self.close()
            raise

    def _started(self) -> "_Running":
        if self._running is None:
            self._running, self.unbounded = _start(self.work, self.bounds, self._forks)
        return self._running

    def _go_on(self) -> None:
        """Look whether another thread has stopped this; one that stops it later finds a process to kill."""
        if self.stopped:
            self.close()
            raise NurseryError("the reading was stopped")


def unbounded(bounds: Bounds = USUAL) -> tuple[str, ...]:
    """Return what this operating system does not bound, a sentence each."""
    with Nursery(Work("builtins:repr", "builtins:repr"), bounds) as nursery:
        return nursery.unbounded


class _Running:
    """A nursery's process, and the two ends over which it is spoken to."""

    def __init__(self, process: "subprocess.Popen[bytes]", forks: bool) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._into, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._process, self._forks = process, forks
        self.late = False
        """Whether it was killed because an answer took too long."""
        self.end = weakref.finalize(self, _end, process)

    def ask(self, data: bytes, name: str, bounds: Bounds) -> bytes:
        """Send a document and return the answer.

        Raises:
            EOFError, OSError: the nursery is gone.
            TooLongError: it does not speak as it should.
        """
        seconds = bounds.seconds + (_GRACE_S if self._forks else 0)
        return self.within(seconds, (name.encode("utf-8", "surrogatepass"), data), bounds.answer_bytes + 2**20)

    def within(self, seconds: float, messages: tuple[bytes, ...], most: int) -> bytes:
        """Send messages and return the answer; when time runs out the process is killed, and there is none."""
        for message in messages:
            send(self._into, message)
        with system.patience(self._out, seconds, self._lose_patience):
            return receive(self._out, most)

    def kill(self) -> None:
        """End the process at once, and everything in it."""
        self._process.kill()

    def _lose_patience(self) -> None:
        self.late = True
        self.kill()


def _start(work: Work, bounds: Bounds, forks: bool) -> tuple[_Running, tuple[str, ...]]:
    command = [sys.executable, "-P", "-c", _START, json.dumps([path or str(Path.cwd()) for path in sys.path])]
    process = subprocess.Popen(  # noqa: S603 – this very program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={name: value for name, value in os.environ.items() if name in _KEPT} | _SPARING,
        start_new_session=True,
        creationflags=system.OWN_GROUP,
    )
    running = _Running(process, forks)
    try:
        hello = running.within(_SET_UP_S, (pickle.dumps((work, bounds, forks)),), 2**20)
    except (EOFError, OSError, TooLongError) as error:
        running.end()
        raise NurseryError("the process that reads documents could not be started") from error
    except BaseException:
        running.end()
        raise
    if hello[:1] != answers.READY:
        running.end()
        raise NurseryError(f"what reads documents could not be set up:\n{hello[1:].decode(errors='replace')}")
    return running, tuple(hello[1:].decode().split("\n")) if hello[1:] else ()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a nursery: it goes by itself when nobody speaks to it, and is killed where it does not."""
    for end in (process.stdin, process.stdout):
        with suppress(OSError):
            end.close()  # type: ignore[union-attr]
    try:
        process.wait(_GOODBYE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _broke_off(said: bytes) -> bool:
    """Say whether a child was lost, as opposed to one that answered that it cannot go on."""
    if said[:1] != answers.ENDED:
        return False
    error: UnreadableError = answers.error(said[1:])
    return error.reason == Reason.CRASHED
