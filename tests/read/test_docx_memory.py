"""Reading a Word document leaves nothing behind: neither what would change the next reading, nor a tree that only the collector finds."""

import gc
from collections.abc import Iterator

import pytest

from tests.documents import control, docx, field, para, read, row, table, text_box

LONG = docx(
    para("Chair: ", control("chair", "Jo")),
    table(row("Name", control("name", "Jo")), row("Tel", field("DATE", "01632 960100"))),
    para("Beside ", text_box("in a box")),
    control("introduction", para("First"), para("Second")),
)


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """Let nothing but reference counts free memory for a while."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_document_reads_the_same_twice() -> None:
    assert read(LONG) == read(LONG)


@pytest.mark.usefixtures("_no_collector")
def test_no_cycle_of_references_keeps_what_was_read_in_memory() -> None:
    read(LONG)
    gc.collect()

    read(LONG)

    assert gc.collect() == 0
