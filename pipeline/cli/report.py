"""`proforma report`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import working
from pipeline.cli.show import line, next_step, relative
from pipeline.cli.status import the_day


@click.command()
@click.argument("which", type=click.Choice(["interim"]), metavar="interim")
@click.option("--on", metavar="DATE", default="", help="The day that the report is of.  [default: today]")
@click.option("--public", is_flag=True, help="Leave out personal details: a copy for the council's website, in outbox/publication.")
@round_option
@json_option
def report(app: App, which: str, on: str, public: bool, as_json: bool) -> None:
    """Write the progress report, from the returns that have come so far.

    It goes to outbox/plan: for Word, as PDF/UA, and where LibreOffice is installed as OpenDocument too. It takes every return as it came,
    accepted or not, and says what is missing. The same returns and the same day give the same files, to the byte.

    \b
    Example:
        proforma report interim
        proforma report interim --on "21 April" --public
    """
    from pipeline.flow import copies_without_word, report_progress

    with app.store() as store, working("Writing the report"):
        path = report_progress(app.round, store, the_day(app, on), public=public)
        made = (path, *copies_without_word([path]))
    for path in made:
        if as_json:
            line({"file": relative(path)})
        else:
            click.echo(f"  {relative(path)}")
    if not as_json:
        next_step("open the report in Word", "proforma status")
