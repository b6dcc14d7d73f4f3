"""What a paper is made from: one word that is another as soon as anything differs that it could show.

Knows nothing of what a paper says. What the store holds has a name of its own, so that nothing large is looked through.
"""

import os
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.model.plans import Plan

_LIBRARIES = ("docxtpl", "Jinja2", "lxml", "XlsxWriter", "pypdf", "typst")
"""What writes papers besides this program."""
_OWN = ("*.py", "*.typ", "*.ttf", "*.otf")


class Makings:
    """What the papers of a plan are made from.

    Args:
        plan: the plan.
        standing: what its papers say of themselves: whether they are drafts, and why.
        state: names the state of what it was merged from; empty where that is not known.
    """

    def __init__(self, plan: Plan, standing: Sequence[object], state: str) -> None:
        parts = (program(), state, plan.round, plan.findings, plan.overrides, standing, _inbox(plan.round.inbox))
        self._known = sha256(repr(parts).encode("utf-8", "replace")) if state else None

    def of(self, master: Path | None = None) -> str:
        """Return the word for the paper of a master, or for one without; empty where it is not known."""
        if self._known is None:
            return ""
        whole = self._known.copy()
        if master is not None:
            whole.update(master.read_bytes())
        return whole.hexdigest()[:32]


def _inbox(folder: Path) -> tuple[object, ...]:
    """Return what lies in the inbox: a paper links to the returns that still do, as they were read."""
    try:
        with os.scandir(folder) as listed:
            there = ((one.name, one.stat(follow_symlinks=False)) for one in listed)
            return tuple(sorted((name, stat.st_mode, stat.st_size, stat.st_mtime_ns) for name, stat in there))
    except OSError:
        return ()


@cache
def program() -> str:
    """Return what differs between two programs: the files of this one, its fonts among them, and its libraries."""
    folder = Path(pipeline.__file__).parent
    whole = sha256(repr((pipeline.__version__, *map(version, _LIBRARIES))).encode())
    for path in sorted(path for kind in _OWN for path in folder.rglob(kind)):
        whole.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size} ".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()
