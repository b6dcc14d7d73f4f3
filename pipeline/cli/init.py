"""`proforma init`."""

from pathlib import Path

import click

from pipeline.cli.show import next_step, relative


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kit", default="priorities", show_default=True, help="The form to start from: a folder of templates/.")
def init(folder: Path, kit: str) -> None:
    """Start a new round: a folder with everything in it explained.

    \b
    Example:
        proforma init refresh-2014
    """
    from pipeline.rounds.starting import init_round

    for path in init_round(folder, kit):
        click.echo(f"  {relative(path)}")
    next_step(f"fill in {relative(folder)}/round.yaml and partnerships.xlsx", f"cd {relative(folder)}", "proforma generate")
