"""`proforma demo`."""

import click

from pipeline.cli.app import App
from pipeline.cli.flaws import counted as counted_flaws
from pipeline.cli.options import round_option
from pipeline.cli.progress import watched, working
from pipeline.cli.show import counted, next_step, paths, relative
from pipeline.cli.taken import show_taken


@click.command()
@round_option
def demo(app: App) -> None:
    """Run the whole job on a round, step by step.

    Does what the officer does over some months: blanks, returns, checks, papers. Run it twice: nothing is done twice.

    \b
    Example:
        proforma demo
    """
    from pipeline.flow import checked, desk, generate, ingest, proofread, publish_papers, standing
    from pipeline.intake.inbox import waiting

    step = iter(range(1, 9))
    _heading(next(step), f"The round “{app.round.name}”: {len(app.round.partnerships)} partnerships, form “{app.round.form.title}”")
    _heading(next(step), "proforma generate – one blank for each partnership")
    made = list(watched(generate(app.round), "Writing blanks", len(app.round.partnerships)))
    paths((partnership.name, path) for partnership, path in made)
    with app.store() as store:
        _heading(next(step), f"proforma ingest – what came back, from {relative(app.round.inbox)}")
        taken = list(watched(ingest(desk(app.round, store), store, app.now), "Reading returns", len(waiting(app.round))))
        show_taken(app, taken, as_json=False, then="")
        _heading(next(step), "proforma check – what to ask before the papers are final")
        findings = checked(app.round, standing(app.round, store), store.decisions())
        click.echo(f"  Found: {counted(findings)}.")
        _heading(next(step), "proforma publish – the papers")
        with working("Writing the papers"):
            read = proofread(app.round, store, app.now.date())
            papers = publish_papers(app.round, store, read=read)
        for path in papers:
            click.echo(f"  {relative(path)}")
        click.echo(f"  In the papers, {counted_flaws(read.flaws)}.")
    next_step(
        "open the papers in outbox/plan",
        "proforma check",
        "proforma status",
        "proforma export",
        "README.md says how to start your own round",
    )


def _heading(number: int, text: str) -> None:
    click.echo()
    click.secho(f"{number}. {text}", bold=True)
