"""`proforma demo`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import round_option
from pipeline.cli.show import next_step, relative, table
from pipeline.cli.taken import show_taken
from pipeline.model.findings import Severity


@click.command()
@round_option
def demo(app: App) -> None:
    """Run the whole job on a round, step by step.

    Does what the officer does over some months: blanks, returns, checks, papers. Run it twice: nothing is done twice.

    \b
    Example:
        proforma demo
    """
    from pipeline.flow import checked, generate, ingest, publish_papers

    step = iter(range(1, 9))
    _heading(next(step), f"The round “{app.round.name}”: {len(app.round.partnerships)} partnerships, form “{app.round.form.title}”")
    _heading(next(step), "proforma generate – one blank for each partnership")
    made = list(generate(app.round))
    table(("Partnership", "Blank"), [(partnership.name, relative(path)) for partnership, path in made])
    with app.store() as store:
        _heading(next(step), f"proforma ingest – what came back, from {relative(app.round.inbox)}")
        show_taken(app, list(ingest(app.desk, store, app.now)), as_json=False)
        _heading(next(step), "proforma check – what to ask before the papers are final")
        findings = checked(app.round, store.current().values())
        for severity in Severity:
            click.echo(f"  {sum(finding.severity is severity for finding in findings):3} {severity}")
        _heading(next(step), "proforma publish – the papers")
        for path in publish_papers(app.round, store):
            click.echo(f"  {relative(path)}")
    next_step("open the papers in outbox/plan", "proforma check", "proforma status", "README.md says how to start your own round")


def _heading(number: int, text: str) -> None:
    click.echo()
    click.secho(f"{number}. {text}", bold=True)
