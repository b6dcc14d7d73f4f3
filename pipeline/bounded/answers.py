"""What comes back about one document, as bytes: what was said, why it cannot be read, or how its child ended.

The first byte tells which. A child may be under a stranger's control, so its answer is taken as bytes or as the few words of JSON
that are looked for here, and nothing of it is ever unpickled. Only the nursery can say how a child ended.
"""

import json

from pipeline.errors import UnreadableError
from pipeline.model.outcomes import Reason

SAID, UNREADABLE, ENDED, READY, FAILED = b"+", b"-", b"x", b"=", b"!"
"""From a child: `SAID`, `UNREADABLE`. From the nursery: `ENDED`; `READY` and `FAILED` once, after its setup."""
FROM_A_CHILD = (SAID, UNREADABLE)

_MOST = 2_000
"""Characters of a sentence."""
_BY_HAND = "Open it by hand and ask for it again, saved anew from Word; or a scan in grey, with fewer pages."


def unreadable(reason: str, message: str, hint: str = _BY_HAND) -> bytes:
    """Return the words of an `UnreadableError` as JSON."""
    return json.dumps({"reason": reason, "message": message, "hint": hint}).encode()


def timeout(seconds: float) -> bytes:
    """Say that time ran out."""
    return unreadable(Reason.TIMEOUT, f"Reading it took longer than {seconds:g} seconds and was stopped.")


def memory(most: int) -> bytes:
    """Say that memory ran out."""
    return unreadable(Reason.MEMORY, f"Reading it took more memory than any form needs ({most / 2**20:,.0f} MB) and was stopped.")


def crashed(how: str = "") -> bytes:
    """Say that the child ended in another way, and how where that is known."""
    return unreadable(Reason.CRASHED, f"What reads such files broke off{': ' + how if how else ''}.", _BY_HAND)


def error(said: bytes) -> UnreadableError:
    """Return the error that JSON of `unreadable` tells; whatever else the bytes may be is one too."""
    try:
        found = json.loads(said)
        reason, message, hint = (found[key] for key in ("reason", "message", "hint"))
        if isinstance(message, str) and isinstance(hint, str):
            return UnreadableError(Reason(reason), _plain(message), _plain(hint))
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return error(crashed("its answer makes no sense"))


def _plain(text: str) -> str:
    """Return a sentence without anything that would move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in text[:_MOST])
