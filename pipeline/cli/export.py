"""`proforma export`."""

import io
from pathlib import Path

import click

from pipeline.cli.app import App
from pipeline.cli.options import round_option
from pipeline.cli.progress import working
from pipeline.cli.show import next_step, relative

_PRINTED = Path("-")


@click.command()
@round_option
@click.option(
    "--format", "format_", type=click.Choice(["json", "csv", "xlsx"]), help="How to write it.  [default: the ending of --out, or json]"
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; - prints it.  [default: outbox/data/answers.FORMAT]"
)
def export(app: App, format_: str | None, out: Path | None) -> None:
    """Write every answer with its source, as JSON, CSV or Excel.

    The answers are those of the return that counts of each partnership, as the return has them. docs/json.md explains the
    JSON; CSV and Excel have a row for each answer, and Excel a second sheet with the findings.

    \b
    Example:
        proforma export --format xlsx
        proforma export --format csv --out - | head
    """
    from pipeline.flow import data
    from pipeline.publish.data import WRITERS
    from pipeline.publish.files import put

    format_ = format_ or _ending(out)
    if out == _PRINTED and format_ == "xlsx":
        raise click.UsageError("A workbook cannot be printed: name a file with --out.")
    with app.store() as store:
        answers = data(app.round, store)
    if out == _PRINTED:
        text = io.BytesIO()
        WRITERS[format_](text, answers)
        click.echo(text.getvalue(), nl=False)
        return
    target = out or app.round.outbox / "data" / f"answers.{format_}"
    with working("Writing the answers"):
        put(target, lambda file: WRITERS[format_](file, answers))
    count = sum(len(record.answers) for record in answers.records)
    click.echo(f"{count:,} answers of {len(answers.records)} returns:")
    click.echo(f"  {relative(target)}")
    next_step("open it in Excel" if format_ != "json" else "docs/json.md explains each key", "proforma explain FILE shows one return")


def _ending(out: Path | None) -> str:
    """Return the format that a file's name asks for; JSON where it says nothing."""
    ending = out.suffix.lower().lstrip(".") if out else ""
    return ending if ending in ("csv", "xlsx") else "json"
