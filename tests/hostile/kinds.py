"""What a row of the table of hostile files says."""

from collections.abc import Callable
from typing import NamedTuple

HARMLESS = frozenset({"read", "not-a-return", "unknown-partnership", "two-partnerships", "other-round"})
"""The document was read, the trap in it was not sprung, and what it says is dealt with as any other document's words."""
OPENED = frozenset({"opened"})
"""An envelope, whose documents are then read one by one."""
DAMAGED = frozenset({"corrupt"})
BOMB = frozenset({"bomb", "too-large"})
LOCKED = frozenset({"encrypted"})
EMPTY = frozenset({"empty"})
NO_FORMAT = frozenset({"unsupported"})
STOPPED = frozenset({"timeout", "memory"})
"""The child's bounds ended it. Right only for formats that a library reads for us; a child that crashes is right for none."""


class Lure(NamedTuple):
    """What a file may try to get at."""

    file: str
    """A `file:` address; what is there must never come out."""
    address: str
    """An `http:` address on this machine at which nobody must call."""


class Hostile(NamedTuple):
    """A file that was made to harm."""

    name: str
    kind: str
    """The format that it claims to be."""
    purpose: str
    build: Callable[[Lure], bytes]
    right: frozenset[str]
    """The outcomes that are right: `read`, or the reason for which it is held or refused."""


def fixed(data: Callable[[], bytes]) -> Callable[[Lure], bytes]:
    """Return a builder that sets no lure."""
    return lambda _: data()
