"""The line to an IMAP server: encrypted, its certificate checked, logged in. Knows nothing of mails."""

import imaplib
import ssl

from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError
from imap_tools.mailbox import BaseMailBox

from pipeline.errors import MailError
from pipeline.model.rounds import Server
from pipeline.tools.secrets import Secret

BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)
"""What a line raises that breaks off, stalls or makes no sense. Source: imaplib, and what it lets through from `ssl` and `socket`."""
_BESIDE = 65_536
"""Bytes that a server may bring in one piece beside a mail: a name or a list in braces."""
_OWN_CERTIFICATE = "Where the server has a certificate of your council’s own, name its authority: SSL_CERT_FILE=…/authority.pem."


class _Bounded:
    """Bounds what is taken into memory at once, whatever a server says that it will send."""

    most = _BESIDE

    def read(self, size: int) -> bytes:
        """Return bytes that the server announced.

        Raises:
            imaplib.IMAP4.abort: they are more than were asked for.
        """
        if size > self.most:
            raise imaplib.IMAP4.abort("the server sends more than was asked for")
        data: bytes = super().read(size)  # type: ignore[misc]
        if len(data) < size:
            raise imaplib.IMAP4.abort("it ended in the middle of a mail")
        return data


class _Clear(_Bounded, imaplib.IMAP4):
    """From the start in the clear: on this very machine, or until STARTTLS."""


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    """Encrypted from the start."""


class _Line(BaseMailBox):
    """A mailbox of imap-tools over a bounded line."""

    def __init__(self, server: Server, timeout_s: float) -> None:
        self._server, self._timeout_s = server, timeout_s
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        server = self._server
        if server.security == "tls":
            return _Encrypted(server.host, server.port, ssl_context=ssl.create_default_context(), timeout=self._timeout_s)
        line = _Clear(server.host, server.port, timeout=self._timeout_s)
        if server.security == "starttls":
            line.starttls(ssl.create_default_context())
        return line


def open_line(server: Server, secret: Secret | None, timeout_s: float, most_bytes: int) -> BaseMailBox:
    """Open a line and log in.

    Args:
        server: which.
        secret: logs in; None where the server asks for no login.
        timeout_s: seconds of silence after which the line counts as broken.
        most_bytes: the most that the server may bring in one piece.

    Raises:
        MailError: the server cannot be reached, its certificate is not good, or it refuses the login.
    """
    where = f"{server.host}, port {server.port}"
    try:
        line = _Line(server, timeout_s)
    except ssl.SSLCertVerificationError as error:
        raise MailError(f"The certificate of {where} is not good: {error.verify_message}.", _OWN_CERTIFICATE) from error
    except ssl.SSLError as error:
        hint = "Look at post.imap.security in round.yaml: tls (port 993) or starttls (port 143)."
        raise MailError(f"{where} does not speak TLS as it should: {error.reason}.", hint) from error
    except BROKEN as error:
        hint = "Look at post.imap in round.yaml, and whether this machine is online."
        raise MailError(f"{where} cannot be reached: {getattr(error, 'strerror', None) or error}.", hint) from error
    line.client.most = max(most_bytes, _BESIDE)  # type: ignore[attr-defined]
    if secret:
        _log_in(line, secret, where)
    return line


def _log_in(line: BaseMailBox, secret: Secret, where: str) -> None:
    try:
        if secret.is_token:
            line.xoauth2(secret.login, secret.text, initial_folder=None)
        elif secret.text.isascii() and secret.login.isascii():
            line.login(secret.login, secret.text, initial_folder=None)
        else:
            line.login_utf8(secret.login, secret.text, initial_folder=None)
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailError(f"The line to {where} broke off at the login: {error}.", "Run proforma collect again.") from error
    except (UnexpectedCommandStatusError, imaplib.IMAP4.error) as error:
        line.client.shutdown()
        hint = "Look at post.imap.login in round.yaml and at the password (docs/post.md); Microsoft 365 and Google take a token only."
        raise MailError(f"{where} refuses the login of {secret.login}.", hint) from error
