"""Show that work is going on: on standard error, and only where that is a terminal."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def watched(items: Iterable[T], doing: str, total: int) -> Iterator[T]:
    """Yield the items while a bar shows how many there have been.

    Args:
        items: made one by one, which takes its time.
        doing: what is going on: "Reading returns".
        total: how many there will be.
    """
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, doing, total, console=Console(stderr=True), transient=True)


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Show that one long piece of work is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(doing):
        yield
