"""A paper is made again only where something that it is made from has changed, and what a person wrote into one is kept."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from pipeline.merge import merge
from pipeline.model.findings import Finding, Severity
from pipeline.model.plans import Plan
from pipeline.publish import papers, portable, workbook
from pipeline.publish.files import BY_HAND, LIST, kept, left_alone, put, shorten, stand
from pipeline.publish.papers import publish
from pipeline.tools import libreoffice
from tests.builders import KIT
from tests.publish.returns import a_round_of_nine, nine_records

PAPERS = ("Annex 1.docx", "Annex 1.xlsx", "Committee paper.docx", "Delivery plan.docx")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the papers that are made, one after the other."""
    names: list[str] = []
    write, write_workbook = papers.Report.write, workbook.write_workbook

    def noted(report: papers.Report, *more: object) -> None:
        names.append(f"{report.name}.docx")
        write(report, *more)  # type: ignore[arg-type]

    def noted_workbook(target: object, plan: Plan, *, draft: bool) -> None:
        names.append("Annex 1.xlsx")
        write_workbook(target, plan, draft=draft)  # type: ignore[arg-type]

    monkeypatch.setattr(papers.Report, "write", noted)
    monkeypatch.setattr(papers, "write_workbook", noted_workbook)
    return names


def a_plan(**changes: object) -> Plan:
    """Return the plan of nine records."""
    return merge(a_round_of_nine(**changes), nine_records())


