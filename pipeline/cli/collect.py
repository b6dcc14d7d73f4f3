"""`proforma collect`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.came import show_mails
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import watched
from pipeline.cli.show import line, next_step, plain, table
from pipeline.errors import ExitCode, MailError, SetupError

if TYPE_CHECKING:
    from pipeline.intake.mailbox import Left, Letterbox, Listed
    from pipeline.store.store import Store


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="Mails on this machine instead of the mailbox: a folder of saved mails, an mbox file or a Maildir. It is only read.",
)
@round_option
@click.option("--dry-run", "-n", is_flag=True, help="List what is new; fetch nothing and mark nothing.")
@json_option
def collect(app: App, source: Path | None, dry_run: bool, as_json: bool) -> None:
    """Fetch the replies from the mailbox and read them.

    Every mail is kept before it is marked as seen, or moved where round.yaml names a folder for that. Nothing is ever deleted in the
    mailbox, and what was collected before is not collected twice.

    \b
    Example:
        proforma collect
        proforma collect --from "Saved mails"
    """
    from pipeline.flow import desk, read_mails
    from pipeline.intake.mailbox import unfetched

    with app.store() as store:
        if dry_run:
            with _letterbox(app, source) as letterbox:
                _list(unfetched(letterbox, store.mails), as_json=as_json)
            return
        left, broken = _fetch(app, source, store)
        at_desk = desk(app.round, store)
        unread = len(store.mails.unread(at_desk.reader))
        taken = list(watched(read_mails(at_desk, store, app.now), "Reading mails", unread))
        attention = show_mails(app, taken, left, as_json=as_json)
        if not as_json:
            _then(store)
    if broken:
        raise broken
    click.get_current_context().exit(ExitCode.ATTENTION if attention else ExitCode.CLEAN)


def _fetch(app: App, source: Path | None, store: "Store") -> "tuple[list[Left], MailError | None]":
    """Keep what is new, and return what stays in the mailbox and what broke off: what came until then is read all the same."""
    from pipeline.flow import collect as gather
    from pipeline.intake.mailbox import Left, unfetched

    left = list[Left]()
    try:
        with _letterbox(app, source) as letterbox:
            new = len(unfetched(letterbox, store.mails))
            for became in watched(gather(letterbox, app.round, store, app.now), "Fetching mails", new):
                if isinstance(became, Left):
                    left.append(became)
    except MailError as error:
        return left, error
    return left, None


@contextmanager
def _letterbox(app: App, source: Path | None) -> "Iterator[Letterbox]":
    """Open what is collected from.

    Raises:
        SetupError: round.yaml names no mailbox.
    """
    from pipeline.intake.mailbox_saved import SavedMails

    limits = app.round.limits
    if source:
        yield SavedMails(source, limits)
        return
    from pipeline.intake.mailbox_imap import ImapMailbox
    from pipeline.tools.secrets import secret_of

    mailbox = app.round.post.mailbox
    if mailbox is None:
        hint = "Save the mails into a folder and run proforma collect --from FOLDER, or name the mailbox: post.imap (docs/post.md)."
        raise SetupError("round.yaml names no mailbox to collect from.", hint)
    with ImapMailbox(mailbox, secret_of(mailbox.server, "PROFORMA_IMAP_PASSWORD"), limits) as letterbox:
        yield letterbox


def _list(new: "tuple[Listed, ...]", *, as_json: bool) -> None:
    if as_json:
        for mail in new:
            line({"file": mail.file, "size": mail.size})
        return
    if new:
        table(("Mail", "Size"), [(plain(mail.file), f"{max(mail.size // 1024, 1):,} kB") for mail in new])
    click.echo(f"{len(new)} new." if new else "No new mail.")
    next_step("proforma collect fetches and reads them" if new else "proforma status")


def _then(store: "Store") -> None:
    """Say what to do next: whatever waits for a person comes first."""
    from pipeline.cli.assign import in_the_pen

    waits = any(in_the_pen(store))
    next_step(*(["proforma assign lists what nobody could be matched with"] if waits else []), "proforma check", "proforma status")
