"""`proforma log`."""

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import by_option, who
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain
from pipeline.cli.whose import the_partnership
from pipeline.model.post import LogKind


@click.command()
@click.argument("partnership")
@click.argument("kind", type=click.Choice([kind.value for kind in LogKind]))
@click.argument("words", nargs=-1, required=True)
@click.option("--on", metavar="DATE", default="", help="The day on which it happened.  [default: now]")
@by_option
@round_option
@json_option
def log(app: App, partnership: str, kind: str, words: tuple[str, ...], on: str, by: str, as_json: bool) -> None:
    """Note a call, a meeting or an offer of support.

    KIND is phone, meeting, mail, support or note. `proforma status PARTNERSHIP` shows the log with everything else that happened.

    \b
    Example:
        proforma log SPI support "Would like an officer at their meeting on 20 April" --on "31 March"
    """
    from pipeline.desk.contacts import note

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        entry, new = note(whose, LogKind(kind), " ".join(words), on, who(app, by), app.round, store)
    if as_json:
        line({**entry._asdict(), "at": entry.at.isoformat(), "new": new})
        return
    click.echo(plain(f"{'Noted' if new else 'Already noted'}: {whose.name}, {entry.kind}: {entry.words}"))
    next_step(f"proforma status {whose.code}")
