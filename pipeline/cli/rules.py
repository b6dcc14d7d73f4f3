"""`proforma rules`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, table


@click.command()
@round_option
@json_option
def rules(app: App, as_json: bool) -> None:
    """List the rules that returns are checked by.

    \b
    Example:
        proforma rules
    """
    if as_json:
        for rule in app.round.form.rules:
            line(rule.model_dump(mode="json"))
        return
    table(("Rule", "Severity", "What the partnership is asked"), [(rule.code, rule.severity, rule.ask) for rule in app.round.form.rules])
    next_step("docs/rules.md says why each exists")
