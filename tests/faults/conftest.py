"""A round that is to be taken in, and what an undisturbed run makes of it."""

from pathlib import Path

import pytest

from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import fill
from tests.faults.taking_in import take_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a round with its inbox filled and no store."""
    fill(tmp_path / "inbox")
    return tmp_path


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return what an undisturbed run keeps."""
    folder = tmp_path_factory.mktemp("undisturbed")
    fill(folder / "inbox")
    take_in(folder)
    return what_is_kept(folder)
