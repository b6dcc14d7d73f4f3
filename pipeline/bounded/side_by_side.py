"""Many documents side by side, over whatever runs functions: a thread pool, a process pool or a cluster.

Each worker, be it a thread or a process, has a nursery of its own. It starts with the worker's first document and ends with the worker.
Documents are asked for as workers become free, so that the caller holds a few of them at a time, however many there are.
"""

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import NamedTuple
from weakref import WeakSet

from pipeline.bounded.bounds import USUAL, Bounds, Work
from pipeline.bounded.nursery import Nursery
from pipeline.errors import UnreadableError

_ours = threading.local()
"""The nursery of this worker, by what it does. A worker is given functions and nothing else, so there is no better place."""
_open: WeakSet[Nursery] = WeakSet()
"""Those of every thread of this process."""


class Item(NamedTuple):
    """One document to be read."""

    name: str
    data: bytes


class _Answer(NamedTuple):
    """What a worker sends back: plain words, which every executor can carry."""

    said: bytes
    reason: str = ""
    message: str = ""
    hint: str = ""


def read_all(
    items: Iterable[Item],
    work: Work,
    executor: Executor,
    *,
    bounds: Bounds = USUAL,
    together: int = 1,
    ahead: int = 0,
) -> Iterator[bytes | UnreadableError]:
    """Do the work on every document, several at a time.

    Args:
        items: the documents; asked for one after the other, never more than are in flight.
        work: what is done with each.
        executor: what runs it. Threads do well on one machine: they only wait while their nurseries read.
        bounds: what each may cost.
        together: how many are handed to a worker at once; more than 1 pays where handing over is dear, as with dask (50).
        ahead: how many such batches are in flight; twice the processors where 0.

    Yields:
        For each document, in the order given: what the work returned, or why there is nothing.

    Raises:
        NurseryError: a nursery cannot be set up.
    """
    waiting: deque[Future[list[_Answer]]] = deque()
    batches = _batches(items, together)
    try:
        for batch in islice(batches, ahead or 2 * (os.cpu_count() or 1)):
            waiting.append(executor.submit(_read, work, bounds, batch))
        while waiting:
            done = waiting.popleft().result()
            for batch in islice(batches, 1):
                waiting.append(executor.submit(_read, work, bounds, batch))
            yield from (UnreadableError(*answer[1:]) if answer.reason else answer.said for answer in done)
    except BaseException:
        _stop(waiting, work, bounds)
        raise


def _stop(waiting: Iterable[Future[list[_Answer]]], work: Work, bounds: Bounds) -> None:
    """Let nobody wait for a document that takes its time, now that nobody asks for it any more."""
    for future in waiting:
        future.cancel()
    for nursery in list(_open):
        if (nursery.work, nursery.bounds) == (work, bounds):
            nursery.stop()


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _read(work: Work, bounds: Bounds, batch: list[Item]) -> list[_Answer]:
    """Read some documents, in whatever worker this runs."""
    return [_answer(_nursery(work, bounds), item) for item in batch]


def _nursery(work: Work, bounds: Bounds) -> Nursery:
    """Return this worker's nursery; work of another kind ends the one before."""
    ours: Nursery | None = getattr(_ours, "nursery", None)
    if ours is None or ours.stopped or (ours.work, ours.bounds) != (work, bounds):
        if ours is not None:
            ours.close()
        ours = _ours.nursery = Nursery(work, bounds)
        _open.add(ours)
    return ours


def _answer(nursery: Nursery, item: Item) -> _Answer:
    try:
        return _Answer(nursery.run(item.data, item.name))
    except UnreadableError as error:
        return _Answer(b"", error.reason, str(error), error.hint)
