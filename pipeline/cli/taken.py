"""Show what became of the files of the inbox."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.show import counted, line, next_step, plain, relative, table
from pipeline.model.contract import reading_as_json
from pipeline.model.findings import Severity
from pipeline.model.outcomes import Outcome

if TYPE_CHECKING:
    from pipeline.flow import Taken


def show_taken(app: App, taken: "list[Taken]", *, as_json: bool, then: str) -> bool:
    """Show each file with its partnership and its findings, and say whether a person has something to look at.

    Args:
        app: whose round it is.
        taken: what became of each file.
        as_json: print the public contract, a line each.
        then: what to do next; empty where the command goes on by itself.
    """
    waiting = [entry for entry in taken if entry.record.outcome is not Outcome.READ]
    if as_json:
        for entry in taken:
            line(reading_as_json(entry.record, entry.findings))
        return bool(waiting)
    if not taken:
        click.echo(f"Nothing waits in {relative(app.round.inbox)}.")
        if then:
            next_step(f"put returned documents into {relative(app.round.inbox)}", "proforma ingest")
        return False
    table(("File", "Partnership", "Taken in", "Findings"), [_row(app, entry) for entry in taken])
    for entry in waiting:
        click.secho(plain(f"{entry.record.file}: {entry.record.message}"), fg="yellow")
    fresh = sum(entry.new for entry in taken)
    files = "1 file" if len(taken) == 1 else f"{len(taken)} files"
    click.echo(f"{files}, {fresh} of them new; {len(taken) - len(waiting)} read{_not_read(waiting)}.")
    if then:
        next_step(then)
    return bool(waiting)


def _not_read(waiting: "list[Taken]") -> str:
    """Say how many documents wait for a person, and where it says why."""
    counts = ((sum(one.record.outcome is outcome for one in waiting), outcome) for outcome in (Outcome.HELD, Outcome.REFUSED))
    said = "".join(f", {count} {outcome}" for count, outcome in counts if count)
    return f"{said}: see what is said above" if said else ""


def _row(app: App, entry: "Taken") -> tuple[str, str, str, str]:
    record = entry.record
    partnership = app.round.by_id[record.partnership].name if record.partnership else "–"
    state = "read" if record.outcome is Outcome.READ else f"{record.outcome} ({record.reason or 'later'})"
    return (
        record.file,
        partnership,
        state if entry.new else f"{state}, known before",
        counted(finding for finding in entry.findings if finding.severity is not Severity.INFO) if record.outcome is Outcome.READ else "–",
    )
