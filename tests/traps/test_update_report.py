"""The report of the quarter: nine updates become one document with one table a partnership, as source document 003 is."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from pipeline.blanks.masters import check_master
from pipeline.flow import generate, read_return
from pipeline.grammar.texts import tidy
from pipeline.merge.plan import merge
from pipeline.model.documents import Cell, Document, Paragraph
from pipeline.model.forms import PlanLayout
from pipeline.publish.papers import publish
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.documents import read
from tests.traps.updates import KEYS, KIT, LISTS, lines, returned, update_desk, update_form, update_round, updates

NOT_GIVEN = ["Not given"]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the papers of the nine updates."""
    round_ = replace(update_round(), narrative={"purpose": "To report.", "recommendation": "- To note the updates."})
    records = [read_return(returned(update), f"{update['Partnership']}.docx", update_desk())[0] for update in updates()]
    folder = tmp_path_factory.mktemp("papers")
    publish(merge(round_, records), folder)
    return folder


def shown(cell: Cell) -> list[str]:
    """Return the paragraphs of a cell, a line each."""
    return [line for block in cell.blocks if isinstance(block, Paragraph) for line in block.text.splitlines() if line]


def report(papers: Path) -> Document:
    """Return the report as a reader sees it."""
    return read((papers / "Delivery plan.docx").read_bytes())


def test_the_report_has_one_table_a_partnership_with_the_eight_answers_of_each(papers: Path) -> None:
    """A003-19, A003-P1: in the order of the register. A003-16: “N/A” stands as written, where it is no row of a list."""
    tables = [table for table in report(papers).tables() if shown(table.rows[0].cells[0]) == ["Chairman"]]
    assert len(tables) == len(updates())
    for table, update in zip(tables, updates(), strict=True):
        assert [shown(row.cells[0]) for row in table.rows] == [[label] for label in KEYS]
        for row, label in zip(table.rows, KEYS, strict=True):
            wanted = lines(update, label)
            none = not wanted or (wanted[0].upper() == "N/A" and KEYS[label] in LISTS)
            expected = NOT_GIVEN if none else wanted
            assert tidy(" ".join(shown(row.cells[1]))) == " ".join(expected)


def test_each_table_stands_under_the_name_of_its_partnership(papers: Path) -> None:
    headings = [block.text for block in report(papers).blocks if isinstance(block, Paragraph) and block.heading]
    assert [name for name in headings if name.endswith(("Partnership", "Board"))] == [known.name for known in update_round().partnerships]


def test_an_na_that_stood_for_a_list_is_among_the_further_words(papers: Path) -> None:
    """A003-16."""
    lists = [table for table in report(papers).tables() if shown(table.rows[0].cells[0]) == ["In answer to"]]
    assert {tuple(shown(row.cells[1])) for table in lists for row in table.rows[1:]} == {("N/A",), ("N/a",)}


def test_the_annex_is_the_calendar_of_meetings(papers: Path) -> None:
    """A003-13, A003-P3."""
    (table,) = read((papers / "Annex 1.docx").read_bytes()).tables()
    assert [shown(row.cells[-1]) for row in table.rows[1:]] == [lines(update, "Date of last and future meeting") for update in updates()]


@pytest.mark.parametrize("name", ["Delivery plan.docx", "Annex 1.docx", "Committee paper.docx"])
def test_the_papers_are_whole_word_documents(papers: Path, name: str) -> None:
    assert OpenXmlValidator().validate(papers / name).errors == []


def test_the_masters_of_the_kit_can_be_drawn_again(tmp_path: Path) -> None:
    for script, target in (("draw_proforma.py", tmp_path / "proforma.docx"), ("draw_reports.py", tmp_path)):
        subprocess.run([sys.executable, str(KIT / script), str(target)], check=True, timeout=60, cwd=KIT.parent.parent)
    assert check_master(tmp_path / "proforma.docx", update_form()) == ()
    for name in ("proforma.docx", "plan.docx", "annex.docx", "paper.docx"):
        assert (tmp_path / name).read_bytes() == (KIT / name).read_bytes(), f"run: python templates/update/draw_…py ({name})"


def test_a_round_of_updates_can_be_started_and_its_blanks_made(tmp_path: Path) -> None:
    """A003-P1."""
    init_round(tmp_path, "update")
    round_ = load_round(tmp_path)
    assert round_.form.form == "update"
    [(_, blank)] = generate(round_)
    assert check_master(KIT / "proforma.docx", round_.form) == () and blank.suffix == ".docx"


def test_items_that_were_filled_in_from_the_register_and_left_as_they_were_are_in_the_plan() -> None:
    """A003-15: a list whose items the blank brings is no list of spare rows."""
    form = update_form().model_copy(
        update={
            "plan": PlanLayout(of="laa_targets", title="laa_targets.indicator", chapters="partnership", due="", themes="", timeline=None)
        }
    )
    round_ = replace(update_round(), form=form)
    (entry,) = merge(round_, [read_return(returned(updates()[2]), "x.docx", update_desk())[0]]).entries
    assert len(entry.items) == 2
