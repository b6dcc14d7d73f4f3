"""What a paper is made from: one word that is another as soon as anything differs that it could show.

Knows nothing of what a paper says. What the store holds has a name of its own, so that nothing large is looked through.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.model.flaws import Flaw
from pipeline.model.plans import Plan

_LIBRARIES = ("docxtpl", "Jinja2", "lxml", "XlsxWriter")
"""What writes papers besides this program."""


class Makings:
    """What the papers of a plan are made from.

    Args:
        plan: the plan.
        flaws: what its papers say is wrong with them.
        state: names the state of what it was merged from; empty where that is not known.
    """

    def __init__(self, plan: Plan, flaws: Sequence[Flaw], state: str) -> None:
        self._state = state
        self._known = (
            sha256(repr((_program(), state, plan.round, plan.findings, plan.overrides, flaws)).encode("utf-8", "replace"))
            if state
            else None
        )

    def of(self, master: Path | None = None) -> str:
        """Return the word for the paper of a master, or for one without; empty where it is not known."""
        if self._known is None:
            return ""
        whole = self._known.copy()
        if master is not None:
            whole.update(master.read_bytes())
        return whole.hexdigest()[:32]


@cache
def _program() -> tuple[object, ...]:
    """Return what differs between two programs: versions, and the files of this one, which change more often than its version."""
    folder = Path(pipeline.__file__).parent
    files = sorted((str(path.relative_to(folder)), path.stat()) for path in folder.rglob("*.py"))
    return (*map(version, _LIBRARIES), *((name, stat.st_size, stat.st_mtime_ns) for name, stat in files))
