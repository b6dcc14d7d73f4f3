"""What one document may cost, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process that reads one document may cost. Counted by the operating system, not by the reader."""

    seconds: float = 20
    """From the bytes being handed over to the answer, by a clock that nobody can set."""
    cpu_seconds: int = 40
    """Of one process, all its threads together."""
    memory_bytes: int = 2**30
    """Address space of the child. A library that maps more than it uses, such as onnxruntime (830 MB), needs as much on top."""
    program_memory_bytes: int = 4 * 2**30
    """What a program that the child runs may raise its own bound to: LibreOffice asks for 1.3 GiB before it reads a word."""
    written_bytes: int = 256 * 2**20
    """Of one file; where the child has a disk of its own, of all its files together."""
    answer_bytes: int = 64 * 2**20
    open_files: int = 256
    processes: int = 512
    """Threads count. Holds where the child has a user namespace of its own: elsewhere it would count the officer's programs."""


USUAL = Bounds()


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each document, by names that any process can import.

    The callables have the shapes `setup(given) -> desk` and `run(desk, data, name) -> bytes`.
    """

    setup: str
    """`module:function`; called once, with `given`, before the first document. It is trusted: no bound holds for it."""
    run: str
    """`module:function`; called in a child of its own for each document.
    Raises `UnreadableError`, which the caller gets as it is."""
    given: object = None
    """Plain data for the setup. It is pickled on the way in; nothing that is pickled ever comes out."""
    patience: str = ""
    """`module:function`, of the shape `patience(data) -> int`: how many times the usual clock a document has. It runs outside the wall,
    so it looks at the first bytes and the length and parses nothing."""

    def bounds(self, usual: Bounds, data: bytes) -> Bounds:
        """Return what one document may cost."""
        times = int(named(self.patience)(data)) if self.patience else 1
        return usual if times == 1 else replace(usual, seconds=usual.seconds * times, cpu_seconds=usual.cpu_seconds * times)


def named(name: str) -> Callable[..., Any]:
    """Return what `module:function` names.

    Raises:
        ImportError, AttributeError: there is no such module or function.
    """
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
