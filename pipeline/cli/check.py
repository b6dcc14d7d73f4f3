"""`proforma check`."""

from typing import NoReturn

import click

from pipeline.cli.app import App
from pipeline.cli.flaws import counted as counted_flaws
from pipeline.cli.flaws import show_flaws
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import counted, line, next_step, plain
from pipeline.errors import ExitCode
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import DecisionKind

_COLOURS = {Severity.ERROR: "red", Severity.QUERY: "yellow", Severity.WARNING: "yellow", Severity.INFO: "white"}


@click.command()
@click.option("--paper", is_flag=True, help="Look at the papers instead: what proforma publish would say of them.")
@round_option
@json_option
def check(app: App, paper: bool, as_json: bool) -> None:
    """Say what is missing or doubtful in the returns, and what to ask.

    Looks at each return that counts, corrections made, across all of them, and at the store itself. The six characters before a finding
    name it for `proforma override`.

    \b
    Example:
        proforma check --json
        proforma check --paper
    """
    if paper:
        _check_paper(app, as_json=as_json)
    from pipeline.flow import checked, standing

    with app.store() as store:
        decisions = store.decisions()
        found = checked(app.round, standing(app.round, store), decisions)
        problems = store.check()
    reasons = {one.about: one.reason for one in decisions if one.kind is DecisionKind.OVERRIDE}
    findings = tuple(finding for finding in found if finding.key not in reasons)
    if as_json:
        for finding in found:
            line({**finding._asdict(), "key": finding.key, "short": finding.short, "overridden": reasons.get(finding.key)})
    else:
        _show(app, findings)
        accepted = [finding for finding in found if finding.key in reasons]
        for finding in accepted:
            click.echo(plain(f"Accepted as it is: {finding.message} Reason: {reasons[finding.key]}"))
        _go_on(findings)
    for problem in problems:
        click.secho(f"The store: {problem}", fg="red", err=True)
    pressing = [finding for finding in findings if finding.severity is not Severity.INFO]
    click.get_current_context().exit(ExitCode.STORE if problems else ExitCode.ATTENTION if pressing else ExitCode.CLEAN)


def _check_paper(app: App, *, as_json: bool) -> NoReturn:
    """Say what is wrong with the papers, and end."""
    from pipeline.flow import proofread

    with app.store() as store:
        flaws = proofread(app.round, store, app.now.date()).flaws
    show_flaws(flaws, as_json=as_json)
    if not as_json:
        click.echo(f"Found, {counted_flaws(flaws)}.")
        mend = "mend what is listed, or accept it with a reason (proforma override)"
        next_step(*((mend, "proforma publish") if flaws else ("proforma publish --final",)))
    raise click.exceptions.Exit(ExitCode.ATTENTION if flaws else ExitCode.CLEAN)


def _show(app: App, findings: tuple[Finding, ...]) -> None:
    for partnership in [*app.round.partnerships, None]:
        own = [finding for finding in findings if finding.partnership == (partnership.id if partnership else "")]
        if own:
            click.secho(f"\n{partnership.name if partnership else 'The round as a whole'}", bold=True)
        for finding in own:
            where = f"  [{finding.field}]" if finding.field else ""
            click.echo(f"  {finding.short}  ", nl=False)
            click.secho(f"{finding.severity:8}", fg=_COLOURS[finding.severity], nl=False)
            click.echo(f"{plain(finding.message)}{where}")
    click.echo(f"\nFound: {counted(findings)}.")


def _go_on(findings: tuple[Finding, ...]) -> None:
    some = findings[0].short if findings else "FINDING"
    ask = f"ask the partnerships, accept one as it is (proforma override {some} --reason …), or go on: only errors keep a return out"
    next_step(ask if findings else "proforma status", "proforma publish")
