"""`proforma publish`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import working
from pipeline.cli.show import line, next_step, relative


@click.command()
@click.option("--public", is_flag=True, help="Leave out personal details: copies for the council's website, in outbox/publication.")
@round_option
@json_option
def publish(app: App, public: bool, as_json: bool) -> None:
    """Write the delivery plan, the annex and the committee paper.

    They go to outbox/plan: for Word and Excel, as PDF/UA, and where LibreOffice is installed as OpenDocument too. The same returns give
    the same files, to the byte; what would not change is left as it lies.

    \b
    Example:
        proforma publish
        proforma publish --public
    """
    from pipeline.flow import publish_papers
    from pipeline.tools import libreoffice

    with app.store() as store, working("Writing the papers"):
        papers = publish_papers(app.round, store, public=public)
    for path in papers:
        if as_json:
            line({"file": relative(path)})
        else:
            click.echo(f"  {relative(path)}")
    if not as_json:
        if not any(path.suffix == ".odt" for path in papers):
            missing = f"No .odt, and the PDFs are set by this program: LibreOffice is not installed. {libreoffice.INSTALL}"
            click.secho(missing, fg="yellow", err=True)
        next_step("open the papers in Word", "proforma status")
