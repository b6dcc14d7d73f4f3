"""What a kit says of another council's plan, or of another year."""

from pathlib import Path

import pytest

from pipeline.desk.mastering import check_kit
from pipeline.desk.other_rounds import of_other_rounds
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.blanks.documents import changed

ROOT = Path(__file__).parent.parent.parent


def told(folder: Path) -> list[str]:
    return list(of_other_rounds(load_round(folder)))


@pytest.mark.parametrize("kit", ["priorities", "update"])
def test_a_new_round_says_nothing_of_another(kit: str, tmp_path: Path) -> None:
    init_round(tmp_path, kit)
    assert told(tmp_path) == []


def test_the_sample_round_may_name_its_own_plan() -> None:
    assert told(ROOT) == []


def test_a_master_that_names_another_councils_plan_is_warned_of(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    changed(
        tmp_path / "templates" / "priorities" / "proforma.docx",
        lambda document: document.replace(">What we ask<", ">What Oxfordshire 2030 asks<"),
    )
    (line,) = told(tmp_path)
    where = "proforma.docx, “What Oxfordshire 2030 asks”"
    assert (
        line
        == f"{where} – it says “Oxfordshire 2030”, and round.yaml does not: another round’s? – write this round’s own, or put a tag there"
    )
    assert [fault.line for fault in check_kit(load_round(tmp_path)) if fault.kind == "warning"] == [line]


def test_a_form_and_a_mail_text_that_name_one_are_warned_of_too(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    kit = tmp_path / "templates" / "priorities"
    form = (kit / "form.yaml").read_text(encoding="utf-8")
    (kit / "form.yaml").write_text(form.replace('heading: "{words.theme}"', "heading: Oxon 2030 Theme"), encoding="utf-8")
    mail = (kit / "mail" / "query.txt").read_text(encoding="utf-8")
    (kit / "mail" / "query.txt").write_text(f"{mail}\nThe plan of 1998 stands.\n", encoding="utf-8")
    first, second = told(tmp_path)
    assert "form.yaml – it says “Oxon 2030 Theme”" in first
    assert f"mail/query.txt, line {len(mail.splitlines()) + 2} – it says “1998”" in second


def test_a_year_that_the_round_has_and_a_law_are_nobodys_name(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    text = "From April 2026 to March 2029, under the Local Government Act 1972."
    changed(
        tmp_path / "templates" / "priorities" / "proforma.docx",
        lambda document: document.replace(">What we ask<", f">{text}<"),
    )
    assert told(tmp_path) == []
