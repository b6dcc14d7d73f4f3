"""No trap is without a test, and the table of README.md says where each is held."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
TABLE = Path(__file__).with_name("README.md")

MOST = {"A000": 8, "A001": 11, "A002": 10, "A003": 17, "A004": 5}
"""How many traps each source document has."""
TRAPS = [f"{document}-T{at}" for document, most in MOST.items() for at in range(1, most + 1)]


@cache
def naming() -> dict[str, set[str]]:
    """Return for each trap the test files that name it: folder and name, without the ending."""
    found: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for trap in re.findall(r"\bA00\d-T\d+\b", path.read_text(encoding="utf-8")):
            found.setdefault(trap, set()).add(path.relative_to(TESTS).with_suffix("").as_posix())
    return found


def listed() -> Iterator[tuple[str, set[str]]]:
    """Yield the rows of the table: the trap, and where it is held."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| A00"):
            trap, _, held = (part.strip() for part in line.strip("|").split("|"))
            yield trap, set(held.split(", "))


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_a_test_that_names_it(trap: str) -> None:
    assert naming().get(trap)


def test_no_test_names_a_trap_that_does_not_exist() -> None:
    assert set(naming()) - set(TRAPS) == set()


def test_the_table_lists_every_trap_and_the_tests_that_hold_it() -> None:
    table = dict(listed())
    assert list(table) == TRAPS
    assert {trap: held - naming()[trap] for trap, held in table.items() if held - naming()[trap]} == {}
