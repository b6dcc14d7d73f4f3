"""`proforma extend`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.whose import the_partnership


@click.command()
@click.argument("partnership")
@click.argument("date")
@reason_option(needed=True)
@by_option
@round_option
@json_option
def extend(app: App, partnership: str, date: str, reason: str, by: str, as_json: bool) -> None:
    """Give a partnership longer for its return.

    DATE is its last day, as people write it; without a year, that of the meeting is meant. The newest extension counts.

    \b
    Example:
        proforma extend SPI "13 May" --reason "Their board meets on the 12th"
    """
    import datetime as dt

    from pipeline.desk import deciding
    from pipeline.publish.views import day

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        decided = deciding.extend(whose, date, who(app, by, reason), app.round, store)
    until = day(dt.date.fromisoformat(decided.decision.value or ""))
    show_decided(decided, f"{whose.name} has until {until}", as_json=as_json, then="proforma status")
