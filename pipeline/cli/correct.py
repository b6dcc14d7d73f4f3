"""`proforma correct`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, reading_of, reason_option, show_decided, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.whose import the_partnership


@click.command()
@click.argument("partnership")
@click.argument("field")
@click.argument("value")
@reason_option(needed=True)
@by_option
@round_option
@json_option
def correct(app: App, partnership: str, field: str, value: str, reason: str, by: str, as_json: bool) -> None:
    """Write another value into a field of a return.

    FIELD is the path that `proforma check` and `proforma explain` show, items counted from 1. VALUE is written as people write it; ""
    empties the field. What the return said is kept, and the papers print both with the reason.

    \b
    Example:
        proforma correct SPI "priorities[2].lead_officer" "Sam Hill" --reason "Told us by telephone"
    """
    from pipeline.desk import deciding
    from pipeline.publish.context import where_said

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        reading = reading_of(app, whose, store)
        decided = deciding.correct(whose, reading, field, value, who(app, by, reason), app.round, store)
    said = f"is “{decided.decision.value}”" if decided.decision.value else "is empty"
    show_decided(decided, f"{whose.name}, {where_said(field, app.round.form)} {said}", as_json=as_json, then="proforma check")
