"""`proforma run`."""

import click

from pipeline.cli.app import App
from pipeline.cli.flaws import counted as counted_flaws
from pipeline.cli.options import round_option
from pipeline.cli.progress import watched, working
from pipeline.cli.show import counted, next_step, relative
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
    from pipeline.flow import checked, desk, ingest, proofread, publish_papers, standing
    from pipeline.intake.inbox import waiting

    with app.store() as store:
        at_desk = desk(app.round, store)
        total = len(waiting(app.round)) + len(store.mails.unread(at_desk.reader))
        taken = list(watched(ingest(at_desk, store, app.now), "Reading returns", total))
        attention = show_taken(app, taken, as_json=False, then="")
        findings = checked(app.round, standing(app.round, store), store.decisions())
        with working("Writing the papers"):
            read = proofread(app.round, store, app.now.date())
            papers = publish_papers(app.round, store, read=read)
    click.echo(f"Found: {counted(findings)}.")
    click.echo("Written:")
    for path in papers:
        click.echo(f"  {relative(path)}")
    click.echo(f"In the papers, {counted_flaws(read.flaws)}.")
    next_step("open the papers in Word", "proforma check says what to ask", "proforma publish says what to mend")
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)
