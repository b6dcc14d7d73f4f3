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


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@round_option
@json_option
def read(app: App, files: tuple[Path, ...], as_json: bool) -> None:
    """Read returned documents and show what they say; store nothing.

    With --json, each document is one JSON object on a line of its own (docs/json.md).

    \b
    Example:
        proforma read "inbox/HWB proforma FINAL.odt" --json
    """
    from pipeline.bounded import Item
    from pipeline.flow import read_returns

    unread = 0
    readings = read_returns((Item(path.name, content(path)) for path in files), app.desk)
    for path, (record, findings) in zip(files, watched(readings, "Reading returns", len(files)), strict=True):
        unread += record.outcome is not Outcome.READ
        if as_json:
            line(reading_as_json(record, findings))
        elif record.outcome is Outcome.REFUSED:
            click.secho(plain(f"{path.name}: refused ({record.reason}). {record.message}"), fg="yellow")
        else:
            name = app.round.by_id[record.partnership].name if record.partnership else "nobody known"
            answers = [(answer.field, answer.value or f"({answer.state})", f"{answer.confidence:.0%}") for answer in record.answers]
            table(("Field", "Value", "Sure"), answers, title=f"{path.name} – {name}")
            for left in record.unplaced:
                click.echo(f"Not placed: {plain(left.quote)}  ({left.place})")
            if record.message:
                click.secho(plain(record.message), fg="yellow")
    if not as_json:
        next_step("proforma explain FILE", "put it into inbox/", "proforma ingest")
    click.get_current_context().exit(ExitCode.UNREADABLE if unread == len(files) else ExitCode.ATTENTION if unread else ExitCode.CLEAN)
