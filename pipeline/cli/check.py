"""`proforma check`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import counted, line, next_step, plain
from pipeline.errors import ExitCode
from pipeline.model.findings import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.QUERY: "yellow", Severity.WARNING: "yellow", Severity.INFO: "white"}


@click.command()
@round_option
@json_option
def check(app: App, as_json: bool) -> None:
    """Say what is missing or doubtful in the returns, and what to ask.

    Looks at each return that counts, across all of them, and at the store itself.

    \b
    Example:
        proforma check --json
    """
    from pipeline.flow import checked, standing

    with app.store() as store:
        findings = checked(app.round, standing(app.round, store))
        problems = store.check()
    if as_json:
        for finding in findings:
            line(finding._asdict())
    else:
        _show(app, findings)
    for problem in problems:
        click.secho(f"The store: {problem}", fg="red", err=True)
    pressing = [finding for finding in findings if finding.severity is not Severity.INFO]
    click.get_current_context().exit(ExitCode.STORE if problems else ExitCode.ATTENTION if pressing else ExitCode.CLEAN)


def _show(app: App, findings: tuple[Finding, ...]) -> None:
    for partnership in [*app.round.partnerships, None]:
        own = [finding for finding in findings if finding.partnership == (partnership.id if partnership else "")]
        if own:
            click.secho(f"\n{partnership.name if partnership else 'The round as a whole'}", bold=True)
        for finding in own:
            where = f"  [{finding.field}]" if finding.field else ""
            click.secho(f"  {finding.severity:8}", fg=_COLOURS[finding.severity], nl=False)
            click.echo(f"{plain(finding.message)}{where}")
    click.echo(f"\nFound: {counted(findings)}.")
    next_step("ask the partnerships, or go on: findings that are no errors do not stop the papers", "proforma publish")
