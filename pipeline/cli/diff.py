"""`proforma diff`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain, relative, table
from pipeline.cli.whose import the_partnership

if TYPE_CHECKING:
    from pipeline.desk.comparing import Compared


@click.command()
@click.argument("partnership")
@click.option(
    "--word", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the changes as a Word file, each tracked."
)
@round_option
@json_option
def diff(app: App, partnership: str, word: Path | None, as_json: bool) -> None:
    """Show what changed between two returns of a partnership.

    The newest return is compared with the one before it; what answered queries by mail is a version of its own. PARTNERSHIP is a name,
    alias, code or id of the register.

    \b
    Example:
        proforma diff "Safer Communities Partnership" --word changes.docx
    """
    from pipeline.flow import differences

    with app.store() as store:
        compared = differences(app.round, store, the_partnership(app.round, partnership))
    if word:
        from pipeline.desk.comparing import redlined

        word.parent.mkdir(parents=True, exist_ok=True)
        word.write_bytes(redlined(compared, app.round))
    if as_json:
        line(_as_json(compared, word))
        return
    click.echo(plain(f"{compared.partnership.name}: from {compared.older.file} to {compared.newer.file}"))
    table(
        ("Where", "From", "To", "When", "In"),
        [(one.where, one.before or "–", one.after or "–", f"{one.at.day} {one.at:%B %Y %H:%M}", one.file) for one in compared.changes],
    )
    click.echo(f"{len(compared.changes)} fields changed.")
    if word:
        click.echo(f"  {plain(relative(word))}")
    next_step("proforma check", "proforma query")


def _as_json(compared: "Compared", word: Path | None) -> dict[str, object]:
    return {
        "partnership": compared.partnership.id,
        "from": {"file": compared.older.file, "sha256": compared.older.record.sha256, "at": compared.older.at.isoformat()},
        "to": {"file": compared.newer.file, "sha256": compared.newer.record.sha256, "at": compared.newer.at.isoformat()},
        "changes": [
            {
                "field": one.field,
                "where": one.where,
                "from": one.before or None,
                "to": one.after or None,
                "at": one.at.isoformat(),
                "file": one.file,
                "quote": one.quote,
            }
            for one in compared.changes
        ],
        "file": relative(word) if word else None,
    }
