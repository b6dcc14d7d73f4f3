"""`proforma query`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain, relative
from pipeline.cli.whose import the_partnership
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.desk.asking import Back, Query


@click.command()
@click.argument("partnership", nargs=-1)
@click.option("--yes", is_flag=True, help="Queue the queries, to be sent by proforma send; without it they are only shown.")
@click.option("--again", is_flag=True, help="Ask once more what was asked of the same return already.")
@click.option("--file", "folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write the Word files there.")
@round_option
@json_option
def query(app: App, partnership: tuple[str, ...], yes: bool, again: bool, folder: Path | None, as_json: bool) -> None:
    """Put what is missing or doubtful back to the partnerships.

    Each gets its own return back as a Word file, with a comment on each place in question and only those answers open for editing.
    PARTNERSHIP is a name, alias, code or id of the register; all are meant without one. What was asked is not asked twice.

    \b
    Example:
        proforma query
        proforma query "Safer Communities Partnership" --file outbox/queries
        proforma query --yes
    """
    from pipeline.flow import query as asked

    queued = 0
    with app.store() as store:
        for one in asked(app.round, store, [the_partnership(app.round, said).id for said in partnership], app.now, again=again, queue=yes):
            path = _written(folder, one.back) if folder and one.back else None
            queued += one.queued
            if as_json:
                line(_as_json(one.query, queued=one.queued, path=path))
            else:
                _show(one.query, one.back, queued=one.queued, yes=yes, path=path)
    if not as_json:
        click.echo(f"{queued} queued." if yes else "Nothing was queued: this is a dry run.")
        next_step("proforma send --yes" if queued else "proforma query --yes" if not yes else "proforma status")
    click.get_current_context().exit(ExitCode.CLEAN)


def _written(folder: Path, back: "Back") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / back.name
    path.write_bytes(back.made.data)
    return path


def _show(query: "Query", back: "Back | None", *, queued: bool, yes: bool, path: Path | None) -> None:
    click.secho(plain(query.partnership.name), bold=True)
    for question in query.questions:
        click.echo(plain(f"  {question.words}{f'  ({question.where})' if question.where else ''}"))
    for finding in query.asked:
        click.echo(plain(f"  asked already, still open: {finding.message}"))
    if back and back.made.dropped:
        click.echo(f"  Not taken over from the return: {plain(', '.join(back.made.dropped))}.")
    if path:
        click.echo(f"  {plain(relative(path))}")
    if yes and query.questions and not queued:
        click.secho("  Not queued: the same query lies in the ledger. To ask once more: proforma query --again --yes.", fg="yellow")


def _as_json(query: "Query", *, queued: bool, path: Path | None) -> dict[str, object]:
    return {
        "partnership": query.partnership.id,
        "sha256": query.record.sha256,
        "questions": [
            {
                "number": one.number,
                "where": one.where,
                "question": one.finding.message,
                "code": one.finding.code,
                "field": one.finding.field,
            }
            for one in query.questions
        ],
        "asked": [{"code": one.code, "field": one.field, "question": one.message} for one in query.asked],
        "queued": queued,
        "file": relative(path) if path else None,
    }
