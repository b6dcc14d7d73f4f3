"""`proforma chase`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.posted import deliver, show_plan
from pipeline.cli.show import next_step


@click.command()
@click.option("--yes", "-y", is_flag=True, help="Send; without it, only who would be reminded is shown.")
@round_option
@json_option
def chase(app: App, yes: bool, as_json: bool) -> None:
    """Remind the partnerships that are late, of what is still missing.

    Those that were asked and have sent nothing that can be used get a reminder: at most one a day to an address, and as many to a
    partnership as “reminders” in round.yaml allows. Nobody is reminded of what has come, or will not come.

    \b
    Example:
        proforma chase            who would be reminded of what
        proforma chase --yes
    """
    from pipeline.desk.chasing import remind, to_remind
    from pipeline.flow import case

    with app.store() as store:
        now, at_hand = app.now, case(app.round, store)
        prospects = list(to_remind(at_hand, now.date()))
        if yes:
            remind(at_hand, prospects, now)
            click.get_current_context().exit(deliver(app, store, as_json=as_json))
        show_plan(app, prospects, "reminder", as_json=as_json)
        if not as_json:
            click.echo(f"Nothing was sent. {sum(one.due for one in prospects)} would be reminded.")
            next_step("proforma chase --yes")
