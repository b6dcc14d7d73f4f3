"""A line to a mail server that goes wrong: a proxy on a port of this machine that passes everything on until it meets a mail."""

import re
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

_PIECE = 65_536
_MAIL = re.compile(rb"BODY\[\]<0> \{(\d+)\}\r\n")


class Passed(NamedTuple):
    """What is passed on, and what happens then."""

    data: bytes
    then: str = ""
    """hang-up or stall; otherwise it goes on."""


Edit = Callable[[bytes], Passed]


def drop(data: bytes) -> Passed:
    """Break off in the middle of a mail."""
    mail = _MAIL.search(data)
    return Passed(data[: mail.end() + int(mail[1]) // 2], "hang-up") if mail else Passed(data)


def stall(data: bytes) -> Passed:
    """Say nothing more in the middle of a mail."""
    return drop(data)._replace(then="stall") if _MAIL.search(data) else Passed(data)


def bye(data: bytes) -> Passed:
    """Say goodbye instead of sending a mail."""
    return Passed(b"* BYE Shutting down\r\n", "hang-up") if _MAIL.search(data) else Passed(data)


def _counted(change: int) -> Edit:
    def edit(data: bytes) -> Passed:
        return Passed(_MAIL.sub(lambda mail: b"BODY[]<0> {%d}\r\n" % (int(mail[1]) + change), data))

    return edit


short, long, huge = _counted(-12), _counted(12), _counted(10**12)
"""Count the bytes of a mail wrong."""


def estimate(data: bytes) -> Passed:
    """State sizes as Exchange does: near the truth."""
    return Passed(re.sub(rb"RFC822\.SIZE (\d+)", lambda size: b"RFC822.SIZE %d" % (int(size[1]) + 7), data))


def without_move(data: bytes) -> Passed:
    """Take from the server that it can move mails."""
    return Passed(data.replace(b" MOVE", b""))


def usual(data: bytes) -> Passed:
    """Change nothing."""
    return Passed(data)


class Cutting:
    """The proxy.

    Args:
        port: of the server behind it.
        edit: what goes wrong.
        times: on how many connections it does; on all where below 0.
    """

    def __init__(self, port: int, edit: Edit, times: int) -> None:
        self.edit, self.times, self._to = edit, times, port
        self.said = b""
        """Everything that the client said."""
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._serve, bind_and_activate=True)  # type: ignore[arg-type]
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._stalled = threading.Event()

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """End it, and every stall."""
        self._stalled.set()
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, client: socket.socket, *_: object) -> None:
        with socket.create_connection(("127.0.0.1", self._to)) as server, suppress(OSError):
            threading.Thread(target=self._listen, args=(client, server), daemon=True).start()
            while data := server.recv(_PIECE):
                went_wrong = self._pass(self._whole(data, server), client)
                if went_wrong:
                    break
            client.shutdown(socket.SHUT_RDWR)

    def _whole(self, data: bytes, server: socket.socket) -> bytes:
        """Return a mail in one piece: what began comes to its end."""
        while (mail := _MAIL.search(data)) and len(data) < mail.end() + int(mail[1]) + 3:
            data += server.recv(_PIECE)
        return data

    def _pass(self, data: bytes, client: socket.socket) -> bool:
        passed = self.edit(data) if self.times else Passed(data)
        client.sendall(passed.data)
        if passed.data != data or passed.then:
            self.times -= self.edit not in (estimate, without_move)
        if passed.then == "stall":
            self._stalled.wait(20)
        return bool(passed.then)

    def _listen(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(_PIECE):
                self.said += data
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)


@contextmanager
def cutting(port: int, edit: Edit, times: int = -1) -> Iterator[Cutting]:
    """Run the proxy."""
    proxy = Cutting(port, edit, times)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
