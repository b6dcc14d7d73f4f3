"""`proforma assign`."""

import getpass

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain
from pipeline.cli.taken import show_taken
from pipeline.cli.whose import the_partnership
from pipeline.errors import ExitCode
from pipeline.model.contract import reading_as_json
from pipeline.model.history import Decision, DecisionKind, Reading
from pipeline.model.outcomes import Outcome

_SHORTEST = 6
"""Characters of the shortest beginning of a SHA-256 that names a document."""


@click.command()
@click.argument("file", required=False)
@click.argument("partnership", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Why; it is kept with your name and the time.")
@round_option
@json_option
def assign(app: App, file: str | None, partnership: str | None, reason: str, as_json: bool) -> None:
    """Say whose return a held document is.

    FILE is the name it came with, or the beginning of its SHA-256; PARTNERSHIP a name, alias, code or id of the register. Without
    them, the documents that wait are listed with what is known of them.

    \b
    Example:
        proforma assign "reply (2).docx" "Safer Communities Partnership"
    """
    from pipeline.flow import assign as take_on

    with app.store() as store:
        held = [reading for reading in store.held() if reading.record.outcome is Outcome.HELD]
        if file is None:
            _list(held, as_json=as_json)
            return
        if partnership is None:
            raise click.UsageError("Say whose it is: proforma assign FILE PARTNERSHIP.")
        reading, whose = _document(held, file), the_partnership(app.round, partnership)
        decision = Decision(DecisionKind.ASSIGN, whose.id, reading.record.sha256, None, getpass.getuser(), app.now, reason)
        taken = take_on(decision, app.round, store)
    attention = show_taken(app, [taken], as_json=as_json, then="proforma check · proforma status")
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)


def _list(held: list[Reading], *, as_json: bool) -> None:
    for reading in held:
        if as_json:
            line(reading_as_json(reading.record, reading.findings))
        else:
            click.echo(plain(f"{reading.record.file}  ({reading.record.sha256[:12]})\n    {reading.record.message}"))
    if not as_json:
        click.echo(f"{len(held)} waiting." if held else "No document waits to be assigned.")
        next_step("proforma assign FILE PARTNERSHIP" if held else "proforma status")


def _document(held: list[Reading], file: str) -> Reading:
    """Return the one held document that is meant."""
    named = [one for one in held if file in (one.record.file, one.record.file.rpartition(" › ")[2])]
    meant = named or [one for one in held if len(file) >= _SHORTEST and one.record.sha256.startswith(file.lower())]
    if len(meant) == 1:
        return meant[0]
    waiting = ", ".join(plain(f"{one.record.file} ({one.record.sha256[:12]})") for one in meant or held) or "none"
    problem = f"{len(meant)} held documents are called {plain(file)}" if meant else f"No held document is called {plain(file)}"
    raise click.UsageError(f"{problem}. Waiting: {waiting}.")
