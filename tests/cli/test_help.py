"""Every command explains itself, and asking for help costs next to nothing."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli.group import COMMANDS, main
from pipeline.cli.pages import as_markdown
from pipeline.errors import ExitCode

ROOT = Path(__file__).parents[2]
HEAVY = (
    "lxml",
    "pydantic",
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "docx",
    "docxtpl",
    "jinja2",
    "rich",
    "rapidfuzz",
    "segno",
    "xlsxwriter",
    "ruamel",
)
OF_A_ROUND = [name for name in COMMANDS if name != "init"]


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """Issue 2: imports are lazy, so the table holds the first line of each command's help."""
    assert (command(name).help or "").partition("\n")[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example_that_calls_it(name: str) -> None:
    """Issue 2."""
    example = (command(name).help or "").partition("Example:")[2]
    assert f"proforma {name}" in example


@pytest.mark.parametrize("name", OF_A_ROUND)
def test_every_command_takes_the_round_before_or_after_its_name(name: str) -> None:
    """Issue 2: `--round DIR`, by default the folder one stands in."""
    assert any("--round" in parameter.opts for parameter in command(name).params)
    assert any("--round" in parameter.opts for parameter in main.params)


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS), ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """Issue 2: `proforma --help` loads nothing heavy; nor does the help of one command."""
    look = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
    run = f"import sys, atexit; atexit.register(lambda: exec({look!r})); from pipeline.cli import main; main({words!r})"
    said = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"


def test_the_page_of_commands_is_current() -> None:
    """docs/cli.md is made by `make docs`."""
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == as_markdown()


def test_the_page_of_commands_explains_every_exit_code() -> None:
    """docs/cli.md."""
    assert all(f"\n| {code.value} | " in as_markdown() for code in ExitCode)


def test_the_readme_names_every_command() -> None:
    """A newcomer learns that a command exists."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"proforma {name}" not in readme] == []
