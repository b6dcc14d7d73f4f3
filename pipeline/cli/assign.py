"""`proforma assign`."""

from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.app import App
from pipeline.cli.deciding import as_object, by_option, reason_option, who
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
    from pipeline.desk.deciding import Who
    from pipeline.store.store import Store

_SHORTEST = 6
"""Characters of the shortest beginning of a SHA-256 that names a document."""


@click.command()
@click.argument("file", required=False)
@click.argument("partnership", required=False)
@click.option("--nobody", is_flag=True, help="Say that it is no return of anybody: it is set aside and asked about no more.")
@reason_option(needed=False)
@by_option
@round_option
@json_option
def assign(app: App, file: str | None, partnership: str | None, nobody: bool, reason: str, by: str, as_json: bool) -> None:
    """Say whose return a held document is, or that it is no return.

    FILE is the name it came with, or the beginning of its SHA-256; PARTNERSHIP a name, alias, code or id of the register. Without
    them, the documents that wait are listed with what is known of them, and the mails that nobody could be matched with.

    \b
    Example:
        proforma assign "reply (2).docx" "Safer Communities Partnership"
        proforma assign newsletter.pdf --nobody
    """
    from pipeline.flow import assign as take_on
    from pipeline.flow import assign_mail

    if nobody and (file is None or partnership is not None):
        raise click.UsageError("Say of which document it is: proforma assign FILE --nobody.")
    with app.store() as store:
        held, mails = in_the_pen(store)
        if nobody and file is not None:
            _set_aside(_meant(_not_read(store), mails, file), who(app, by, reason), store, as_json=as_json)
            return
        if file is None:
            _list(held, mails, as_json=as_json)
            return
        if partnership is None:
            raise click.UsageError("Say whose it is: proforma assign FILE PARTNERSHIP.")
        every = [_Waiting(one.record.file, one.record.sha256, one) for one in store.held() if one.record.outcome is Outcome.HELD]
        meant, whose = _meant(every, mails, file), the_partnership(app.round, partnership)
        decision = _said(whose.id, meant, who(app, by, reason))
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
    held = [one for one in _not_read(store) if isinstance(one.waits, Reading) and one.waits.record.outcome is Outcome.HELD]
    answered = {mail.sha256 for one in held for mail in store.mails.holding(one.sha256)} | {one.sha256 for one in held}
    answered |= _aside(store)
    strays = [mail for mail in store.mails.incoming("") if mail.nature is not Nature.AUTOMATIC and mail.sha256 not in answered]
    names = {seen.sha256: seen.file for seen in store.sightings()} if strays else {}
    return held, [_Waiting(names[mail.sha256], mail.sha256, mail) for mail in strays]


def _not_read(store: "Store") -> list[_Waiting]:
    """Return the documents that were held or refused, without those that were set aside."""
    aside = _aside(store)
    waiting = (one for one in store.held() if one.record.sha256 not in aside)
    return [_Waiting(one.record.file, one.record.sha256, one) for one in waiting]


def _aside(store: "Store") -> frozenset[str]:
    """Return the SHA-256 of what is nobody's, as somebody said."""
    from pipeline.desk.pen import set_aside

    return set_aside(store.decisions())


def _said(whose: str, of: _Waiting, by: "Who") -> Decision:
    return Decision(DecisionKind.ASSIGN, whose, of.sha256, None, by.by, by.at, by.reason)


def _set_aside(meant: _Waiting, by: "Who", store: "Store", *, as_json: bool) -> None:
    from pipeline.desk.pen import NOBODY

    decision = _said(NOBODY, meant, by)
    store.decide(decision)
    if as_json:
        line(as_object(decision))
        return
    click.echo(plain(f"{meant.file} is set aside: it is nobody’s return. The store keeps it."))
    next_step("proforma status")


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
    """Return the one document, or the one mail, that is meant."""
    waiting = [*held, *mails]
    named = [one for one in waiting if file in _names(one)]
    meant = named or [one for one in waiting if len(file) >= _SHORTEST and one.sha256.startswith(file.lower())]
    if len(meant) == 1:
        return meant[0]
    wait = ", ".join(plain(f"{one.file} ({one.sha256[:12]})") for one in meant or waiting) or "none"
    problem = f"{len(meant)} documents that wait are called {plain(file)}" if meant else f"No document that waits is called {plain(file)}"
    raise click.UsageError(f"{problem}. Waiting: {wait}.")
