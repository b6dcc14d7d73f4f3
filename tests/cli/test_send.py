"""`proforma send` and `proforma chase` as an officer runs them."""

import json
import re
import socket
from pathlib import Path

import pytest

from pipeline.errors import ExitCode
from tests.cli.folders import a_folder, proforma, register

COLUMNS = "name,code,annex_name,chair,chair_email,contact_email"
ROADS = "Roads Partnership,RDS,Roads,Jo Penrose,jo.penrose@example.org,morgan.lee@example.org"
SCHOOLS = "Schools Partnership,SCH,Schools,Ada Swift,ada.swift@example.org,"
NOBODY = "Parks Partnership,PRK,Parks,Sam Field,,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = a_folder(tmp_path / "round")
    register(folder, ROADS, SCHOOLS, NOBODY, columns=COLUMNS)
    return folder


def drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "outbox" / "mail").glob("*"))


def test_without_yes_nothing_is_sent_and_it_is_shown_who_would_get_what(folder: Path) -> None:
    """Law 8."""
    result = proforma(folder, "send")
    assert result.exit_code == ExitCode.CLEAN
    assert "Nothing was sent. 2 would be." in result.output
    assert "Next: proforma send --show PARTNERSHIP · proforma send --yes" in result.output
    assert drafts(folder) == []
    assert [json.loads(line) for line in proforma(folder, "send", "--json").stdout.splitlines()] == [
        _shown("roads", ["jo.penrose@example.org"], ["morgan.lee@example.org"], "new"),
        _shown("schools", ["ada.swift@example.org"], [], "new"),
        _shown("parks", [], [], "no e-mail address in the register"),
    ]


def _shown(partnership: str, to: list[str], copies: list[str], why: str) -> dict[str, object]:
    return {"partnership": partnership, "what": "proforma", "due": why == "new", "why": why, "to": to, "copies": copies}


def test_a_letter_is_shown_before_it_is_sent(folder: Path, tmp_path: Path) -> None:
    result = proforma(folder, "send", "--show", "RDS")
    assert "To: jo.penrose@example.org\nCopy: morgan.lee@example.org\nSubject: Priorities 2026-29" in result.output
    assert re.search(r"\nAttached: PRI-26-RDS-\w roads-partnership\.docx\n", result.output)
    assert "Dear Jo Penrose," in result.output
    proforma(folder, "send", "--show", "Roads Partnership", "--html", str(tmp_path / "letter.html"))
    assert '<html lang="en-GB">' in (tmp_path / "letter.html").read_text(encoding="utf-8")
    assert drafts(folder) == []


def test_drafts_are_written_once(folder: Path) -> None:
    """Issue 4: a second send right after does nothing, and says so."""
    result = proforma(folder, "send", "--yes")
    assert result.exit_code == ExitCode.CLEAN
    assert "Parks Partnership: no e-mail address in the register." in result.output
    assert "2 drafted." in result.output
    assert "send --sent PARTNERSHIP" in result.output
    assert len(drafts(folder)) == 2
    again = proforma(folder, "send", "--yes")
    assert "Nothing waits to go out." in again.output
    assert len(drafts(folder)) == 2


def test_nothing_goes_out_under_a_name_that_the_kit_came_with(folder: Path) -> None:
    round_file = folder / "round.yaml"
    said = round_file.read_text(encoding="utf-8").replace("Sam Field", "Your name")
    round_file.write_text(said, encoding="utf-8")
    told = "round.yaml: contacts – “Your name” is what the kit came with – write whom partnerships can ask"
    for looking in (("generate",), ("send",), ("send", "--show", "RDS"), ("masters",)):
        assert f"Note: {told}" in proforma(folder, *looking).stderr, looking
    result = proforma(folder, "send", "--yes")
    assert result.exit_code == ExitCode.SETUP and told in result.stderr
    assert drafts(folder) == []


def test_a_person_says_that_the_drafts_have_gone_out_and_may_send_again(folder: Path) -> None:
    proforma(folder, "send", "--yes")
    assert "Roads Partnership, proforma: sent." in proforma(folder, "send", "--sent", "RDS").output
    assert "Schools Partnership, proforma: withdrawn." in proforma(folder, "send", "--not-sent", "SCH").output
    assert proforma(folder, "send", "--sent", "RDS").exit_code == ExitCode.USAGE
    again = proforma(folder, "send", "--again", "SCH", "--yes")
    assert "1 drafted." in again.output
    assert len(drafts(folder)) == 3
    assert "proforma: sent." in proforma(folder, "send", "--sent", "all").output


def test_a_partnership_that_is_not_there_is_told(folder: Path) -> None:
    result = proforma(folder, "send", "--again", "Tennis Club")
    assert result.exit_code == ExitCode.USAGE
    assert "Tennis Club is no partnership of the register" in result.output


def test_a_mistake_in_a_mail_text_is_told_with_its_line(folder: Path) -> None:
    text = folder / "templates" / "priorities" / "mail" / "proforma.txt"
    text.write_text("Subject: x\n\nDear {{ partnership.chairman }}\n", encoding="utf-8")
    for words in ((), ("--yes",), ("--show", "RDS")):
        result = proforma(folder, "send", *words)
        assert result.exit_code == ExitCode.SETUP
        assert "templates/priorities/mail/proforma.txt, line 3: there is no “chairman” here – known are:" in result.output
    assert drafts(folder) == []


def test_chase_shows_whom_it_would_remind_and_of_what(folder: Path) -> None:
    proforma(folder, "send", "--yes")
    proforma(folder, "send", "--sent", "all")
    said = [json.loads(line) for line in proforma(folder, "chase", "--json").stdout.splitlines()]
    assert [(one["due"], one["why"]) for one in said] == [
        (False, "written to today"),
        (False, "written to today"),
        (False, "not asked yet"),
    ]
    result = proforma(folder, "chase", "--yes")
    assert "Nothing waits to go out." in result.output


def test_no_server_at_the_other_end_leaves_everything_queued(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.desk.delivering.BACK_OFF_S", ())
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with (folder / "round.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\npost:\n  smtp: {{host: 127.0.0.1, port: {port}, security: none}}\n")
    result = proforma(folder, "send", "--yes")
    assert result.exit_code == ExitCode.MAIL
    assert "Roads Partnership, proforma, queued: Connection refused" in result.output
    assert "2 queued." in result.output
    assert "2 messages waiting to go out." in proforma(folder, "send").output
