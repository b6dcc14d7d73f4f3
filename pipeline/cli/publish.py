"""`proforma publish`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import working
from pipeline.cli.show import line, next_step, relative


@click.command()
@round_option
@json_option
def publish(app: App, as_json: bool) -> None:
    """Write the delivery plan, the annex and the committee paper.

    They go to outbox/plan. The same returns give the same files, to the byte.

    \b
    Example:
        proforma publish
    """
    from pipeline.flow import publish_papers

    with app.store() as store, working("Writing the papers"):
        papers = publish_papers(app.round, store)
    for path in papers:
        if as_json:
            line({"file": relative(path)})
        else:
            click.echo(f"  {relative(path)}")
    if not as_json:
        next_step("open the papers in Word", "proforma status")
