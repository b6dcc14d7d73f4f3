"""`proforma status`."""

import datetime as dt
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, relative
from pipeline.cli.whose import the_partnership

if TYPE_CHECKING:
    from pipeline.model.board import Board


@click.command()
@click.argument("partnership", required=False)
@click.option("--on", metavar="DATE", default="", help="As of the end of a day, past or to come.  [default: today]")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the board as a page to print instead.")
@click.option("--post", is_flag=True, help="List the messages that were written instead, and where each stands.")
@round_option
@json_option
def status(app: App, partnership: str | None, on: str, html: Path | None, post: bool, as_json: bool) -> None:
    """Show where each partnership stands, and what to do next.

    With PARTNERSHIP, the whole history behind it: what happened, what was written, what was decided and said, in order of time.

    \b
    Example:
        proforma status
        proforma status SPI
        proforma status --on "6 May" --html board.html
    """
    if sum((partnership is not None, html is not None, post)) > 1:
        raise click.UsageError("Say one of PARTNERSHIP, --html and --post.")
    if partnership is not None:
        _history(app, partnership, on, as_json=as_json)
    elif post:
        _post(app, as_json=as_json)
    else:
        _board(app, on, html, as_json=as_json)


def the_day(app: App, said: str) -> dt.date:
    """Return the day that a person names; today where it is none."""
    from pipeline.desk.deciding import a_day

    return a_day(said, app.round) if said else app.now.astimezone().date()


def _board(app: App, on: str, html: Path | None, *, as_json: bool) -> None:
    from pipeline.cli.boards import as_object, show_board
    from pipeline.flow import board

    app.tell_what_is_odd()
    with app.store() as store:
        made = board(app.round, store, the_day(app, on))
    if html is not None:
        _page(made, html)
    elif as_json:
        line(as_object(made))
    else:
        show_board(made)


def _page(made: "Board", path: Path) -> None:
    from pipeline.publish.board_page import page
    from pipeline.publish.files import put

    def write(target: IO[bytes]) -> None:
        target.write(page(made).encode())

    put(path, write)
    click.echo(f"  {relative(path)}")
    next_step("open it in a browser, and print it")


def _history(app: App, said: str, on: str, *, as_json: bool) -> None:
    from pipeline.cli.boards import show_history
    from pipeline.desk.past import past
    from pipeline.flow import board

    whose = the_partnership(app.round, said)
    day = the_day(app, on)
    with app.store() as store:
        happened = past(whose, store, day)
        made = board(app.round, store, day)
    if as_json:
        for one in happened:
            line({"at": one.at.isoformat(), "kind": one.kind, "what": one.what, "by": one.by})
    else:
        show_history(made, next(one for one in made.lines if one.partnership is whose or one.partnership.id == whose.id), happened)


def _post(app: App, *, as_json: bool) -> None:
    from pipeline.cli.boards import posted_object, show_post

    with app.store() as store:
        posted = store.ledger.posted()
    if as_json:
        for one in posted:
            line(posted_object(one))
    else:
        show_post(app.round, posted)
