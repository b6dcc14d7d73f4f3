"""`proforma accept`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reading_of, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.whose import the_partnership


@click.command()
@click.argument("partnership")
@reason_option(needed=False)
@by_option
@round_option
@json_option
def accept(app: App, partnership: str, reason: str, by: str, as_json: bool) -> None:
    """Accept a partnership's return for the plan.

    It enters the plan and the papers as it is, whatever is open in it. A newer return is accepted anew. PARTNERSHIP is a name, alias, code
    or id of the register.

    \b
    Example:
        proforma accept SPI --reason "Agreed by telephone"
    """
    from pipeline.desk import deciding

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        decided = deciding.accept(whose, reading_of(app, whose, store), who(app, by, reason), store)
    show_decided(decided, f"The return of {whose.name} is accepted", as_json=as_json, then="proforma status")
