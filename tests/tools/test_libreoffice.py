"""LibreOffice is called so that a stranger's file can do no harm, and what it says of itself is not believed."""

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.ooxml.package import Package
from pipeline.tools import libreoffice
from tests.needs import needs
from tests.read.rtf import rtf

WORD = ("docx", "MS Word 2007 XML", "doc:MS Word 97")


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program of the name `soffice` first on the path; the test writes what it does. It runs without bubblewrap."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(libreoffice, "fence", lambda: ())
    return tmp_path / "soffice"


def does(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\nmade=made; mkdir $made\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def converted() -> str:
    return libreoffice.convert(b"x", *WORD, seconds=30).decode()


def test_what_was_written_is_returned(pretend: Path) -> None:
    does(pretend, "cat return.docx > made/return.doc; exit 77")
    assert converted() == "x"


@pytest.mark.parametrize(
    "script", ["exit 0", "touch made/return.doc", "mkdir made/return.doc", "ln -s /etc/passwd made/return.doc", "exit 139"]
)
def test_a_call_that_wrote_nothing_has_failed_whatever_its_exit_code(pretend: Path, script: str) -> None:
    does(pretend, script)
    with pytest.raises(UnreadableError) as caught:
        converted()
    assert caught.value.reason == "corrupt"


def test_a_call_that_takes_too_long_is_killed_with_what_it_started(pretend: Path, tmp_path: Path) -> None:
    does(pretend, f"sleep 600 & echo $! > {tmp_path}/child\nwait")
    with pytest.raises(UnreadableError) as caught:
        libreoffice.convert(b"x", *WORD, seconds=2)
    assert caught.value.reason == "timeout"
    child = Path("/proc", (tmp_path / "child").read_text(encoding="utf-8").strip(), "stat")
    assert not child.exists() or " Z " in child.read_text(encoding="utf-8")


def test_the_environment_is_empty_but_for_what_it_needs(pretend: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROFORMA_SMTP_PASSWORD", "secret")
    does(pretend, "env > made/return.doc")
    names = {line.partition("=")[0] for line in converted().splitlines()}
    assert names - {"PWD", "SHLVL", "_", "OLDPWD"} == {"PATH", "HOME", "TMPDIR", "LANG", "SAL_USE_VCLPLUGIN"}


def test_the_profile_is_fresh_runs_no_macro_and_follows_no_link(pretend: Path) -> None:
    does(pretend, "ls profile/user; cat profile/user/registrymodifications.xcu > made/return.doc")
    profile = converted()
    assert '"MacroSecurityLevel" oor:op="fuse"><value>3<' in profile
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in profile
    assert '"Link" oor:op="fuse"><value>0<' in profile


def test_the_file_is_opened_under_a_name_of_ours_as_what_it_was_found_to_be(pretend: Path) -> None:
    does(pretend, 'echo "$@" > made/return.doc')
    words = converted().split()
    assert words[-1].endswith("/return.docx")
    assert "--infilter=MS" in words and "--headless" in words
    assert any(word.startswith("-env:UserInstallation=file:///") for word in words)


def test_it_writes_no_core_and_no_more_than_it_may(pretend: Path) -> None:
    does(pretend, "ulimit -c > made/return.doc; ulimit -f >> made/return.doc; ulimit -v >> made/return.doc")
    core, written, memory = converted().split()
    assert core == "0"
    assert int(written) <= 2**28 / 512
    assert int(memory) <= 4 * 2**20


def test_without_libreoffice_the_line_that_installs_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert libreoffice.found() == ""
    with pytest.raises(ToolMissingError) as caught:
        libreoffice.convert(b"x", *WORD)
    assert libreoffice.INSTALL in caught.value.hint


@needs("bwrap", "bubblewrap")
def test_behind_the_fence_there_is_no_network_and_none_of_this_machines_files(tmp_path: Path) -> None:
    fence = libreoffice.fence.__wrapped__()
    if not fence:
        pytest.fail("bubblewrap is installed and does not work here")
    (tmp_path / "secret").touch()
    seen = subprocess.run(
        [*fence, "sh", "-c", f"cat /proc/net/dev; ls {tmp_path} /root /home"], capture_output=True, text=True, check=False
    )
    assert {line.split(":")[0].strip() for line in seen.stdout.splitlines() if ":" in line} <= {"lo"}
    assert "secret" not in seen.stdout


def test_where_bubblewrap_is_missing_or_not_allowed_there_is_no_fence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.fence.__wrapped__() == ()
    (tmp_path / "bwrap").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "bwrap").chmod(0o755)
    assert libreoffice.fence.__wrapped__() == ()


@needs("soffice", "libreoffice-writer")
def test_a_document_goes_through_it_and_back() -> None:
    old = libreoffice.convert(rtf("Chair: Jo"), "rtf", "Rich Text Format", "doc:MS Word 97")
    assert old.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    new = Package(libreoffice.convert(old, "doc", "MS Word 97", "docx:MS Word 2007 XML"))
    assert b"Chair: Jo" in new.read("word/document.xml")


@needs("soffice", "libreoffice-writer")
def test_a_file_that_it_cannot_open_is_corrupt() -> None:
    with pytest.raises(UnreadableError) as caught:
        libreoffice.convert(b"\xd0\xcf\x11\xe0" + b"x" * 3000, "doc", "MS Word 97", "docx:MS Word 2007 XML")
    assert caught.value.reason == "corrupt"
