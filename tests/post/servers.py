"""A mail server on loopback that does what it should, but for one step of the dialogue at which it fails in a named way.

Speaks plainly over sockets: no library keeps it from misbehaving.
"""

import base64
import email
import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

STEPS = ("banner", "ehlo", "auth", "mail", "rcpt", "data", "body", "dot", "sent")
"""In the order of the dialogue. At `body` the mail is half-way over; at `dot` it is over and nothing was said; at `sent` 250 was said."""
BREAKS = ("drop", "reset", "stall")
REFUSALS = ("4xx", "5xx", "421")
NOISES = ("garbage", "endless", "slow")
_END = b"\r\n.\r\n"
ENOUGH = 10 * 2**20
"""Bytes of an endless answer."""


class Fault(NamedTuple):
    """What goes wrong, and when."""

    step: str = ""
    how: str = ""
    at: int = 0
    """The how-manyth time that the step comes; 0 for every time."""


class _EndedError(Exception):
    """The line is over."""


class Server:
    """A mail server with a fault.

    Args:
        fault: what goes wrong.
        context: its certificate; None where it offers no encryption.
        tls: encrypts from the start; else STARTTLS is offered where there is a context.
        logins: whether it asks for a login; any is right, except that of a password `wrong`.
    """

    def __init__(
        self, fault: Fault | None = None, context: ssl.SSLContext | None = None, *, tls: bool = False, logins: bool = True
    ) -> None:
        self.fault = fault or Fault()
        self.taken: list[str] = []
        """The Message-ID of each mail of which the last byte arrived and that was not refused: it may be delivered."""
        self.mails: list[bytes] = []
        self.recipients: list[tuple[str, ...]] = []
        self.said: list[str] = []
        """Every command that was understood."""
        self._context, self._tls, self._logins = context, tls, logins
        self._times: Counter[str] = Counter()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)  # so that who is not read from notices it soon
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._answer, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._closing.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(10)

    def _answer(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._converse, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _converse(self, line: socket.socket) -> None:
        with suppress(OSError, _EndedError):
            if self._tls and self._context:
                line = self._context.wrap_socket(line, server_side=True)
            dialogue = _Dialogue(self, line)
            try:
                dialogue.run()
            finally:
                dialogue.close()
        line.close()

    def goes_wrong(self, step: str) -> str:
        """Count a step, and return how it goes wrong; empty where it does not."""
        with self._lock:
            self._times[step] += 1
            wrong = self.fault.step == step and self.fault.at in (0, self._times[step])
            return self.fault.how if wrong else ""


class _Dialogue:
    def __init__(self, server: Server, line: socket.socket) -> None:
        self._server = server
        self._line = line
        self._read = bytearray()
        self._encrypted = server._tls
        self._to: list[str] = []

    def run(self) -> None:
        self.reply("banner", "220 example.org ESMTP")
        while True:
            words = self._next().decode("ascii", "replace").strip()
            self._server.said.append(words)
            self._obey(words.partition(" ")[0].upper(), words)

    def close(self) -> None:
        self._line.close()

    def _obey(self, verb: str, words: str) -> None:
        if verb == "EHLO":
            offered = ["example.org", "SIZE 50000000", *(["AUTH PLAIN XOAUTH2"] if self._server._logins else [])]
            offered += ["STARTTLS"] if self._server._context and not self._encrypted else []
            self.reply("ehlo", "\r\n".join(f"250{'-' if one != offered[-1] else ' '}{one}" for one in offered))
        elif verb == "STARTTLS" and self._server._context:
            self.reply("starttls", "220 go on")
            self._line, self._encrypted = self._server._context.wrap_socket(self._line, server_side=True), True
        elif verb == "AUTH":
            wrong = base64.b64decode(words.split()[-1]).endswith(b"wrong")
            self.reply("auth", "535 5.7.8 wrong" if wrong else "235 2.7.0 welcome")
        elif verb == "MAIL":
            self._to = []
            self.reply("mail", "250 2.1.0 ok")
        elif verb == "RCPT":
            if self.reply("rcpt", "250 2.1.5 ok"):
                self._to.append(words.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            if self.reply("data", "354 go on"):
                self._take()
        elif verb == "QUIT":
            self.reply("quit", "221 bye")
            raise _EndedError
        else:
            self.reply(verb.lower(), "250 ok")

    def _take(self) -> None:
        self._break(self._server.goes_wrong("body"))
        while (end := self._read.find(_END, max(0, len(self._read) - 70_000))) < 0:
            self._more()
        mail = re.sub(rb"(?m)^\.", b"", bytes(self._read[:end])) + b"\r\n"
        del self._read[: end + len(_END)]
        how = self._server.goes_wrong("dot")
        if how not in REFUSALS:
            self._server.mails.append(mail)
            self._server.recipients.append(tuple(self._to))
            self._server.taken.append(email.message_from_bytes(mail)["Message-ID"])
        self._fail(how)
        if how not in REFUSALS:
            self._say(b"250 2.0.0 taken\r\n")
        self._break(self._server.goes_wrong("sent"))

    def reply(self, step: str, words: str) -> bool:
        """Answer a command as one should, or fail; say whether it was answered."""
        how = self._server.goes_wrong(step)
        self._fail(how)
        if not how:
            self._say(f"{words}\r\n".encode())
        return not how

    def _fail(self, how: str) -> None:
        self._break(how)
        if how == "4xx":
            self._say(b"451 4.3.0 not now\r\n")
        elif how == "5xx":
            self._say(b"554 5.7.1 never\r\n")
        elif how == "sneak":
            self._say(b"220 go on\r\n250 somebody in between\r\n")
        elif how == "garbage":
            self._say(b"\xff\xfe\0 <html>it works!</html>\r\n")
            raise _EndedError
        elif how == "endless":
            for _ in range(ENOUGH // 1000):
                self._say(b"220-" + b"x" * 994 + b"\r\n")
            raise _EndedError
        elif how == "slow":
            while not self._server._closing.wait(0.01):
                self._say(b"2")

    def _break(self, how: str) -> None:
        if how == "421":
            self._say(b"421 4.3.2 closing\r\n")
        if how == "reset":
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if how == "stall":
            self._server._closing.wait()
        if how in ("421", "reset", "drop", "stall"):
            raise _EndedError

    def _say(self, words: bytes) -> None:
        self._line.sendall(words)

    def _next(self) -> bytes:
        while b"\n" not in self._read:
            self._more()
        line, _, self._read = self._read.partition(b"\n")
        return bytes(line)

    def _more(self) -> None:
        more = self._line.recv(65_536)
        if not more:
            raise _EndedError
        self._read += more


@contextmanager
def a_server(
    fault: Fault | None = None, context: ssl.SSLContext | None = None, *, tls: bool = False, logins: bool = True
) -> Iterator[Server]:
    """Run a server for as long as it is needed."""
    server = Server(fault, context, tls=tls, logins=logins)
    try:
        yield server
    finally:
        server.close()
