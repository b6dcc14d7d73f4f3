"""The line to a mail server: encrypted, logged in, and never in the clear by mistake."""

import base64
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import MailError
from pipeline.model.post import Posting
from pipeline.post.wire import LineError, Wire
from pipeline.tools.secrets import Secret
from tests.needs import needs
from tests.post.certificates import self_signed, trusting
from tests.post.rounds import a_mail, a_wire
from tests.post.servers import Fault, Server, a_server

NUMBER = "<1@example.org>"
TO = ("chair@example.org", "officer@example.org")
needs_openssl = needs("openssl", "openssl")


def send(server: Server, **changes: Any) -> Posting:
    with a_wire(server.port, **changes) as wire:
        wire.open()
        return wire.send(a_mail(NUMBER), TO).state


def test_a_mail_arrives_as_it_was_written_at_everybody_it_goes_to() -> None:
    """Lines that begin with a dot are among it. Source: RFC 5321, 4.5.2."""
    with a_server() as server:
        assert send(server) is Posting.SENT
        assert server.mails == [a_mail(NUMBER)]
        assert server.recipients == [TO]
        assert server.said[-1] == "QUIT"


@needs_openssl
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_line_is_encrypted_and_the_certificate_checked(security: str, tmp_path: Path) -> None:
    context = self_signed(tmp_path, "127.0.0.1")
    with a_server(context=context, tls=security == "tls") as server:
        assert send(server, security=security, context=trusting(tmp_path)) is Posting.SENT
        assert server.taken == [NUMBER]


@needs_openssl
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(("name", "trusted", "why"), [("127.0.0.1", False, "self"), ("192.0.2.1", True, "IP address mismatch")])
def test_a_certificate_that_cannot_be_trusted_stops_it(security: str, name: str, trusted: bool, why: str, tmp_path: Path) -> None:
    context = self_signed(tmp_path, name)
    trust = trusting(tmp_path) if trusted else ssl.create_default_context()
    with a_server(context=context, tls=security == "tls") as server:
        with pytest.raises(MailError, match=f"certificate cannot be trusted: .*{why}"):
            send(server, security=security, context=trust)
        assert not any(said.upper().startswith(("AUTH", "MAIL")) for said in server.said)


def test_a_server_whose_encryption_was_taken_out_gets_nothing() -> None:
    """Threats, M1: STARTTLS stripped."""
    with a_server() as server:
        with pytest.raises(MailError, match="offers no encryption"):
            send(server, security="starttls")
        assert not any(said.upper().startswith(("AUTH", "MAIL")) for said in server.said)


@needs_openssl
@pytest.mark.parametrize("how", ["drop", "reset", "4xx", "garbage"])
def test_a_line_that_breaks_while_it_is_encrypted_may_be_tried_again(how: str, tmp_path: Path) -> None:
    with a_server(Fault("starttls", how), self_signed(tmp_path, "127.0.0.1")) as server, pytest.raises(LineError):
        send(server, security="starttls", context=trusting(tmp_path))


@needs_openssl
def test_words_that_came_before_the_encryption_are_not_believed(tmp_path: Path) -> None:
    """Source: CVE-2011-0411, response injection."""
    with a_server(Fault("starttls", "sneak"), self_signed(tmp_path, "127.0.0.1")) as server:
        with pytest.raises(MailError, match="answers before the line is encrypted"):
            send(server, security="starttls", context=trusting(tmp_path))
        assert not any(said.upper().startswith(("AUTH", "MAIL")) for said in server.said)


def test_a_server_that_does_not_speak_tls_is_told() -> None:
    with a_server() as server, pytest.raises(MailError, match="does not speak TLS"):
        send(server, security="tls")


def test_a_wrong_password_stops_it_and_is_never_shown() -> None:
    with a_server() as server, pytest.raises(MailError, match=r"535 5\.7\.8 wrong") as raised:
        send(server, secret=Secret("office", "wrong"))
    assert "wrong\0" not in str(raised.value)


def test_a_token_logs_in() -> None:
    with a_server() as server:
        assert send(server, secret=Secret("office", "abc", is_token=True)) is Posting.SENT
        auth = next(said for said in server.said if said.startswith("AUTH"))
        assert base64.b64decode(auth.split()[-1]) == b"user=office\1auth=Bearer abc\1\1"


def test_a_server_that_knows_no_way_of_logging_in_is_told() -> None:
    with a_server(logins=False) as server, pytest.raises(MailError, match="no way of logging in"):
        send(server)


def test_nobody_at_the_other_end_may_be_another_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(LineError), a_wire(port) as wire:
        wire.open()


def test_a_refused_address_keeps_the_mail_from_nobody_else() -> None:
    with a_server(Fault("rcpt", "5xx", at=1)) as server, a_wire(server.port) as wire:
        wire.open()
        fate = wire.send(a_mail(NUMBER), TO)
        assert (fate.state, server.recipients) == (Posting.SENT, [TO[1:]])
        assert fate.said == "250 2.0.0 taken; not to chair@example.org: 554 5.7.1 never"


def test_a_mail_that_everybody_was_refused_leaves_the_line_good_for_the_next() -> None:
    with a_server(Fault("rcpt", "5xx")) as server, a_wire(server.port) as wire:
        wire.open()
        assert wire.send(a_mail(NUMBER), TO).state is Posting.FAILED
        server.fault = Fault()
        assert wire.is_open
        assert wire.send(a_mail("<2@example.org>"), TO).state is Posting.SENT


def test_what_the_server_says_cannot_steer_the_terminal_and_is_short() -> None:
    with a_server(Fault("dot", "5xx")) as server, a_wire(server.port) as wire:
        wire.open()
        said = wire.send(a_mail(NUMBER), TO).said
        assert said.isprintable()
        assert len(said) < 400


def test_a_line_that_is_not_open_sends_nothing() -> None:
    with pytest.raises(AssertionError):
        Wire.send(a_wire(1), b"", TO)
