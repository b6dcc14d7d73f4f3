"""The faults, with a tally of how often each was tried: a word to a socket in the file system, which no wall of the network shuts."""

import socket

from tests.bounded import faults


def set_up(counter: str) -> str:
    """Return where the counter listens. A socket opened here would be shut in the child."""
    return counter


def run(counter: str, data: bytes, name: str) -> bytes:
    """Count, and do as the document says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.sendto(b"tried", counter)
    return faults.run(None, data, name)
