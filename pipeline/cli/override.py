"""`proforma override`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option


@click.command()
@click.argument("finding")
@reason_option(needed=True)
@by_option
@round_option
@json_option
def override(app: App, finding: str, reason: str, by: str, as_json: bool) -> None:
    """Accept a finding as it is, with a reason.

    FINDING is the short name that stands before it in `proforma check` or `proforma publish`, or its whole key. It is asked about no longer
    and keeps nothing out of the papers, which print the reason.

    \b
    Example:
        proforma override 3f9a1c --reason "Five priorities were agreed with the chair"
    """
    from pipeline.desk import deciding
    from pipeline.flow import checked, proofread, standing

    with app.store() as store:
        findings = checked(app.round, standing(app.round, store), store.decisions())
        read = proofread(app.round, store, app.now.date())
        findings = (*findings, *(flaw.finding for flaw in read.flaws), *(one.finding for one in read.plan.overrides))
        decided = deciding.override(finding, findings, who(app, by, reason), store)
    message = next(one.message for one in findings if one.key == decided.decision.about)
    show_decided(decided, f"Accepted as it is: {message}", as_json=as_json, then="proforma check")
