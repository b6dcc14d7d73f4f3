"""What takes long to make of a master and is the same every time, kept between runs.

Compiled templates are code: who can change them can do whatever this program can. So they lie among the compiled modules of this very
package, where who can write could change the program itself, and never in a round, a kit or a store, which people share. Where Python
writes no compiled modules, or may not write there, everything is made anew.

Source: PEP 3147 (where compiled modules lie); Python's documentation of `marshal` (what it reads must be trusted).
"""

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import Any, TypeVar

from pipeline.publish.makings import program

T = TypeVar("T", bound=tuple[Any, ...] | frozenset[str])
MOST = 24
"""Things kept: two for each master of three kits. Older ones make room."""
_ENDING = ".kept"
_DIGEST = 32
"""Bytes of a SHA-256, which tells a file that was cut short from a whole one."""


class Shelf:
    """A folder with what was made before.

    Args:
        folder: trusted as the program's own files are; None where nothing is kept.
        grows: False where nothing is added to it.
    """

    def __init__(self, folder: Path | None, *, grows: bool = True) -> None:
        self._folder = folder
        self._grows = grows

    def kept(self, made_from: tuple[bytes, ...], make: Callable[[], T]) -> T:
        """Return what was made before from the same, by the same program; make it and keep it where there is none.

        Args:
            made_from: all that it depends on, besides the program, its libraries and Python.
            make: makes it, of text, numbers, code, and tuples, sets and dictionaries of such.
        """
        if self._folder is None:
            return make()
        parts = (MAGIC_NUMBER, program().encode(), *made_from)
        path = self._folder / (sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest() + _ENDING)
        try:
            whole = path.read_bytes()
        except OSError:
            whole = b""
        if whole[:_DIGEST] == sha256(whole[_DIGEST:]).digest():
            made: T = marshal.loads(whole[_DIGEST:])  # noqa: S302 - as far as Python trusts its compiled modules
            return made
        made = make()
        if self._grows:
            self._keep(path, marshal.dumps(made))
        return made

    def _keep(self, path: Path, data: bytes) -> None:
        """Write a file that appears whole or not at all; a folder that does not take it is none of the officer's business."""
        passing = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with passing.open("wb") as file:
                file.write(sha256(data).digest() + data)
            passing.replace(path)
            newest_first = sorted(path.parent.glob(f"*{_ENDING}"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
            for old in newest_first[MOST:]:
                old.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                passing.unlink()


NOWHERE = Shelf(None)
"""Keeps nothing."""


def beside_the_program() -> Shelf:
    """Return the shelf among the compiled modules of this package; nothing is added where Python adds none."""
    if sys.implementation.cache_tag is None:
        return NOWHERE
    return Shelf(Path(cache_from_source(__file__)).parent, grows=not sys.dont_write_bytecode)
