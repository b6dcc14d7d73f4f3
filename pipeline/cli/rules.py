"""`proforma rules`."""

from inspect import cleandoc

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, table


@click.command()
@round_option
@click.option("--kinds", is_flag=True, help="List the kinds of rules that a form can use instead.")
@json_option
def rules(app: App, kinds: bool, as_json: bool) -> None:
    """List the rules that returns are checked by.

    \b
    Example:
        proforma rules
        proforma rules --kinds
    """
    if kinds:
        _kinds(as_json)
        return
    if as_json:
        for rule in app.round.form.rules:
            line(rule.model_dump(mode="json"))
        return
    table(("Rule", "Severity", "What the partnership is asked"), [(rule.code, rule.severity, rule.ask) for rule in app.round.form.rules])
    next_step("docs/rules.md says why each exists", "proforma rules --kinds")


def first_sentence(text: str) -> str:
    """Return a text up to its first full stop."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."


def _kinds(as_json: bool) -> None:
    """Show every kind with what it looks at and its parameters. Needs no round."""
    from pipeline.check.table import KINDS

    rows = []
    for name in sorted(KINDS):
        kind = KINDS[name]
        looks_at = [type_.value for type_ in kind.of] or ["the whole return"]
        rows.append((name, looks_at, list(kind.params.model_fields), cleandoc(kind.doc)))
    if as_json:
        for name, looks_at, parameters, what in rows:
            line({"kind": name, "looks_at": looks_at, "parameters": parameters, "what": what})
        return
    shown = [(name, first_sentence(what), ", ".join(looks_at), ", ".join(parameters)) for name, looks_at, parameters, what in rows]
    table(("Kind", "What it checks", "Looks at", "Parameters"), shown)
    next_step("docs/rules.md explains each", "write a rule into form.yaml", "proforma check")
