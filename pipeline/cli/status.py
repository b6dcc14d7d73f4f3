"""`proforma status`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain, table
from pipeline.model.findings import Severity
from pipeline.model.history import Progress


@click.command()
@round_option
@json_option
def status(app: App, as_json: bool) -> None:
    """Show where each partnership stands.

    \b
    Example:
        proforma status
    """
    with app.store() as store:
        current, progress, held = store.current(), store.progress(), store.held()
    rows = []
    for partnership in app.round.partnerships:
        reading = current.get(partnership.id)
        state = progress.get(partnership.id, Progress.NOT_SENT)
        asked = sum(finding.severity in (Severity.ERROR, Severity.QUERY) for finding in reading.findings) if reading else 0
        rows.append((partnership, state, reading, asked))
    if as_json:
        for partnership, state, reading, asked in rows:
            line(
                {
                    "partnership": partnership.id,
                    "name": partnership.name,
                    "state": state,
                    "file": reading.record.file if reading else None,
                    "to_ask": asked,
                }
            )
        return
    table(
        ("Partnership", "State", "Return", "To ask"),
        [(partnership.name, state, reading.record.file if reading else "–", asked or "") for partnership, state, reading, asked in rows],
    )
    for reading in held:
        click.secho(plain(f"Waiting for you: {reading.record.file} – {reading.record.message}"), fg="yellow")
    replied = sum(reading is not None for _, _, reading, _ in rows)
    click.echo(f"{replied} of {len(rows)} partnerships have replied.")
    next_step("proforma check", "proforma publish")
