"""Show what is to go out, and what became of it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.progress import watched
from pipeline.cli.show import line, next_step, plain, relative, table
from pipeline.errors import ExitCode
from pipeline.model.post import Posted, Posting

if TYPE_CHECKING:
    from pipeline.desk.sending import Prospect
    from pipeline.store.store import Store

_OPEN = (Posting.UNKNOWN, Posting.FAILED, Posting.QUEUED)


def deliver(app: App, store: "Store", *, as_json: bool) -> ExitCode:
    """Deliver everything that is queued, show what became of it, and return what the shell is told."""
    from pipeline.flow import send

    waiting = sum(one.state in (Posting.QUEUED, Posting.SENDING) for one in store.ledger.posted())
    became = list(watched(send(app.round, store, lambda: app.now), "Sending mail", waiting))
    if as_json:
        for one in became:
            line(as_object(one))
    else:
        _show(app, became)
    if any(one.state is Posting.QUEUED for one in became):
        return ExitCode.MAIL
    return ExitCode.ATTENTION if any(_odd(one) for one in became) else ExitCode.CLEAN


def _odd(one: Posted) -> bool:
    """Say whether a person has something to look at: what is not known to be sent whole, and addresses that were refused."""
    return one.state in _OPEN or (one.state is Posting.SENT and "; not to " in one.said)


def _show(app: App, became: Sequence[Posted]) -> None:
    if not became:
        click.echo("Nothing waits to go out.")
        return
    names = app.round.by_id
    rows = [
        (names[one.message.partnership].name if one.message.partnership in names else one.message.partnership, one.message.kind, one.state)
        for one in became
    ]
    table(("Partnership", "What", "Became"), rows)
    for (name, kind, state), one in zip(rows, became, strict=True):
        if _odd(one):
            click.secho(plain(f"{name}, {kind}, {state}: {one.said}"), fg="yellow")
    counts = ((state, sum(one.state is state for one in became)) for state in Posting)
    click.echo(", ".join(f"{count} {state}" for state, count in counts if count) + ".")
    next_step(*_next(app, became))


def _next(app: App, became: Iterable[Posted]) -> list[str]:
    states = {one.state for one in became}
    steps = []
    if Posting.DRAFTED in states:
        steps.append(f"open the drafts in {relative(app.round.outbox / 'mail')} and send them; then proforma send --sent PARTNERSHIP")
    if Posting.UNKNOWN in states:
        steps.append("find out whether what is unknown has arrived; then proforma send --sent or --not-sent PARTNERSHIP")
    if Posting.FAILED in states:
        steps.append("put the address right in the register; then proforma send --again PARTNERSHIP --yes")
    if Posting.QUEUED in states:
        steps.append("try again later: proforma send --yes")
    return steps or ["proforma status"]


def show_plan(app: App, prospects: "Sequence[Prospect]", what: str, *, as_json: bool) -> None:
    """Show who would get what, and why the others do not."""
    if as_json:
        for one in prospects:
            line(
                {
                    "partnership": one.partnership.id,
                    "what": what,
                    "due": one.due,
                    "why": one.why,
                    "to": list(one.recipients.to),
                    "copies": list(one.recipients.copies),
                }
            )
        return
    rows = [
        (
            one.partnership.name,
            ", ".join(one.recipients.to) or "–",
            ", ".join(one.recipients.copies) or "–",
            what if one.due else "–",
            one.why,
        )
        for one in prospects
    ]
    table(("Partnership", "To", "Copy", "Gets", "Why"), rows)


def as_object(one: Posted) -> dict[str, object]:
    """Return a message and where it stands as JSON shows it."""
    return {
        "message_id": one.message.message_id,
        "partnership": one.message.partnership,
        "what": one.message.kind,
        "occasion": one.message.occasion,
        "to": list(one.message.recipients),
        "subject": one.message.subject,
        "state": one.state,
        "at": one.at.isoformat(),
        "said": one.said,
    }
