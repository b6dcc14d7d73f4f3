"""`proforma sign-off`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reading_of, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.whose import the_partnership


@click.command("sign-off")
@click.argument("partnership")
@reason_option(needed=False)
@by_option
@round_option
@json_option
def sign_off(app: App, partnership: str, reason: str, by: str, as_json: bool) -> None:
    """Sign off the final version of a partnership's answers.

    What it says now, corrections made, is kept as a version of its own, and the papers are made of that from now on. What changes later is
    on the board, and enters the papers once it is signed off again.

    \b
    Example:
        proforma sign-off SPI --by "Chief Executives and Leaders group" --reason "Agreed on 2 June"
    """
    from pipeline.desk import deciding

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        decided = deciding.sign_off(whose, reading_of(app, whose, store), who(app, by, reason), store)
    show_decided(
        decided, f"The version of {whose.name} is signed off ({decided.decision.about[:12]})", as_json=as_json, then="proforma publish"
    )
