"""One line to a mail server, and what became of each mail that was put on it.

SMTP cannot promise exactly once. What can be told is whether the server can have taken a mail: not before the dot that ends it was handed
over, and after it only the server knows. So the dot is sent by itself, and a line that is lost after it leaves the mail `unknown`.

Whatever the server does, it costs bounded memory and bounded time: replies are cut off, and one clock runs for all that a mail takes.

Source: RFC 5321, 4.5.3.2 (timeouts), 6.1 (who answers for a mail); RFC 3207 (STARTTLS); RFC 4954 (AUTH).
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from typing import NamedTuple, NoReturn

from pipeline.errors import MailError
from pipeline.model.post import Posting
from pipeline.model.rounds import Server
from pipeline.post.letters import one_line
from pipeline.tools.secrets import Secret

Login = Callable[[], Secret | None]
"""Returns what logs in, asked for when a line is opened; None where the server takes mail from anybody."""


class Patience(NamedTuple):
    """How long a server is waited for, in seconds of a clock that nobody sets."""

    opening: float = 60
    """From the call to being logged in."""
    mail: float = 300
    """From the first command of a mail to its last byte but the dot."""
    answer: float = 600
    """For the answer to the dot. Source: RFC 5321, 4.5.3.2.6."""


class Fate(NamedTuple):
    """What became of a mail."""

    state: Posting
    """sent, failed, unknown; or queued, where the server cannot have taken it and it may be tried again."""
    said: str
    """What the server said, or what happened to the line."""


class LineError(Exception):
    """The line could not be opened now; it may be another time."""


class _LostError(Exception):
    """The line was lost, or the server said what cannot be understood."""


class _ClosingError(_LostError):
    """The server takes nothing more now, and says so. It answers for nothing that it was in the middle of."""


class _RefusedError(Exception):
    """The server refused a step. Its reply's first digit says for how long."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


_LINE_BYTES, _REPLY_BYTES, _SAID_CHARACTERS = 4_096, 65_536, 300
_AT_ONCE_BYTES = 16_384
_STUFFED = re.compile(rb"^\.", re.MULTILINE)
_CLOSING = 421


class _Line(smtplib.SMTP):
    """The library's line, with bounded replies and one clock."""

    _read: bytes

    def __init__(self) -> None:
        super().__init__(local_hostname="localhost")
        self._until = 0.0
        self._read = b""

    def allow(self, seconds: float) -> None:
        """Start the clock."""
        self._until = time.monotonic() + seconds

    def call(self, server: Server, context: ssl.SSLContext) -> None:
        """Connect, and read the greeting."""
        self.sock = socket.create_connection((server.host, server.port), self._left())
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the dot goes by itself and must not wait for company
        if server.security == "tls":
            self._encrypt(server.host, context)
        name = str(self.sock.getsockname()[0])
        self.local_hostname = f"[IPv6:{name}]" if ":" in name else f"[{name}]"
        self.expect(self.getreply(), 220)

    def start_tls(self, host: str, context: ssl.SSLContext) -> None:
        """Encrypt an open line. What came in the clear with the server's consent may be anybody's."""
        self.expect(self.docmd("STARTTLS"), 220)
        if self._read:
            raise MailError(f"{host} answers before the line is encrypted: somebody may be in between. Nothing was sent.", _TELL)
        self._encrypt(host, context)
        self.ehlo_resp = None
        self.esmtp_features = {}

    def _encrypt(self, host: str, context: ssl.SSLContext) -> None:
        assert self.sock is not None
        self.sock.settimeout(self._left())
        self.sock = context.wrap_socket(self.sock, server_hostname=host)

    def send(self, s: str | bytes) -> None:  # type: ignore[override]
        """Send bytes; all of them or not at all, as far as we can know."""
        data = memoryview(s.encode("ascii") if isinstance(s, str) else s)
        for start in range(0, len(data), _AT_ONCE_BYTES):  # the clock of an encrypted line is for each of its records
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("the line is closed")
            self.sock.settimeout(self._left())
            self.sock.sendall(data[start : start + _AT_ONCE_BYTES])

    def getreply(self) -> tuple[int, bytes]:
        """Read one reply: a line, or several that end with one without a hyphen."""
        said: list[bytes] = []
        size = 0
        while True:
            line = self._next_line()
            size += len(line)
            if size > _REPLY_BYTES or not re.match(rb"[2-5]\d\d(?:[ -]|$)", line):
                raise smtplib.SMTPServerDisconnected(f"the server’s answer makes no sense: {_said(line)}")
            said.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(said)

    def listen(self) -> None:
        """See that the server has nothing to say before the dot is handed over: if it has, it took nothing and the line is of no use.

        Raises:
            _LostError: it said something, or is gone.
        """
        assert self.sock is not None
        with DefaultSelector() as waiting:
            waiting.register(self.sock, EVENT_READ)
            if self._read or waiting.select(0):
                code, words = self.getreply()
                raise _LostError(f"{code} {_said(words)}, in the middle of the mail")

    def _next_line(self) -> bytes:
        while b"\n" not in self._read:
            if len(self._read) > _LINE_BYTES:
                raise smtplib.SMTPServerDisconnected("the server’s answer has no end")
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("the line is closed")
            self.sock.settimeout(self._left())
            more = self.sock.recv(_LINE_BYTES)
            if not more:
                raise smtplib.SMTPServerDisconnected("the server closed the line")
            self._read += more
        line, _, self._read = self._read.partition(b"\n")
        return line.rstrip(b"\r")

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server took too long")
        return left

    @staticmethod
    def expect(reply: tuple[int, bytes], *codes: int) -> str:
        """Return a reply's words where it has one of the codes.

        Raises:
            _RefusedError: the server refuses.
            _LostError: its reply has no place here, or it is closing the line.
        """
        code, words = reply
        said = f"{code} {_said(words)}".strip()
        if code in codes:
            return said
        if code == _CLOSING:
            raise _ClosingError(said)
        if code < 400:
            raise _LostError(said)
        raise _RefusedError(code, said)


