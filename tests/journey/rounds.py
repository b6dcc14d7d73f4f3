"""Rounds that tests take through the whole journey."""

import shutil
from functools import cache
from pathlib import Path

from pipeline.flow import Desk
from pipeline.model.rounds import Round
from pipeline.rounds.loading import load_round
from tests.builders import a_round

ROOT = Path(__file__).parent.parent.parent
"""The repository, in which the sample round lies."""


@cache
def a_desk() -> Desk:
    """Return the desk of a small round with one partnership."""
    return Desk(a_round())


def sample_round(folder: Path) -> Round:
    """Copy the sample round with its returns into a folder, and load it there."""
    for name in ("round.yaml", "partnerships.xlsx"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("inbox", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return load_round(folder)
