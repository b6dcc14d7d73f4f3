"""An open, empty store for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a fresh store in a folder of its own."""
    with Store.open(tmp_path) as opened:
        yield opened