def visible(folder: Path) -> list[str]:
    """Return the names of the files that a person sees in a folder."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_papers_whose_makings_are_the_same_are_not_made_again(tmp_path: Path, made: list[str]) -> None:
    before = publish(a_plan(), tmp_path, made_from="as it was")
    assert sorted(made) == list(PAPERS)
    made.clear()
    assert publish(a_plan(), tmp_path, made_from="as it was") == before
    assert made == []


def test_papers_of_which_nobody_says_what_they_were_made_from_are_always_made(tmp_path: Path, made: list[str]) -> None:
    publish(a_plan(), tmp_path)
    publish(a_plan(), tmp_path)
    assert sorted(made) == sorted([*PAPERS, *PAPERS])


def test_a_new_return_or_decision_makes_every_paper_again(tmp_path: Path, made: list[str]) -> None:
    publish(a_plan(), tmp_path, made_from="as it was")
    made.clear()
    publish(a_plan(), tmp_path, made_from="one more return")
    assert sorted(made) == list(PAPERS)


def test_another_word_in_the_round_makes_every_paper_again(tmp_path: Path, made: list[str]) -> None:
    publish(a_plan(), tmp_path, made_from="as it was")
    made.clear()
    publish(a_plan(name="Another name"), tmp_path, made_from="as it was")
    assert sorted(made) == list(PAPERS)


def test_a_return_that_left_the_inbox_makes_the_papers_that_linked_to_it_again(tmp_path: Path, made: list[str]) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "return.docx").write_bytes(b"a return")
    publish(a_plan(folder=tmp_path), tmp_path / "out", made_from="as it was")
    made.clear()
    (inbox / "return.docx").unlink()
    publish(a_plan(folder=tmp_path), tmp_path / "out", made_from="as it was")
    assert sorted(made) == list(PAPERS)


def test_papers_that_nobody_has_read_are_not_taken_for_papers_that_are_right(tmp_path: Path, made: list[str]) -> None:
    plan = replace(a_plan(), findings=(Finding("late", Severity.QUERY, "", "Is it late?", "safer-communities"),))
    assert plan.draft
    publish(plan, tmp_path, made_from="as it was")
    made.clear()
    publish(plan, tmp_path, (), made_from="as it was")
    assert sorted(made) == list(PAPERS)


def test_an_edited_master_makes_its_own_paper_again_and_no_other(tmp_path: Path, made: list[str]) -> None:
    kit = shutil.copytree(KIT, tmp_path / "kit")
    publish(a_plan(kit=kit), tmp_path / "out", made_from="as it was")
    made.clear()
    shutil.copy(kit / "plan.docx", kit / "paper.docx")
    publish(a_plan(kit=kit), tmp_path / "out", made_from="as it was")
    assert made == ["Committee paper.docx"]


def test_a_paper_that_is_not_there_is_made_again(tmp_path: Path, made: list[str]) -> None:
    publish(a_plan(), tmp_path, made_from="as it was")
    made.clear()
    (tmp_path / "Annex 1.xlsx").unlink()
    publish(a_plan(), tmp_path, made_from="as it was")
    assert made == ["Annex 1.xlsx"]
    assert visible(tmp_path) == list(PAPERS)


def test_a_paper_that_was_edited_by_hand_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path, made_from="as it was")
    paper = tmp_path / "Committee paper.docx"
    ours = paper.read_bytes()
    for number, edited in enumerate((b"the officer's words", b"more of them"), 1):
        paper.write_bytes(edited)
        before = stand(tmp_path)
        written = publish(a_plan(), tmp_path, made_from="as it was")
        beside = paper.with_stem(f"Committee paper{BY_HAND}{'' if number == 1 else f' {number}'}")
        assert list(kept(tmp_path, before)) == [beside]
        assert beside.read_bytes() == edited
        assert paper.read_bytes() == ours
        assert left_alone(written, before) == frozenset(written) - {paper}


def test_what_a_person_put_where_a_paper_goes_is_kept(tmp_path: Path) -> None:
    (tmp_path / "Delivery plan.docx").write_bytes(b"last year's plan, put here by hand")
    publish(a_plan(), tmp_path, made_from="as it was")
    assert (tmp_path / f"Delivery plan{BY_HAND}.docx").read_bytes() == b"last year's plan, put here by hand"


def test_our_own_older_paper_is_kept_by_nobody(tmp_path: Path) -> None:
    older = tmp_path / "older"
    publish(a_plan(), tmp_path / "out", made_from="as it was")
    shutil.copytree(tmp_path / "out", older)
    publish(a_plan(name="Another name"), tmp_path / "out", made_from="another name")
    for paper in PAPERS:
        shutil.copy(older / paper, tmp_path / "out" / paper)
    publish(a_plan(name="A third name"), tmp_path / "out", made_from="a third name")
    assert visible(tmp_path / "out") == list(PAPERS)


def test_what_is_written_over_a_paper_later_is_made_of_the_same(tmp_path: Path) -> None:
    """Page numbers come into a paper after it was made, and are no reason to make it again."""
    paper = tmp_path / "paper.docx"
    put(paper, lambda file: file.write(b"without numbers"), "these-returns")  # type: ignore[arg-type]
    put(paper, lambda file: file.write(b"with numbers"))  # type: ignore[arg-type]
    put(paper, lambda file: file.write(b"never called"), "these-returns")  # type: ignore[arg-type]
    assert paper.read_bytes() == b"with numbers"


def test_two_programs_that_publish_at_once_each_write_a_whole_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "paper.docx"

    def slowly(file: IO[bytes]) -> None:
        file.write(b"one ")
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", lambda: 0)
            put(paper, lambda file: file.write(b"another"))  # type: ignore[arg-type]
            assert paper.read_bytes() == b"another"
        file.write(b"whole")

    put(paper, slowly)
    assert paper.read_bytes() == b"one whole"


def test_a_broken_list_loses_no_words(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path, made_from="as it was")
    (tmp_path / LIST).write_bytes(b"\xff\n\nnothing of use\n")
    (tmp_path / "Annex 1.docx").write_bytes(b"the officer's words")
    publish(a_plan(), tmp_path, made_from="as it was")
    assert (tmp_path / f"Annex 1{BY_HAND}.docx").read_bytes() == b"the officer's words"
    assert len(visible(tmp_path)) == len(PAPERS) + 1


def test_a_folder_that_holds_no_papers_gets_no_list(tmp_path: Path) -> None:
    put(tmp_path / "answers.csv", lambda file: file.write(b"a"))  # type: ignore[arg-type]
    put(tmp_path / "answers.csv", lambda file: file.write(b"b"))  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["answers.csv"]


def saying(text: str) -> Callable[[IO[bytes]], None]:
    """Return what writes a file of some words."""

    def write(file: IO[bytes]) -> None:
        file.write(text.encode())

    return write


def test_the_list_keeps_the_newest_lines_of_each_paper(tmp_path: Path) -> None:
    for number in range(70):
        put(tmp_path / "Plan.docx", saying(str(number)), listed=True)
    put(tmp_path / "Annex 1.docx", saying("annex"), listed=True)
    lines = (tmp_path / LIST).read_text().splitlines()
    assert len(lines) == 71
    shorten(tmp_path)
    kept_lines = (tmp_path / LIST).read_text().splitlines()
    assert kept_lines == lines[-21:]
    shorten(tmp_path)
    assert (tmp_path / LIST).read_text().splitlines() == kept_lines
    shorten(tmp_path / "not there")


def test_a_paper_is_still_ours_when_the_list_was_shortened(tmp_path: Path) -> None:
    for number in range(70):
        put(tmp_path / "Plan.docx", saying(str(number)), listed=True)
    shorten(tmp_path)
    put(tmp_path / "Plan.docx", saying("new"))
    assert visible(tmp_path) == ["Plan.docx"]


def test_another_libreoffice_or_another_font_makes_a_pdf_again(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = []
    for edition in ("7.4", "24.2"):
        monkeypatch.setattr(portable, "edition", lambda said=edition: said)
        marks.append(portable._mark(b"paper", "LibreOffice"))
    assert marks[0] != marks[1]


def test_the_edition_of_libreoffice_is_told_by_its_build_and_the_fonts_it_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, fonts = tmp_path / "program", tmp_path / "fonts"
    for folder in (program, fonts):
        folder.mkdir()
    monkeypatch.setattr(libreoffice, "found", lambda: str(program / "soffice"))
    monkeypatch.setattr(libreoffice, "_FONTS", (fonts,))
    said = []
    for change in (program / "versionrc", fonts / "House.ttf"):
        said.append(libreoffice.edition.__wrapped__())
        change.write_text("new")
    assert len({*said, libreoffice.edition.__wrapped__()}) == 3
