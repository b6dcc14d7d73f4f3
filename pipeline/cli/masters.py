"""`proforma masters`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import round_option
from pipeline.cli.show import next_step
from pipeline.errors import ExitCode


@click.command()
@round_option
def masters(app: App) -> None:
    """Check that the kit's Word masters and its form agree.

    \b
    Example:
        proforma masters
    """
    from pipeline.blanks.masters import check_master

    master = app.round.kit / "proforma.docx"
    mistakes = check_master(master, app.round.form)
    for mistake in mistakes:
        click.echo(f"  • {mistake}")
    if mistakes:
        next_step(f"open {master} in Word and mend these", "proforma masters")
        click.get_current_context().exit(ExitCode.SETUP)
    click.echo(f"{master.name} and form.yaml agree.")
    next_step("proforma generate")
