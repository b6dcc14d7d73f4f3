"""How what is wrong with the papers is shown: by `proforma publish` and by `proforma check --paper`."""

from collections.abc import Sequence

import click

from pipeline.cli.show import line, plain
from pipeline.model.findings import Severity
from pipeline.model.flaws import Flaw

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def show_flaws(flaws: Sequence[Flaw], *, as_json: bool) -> None:
    """Print flaws: where – what is wrong – what to do, with the short name that `proforma override` takes."""
    for flaw in flaws:
        if as_json:
            line({**flaw._asdict(), "key": flaw.finding.key, "short": flaw.finding.short})
            continue
        click.echo(f"  {flaw.finding.short}  ", nl=False)
        click.secho(f"{flaw.severity:8}", fg=_COLOURS.get(flaw.severity), nl=False)
        click.echo(plain(f"{flaw.place} – {flaw.message} – {flaw.advice}"))


def counted(flaws: Sequence[Flaw]) -> str:
    """Say how many must be mended, and how many are only to be known."""
    wrong = sum(flaw.blocks for flaw in flaws)
    rest = len(flaws) - wrong
    return f"to be mended before the papers are final: {wrong or 'nothing'}; to be known: {rest or 'nothing'}"
