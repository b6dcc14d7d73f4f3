"""Mail texts, checked before anything is sent."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.post.checking import check_mails
from pipeline.rounds.kit import read_form
from tests.builders import KIT, a_round


def with_text(folder: Path, kind: str, text: str) -> tuple[str, ...]:
    """Return what is wrong with the kit when one of its texts is another."""
    kit = shutil.copytree(KIT, folder / "priorities")
    (kit / "mail" / f"{kind}.txt").write_text(text, encoding="utf-8")
    return check_mails(a_round(kit=kit))


@pytest.mark.parametrize("kit", ["priorities", "update"])
def test_our_own_texts_have_no_mistake_in_any_case_that_they_can_meet(kit: str) -> None:
    round_ = a_round(kit=KIT.parent / kit, form=read_form(KIT.parent / kit)[0])
    assert check_mails(round_) == ()
    assert check_mails(replace(round_, timetable=(), contacts=(), narrative={}, vocabularies={})) == ()


def test_a_name_that_there_is_not_is_told_with_its_line_and_what_there_is(tmp_path: Path) -> None:
    (found,) = with_text(tmp_path, "query", "Subject: Query\n\nDear {{ partnership.chair }},\n\n{{ round.nane }}")
    assert found.startswith("templates/priorities/mail/query.txt, line 5: there is no “nane” here – known are: ")


def test_a_mistake_in_a_branch_that_is_seldom_taken_is_found(tmp_path: Path) -> None:
    text = "Subject: Reminder\n\n{% if not returned and deadline.passed and not asked %}{{ nobody }}{% endif %}"
    (found,) = with_text(tmp_path, "reminder", text)
    assert "there is no “nobody”" in found


def test_a_text_without_a_subject_is_told(tmp_path: Path) -> None:
    (found,) = with_text(tmp_path, "proforma", "Dear all")
    assert "does not begin with its subject" in found


def test_a_text_that_is_missing_is_told(tmp_path: Path) -> None:
    kit = shutil.copytree(KIT, tmp_path / "priorities")
    (kit / "mail" / "acknowledgement.txt").unlink()
    (found,) = check_mails(a_round(kit=kit))
    assert "acknowledgement.txt" in found
