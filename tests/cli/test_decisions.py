"""Deciding, noting and looking at the board on the command line, as the officer does."""

import json
from pathlib import Path

import pytest

from tests.cli.folders import a_folder, proforma, put_return

REASON = ("--reason", "Agreed by telephone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a round in which Roads has replied and Schools has not."""
    folder = a_folder(tmp_path / "round")
    put_return(folder, "RDS")
    assert proforma(folder, "ingest").exit_code == 0
    return folder


def board(folder: Path, *words: str) -> dict[str, object]:
    said: dict[str, object] = json.loads(proforma(folder, "status", "--json", *words).stdout)
    return said


COMMANDS = (
    ("accept", "RDS"),
    ("correct", "RDS", "priorities[1].lead_officer", "Sam Hill", *REASON),
    ("extend", "SCH", "15 May", *REASON),
    ("decline", "SCH", *REASON),
    ("nil", "Schools Partnership", *REASON),
    ("log", "SCH", "phone", "Rang", "twice", "--on", "2 April"),
    ("sign-off", "RDS"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: str(words[0]))
def test_a_command_said_twice_says_that_it_is_so_already(folder: Path, words: tuple[str, ...]) -> None:
    """Law 7; every command ends with what to do next."""
    first, second = proforma(folder, *words), proforma(folder, *words)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "lready" not in first.stdout
    assert second.stdout.startswith("Already")
    assert first.stderr.strip().rpartition("\n")[2].startswith("Next: proforma ")
    assert json.loads(proforma(folder, *words, "--json").stdout)["new"] is False


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: str(words[0]))
def test_who_decided_may_be_somebody_else_and_is_shown_in_the_history(folder: Path, words: tuple[str, ...]) -> None:
    assert proforma(folder, *words, "--by", "Chief Executives Group").exit_code == 0
    whose = "RDS" if "RDS" in words else "SCH"
    happened = [json.loads(line) for line in proforma(folder, "status", whose, "--json").stdout.splitlines()]
    assert "Chief Executives Group" in {one["by"] for one in happened}
    assert happened == sorted(happened, key=lambda one: one["at"])
    assert "Chief Executives" in proforma(folder, "status", whose).stdout


@pytest.mark.parametrize("command", ["override", "correct", "extend", "decline", "nil"])
def test_what_departs_from_the_rule_needs_a_reason(folder: Path, command: str) -> None:
    words = {"override": ["x"], "correct": ["RDS", "priorities[1].title", "x"], "extend": ["SCH", "15 May"]}.get(command, ["SCH"])
    assert "--reason" in proforma(folder, command, *words).stderr
    assert proforma(folder, command, *words, "--reason", " ").exit_code == 2


def test_a_finding_is_overridden_by_the_six_characters_before_it(folder: Path) -> None:
    """A001-T1: override with reason."""
    found = [json.loads(line) for line in proforma(folder, "check", "--json").stdout.splitlines()]
    one = next(finding for finding in found if finding["severity"] == "query")
    assert f"  {one['short']}  query" in proforma(folder, "check").stdout
    assert proforma(folder, "override", one["short"], *REASON).exit_code == 0
    said = proforma(folder, "check").stdout
    assert f"  {one['short']}  " not in said
    assert "Reason: Agreed by telephone" in said
    assert proforma(folder, "override", one["key"], *REASON).stdout.startswith("Already so")


def test_an_override_of_nothing_says_where_the_names_stand(folder: Path) -> None:
    result = proforma(folder, "override", "nothing", *REASON)
    assert result.exit_code == 1
    assert "names no finding" in result.stderr
    assert "proforma check" in result.stderr


def test_the_board_is_one_object_for_programs(folder: Path) -> None:
    said = board(folder)
    assert said["schema"] == 1
    lines = said["partnerships"]
    assert isinstance(lines, list)
    assert [(one["partnership"], one["state"]) for one in lines] == [("roads", "returned"), ("schools", "not sent")]
    assert isinstance(said["todo"], list)
    assert all(one["command"].startswith("proforma ") for one in said["todo"])


def test_the_board_of_a_day_to_come_says_what_will_be_late(folder: Path) -> None:
    lines = board(folder, "--on", "31 December 2030")["partnerships"]
    assert isinstance(lines, list)
    assert [one["late"] > 0 for one in lines] == [False, True]


def test_the_board_is_written_as_a_page(folder: Path) -> None:
    target = folder / "board.html"
    assert proforma(folder, "status", "--html", str(target), "--on", "1 May").exit_code == 0
    first = target.read_bytes()
    assert b"Roads Partnership" in first
    proforma(folder, "status", "--html", str(target), "--on", "1 May")
    assert target.read_bytes() == first


def test_the_ledger_is_listed(folder: Path) -> None:
    assert "0 messages." in proforma(folder, "status", "--post").stdout
    assert proforma(folder, "status", "RDS", "--post").exit_code == 2


def test_the_progress_report_is_written_and_the_same_day_gives_the_same_bytes(folder: Path) -> None:
    """A002-P4."""
    target = folder / "outbox" / "plan" / "Progress report.docx"
    assert proforma(folder, "report", "interim", "--on", "21 April").exit_code == 0
    first = target.read_bytes()
    proforma(folder, "report", "interim", "--on", "21 April")
    assert target.read_bytes() == first
    assert proforma(folder, "report", "final").exit_code == 2


def test_a_partnership_or_a_day_that_nobody_knows_is_told(folder: Path) -> None:
    assert "is no partnership of the register" in proforma(folder, "accept", "Canals").stderr
    assert "is no day" in proforma(folder, "status", "--on", "some day").stderr
    assert "has returned nothing" in proforma(folder, "accept", "SCH").stderr


def test_who_decides_is_said_by_the_option_the_environment_the_round_or_the_account_in_that_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided(day: int, *words: str) -> str:
        said: dict[str, str] = json.loads(proforma(folder, "extend", "SCH", f"{day} August 2028", *REASON, *words, "--json").stdout)
        return said["by"]

    monkeypatch.setenv("LOGNAME", "jmarsh")
    assert decided(1) == "jmarsh"
    round_file = folder / "round.yaml"
    text = round_file.read_text(encoding="utf-8")
    round_file.write_text(text.replace("options:\n  annex", "options:\n  decides: Jo Marsh\n  annex", 1), encoding="utf-8")
    assert decided(2) == "Jo Marsh"
    monkeypatch.setenv("PROFORMA_BY", "Sam Field")
    assert decided(3) == "Sam Field"
    assert decided(4, "--by", "Chief Executives Group") == "Chief Executives Group"


def test_a_document_that_is_nobodys_return_is_set_aside_and_can_still_be_assigned(folder: Path) -> None:
    (folder / "inbox" / "news.txt").write_text("Partnership news of the month. " * 5, encoding="utf-8")
    proforma(folder, "ingest")
    assert "news.txt" in proforma(folder, "status").stdout
    said = proforma(folder, "assign", "news.txt", "--nobody", "--reason", "A newsletter", "--by", "Sam Field")
    assert said.stdout == "news.txt is set aside: it is nobody’s return. The store keeps it.\n"
    assert "news.txt" not in proforma(folder, "status").stdout
    assert "No document waits" in proforma(folder, "assign").stdout
    assert proforma(folder, "assign", "news.txt", "--nobody").exit_code == 2


def test_a_day_that_is_none_is_answered_with_one_of_the_round(folder: Path) -> None:
    assert "Write it like 8 May 2026." in proforma(folder, "extend", "SCH", "soon", *REASON).stderr
    assert "Write it like 31 March 2029." in proforma(folder, "correct", "RDS", "priorities[1].deliverables[1].due", "soon", *REASON).stderr


def test_what_is_odd_in_the_round_is_said_where_one_looks_for_it_and_nowhere_else(folder: Path) -> None:
    where: tuple[tuple[str, ...], ...] = (("status",), ("generate",), ("masters",), ("send",))
    elsewhere: tuple[tuple[str, ...], ...] = (("check",), ("ingest",), ("publish",), ("log", "SCH", "phone", "Rang"), ("chase",))
    for command in where:
        assert "no year is given" in proforma(folder, *command).stderr, command
    for command in elsewhere:
        assert "Note:" not in proforma(folder, *command).stderr, command
