"""`proforma decline`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.whose import the_partnership


@click.command()
@click.argument("partnership")
@reason_option(needed=True)
@by_option
@round_option
@json_option
def decline(app: App, partnership: str, reason: str, by: str, as_json: bool) -> None:
    """Note that a partnership declined to take part.

    It counts as a reply and is not chased. A return that came before leaves the plan; one that comes later counts again.

    \b
    Example:
        proforma decline SPI --reason "They are being wound up"
    """
    from pipeline.desk import deciding
    from pipeline.model.history import DecisionKind

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        decided = deciding.without_return(DecisionKind.DECLINE, whose, who(app, by, reason), store)
    show_decided(decided, f"{whose.name} declined", as_json=as_json, then="proforma status")
