"""What a mail says of itself, as it crosses the wall: JSON on the other side, and here a mail again, bounded and without its words.

Nothing of it is proof, whoever made it: neither the sender of the mail nor the process that took it apart is believed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pipeline.model.envelopes import Fate, Mail, Report

_LONGEST = 1_000
"""Characters of a text."""
_MOST = 200
"""Entries of a list."""


def mail_as_json(mail: Mail | None) -> dict[str, Any] | None:
    """Return what a mail says of itself, for the other side of the wall."""
    if mail is None:
        return None
    said = mail._asdict() | {"sent": mail.sent.isoformat() if mail.sent else "", "report": None}
    del said["body"]
    if mail.report:
        said["report"] = {"original_id": mail.report.original_id, "fates": [list(fate) for fate in mail.report.fates]}
    return said


_LONGEST_TEXT = 100_000
"""Characters of a mail's words in which answers are looked for."""
_PARAGRAPHS = 2_000


def texts_from_json(said: Any) -> tuple[tuple[str, ...], ...]:
    """Return the words of a mail, a paragraph each, bounded.

    Raises:
        TypeError: it makes no sense.
    """
    if not isinstance(said, list) or not all(isinstance(text, list) and all(isinstance(line, str) for line in text) for text in said):
        raise TypeError("the words of a mail are lists of lines")
    return tuple(tuple(_bounded(text[:_PARAGRAPHS])) for text in said[:2])


def _bounded(lines: list[str]) -> Iterator[str]:
    left = _LONGEST_TEXT
    for line in lines:
        yield line[:left]
        left -= len(line)
        if left <= 0:
            return


def mail_from_json(said: Any) -> Mail | None:
    """Return the mail again; None where the file is none.

    Raises:
        TypeError, ValueError, KeyError: it makes no sense.
    """
    if said is None:
        return None
    report = said["report"]
    return Mail(
        sender=_text(said["sender"]),
        sender_name=_text(said["sender_name"]),
        subject=_text(said["subject"]),
        message_id=_text(said["message_id"]),
        in_reply_to=_text(said["in_reply_to"]),
        auto_submitted=_text(said["auto_submitted"]),
        references=_texts(said["references"]),
        recipients=_texts(said["recipients"]),
        sent=_moment(_text(said["sent"])),
        report=Report(tuple(_fate(fate) for fate in report["fates"][:_MOST]), _text(report["original_id"])) if report else None,
    )


def _fate(said: Any) -> Fate:
    recipient, action, status, why = _texts(said)
    return Fate(recipient, action, status, why)


def _texts(said: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in said[:_MOST])


def _text(said: Any) -> str:
    """Return a text on one line, with no character that a database or a terminal would trip over."""
    if not isinstance(said, str):
        raise TypeError
    shown = "".join(character if character.isprintable() else " " for character in said[:_LONGEST])
    return " ".join(shown.split())


def _moment(said: str) -> datetime | None:
    """Return when a mail was sent; a time that no calendar here can hold in UTC is none."""
    if not said:
        return None
    at = datetime.fromisoformat(said)
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:
        return None
