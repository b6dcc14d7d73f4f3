"""`proforma masters`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, relative
from pipeline.errors import ExitCode


@click.command()
@round_option
@json_option
def masters(app: App, as_json: bool) -> None:
    """Check that the kit's Word masters and its form agree.

    \b
    Example:
        proforma masters
    """
    from pipeline.blanks.masters import check_master

    master = app.round.kit / "proforma.docx"
    mistakes = check_master(master, app.round.form)
    if as_json:
        line({"file": relative(master), "mistakes": [str(mistake) for mistake in mistakes]})
    else:
        for mistake in mistakes:
            click.echo(f"  • {mistake}")
    if mistakes:
        next_step(f"open {relative(master)} in Word and mend these", "proforma masters")
        click.get_current_context().exit(ExitCode.SETUP)
    if not as_json:
        click.echo(f"{master.name} and form.yaml agree.")
        next_step("proforma generate")
