"""`proforma assign`."""

import getpass
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain
from pipeline.cli.taken import show_taken
from pipeline.cli.whose import the_partnership
from pipeline.errors import ExitCode
from pipeline.model.contract import reading_as_json
from pipeline.model.history import Decision, DecisionKind, Reading
from pipeline.model.outcomes import Outcome
from pipeline.model.post import Incoming, Nature

if TYPE_CHECKING:
    from pipeline.store.store import Store

_SHORTEST = 6
"""Characters of the shortest beginning of a SHA-256 that names a document."""


@click.command()
@click.argument("file", required=False)
@click.argument("partnership", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Why; it is kept with your name and the time.")
@round_option
@json_option
def assign(app: App, file: str | None, partnership: str | None, reason: str, as_json: bool) -> None:
    """Say whose return a held document is.

    FILE is the name it came with, or the beginning of its SHA-256; PARTNERSHIP a name, alias, code or id of the register. Without
    them, the documents that wait are listed with what is known of them, and the mails that nobody could be matched with.

    \b
    Example:
        proforma assign "reply (2).docx" "Safer Communities Partnership"
    """
    from pipeline.flow import assign as take_on
    from pipeline.flow import assign_mail

    with app.store() as store:
        held, mails = in_the_pen(store)
        if file is None:
            _list(held, mails, as_json=as_json)
            return
        if partnership is None:
            raise click.UsageError("Say whose it is: proforma assign FILE PARTNERSHIP.")
        meant, whose = _meant(held, mails, file), the_partnership(app.round, partnership)
        decision = Decision(DecisionKind.ASSIGN, whose.id, meant.sha256, None, getpass.getuser(), app.now, reason)
        if isinstance(meant.waits, Incoming):
            _show_mail(assign_mail(decision, meant.waits, meant.file, store), meant.file, whose.name, as_json=as_json)
            return
        taken = take_on(decision, app.round, store)
    attention = show_taken(app, [taken], as_json=as_json, then="proforma check · proforma status")
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)


class _Waiting(NamedTuple):
    """A document that is held, or a mail that nobody could be matched with."""

    file: str
    sha256: str
    waits: Reading | Incoming


def in_the_pen(store: "Store") -> tuple[list[_Waiting], list[_Waiting]]:
    """Return what waits for a person to say whose it is: documents that are held, and mails none of whose documents is."""
    held = [_Waiting(one.record.file, one.record.sha256, one) for one in store.held() if one.record.outcome is Outcome.HELD]
    answered = {mail.sha256 for one in held for mail in store.mails.holding(one.sha256)} | {one.sha256 for one in held}
    strays = [mail for mail in store.mails.incoming("") if mail.nature is not Nature.AUTOMATIC and mail.sha256 not in answered]
    names = {seen.sha256: seen.file for seen in store.sightings()} if strays else {}
    return held, [_Waiting(names[mail.sha256], mail.sha256, mail) for mail in strays]


def _list(held: list[_Waiting], mails: list[_Waiting], *, as_json: bool) -> None:
    for one in (*held, *mails):
        said = _as_json(one) if as_json else _shown(one)
        (line if as_json else click.echo)(said)
    waiting = len(held) + len(mails)
    if not as_json:
        click.echo(f"{waiting} waiting." if waiting else "No document waits to be assigned.")
        next_step("proforma assign FILE PARTNERSHIP" if waiting else "proforma status")


def _as_json(one: _Waiting) -> dict[str, object]:
    if isinstance(one.waits, Incoming):
        return {"file": one.file, **one.waits._asdict(), "sent": one.waits.sent.isoformat() if one.waits.sent else None}
    return reading_as_json(one.waits.record, one.waits.findings)


def _shown(one: _Waiting) -> str:
    if isinstance(one.waits, Incoming):
        mail = one.waits
        about = f"A {mail.nature} from {mail.sender or 'nobody who is named'}: {mail.subject or 'no subject'}. {mail.said}".rstrip()
        return plain(f"{one.file}  ({one.sha256[:12]})\n    {about}")
    return plain(f"{one.file}  ({one.sha256[:12]})\n    {one.waits.record.message}")


def _show_mail(mail: Incoming, file: str, name: str, *, as_json: bool) -> None:
    if as_json:
        line(_as_json(_Waiting(file, mail.sha256, mail)))
        return
    click.echo(plain(f"{file} is of {name}."))
    next_step("proforma status")


def _names(one: _Waiting) -> tuple[str, ...]:
    """Return what a document may be called: by its name, the last of its chain of names, or that of any of its pages."""
    pages = () if isinstance(one.waits, Incoming) else one.waits.record.files
    return (one.file, one.file.rpartition(" › ")[2], *(page.file for page in pages))


def _meant(held: list[_Waiting], mails: list[_Waiting], file: str) -> _Waiting:
    """Return the one held document, or the one mail, that is meant."""
    waiting = [*held, *mails]
    named = [one for one in waiting if file in _names(one)]
    meant = named or [one for one in waiting if len(file) >= _SHORTEST and one.sha256.startswith(file.lower())]
    if len(meant) == 1:
        return meant[0]
    wait = ", ".join(plain(f"{one.file} ({one.sha256[:12]})") for one in meant or waiting) or "none"
    problem = f"{len(meant)} held documents are called {plain(file)}" if meant else f"No held document is called {plain(file)}"
    raise click.UsageError(f"{problem}. Waiting: {wait}.")
