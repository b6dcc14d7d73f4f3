"""Messages over a pipe: eight bytes that say how long, then the bytes. Whoever reads says how long is too long."""

import os
import struct

_LENGTH = struct.Struct(">Q")
HEAD = _LENGTH.size
_PIECE = 2**20


class TooLongError(ValueError):
    """A message is longer than its reader allows."""


def framed(message: bytes) -> bytes:
    """Return a message with its length before it."""
    return _LENGTH.pack(len(message)) + message


def length(head: bytes, most: int) -> int:
    """Return the length that the first `HEAD` bytes of a frame tell.

    Raises:
        TooLongError: it is more than `most`.
    """
    (said,) = _LENGTH.unpack(head)
    if said > most:
        raise TooLongError(f"a message of {said:,} bytes where {most:,} are the most")
    return int(said)


def send(descriptor: int, message: bytes) -> None:
    """Write a message.

    Raises:
        BrokenPipeError: nobody reads any more.
    """
    for part in (_LENGTH.pack(len(message)), message):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(descriptor, rest[:_PIECE]) :]


def receive(descriptor: int, most: int) -> bytes:
    """Read a message, waiting for it.

    Raises:
        EOFError: the other side ended before the message did.
        TooLongError: it says that it is longer than `most` bytes.
    """
    return _exactly(descriptor, length(_exactly(descriptor, HEAD), most))


def _exactly(descriptor: int, size: int) -> bytes:
    parts, missing = [], size
    while missing:
        part = os.read(descriptor, min(missing, _PIECE))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
