"""Rounds with mail, made by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.model.post import Message, MessageKind, Posting
from pipeline.model.rounds import Post, Round, Server
from pipeline.post.wire import Patience, Wire
from pipeline.store.store import Store
from pipeline.tools.secrets import Secret
from tests.builders import a_partnership, a_round

AT = dt.datetime(2011, 3, 4, 9, 0, tzinfo=dt.UTC)
OFFICE = "partnerships@example.org"


def now() -> dt.datetime:
    return AT


def no_sleep(seconds: float) -> None:
    """Wait for nothing."""


def a_post_round(folder: Path, names: Sequence[str] = ("roads", "schools", "health"), **post: Any) -> Round:
    """Return a round whose partnerships each have a chair and a contact officer.

    Args:
        folder: its folder.
        names: of its partnerships.
        post: what of its post should be different.
    """
    partnerships = tuple(
        a_partnership(
            id=name,
            code=name[:3].upper(),
            name=f"{name.title()} Board",
            columns={"chair_email": f"{name}.chair@example.org", "contact_email": f"{name}.officer@example.org"},
        )
        for name in names
    )
    settings = replace_post(Post(name="Claire Moore", address=OFFICE, a_minute=1_000_000), **post)
    return a_round(folder=folder, partnerships=partnerships, post=settings)


def replace_post(post: Post, **changes: Any) -> Post:
    return post._replace(**changes)


def with_post(round_: Round, **changes: Any) -> Round:
    """Return the same round with another post."""
    return replace(round_, post=round_.post._replace(**changes))


def a_wire(port: int, patience: Patience | None = None, **changes: Any) -> Wire:
    """Return a line to a server on this machine, logged in with a password."""
    settings: dict[str, Any] = {"security": "none", "login": "office", **changes}
    context = settings.pop("context", None)
    secret = settings.pop("secret", Secret("office", "right"))
    server = Server("127.0.0.1", port, **settings)
    return Wire(server, OFFICE, lambda: secret, patience or Patience(30, 30, 30), context)


def a_mail(message_id: str, size: int = 100) -> bytes:
    """Return a small mail, with lines that begin with a dot."""
    line = b".a line that begins with a dot\r\n"
    return f"Message-ID: {message_id}\r\nSubject: Proforma\r\n\r\n".encode() + line * max(1, size // len(line))


def queue_three(store: Store, names: Sequence[str] = ("roads", "schools", "health"), size: int = 100) -> None:
    """Queue a message for each partnership, to two addresses; the second one's mail has this size."""
    for number, name in enumerate(names, 1):
        message_id = f"<{number}@example.org>"
        to = (f"{name}.chair@example.org", f"{name}.officer@example.org")
        mail = a_mail(message_id, size if number == min(2, len(names)) else 100)
        assert store.ledger.queue(Message(message_id, MessageKind.PROFORMA, name, "", to, "Proforma", (), mail), AT)


def states(store: Store) -> dict[str, Posting]:
    """Return where each message stands."""
    return {one.message.message_id: one.state for one in store.ledger.posted()}
