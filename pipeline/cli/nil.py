"""`proforma nil`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, note_without_return, reason_option
from pipeline.cli.options import json_option, round_option
from pipeline.model.history import DecisionKind


@click.command()
@click.argument("partnership")
@reason_option(needed=True)
@by_option
@round_option
@json_option
def nil(app: App, partnership: str, reason: str, by: str, as_json: bool) -> None:
    """Note that a partnership has nothing to return.

    It counts as a reply and is not chased. A return that came before leaves the plan; one that comes later counts again.

    \b
    Example:
        proforma nil SPI --reason "No improvement is feasible in this period"
    """
    note_without_return(app, DecisionKind.NIL_RETURN, partnership, "has nothing to return", by=by, reason=reason, as_json=as_json)