_TELL = "Tell those who run the mail server; until then leave out “smtp” in round.yaml and drafts are written."


class Wire:
    """A line to a server that is opened when needed and again when it was lost.

    Args:
        server: the server and how to log in.
        address: where the mail comes from; what bounces goes there.
        login: gives what logs in.
        patience: how long the server is waited for.
        context: whose certificates are trusted; those of the operating system where None.
    """

    def __init__(
        self, server: Server, address: str, login: Login, patience: Patience | None = None, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._address = address
        self._login = login
        self._patience = patience or Patience()
        self._context = context or ssl.create_default_context()
        self._line: _Line | None = None
        self.handed_over = False
        """Whether the dot of the mail that was put on the line last may have gone out."""

    @property
    def is_open(self) -> bool:
        """Whether there is a line, as far as we know."""
        return self._line is not None

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """See that there is a line, encrypted as the round says and logged in.

        Raises:
            LineError: there is none now; another time there may be.
            MailError: there will be none until somebody changes something. Nothing was sent.
        """
        if self._line is not None:
            return
        line = _Line()
        try:
            with _on(line):
                line.allow(self._patience.opening)
                self._open(line)
        except (_LostError, _RefusedError) as error:
            line.close()
            if isinstance(error, _RefusedError) and error.code >= 500:
                raise MailError(f"{self._server.host} does not let us in: {error}. Nothing was sent.", _LOGIN) from error
            raise LineError(str(error)) from error
        except BaseException:
            line.close()
            raise
        self._line = line

    def _open(self, line: _Line) -> None:
        server = self._server
        line.call(server, self._context)
        line.expect(line.ehlo(), 250)
        if server.security == "starttls":
            if not line.has_extn("starttls"):
                raise MailError(
                    f"{server.host} offers no encryption (STARTTLS): somebody may be in between. Nothing was sent.",
                    _TELL,
                )
            line.start_tls(server.host, self._context)
            line.expect(line.ehlo(), 250)
        secret = self._login()
        if secret and secret.is_token:
            said = f"user={secret.login}\1auth=Bearer {secret.text}\1\1"
            line.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
        elif secret:
            line.login(secret.login, secret.text)

    def send(self, mail: bytes, recipients: Sequence[str]) -> Fate:
        """Put a mail on the line; `open` was called before.

        Args:
            mail: each line ended by CR LF.
            recipients: addresses; one that the server refuses never keeps the mail from the others.

        Returns:
            What became of it. After a line was lost, `open` opens another.
        """
        line = self._line
        assert line is not None, "open() comes first"
        self.handed_over = False
        line.allow(self._patience.mail)
        try:
            with _on(line):
                said = self._transact(line, mail, recipients)
        except _RefusedError as error:
            self._begin_anew(line)
            return Fate(Posting.FAILED if error.code >= 500 else Posting.QUEUED, str(error))
        except _LostError as error:
            self._drop()
            if self.handed_over and not isinstance(error, _ClosingError):
                return Fate(Posting.UNKNOWN, f"The line was lost after the whole mail was handed over: {error}. It may have arrived.")
            return Fate(Posting.QUEUED, str(error))
        except BaseException:
            self._drop()
            raise
        return Fate(Posting.SENT, said)

    def _transact(self, line: _Line, mail: bytes, recipients: Sequence[str]) -> str:
        """Go through the dialogue for one mail, and return what is to be told of it."""
        options = [f"SIZE={len(mail)}"] if line.has_extn("size") else []
        line.expect(line.mail(self._address, options), 250)
        refused = list(_refusals(line, recipients))
        if len(refused) == len(recipients):
            # refused for now where one of them is: the others are told again then
            raise _RefusedError(min(code for code, _, _ in refused), "; ".join(f"{one}: {said}" for _, one, said in refused))
        line.expect(line.docmd("DATA"), 354)
        line.send(_STUFFED.sub(b"..", mail) + (b"" if mail.endswith(b"\r\n") else b"\r\n"))
        line.listen()
        line.allow(self._patience.answer)
        self.handed_over = True
        line.send(b".\r\n")
        said = line.expect(line.getreply(), 250, 251)
        return "; ".join((said, *(f"not to {one}: {why}" for _, one, why in refused)))

    def _begin_anew(self, line: _Line) -> None:
        """Have the server forget a mail that it refused."""
        try:
            with _on(line):
                line.expect(line.docmd("RSET"), 250)
        except (_LostError, _RefusedError):
            self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def close(self) -> None:
        """End the line as is polite; what the server says to that is nobody's concern."""
        if self._line is None:
            return
        try:
            self._line.allow(min(2.0, self._patience.opening))
            self._line.docmd("QUIT")
        except (OSError, smtplib.SMTPException):
            pass
        self._drop()


_LOGIN = "See that “smtp” in round.yaml and the password are right (docs/post.md), then run the command again."


def _refusals(line: _Line, recipients: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Name each recipient, and yield those whom the server refuses, with its code and words."""
    for one in recipients:
        try:
            line.expect(line.rcpt(one), 250, 251)
        except _RefusedError as error:
            yield error.code, one, str(error)


@contextmanager
def _on(line: _Line) -> Iterator[None]:
    """Translate what the libraries raise while a line is used."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        _distrust(error)
    except smtplib.SMTPAuthenticationError as error:
        raise _RefusedError(error.smtp_code, f"{error.smtp_code} {_said(_bytes(error.smtp_error))}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(f"The mail server knows no way of logging in that we know: {error}", _LOGIN) from error
    except UnicodeError as error:
        raise MailError("The login, the password or an address has characters that mail servers do not take.", _LOGIN) from error
    except ssl.SSLError as error:
        if error.reason in _NO_TLS:
            raise MailError(f"The mail server does not speak TLS as we do: {error.reason}. Nothing was sent.", _LOGIN) from error
        raise _LostError(f"the encryption failed ({error.reason or 'cut off'})") from error
    except socket.gaierror as error:
        raise _LostError(f"the server’s name could not be looked up ({error.strerror})") from error
    except TimeoutError as error:
        raise _LostError("the server took too long") from error
    except smtplib.SMTPServerDisconnected as error:
        raise _LostError(str(error)) from error
    except smtplib.SMTPException as error:
        raise _LostError(f"the server’s answer makes no sense ({type(error).__name__})") from error
    except OSError as error:
        raise _LostError(error.strerror or "the line broke") from error


_NO_TLS = ("WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL", "HTTP_REQUEST", "NO_PROTOCOLS_AVAILABLE", "TLSV1_ALERT_PROTOCOL_VERSION")


def _distrust(error: ssl.SSLCertVerificationError) -> NoReturn:
    raise MailError(
        f"The mail server’s certificate cannot be trusted: {error.verify_message}. Nothing was sent.",
        "See that “host” in round.yaml is the name on the certificate. A council’s own authority: set SSL_CERT_FILE (docs/post.md).",
    ) from error


def _said(words: bytes) -> str:
    return one_line(words.decode("utf-8", "replace"))[:_SAID_CHARACTERS]


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")
