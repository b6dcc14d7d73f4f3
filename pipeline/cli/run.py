"""`proforma run`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import round_option
from pipeline.cli.show import next_step, relative
from pipeline.cli.taken import show_taken
from pipeline.errors import ExitCode


@click.command()
@round_option
def run(app: App) -> None:
    """Ingest, check and publish in one go.

    \b
    Example:
        proforma run
    """
    from pipeline.flow import ingest, publish_papers

    with app.store() as store:
        attention = show_taken(app, list(ingest(app.desk, store, app.now)), as_json=False)
        papers = publish_papers(app.round, store)
    click.echo("Written:")
    for path in papers:
        click.echo(f"  {relative(path)}")
    next_step("open the papers in Word", "proforma check says what to ask")
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)
