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
    the same files, to the byte; a paper is made again only where something that it is made from has changed. One that you have edited
    in Word is kept beside the new one.

    \b
    Example:
        proforma publish
        proforma publish --public
    """
    from pipeline.flow import publish_papers
    from pipeline.publish.files import kept, left_alone, stand
    from pipeline.tools import libreoffice

    folder = app.round.outbox / ("publication" if public else "plan")
    before = stand(folder)
    with app.store() as store, working("Writing the papers"):
        papers = publish_papers(app.round, store, public=public)
    same, by_hand = left_alone(papers, before), tuple(kept(folder, before))
    for path in papers:
        if as_json:
            line({"file": relative(path), "written": path not in same})
        else:
            click.echo(f"  {relative(path)}{' – as it was' if path in same else ''}")
    for path in by_hand:
        if as_json:
            line({"kept": relative(path)})
        else:
            click.secho(f"Changed by hand, and kept beside the new one: {relative(path)}", fg="yellow", err=True)
    if not as_json:
        if not any(path.suffix == ".odt" for path in papers):
            missing = f"No .odt, and the PDFs are set by this program: LibreOffice is not installed. {libreoffice.INSTALL}"
            click.secho(missing, fg="yellow", err=True)
        next_step("open the papers in Word", "proforma status")
