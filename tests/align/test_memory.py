"""Laying a return against the blank leaves nothing behind that only the garbage collector finds."""

import gc
from collections.abc import Iterator

import pytest

from pipeline import read
from pipeline.align import align
from tests.align.returns import answered, desk


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """Let nothing but reference counts free memory for a while."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("copies", [0, 2])
def test_no_cycle_of_references_keeps_a_return_in_memory(copies: int) -> None:
    document = read.document(read.Source(answered(copied="priorities[2]", copies=copies)))
    align(document, desk().layout)
    gc.collect()

    align(document, desk().layout)

    assert gc.collect() == 0
