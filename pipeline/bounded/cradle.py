"""The nursery's own process: it sets up once, then gives each document a child that is bounded, watched and cleared away.

It trusts the caller and the setup, and nobody else: an answer is handed on as bytes, and only if a child may give such a one.
Where there is no forking the documents are read here, and only the caller's clock bounds them.
"""

import gc
import os
import pickle
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from pipeline.bounded import answers, system
from pipeline.bounded.bounds import Bounds, Work, named
from pipeline.bounded.child import answer
from pipeline.bounded.frames import HEAD, TooLongError, length, receive, send

MOST = 2**30
"""Bytes of what the caller sends; the caller bounds what it takes in."""

_QUIET = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Side by side means a worker for each core, so libraries are to use one thread; and a process with one thread can be copied."""

_GARBAGE = 200_000
"""Objects before a child looks for garbage: one document makes fewer, and to look is to copy memory that it shares with the nursery."""

_LAST_WORDS_S = 0.5
"""Between a child's closing its end of the pipe and its being gone."""


class Talk(NamedTuple):
    """The two ends over which the caller is spoken to."""

    heard: int
    said: int


def main() -> None:
    """Serve a caller over standard input and output until it goes away."""
    talk = Talk(os.dup(0), os.dup(1))
    _silence()
    os.environ |= dict.fromkeys(_QUIET, "1")
    work, bounds, forks = pickle.loads(receive(talk.heard, MOST))  # noqa: S301 – from the caller, before any document
    without = system.wall_off(bounds) if forks else system.NOTHING
    try:
        run = _set_up(work)
    except Exception:
        send(talk.said, answers.FAILED + traceback.format_exc().encode())
        return
    gc.collect()
    gc.freeze()
    if forks:
        system.limited(bounds)
    send(talk.said, answers.READY + "\n".join(without).encode())
    with suppress(EOFError, BrokenPipeError):
        if forks:
            _serve_children(run, lambda data: work.bounds(bounds, data), talk)
        else:
            _serve_here(run, bounds, talk)


def _silence() -> None:
    """Let nothing that a parser prints go anywhere, and nothing that it asks for be answered."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _set_up(work: Work) -> Callable[[bytes, str], bytes]:
    desk, run = named(work.setup)(work.given), named(work.run)
    return lambda data, name: run(desk, data, name)


def _request(talk: Talk) -> tuple[str, bytes]:
    """Return the name and the bytes of the next document.

    Raises:
        EOFError: the caller wants no more.
    """
    return receive(talk.heard, MOST).decode("utf-8", "surrogatepass"), receive(talk.heard, MOST)


def _serve_here(run: Callable[[bytes, str], bytes], bounds: Bounds, talk: Talk) -> None:
    while True:
        name, data = _request(talk)
        send(talk.said, answer(run, data, name, bounds))


def _serve_children(run: Callable[[bytes, str], bytes], cost: Callable[[bytes], Bounds], talk: Talk) -> None:
    home = Path(tempfile.mkdtemp(prefix="proforma-", dir=system.SCRATCH if system.SCRATCH.is_dir() else None))
    try:
        while _one_child(run, cost, talk, home):
            pass
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _one_child(run: Callable[[bytes, str], bytes], cost: Callable[[bytes], Bounds], talk: Talk, home: Path) -> bool:
    """Serve one document.

    Returns:
        False where something of the child is left that cannot be cleared away: this process ends, and another takes its place.
    """
    name, data = _request(talk)
    bounds = cost(data)
    own = home / "document"
    own.mkdir(mode=0o700)
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        _be_a_child(run, data, name, bounds, own, into)
    os.close(into)
    gone = False
    try:
        said = _watch(child, out, talk.heard, bounds)
        send(talk.said, said)
    finally:
        os.close(out)
        gone = system.sweep(child)
    with suppress(OSError):
        own.rmdir()
    if own.exists():
        shutil.rmtree(own, ignore_errors=True)
    return gone and not own.exists()


def _be_a_child(run: Callable[[bytes, str], bytes], data: bytes, name: str, bounds: Bounds, own: Path, into: int) -> NoReturn:
    """Read one document, answer and end. Nothing is open but the pipe for the answer."""
    try:
        gc.set_threshold(_GARBAGE)
        os.dup2(into, 3)
        os.closerange(4, 2**20)
        system.bind(bounds)
        os.environ |= {"HOME": str(own), "TMPDIR": str(own)}
        tempfile.tempdir = str(own)
        os.chdir(own)
        send(3, answer(run, data, name, bounds))
    finally:
        os._exit(0)


def _watch(child: int, out: int, heard: int, bounds: Bounds) -> bytes:
    """Return what a child answers, or how it ended.

    Raises:
        EOFError: the caller went away meanwhile.
    """
    until = time.monotonic() + bounds.seconds
    ended = os.pidfd_open(child)
    poll = select.poll()
    for descriptor in (out, ended, heard):
        poll.register(descriptor, select.POLLIN)
    said = bytearray()
    try:
        while (left := until - time.monotonic()) > 0:
            ready = {descriptor for descriptor, _ in poll.poll(left * 1_000 + 1)}
            if heard in ready:
                raise EOFError
            if out in ready and not _more(out, said):
                return _how_it_ended(child, bounds)
            if _whole(said, bounds):
                return bytes(said[HEAD:]) if said[HEAD : HEAD + 1] in answers.FROM_A_CHILD else _crashed("its answer makes no sense")
            if ended in ready and out not in ready:
                return _how_it_ended(child, bounds)
    except TooLongError:
        return answers.ENDED + answers.memory(bounds.answer_bytes)
    finally:
        os.close(ended)
    return answers.ENDED + answers.timeout(bounds.seconds)


def _more(out: int, said: bytearray) -> bool:
    part = os.read(out, 2**20)
    said += part
    return bool(part)


def _whole(said: bytearray, bounds: Bounds) -> bool:
    """Say whether an answer is complete.

    Raises:
        TooLongError: it never may be.
    """
    return len(said) >= HEAD and len(said) - HEAD >= length(bytes(said[:HEAD]), bounds.answer_bytes)


def _how_it_ended(child: int, bounds: Bounds) -> bytes:
    """Return why a child ended without an answer, from what the operating system says of it."""
    system.wait_for(child, _LAST_WORDS_S)
    ended, status, used = os.wait4(child, os.WNOHANG)
    if not ended:
        return _crashed("it answers no more")
    code = os.waitstatus_to_exitcode(status)
    if -code == signal.SIGXCPU or used.ru_utime + used.ru_stime >= bounds.cpu_seconds:
        return answers.ENDED + answers.timeout(bounds.cpu_seconds)
    if used.ru_maxrss * 1024 > bounds.memory_bytes * 3 / 4:
        return answers.ENDED + answers.memory(bounds.memory_bytes)
    if -code == signal.SIGKILL:
        return _crashed("it was stopped from outside, by somebody or by a computer that is short of memory")
    return _crashed(signal.Signals(-code).name if code < 0 else f"it left with code {code}")


def _crashed(how: str) -> bytes:
    return answers.ENDED + answers.crashed(how)


if __name__ == "__main__":
    main()
