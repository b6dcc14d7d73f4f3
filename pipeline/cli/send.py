"""`proforma send`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import decider
from pipeline.cli.options import json_option, round_option
from pipeline.cli.posted import as_object, deliver, show_plan
from pipeline.cli.show import line, next_step, plain, relative
from pipeline.cli.whose import the_partnership
from pipeline.errors import ExitCode
from pipeline.model.post import Posted, Posting

if TYPE_CHECKING:
    from pipeline.desk.sending import Prospect
    from pipeline.store.store import Store

ALL = "all"
"""With --sent and --not-sent: every draft. What is uncertain is looked at one by one."""


@click.command()
@click.option("--yes", "-y", is_flag=True, help="Send; without it, only what would be sent is shown.")
@click.option("--show", metavar="PARTNERSHIP", help="Show the letter to a partnership, and send nothing.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="With --show: write the letter as a page into a file.")
@click.option("--again", multiple=True, metavar="PARTNERSHIP", help="Send a partnership its proforma once more.")
@click.option("--acknowledge", is_flag=True, help="Thank for the returns that came instead, and say what is missing in each.")
@click.option("--sent", multiple=True, metavar="MESSAGE", help="Say that a draft or an uncertain message has gone out.")
@click.option("--not-sent", multiple=True, metavar="MESSAGE", help="Say that it has not.")
@round_option
@json_option
def send(
    app: App,
    yes: bool,
    show: str | None,
    html: Path | None,
    again: tuple[str, ...],
    acknowledge: bool,
    sent: tuple[str, ...],
    not_sent: tuple[str, ...],
    as_json: bool,
) -> None:
    """Send each partnership its proforma, and whatever else waits to go out.

    Each gets the guidance letter of the kit with its own blank, once. Where round.yaml names no server, drafts are written into
    outbox/mail, to be sent with a mail program. PARTNERSHIP is a name, alias, code or id of the register; MESSAGE is that too, a
    Message-ID, or “all” for all drafts.

    \b
    Example:
        proforma send                       who would get what
        proforma send --show "Safer Communities"
        proforma send --yes
    """
    if html and not show:
        raise click.UsageError("--html goes with --show PARTNERSHIP.")
    with app.store() as store:
        if show:
            _show(app, store, show, html)
        elif sent or not_sent:
            _resolve(app, store, sent, not_sent, as_json=as_json)
        else:
            code = _send(app, store, again, acknowledge=acknowledge, yes=yes, as_json=as_json)
            click.get_current_context().exit(code)


def _send(app: App, store: "Store", again: tuple[str, ...], *, acknowledge: bool, yes: bool, as_json: bool) -> ExitCode:
    """Queue what is due and deliver it, or show it."""
    from pipeline import flow

    once_more = frozenset(the_partnership(app.round, said).id for said in again)
    if not yes:
        _preview(app, store, once_more, acknowledge=acknowledge, as_json=as_json)
        return ExitCode.CLEAN
    prospects = flow.acknowledge(app.round, store, app.now) if acknowledge else flow.ask(app.round, store, app.now, once_more)
    for one in prospects:
        if not one.recipients.to and not as_json:
            click.secho(plain(f"{one.partnership.name}: {one.why}."), fg="yellow")
    return deliver(app, store, as_json=as_json)


def _preview(app: App, store: "Store", again: frozenset[str], *, acknowledge: bool, as_json: bool) -> None:
    """Show who would get what, and send nothing."""
    from pipeline.desk.chasing import to_acknowledge
    from pipeline.desk.proformas import to_ask
    from pipeline.flow import case

    prospects = list(to_acknowledge(case(app.round, store)) if acknowledge else to_ask(app.round, store, again))
    _proofread(app, store, prospects)
    show_plan(app, prospects, "acknowledgement" if acknowledge else "proforma", as_json=as_json)
    if not as_json:
        _tell_of_the_rest(store, sum(one.due for one in prospects))


def _proofread(app: App, store: "Store", prospects: "list[Prospect]") -> None:
    """See that the letter can be written before anybody counts on it."""
    from pipeline.desk.sending import letter
    from pipeline.model.post import MessageKind

    for one in prospects[:1]:
        if one.recipients.to:
            letter(MessageKind.PROFORMA, one.partnership, {}, round_=app.round, store=store, now=app.now)


def _tell_of_the_rest(store: "Store", due: int) -> None:
    """Say what else waits, and that nothing was sent."""
    states = [one.state for one in store.ledger.posted()]
    for state, what in ((Posting.QUEUED, "waiting to go out"), (Posting.DRAFTED, "drafted"), (Posting.UNKNOWN, "unknown")):
        if many := states.count(state):
            click.echo(f"{many} {'message' if many == 1 else 'messages'} {what}.")
    click.echo(f"Nothing was sent. {due} would be.")
    next_step("proforma send --show PARTNERSHIP", "proforma send --yes")


def _show(app: App, store: "Store", said: str, html: Path | None) -> None:
    """Show the letter with the proforma to a partnership as it would be now."""
    from pipeline.desk.sending import letter
    from pipeline.model.post import MessageKind
    from pipeline.post.bodies import page, plain_text

    written = letter(MessageKind.PROFORMA, the_partnership(app.round, said), {}, round_=app.round, store=store, now=app.now)
    if html:
        html.write_text(page(written.subject, written.body), encoding="utf-8", newline="\n")
        click.echo(relative(html))
        return
    for name, value in (("To", ", ".join(written.to)), ("Copy", ", ".join(written.copies) or "–"), ("Subject", written.subject)):
        click.echo(plain(f"{name}: {value}"))
    click.echo()
    click.echo(plain(plain_text(written.body)))
    next_step("proforma send --yes")


def _resolve(app: App, store: "Store", sent: tuple[str, ...], not_sent: tuple[str, ...], *, as_json: bool) -> None:
    """Note what a person knows of messages of which the program does not know whether they went."""
    from pipeline.desk.delivering import resolve

    meant = [(one, True) for said in sent for one in _meant(app, store, said)]
    meant += [(one, False) for said in not_sent for one in _meant(app, store, said)]
    for one, gone in meant:
        became = resolve(store, one, app.now, decider(app), sent=gone)
        if as_json:
            line(as_object(became))
        else:
            click.echo(plain(f"{app.round.by_id[one.message.partnership].name}, {one.message.kind}: {became.state}."))
    if not as_json:
        next_step("proforma send --again PARTNERSHIP" if not_sent else "proforma status")


def _meant(app: App, store: "Store", said: str) -> list[Posted]:
    """Return the messages that are meant: one by its Message-ID, those of a partnership, or all drafts; such as are drafted or unknown."""
    posted = store.ledger.posted()
    if said == ALL:
        return [one for one in posted if one.state is Posting.DRAFTED]
    found = [one for one in posted if one.message.message_id.strip("<>") == said.strip("<>")]
    if not found:
        whose = the_partnership(app.round, said).id
        found = [one for one in posted if one.message.partnership == whose]
    waiting = [one for one in found if one.state in (Posting.DRAFTED, Posting.UNKNOWN)]
    if not waiting:
        raise click.UsageError(f"No message to {plain(said)} is drafted or unknown: there is nothing to say of it.")
    return waiting
