"""The whole job on the command line: what each command prints, how it ends, and that twice has the effect of once."""

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.desk import taking
from pipeline.intake import inbox
from pipeline.settings import Limits
from tests.cli.folders import a_folder, proforma, put_return


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a round in which one of two partnerships has replied."""
    folder = a_folder(tmp_path / "round")
    put_return(folder, "RDS", "=Mend \u202eall bridges")
    return folder


def files(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the hash of its content."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_demo_does_the_whole_job_and_a_second_one_does_nothing_twice(folder: Path) -> None:
    """Issue 2: `make demo`."""
    before = files(folder / "inbox")
    first = proforma(folder, "demo")
    made = files(folder / "outbox")
    second = proforma(folder, "demo")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "1 file, 1 of them new; 1 read" in first.stdout
    assert "1 file, 0 of them new; 1 read" in second.stdout
    assert {Path(name).parts[0] for name in made} == {"blanks", "plan"}
    shown = [name for name in made if name.startswith("plan/") and not name.startswith("plan/.")]
    assert len(shown) == 7, "four papers, and three of them as PDF"
    assert files(folder / "outbox") == made
    assert files(folder / "inbox") == before


def test_every_command_ends_by_saying_what_to_do_next(folder: Path) -> None:
    """Issue 2; on standard error, so that output can be piped."""
    reply = str(folder / "inbox" / "rds reply.docx")
    commands = (["generate"], ["ingest"], ["read", reply], ["explain", reply], ["check"], ["status"], ["publish"], ["run"], ["export"])
    for words in (*commands, ["rules"], ["rules", "--kinds"], ["masters"], ["demo"], ["init", str(folder / "next")]):
        result = proforma(folder, *words)
        assert f"\n{result.stderr}".rpartition("\n\n")[2].startswith("Next: "), words
        assert "Next: " not in result.stdout
        assert result.stderr.count("Next: ") == 1, words


def test_json_is_nothing_but_objects_a_line_each(folder: Path) -> None:
    """Issue 2: `--json` for programs."""
    reply = str(folder / "inbox" / "rds reply.docx")
    for words in (
        ["generate"],
        ["ingest"],
        ["read", reply],
        ["explain", reply],
        ["check"],
        ["status"],
        ["publish"],
        ["rules"],
        ["masters"],
    ):
        lines = proforma(folder, *words, "--json").stdout.splitlines()
        assert lines, words
        assert all(isinstance(json.loads(line), dict) for line in lines), words
    assert json.loads(proforma(folder, "rules", "--kinds", "--json").stdout.splitlines()[0])["kind"]


def test_exit_codes_tell_whether_a_person_has_something_to_look_at(folder: Path) -> None:
    """Style: 0 clean, 1 a person has something to look at."""
    assert proforma(folder, "generate").exit_code == 0
    assert proforma(folder, "ingest", "--dry-run").exit_code == 0
    assert not (folder / "store").exists()
    assert proforma(folder, "ingest").exit_code == 0
    assert proforma(folder, "check").exit_code == 1
    assert proforma(folder, "status").exit_code == 0


def test_file_names_are_never_cut_off(folder: Path) -> None:
    """A path is there to be copied."""
    said = proforma(folder, "generate").stdout
    for path in (folder / "outbox" / "blanks").iterdir():
        assert any(line.strip().endswith(path.name) for line in said.splitlines())
    assert "…" not in proforma(folder, "ingest").stdout


def test_words_of_a_return_cannot_steer_the_terminal(folder: Path) -> None:
    """Threats: marks that turn the reading order around are written out."""
    reply = str(folder / "inbox" / "rds reply.docx")
    for words in (["read", reply], ["explain", reply]):
        said = proforma(folder, *words).stdout
        assert "\u202e" not in said
        assert "\\u202e" in "".join(said.split())


def test_a_return_is_found_through_the_environment_and_through_either_option(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Design: option before environment."""
    from click.testing import CliRunner

    from pipeline.cli import main

    monkeypatch.setenv("PROFORMA_ROUND", str(folder))
    assert CliRunner().invoke(main, ["status"]).exit_code == 0
    monkeypatch.setenv("PROFORMA_ROUND", str(folder / "nowhere"))
    assert CliRunner().invoke(main, ["status"]).exit_code == 3
    assert CliRunner().invoke(main, ["status", "--round", str(folder)]).exit_code == 0


def test_a_file_that_cannot_be_opened_stops_no_dry_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 5: one bad return never stops a batch."""
    really = inbox.look

    def torn(path: Path, *, below: Path, limits: Limits) -> tuple[str, bytes]:
        if path.name == "gone.docx":
            raise inbox.StillWaitingError(
                "gone.docx cannot be read: Input/output error.", "It stays in the inbox; see that it can be opened."
            )
        return really(path, below=below, limits=limits)

    (folder / "inbox" / "gone.docx").write_bytes(b"-")
    monkeypatch.setattr(taking, "look", torn)
    result = proforma(folder, "ingest", "--dry-run", "--json")
    said = {entry["file"]: entry for entry in map(json.loads, result.stdout.splitlines())}
    assert "Input/output error" in said["gone.docx"]["message"]
    assert said["rds reply.docx"]["outcome"] == "read"


def test_publishing_again_says_what_was_left_alone_and_what_was_kept(folder: Path) -> None:
    """Law 8: what an officer wrote into a paper is not overwritten."""
    proforma(folder, "ingest")
    assert "as it was" not in proforma(folder, "publish").stdout
    paper = folder / "outbox" / "plan" / "Committee paper.docx"
    paper.write_bytes(b"the officer's own words")
    again = proforma(folder, "publish")
    assert again.stdout.count("as it was") == 6, "three papers, and the three PDFs"
    assert "Committee paper – edited by hand.docx" in again.stderr
    assert (paper.parent / "Committee paper – edited by hand.docx").read_bytes() == b"the officer's own words"
    said = [json.loads(line) for line in proforma(folder, "publish", "--json").stdout.splitlines()]
    assert [one["written"] for one in said if "written" in one] == [False] * 7
