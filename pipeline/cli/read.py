"""`proforma read`."""

from pathlib import Path

import click

from pipeline.cli.app import App
from pipeline.cli.files import content
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import watched
from pipeline.cli.show import line, next_step, plain, table
from pipeline.errors import ExitCode
from pipeline.model.contract import reading_as_json
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Record


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@round_option
@json_option
def read(app: App, files: tuple[Path, ...], as_json: bool) -> None:
    """Read returned documents and show what they say; store nothing.

    With --json, each document is one JSON object on a line of its own (docs/json.md); a mail or zip with several gives several.

    \b
    Example:
        proforma read "inbox/HWB proforma FINAL.odt" --json
    """
    from pipeline.flow import read_documents

    outcomes = []
    asked = ((path.name, content(path)) for path in files)
    for said in watched(read_documents(asked, app.desk), "Reading returns", len(files)):
        for one in said:
            outcomes.append(one.record.outcome)
            if as_json:
                line(reading_as_json(one.record, one.findings))
            else:
                _show(app, one.record)
    if not as_json:
        next_step("proforma explain FILE", "put it into inbox/", "proforma ingest")
    click.get_current_context().exit(_ending(outcomes))


def _show(app: App, record: Record) -> None:
    if record.outcome is Outcome.REFUSED:
        click.secho(plain(f"{record.file}: refused ({record.reason}). {record.message}"), fg="yellow")
        return
    name = app.round.by_id[record.partnership].name if record.partnership else "nobody known"
    answers = [(answer.field, answer.value or f"({answer.state})", f"{answer.confidence:.0%}") for answer in record.answers]
    table(("Field", "Value", "Sure"), answers, title=f"{record.file} – {name}")
    for left in record.unplaced:
        click.echo(f"Not placed: {plain(left.quote)}  ({left.place})")
    if record.message:
        click.secho(plain(record.message), fg="yellow")


def _ending(outcomes: list[Outcome]) -> ExitCode:
    if all(outcome is Outcome.READ for outcome in outcomes):
        return ExitCode.CLEAN
    return ExitCode.ATTENTION if Outcome.READ in outcomes else ExitCode.UNREADABLE
