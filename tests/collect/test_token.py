"""A server that takes no password is logged in to with a token (XOAUTH2): said line by line, since no server here speaks it."""

import base64
import socket
import threading
from collections.abc import Iterator

import pytest

from pipeline.errors import MailError
from pipeline.intake.mailbox_imap import ImapMailbox
from pipeline.model.rounds import Mailbox, Server
from pipeline.settings import Limits
from pipeline.tools.secrets import Secret

LOGIN, TOKEN = "returns@example.org", "ya29.token"


class Scripted:
    """A server for one client that knows one token."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait until the client has gone."""
        self._thread.join(10)
        self._listening.close()

    def _serve(self) -> None:
        client, _ = self._listening.accept()
        with client, client.makefile("rwb", buffering=0) as talk:
            talk.write(b"* OK Ready\r\n")
            while words := talk.readline().split():
                tag, command = words[0], words[1].upper()
                answer = b"OK Done"
                if command == b"AUTHENTICATE":
                    answer = self._admit(talk)
                elif command == b"CAPABILITY":
                    talk.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n")
                elif command == b"EXAMINE":
                    talk.write(b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] Fine\r\n")
                talk.write(tag + b" " + answer + b"\r\n")
                if command == b"LOGOUT":
                    return

    @staticmethod
    def _admit(talk: "socket.SocketIO") -> bytes:
        """Answer a login. Source: Microsoft and Google, XOAUTH2: a refusal comes as a challenge that is to be answered."""
        talk.write(b"+ \r\n")
        said = base64.b64decode(talk.readline())
        if said == f"user={LOGIN}\1auth=Bearer {TOKEN}\1\1".encode():
            return b"OK Welcome"
        talk.write(b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n")
        talk.readline()
        return b"NO [AUTHENTICATIONFAILED] Invalid credentials"


@pytest.fixture
def port() -> Iterator[int]:
    server = Scripted()
    yield server.port
    server.close()


def box(port: int, token: str) -> ImapMailbox:
    server = Server("127.0.0.1", port, "none", LOGIN, "get-token")
    return ImapMailbox(Mailbox(server, "INBOX", ""), Secret(LOGIN, token, is_token=True), Limits(), 10)


def test_the_token_logs_in(port: int) -> None:
    with box(port, TOKEN) as mails:
        looked = mails.look()
    assert (looked.validity, looked.mails) == ("7", ())


def test_a_token_that_is_refused_is_not_shown(port: int) -> None:
    with pytest.raises(MailError, match="refuses the login") as raised:
        box(port, "ya29.stale").look()
    assert "stale" not in str(raised.value) + raised.value.hint
