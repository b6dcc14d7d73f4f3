"""`proforma explain`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.files import content
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain, relative, table
from pipeline.errors import ExitCode
from pipeline.model.contract import reading_as_json
from pipeline.model.findings import Finding
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Record

if TYPE_CHECKING:
    from pipeline.flow import Said

_ENDINGS = {Outcome.READ: ExitCode.CLEAN, Outcome.HELD: ExitCode.ATTENTION, Outcome.REFUSED: ExitCode.UNREADABLE}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--html", "as_html", is_flag=True, help="Write a page that shows the return with every answer marked in place.")
@round_option
@json_option
def explain(app: App, file: Path, as_html: bool, as_json: bool) -> None:
    """Show each answer of a return with its words, place and method.

    With --html, a page is written to outbox/explained/, to be opened in any browser.

    \b
    Example:
        proforma explain "inbox/HWB proforma FINAL.odt" --html
    """
    from pipeline.flow import read_documents

    (said,) = read_documents([(file.name, content(file))], app.desk)
    if as_html:
        _write(app, file, said)
        click.get_current_context().exit(max(_ENDINGS[one.record.outcome] for one in said))
    for one in said:
        if as_json:
            line(reading_as_json(one.record, one.findings))
        elif one.record.outcome is Outcome.REFUSED:
            click.secho(plain(f"{one.record.file}: refused ({one.record.reason}). {one.record.message}"), fg="yellow")
        else:
            _show(one.record, one.findings)
    if not as_json:
        next_step("proforma check")
    click.get_current_context().exit(max(_ENDINGS[one.record.outcome] for one in said))


def _write(app: App, file: Path, said: "tuple[Said, ...]") -> None:
    """Write a page for each document of a file."""
    from pipeline.flow import explained

    folder = app.round.outbox / "explained"
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(explained(said, app.desk), 1):
        path = folder / f"{file.name}{f' ({number})' if len(said) > 1 else ''}.html"
        path.write_text(page, encoding="utf-8")
        click.echo(relative(path))
    next_step("open the page in a browser")


def _show(record: Record, findings: tuple[Finding, ...]) -> None:
    whose = [(claim.carrier, claim.says, "yes" if claim.believed else "no") for claim in record.identity]
    table(("Whose return", "says", "believed"), whose)
    if record.message:
        click.secho(plain(record.message), fg="yellow")
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
        click.echo(f"Differs from the blank: {plain(difference)}")
    for finding in findings:
        click.echo(f"{finding.severity}: {plain(finding.message)}")
