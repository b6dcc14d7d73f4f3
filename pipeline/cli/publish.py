"""`proforma publish`."""

from collections.abc import Sequence
from typing import NoReturn

import click

from pipeline.cli.app import App
from pipeline.cli.flaws import counted, show_flaws
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import working
from pipeline.cli.show import line, next_step, relative
from pipeline.errors import ExitCode
from pipeline.model.flaws import Flaw


@click.command()
@click.option("--final", is_flag=True, help="Write nothing while something is to be mended: then no paper is a draft.")
@click.option("--public", is_flag=True, help="Leave out personal details: copies for the council's website, in outbox/publication.")
@round_option
@json_option
def publish(app: App, final: bool, public: bool, as_json: bool) -> None:
    """Write the delivery plan, the annex and the committee paper.

    They go to outbox/plan: for Word and Excel, as PDF/UA, and where LibreOffice is installed as OpenDocument too. The same returns give
    the same files, to the byte; a paper is made again only where something that it is made from has changed. One that you have edited
    in Word is kept beside the new one.

    The papers are read first. What is to be mended is printed, and the papers say that they are drafts and why. The six characters before
    it name it for `proforma override`, which accepts it with a reason that the paper prints. docs/papers.md explains each check.

    \b
    Example:
        proforma publish
        proforma publish --public
        proforma publish --final
    """
    from pipeline.flow import proofread, publish_papers
    from pipeline.publish.files import kept, left_alone, stand
    from pipeline.publish.portable import outdated
    from pipeline.tools import libreoffice

    folder = app.round.outbox / ("publication" if public else "plan")
    before = stand(folder)
    with app.store() as store:
        with working("Reading the papers"):
            read = proofread(app.round, store, app.now.date())
        if final and read.blocking:
            _refuse(read.flaws, as_json=as_json)
        with working("Writing the papers"):
            papers = publish_papers(app.round, store, public=public, read=read)
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
    show_flaws(read.flaws, as_json=as_json)
    if not as_json:
        click.echo(f"{'The papers are drafts' if read.blocking else 'No paper is a draft'} – {counted(read.flaws)}.")
        if not any(path.suffix == ".odt" for path in papers):
            missing = f"No .odt, and the PDFs are set by this program: LibreOffice is not installed. {libreoffice.INSTALL}"
            click.secho(missing, fg="yellow", err=True)
        for path in outdated(path for path in papers if path.suffix == ".docx"):
            click.secho(f"Of an earlier paper, and not to be sent: {relative(path)}", fg="yellow", err=True)
        mend = "mend what is listed, or accept it with a reason (proforma override)"
        next_step("open the papers in Word", *((mend, "proforma publish") if read.blocking else ("proforma status",)))


def _refuse(flaws: Sequence[Flaw], *, as_json: bool) -> NoReturn:
    """Say why nothing was written, and end."""
    show_flaws(flaws, as_json=as_json)
    if not as_json:
        click.echo(f"Nothing was written – {counted(flaws)}.")
        next_step("mend what is listed, or accept it with a reason (proforma override)", "proforma publish --final")
    raise click.exceptions.Exit(ExitCode.ATTENTION)
