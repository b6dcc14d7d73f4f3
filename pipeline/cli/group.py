"""The `proforma` command: its table of commands, loaded only when called."""

import sys
from importlib import import_module
from typing import Any

import click

from pipeline import __version__
from pipeline.cli.stopped import stopped

COMMANDS = {
    "init": "Start a new round: a folder with everything in it explained.",
    "generate": "Write one blank Word form for each partnership.",
    "send": "Send each partnership its proforma, and whatever else waits to go out.",
    "chase": "Remind the partnerships that are late, of what is still missing.",
    "ingest": "Read every return waiting in the inbox.",
    "collect": "Fetch the replies from the mailbox and read them.",
    "assign": "Say whose return a held document is, or that it is no return.",
    "read": "Read returned documents and show what they say; store nothing.",
    "explain": "Show each answer of a return with its words, place and method.",
    "check": "Say what is missing or doubtful in the returns, and what to ask.",
    "query": "Put what is missing or doubtful back to the partnerships.",
    "diff": "Show what changed between two returns of a partnership.",
    "status": "Show where each partnership stands, and what to do next.",
    "accept": "Accept a partnership's return for the plan.",
    "override": "Accept a finding as it is, with a reason.",
    "correct": "Write another value into a field of a return.",
    "extend": "Give a partnership longer for its return.",
    "decline": "Note that a partnership declined to take part.",
    "nil": "Note that a partnership has nothing to return.",
    "log": "Note a call, a meeting or an offer of support.",
    "sign-off": "Sign off the final version of a partnership's answers.",
    "report": "Write the progress report, from the returns that have come so far.",
    "publish": "Write the delivery plan, the annex and the committee paper.",
    "run": "Ingest, check and publish in one go.",
    "export": "Write every answer with its source, as JSON, CSV or Excel, or all of it as open data.",
    "rules": "List the rules that returns are checked by.",
    "masters": "Check the form in Word, the report masters and the mail texts of the kit.",
    "demo": "Run the whole job on a round, step by step.",
}
"""Every command with its first line of help, in the order in which an officer meets them."""


class Commands(click.Group):
    """A group that imports a command only when it is called: `proforma --help` loads nothing heavy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"pipeline.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what stops it into a message and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException, BrokenPipeError):
            raise
        except (Exception, KeyboardInterrupt) as error:
            ctx.exit(stopped(error))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--round", "round_", metavar="DIR", help="The round's folder.  [default: the folder you stand in]")
@click.version_option(__version__, prog_name="proforma")
@click.pass_context
def main(ctx: click.Context, round_: str | None) -> None:
    """Take a partnership round from the blank Word form to the committee paper.

    \b
    Example:
        proforma init my-round        start a round
        proforma generate             write the blanks
        proforma run                  read what came back, and write the papers
    """
    from pipeline.cli.app import App

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    ctx.obj = App(round_)
