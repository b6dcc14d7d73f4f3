"""docs/cli.md, made from the commands, and docs/rules.md, made from the rules, so that they cannot fall behind them.

`python -m pipeline.cli.pages docs` brings them up to date; tests say when it is needed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.check import catalogue
from pipeline.cli.group import COMMANDS, main
from pipeline.errors import ExitCode
from pipeline.rounds.kit import own_kits, read_form

_WIDTH = 100
"""Characters of a line of help."""

_MEANING = {
    ExitCode.CLEAN: "all is well",
    ExitCode.ATTENTION: "done, and a person has something to look at: a finding, or a document that is held or refused",
    ExitCode.USAGE: "the command was called in a way that it does not know",
    ExitCode.SETUP: "the round folder, the kit or the register cannot be used, or a file cannot be written; every mistake is listed",
    ExitCode.UNREADABLE: "the document named cannot be read",
    ExitCode.TOOL_MISSING: "an outside program is needed and is not installed",
    ExitCode.STORE: "the store cannot be opened, written or trusted",
    ExitCode.MAIL: "mail cannot be sent or collected",
    ExitCode.FAULT: "a fault in proforma itself; PROFORMA_DEBUG=1 shows its traceback",
    ExitCode.INTERRUPTED: "stopped with Ctrl-C; nothing was lost",
}

_HEAD = """\
# Commands

Made by the program from its own help (`make docs`); a test compares them.

Results are printed on standard output, notes, progress and what to do next on standard error: `proforma check --json > findings.jsonl`
holds findings alone. Where `--json` is given, every line is one JSON object; docs/json.md explains those of returns.

`--round DIR` may stand before or after the command's name. It can be set once for all with the environment variable `PROFORMA_ROUND`;
`PROFORMA_DATABASE` names another database than the SQLite file in the round's `store/`, by URL.
`PROFORMA_BY` is the name under which decisions are kept; without it, `decides` in round.yaml, or else the name of the account.
"""


def as_markdown() -> str:
    """Return the page."""
    return "\n".join((_HEAD, *_commands(), *_exit_codes()))


def _commands() -> Iterator[str]:
    context = click.Context(main, info_name="proforma", terminal_width=_WIDTH, **main.context_settings)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None, "the table names every command"
        own = click.Context(command, parent=context, info_name=name, terminal_width=_WIDTH)
        yield f"## proforma {name}\n\n```\n{command.get_help(own)}\n```\n"


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes\n\n| Code | Meaning |\n| --- | --- |"
    yield from (f"| {code.value} | {meaning} |" for code, meaning in _MEANING.items())
    yield ""


def write(folder: Path) -> None:
    """Write the pages that are made from the commands and from the rules of the `priorities` kit."""
    form, _ = read_form(own_kits() / "priorities")
    for name, text in (("cli.md", as_markdown()), ("rules.md", catalogue.as_markdown(form))):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
