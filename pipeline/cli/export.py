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
@click.option("--pack", is_flag=True, help="Write a data package into outbox/data/pack: CSV and JSON with a Frictionless descriptor.")
def export(app: App, format_: str | None, out: Path | None, pack: bool) -> None:
    """Write every answer with its source, as JSON, CSV or Excel, or all of it as open data.

    The answers are those of the return that counts of each partnership, as the return has them. docs/json.md explains the
    JSON; CSV and Excel have a row for each answer, and Excel a second sheet with the findings.

    \b
    Example:
        proforma export --format xlsx
        proforma export --format csv --out - | head
        proforma export --pack
    """
    from pipeline.flow import data
    from pipeline.publish.data import WRITERS
    from pipeline.publish.files import put

    if pack:
        _pack(app, format_, out)
        return
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


def _pack(app: App, format_: str | None, out: Path | None) -> None:
    from pipeline.flow import data
    from pipeline.publish.pack import write_pack

    if format_ or out:
        raise click.UsageError("A pack is always the same files in outbox/data/pack: leave --format and --out away.")
    with app.store() as store, working("Writing the answers"):
        made = write_pack(app.round.outbox / "data" / "pack", data(app.round, store))
    for path in made:
        click.echo(f"  {relative(path)}")
    next_step("publish the folder outbox/data/pack as it is", "docs/json.md explains each key")


def _ending(out: Path | None) -> str:
    """Return the format that a file's name asks for; JSON where it says nothing."""
    ending = out.suffix.lower().lstrip(".") if out else ""
    return ending if ending in ("csv", "xlsx") else "json"
