"""`proforma explain`."""

from pathlib import Path

import click

from pipeline.cli.app import App
from pipeline.cli.options import round_option
from pipeline.cli.show import next_step, table
from pipeline.errors import ExitCode
from pipeline.model.outcomes import Outcome


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@round_option
def explain(app: App, file: Path) -> None:
    """Show each answer of a return with its words, place and method.

    \b
    Example:
        proforma explain "inbox/HWB proforma FINAL.odt"
    """
    from pipeline.flow import read_return

    record, findings = read_return(file.read_bytes(), file.name, app.desk)
    if record.outcome is Outcome.REFUSED:
        click.secho(f"{file.name}: refused ({record.reason}). {record.message}", fg="yellow")
        click.get_current_context().exit(ExitCode.UNREADABLE)
    table(
        ("Whose return", "says", "believed"), [(claim.carrier, claim.says, "yes" if claim.believed else "no") for claim in record.identity]
    )
    table(
        ("Field", "Value", "Words of the return", "Place", "Found by", "Sure"),
        [
            (answer.field, answer.value or f"({answer.state})", answer.quote, answer.place, answer.method, f"{answer.confidence:.0%}")
            for answer in record.answers
        ],
    )
    if record.unplaced:
        table(("Words that answer no field", "Place"), [(left.quote, left.place) for left in record.unplaced])
    if record.notes:
        table(("Note", "What", "Words", "Place"), [(note.code, note.message, note.quote, note.place) for note in record.notes])
    for difference in record.damage:
        click.echo(f"Differs from the blank: {difference}")
    for finding in findings:
        click.echo(f"{finding.severity}: {finding.message}")
    next_step("proforma check")
