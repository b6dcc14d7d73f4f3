"""`proforma ingest`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import watched
from pipeline.cli.taken import show_taken
from pipeline.errors import ExitCode


@click.command()
@round_option
@click.option("--dry-run", "-n", is_flag=True, help="Show what would be stored; store nothing.")
@json_option
def ingest(app: App, dry_run: bool, as_json: bool) -> None:
    """Read every return waiting in the inbox.

    Originals are kept as they came; the inbox itself is never changed. What was taken in before is not taken in twice. Mails that were
    collected and not read yet are read too.

    \b
    Example:
        proforma ingest --dry-run
    """
    from pipeline.flow import desk, preview
    from pipeline.flow import ingest as take_in_all
    from pipeline.intake.inbox import waiting

    total = len(waiting(app.round))
    if dry_run:
        taken = list(watched(preview(app.desk), "Reading returns", total))
    else:
        with app.store() as store:
            at_desk = desk(app.round, store)
            total += len(store.mails.unread(at_desk.reader))
            taken = list(watched(take_in_all(at_desk, store, app.now), "Reading returns", total))
    then = "proforma ingest stores them" if dry_run else "proforma check · proforma publish"
    attention = show_taken(app, taken, as_json=as_json, then=then)
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)
