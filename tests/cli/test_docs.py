"""The pages for people name everything that the program can say, and lead nowhere that is not there."""

import re
from pathlib import Path

import pytest

from pipeline.model.contract import reading_as_json
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.records import Record, State
from pipeline.publish.data import COLUMNS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(path: Path) -> None:
    """A page that names a file of the repository names one that exists."""
    text = path.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    wrong = [link for link in links if link and "://" not in link and not (path.parent / link).exists()]
    wrong += [name for name in re.findall(r"\b(?:docs|tests|pipeline)/[\w/.]+\.\w+", text) if not (ROOT / name).exists()]
    assert wrong == []


def test_every_reason_is_explained() -> None:
    """Design: `reason` is one of a closed, documented list of words."""
    assert [reason for reason in Reason if f"`{reason}`" not in page("reading.md")] == []


def test_every_note_is_explained() -> None:
    """docs/reading.md lists the codes of notes."""
    sources = [
        path.read_text(encoding="utf-8")
        for room in ("read", "interpret", "align", "envelopes", "desk")
        for path in (ROOT / "pipeline" / room).rglob("*.py")
    ]
    codes = {code for source in sources for code in re.findall(r"Note\(\s*\"([a-z-]+)\"", source)}
    assert codes
    assert [code for code in sorted(codes) if f"`{code}`" not in page("reading.md")] == []


def test_every_key_of_the_contract_is_explained() -> None:
    """docs/json.md follows the contract, and its columns are those of the export."""
    keys = reading_as_json(Record("reply.docx", "", "docx", Outcome.READ))
    assert [key for key in keys if f"`{key}`" not in page("json.md")] == []
    assert [state.value for state in State if f"`{state.value}`" not in page("json.md")] == []
    assert [column for column in COLUMNS if f"`{column}`" not in page("json.md")] == []
