"""`proforma collect`, as a person runs it, on a round whose mailbox is a real one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import ExitCode
from tests.cli.folders import proforma
from tests.collect import cutting as line
from tests.collect.cutting import cutting
from tests.collect.dovecot import LOGIN, PASSWORD, Dovecot, dovecot, needs_dovecot
from tests.collect.reports import OURS, away
from tests.collect.rounds import a_reply, a_sent_round, saved
from tests.envelopes.mails import mail

PASSWORD_IN = "PROFORMA_IMAP_PASSWORD"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_sent_round(tmp_path / "round")


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def with_mailbox(folder: Path, port: int) -> None:
    """Name the mailbox of a round in round.yaml."""
    said = f"\npost:\n  imap: {{host: 127.0.0.1, port: {port}, security: none, login: {LOGIN}, done: Proforma}}\n"
    with (folder / "round.yaml").open("a", encoding="utf-8") as file:
        file.write(said)


@needs_dovecot
def test_a_round_collects_its_replies(folder: Path, server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_IN, PASSWORD)
    with_mailbox(folder, server.port)
    server.deliver(a_reply(folder, in_reply_to=OURS), mail("Thank you.", in_reply_to=OURS, message_id="<2@example.org>"))
    (folder / "inbox" / "notes.txt").write_text("Ring Jo.", encoding="utf-8")
    before = sorted(path.read_bytes() for path in (folder / "inbox").iterdir())

    looked = proforma(folder, "collect", "--dry-run")
    assert "INBOX 1.eml" in looked.stdout and "2 new." in looked.stdout and not any(server.flags().values())

    result = proforma(folder, "collect")
    assert result.exit_code == ExitCode.CLEAN, result.output
    assert "2 mails read, 1 new return in them; nothing for you to look at." in result.stdout
    assert "Roads Partnership" in result.stdout and "Next: proforma check" in result.stderr
    assert server.flags() == {} and len(server.flags("Proforma")) == 2
    assert sorted(path.read_bytes() for path in (folder / "inbox").iterdir()) == before

    again = proforma(folder, "collect")
    assert again.exit_code == ExitCode.CLEAN and "No new mail." in again.stdout
    assert "No new mail." in proforma(folder, "collect", "--dry-run").stdout


@needs_dovecot
def test_a_line_that_breaks_off_is_told_and_what_came_is_read(folder: Path, server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_IN, PASSWORD)
    server.deliver(a_reply(folder, in_reply_to=OURS), mail("Thank you.", in_reply_to=OURS, message_id="<2@example.org>"))

    def second_breaks(data: bytes) -> line.Passed:
        return line.drop(data) if b"UID 2 BODY[]" in data else line.Passed(data)

    with cutting(server.port, second_breaks) as proxy:
        with_mailbox(folder, proxy.port)
        result = proforma(folder, "collect")
        assert result.exit_code == ExitCode.MAIL
        assert "1 mail read, 1 new return in it" in result.stdout.replace("them", "it") and "broke off" in result.stderr
        proxy.times = 0
        assert "1 mail read" in proforma(folder, "collect").stdout


def test_without_a_mailbox_the_other_road_is_named(folder: Path) -> None:
    result = proforma(folder, "collect")
    assert result.exit_code == ExitCode.SETUP
    assert "names no mailbox" in result.stderr and "--from FOLDER" in result.stderr


def test_without_a_password_both_places_for_it_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_IN, raising=False)
    with_mailbox(folder, 9)
    result = proforma(folder, "collect")
    assert result.exit_code == ExitCode.MAIL
    assert PASSWORD_IN in result.stderr and "keyring" in result.stderr


def test_what_was_collected_is_told_to_programs_a_mail_a_line(folder: Path) -> None:
    box = saved(folder, a_reply(folder, in_reply_to=OURS), away())
    said = [json.loads(one) for one in proforma(folder, "collect", "--from", str(box), "--json").stdout.splitlines()]
    assert [(one["file"], one["nature"], one["partnership"], len(one["documents"])) for one in said] == [
        ("1.eml", "reply", "roads", 1),
        ("2.eml", "out of office", "roads", 1),
    ]
    assert said[1]["sent"] == "2011-05-01T09:00:00+00:00"


def test_a_dry_run_on_saved_mails_is_told_to_programs(folder: Path) -> None:
    box = saved(folder, mail("Thank you."))
    (said,) = (json.loads(one) for one in proforma(folder, "collect", "--from", str(box), "-n", "--json").stdout.splitlines())
    assert said == {"file": "1.eml", "size": (box / "1.eml").stat().st_size}


def test_a_saved_document_that_is_no_mail_is_read_too(folder: Path) -> None:
    from tests.collect.rounds import a_return

    box = saved(folder)
    (box / "roads.docx").write_bytes(a_return(folder, "RDS"))
    assert "1 mail read, 1 new return" in proforma(folder, "collect", "--from", str(box)).stdout


def test_a_mail_that_is_too_large_is_left_and_told_each_time(folder: Path) -> None:
    with (folder / "round.yaml").open("a", encoding="utf-8") as file:
        file.write("\nlimits: {bytes: 200000}\n")
    box = saved(folder, mail("Photographs.", ("bridges.bin", b"\x00" * 400_000)))
    for _ in range(2):
        result = proforma(folder, "collect", "--from", str(box))
        assert result.exit_code == ExitCode.ATTENTION and "1.eml is too large" in result.stdout
