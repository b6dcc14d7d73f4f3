"""A mailbox on an IMAP server.

Mails are fetched while the folder is open for reading only, without being marked as seen (BODY.PEEK), and held against the size that
the server states. Only then is the folder opened for writing, and mails that are kept are marked as seen or moved. Nothing is deleted: no
EXPUNGE, no CLOSE, no COPY with a deletion behind it; where the server cannot move, mails stay.

Source: RFC 3501 and RFC 9051; RFC 6851 (MOVE).
"""

import imaplib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple, Self, TypeVar

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import encode_folder

from pipeline.errors import MailError
from pipeline.intake.mailbox import GoneError, LeftError, Listed, Looked, too_large
from pipeline.intake.mailbox_line import BROKEN, open_line
from pipeline.model.names import shown_name
from pipeline.model.rounds import Mailbox
from pipeline.settings import Limits
from pipeline.tools.secrets import Secret

_TRIES = 3
"""How often something is asked for over a line that breaks off each time."""
_AT_ONCE = 500
"""Mails that one command marks."""
_USUAL_PORTS = (143, 993)

_BEGINS = re.compile(rb"\d{1,10} \(")
_UID, _SIZE, _FLAGS = re.compile(rb"\bUID (\d{1,10})\b"), re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b"), re.compile(rb"\bFLAGS \(([^)]*)\)")
_ENDS = re.compile(rb"(?: (?:UID \d+|RFC822\.SIZE \d+|FLAGS \([^)]*\)|MODSEQ \(\d+\)))* ?\)", re.IGNORECASE)
"""What may stand behind a mail in its response; where anything else does, the server counted its bytes wrong."""

T = TypeVar("T")


class _Response(NamedTuple):
    """One FETCH response: its words, and what they bring as bytes."""

    words: bytes
    brings: tuple[bytes, ...]
    end: bytes
    """The words behind the last of those."""


class ImapMailbox:
    """A folder of an account on an IMAP server. Use `with`, so that the line is hung up.

    Args:
        mailbox: from the round's settings.
        secret: logs in; None where the server asks for none.
        limits: of which `bytes` bounds a mail.
        timeout_s: seconds of silence after which the line counts as broken.
    """

    def __init__(self, mailbox: Mailbox, secret: Secret | None, limits: Limits, timeout_s: float = 60) -> None:
        self._mailbox, self._secret, self._limits, self._timeout_s = mailbox, secret, limits, timeout_s
        self._open: BaseMailBox | None = None
        self._validity = ""

    @property
    def address(self) -> str:
        """Names it for good."""
        server = self._mailbox.server
        port = "" if server.port in _USUAL_PORTS else f":{server.port}"
        return f"imap://{server.login or 'anybody'}@{server.host}{port}/{self._mailbox.folder}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._hang_up(politely=kind is None)

    # -- looking and fetching: nothing on the server changes -------------------------------------------------------------

    def look(self) -> Looked:
        """List what lies in the folder."""
        mails = self._asked(self._listed)
        return Looked(self._validity, tuple(sorted(mails, key=lambda mail: int(mail.uid))))

    def _listed(self, line: BaseMailBox) -> tuple[Listed, ...]:
        self._validity = ""
        self._open_to_read(line)
        return tuple(self._in_folder(line))

    def _in_folder(self, line: BaseMailBox) -> Iterator[Listed]:
        if line.client.untagged_responses.get("EXISTS", [b"0"])[-1] == b"0":
            return
        moves = bool(self._mailbox.done) and _can_move(line)
        for one in _responses(_ok(line.client.uid("FETCH", "1:*", "(UID RFC822.SIZE FLAGS)"))):
            uid, size, flags = _UID.search(one.words), _SIZE.search(one.words), _FLAGS.search(one.words)
            if uid and size:
                seen = flags is not None and b"\\seen" in flags[1].lower().split()
                name = shown_name(f"{self._mailbox.folder} {uid[1].decode()}.eml")
                yield Listed(uid[1].decode(), name, int(size[1]), done=seen and not moves)

    def fetch(self, mail: Listed) -> bytes:
        """Return a mail. One that is not as long as was stated is fetched once more: some servers only estimate what a mail is long."""
        data = self._asked(lambda line: self._body(line, mail))
        if len(data) == mail.size:
            return data
        self._hang_up()
        if self._asked(lambda line: self._body(line, mail)) == data:
            return data
        raise LeftError(f"{mail.file} came twice, each time with other bytes.", "It stays in the mailbox; run proforma collect again.")

    def _body(self, line: BaseMailBox, mail: Listed) -> bytes:
        most = self._limits.bytes
        said, data = line.client.uid("FETCH", mail.uid, f"(UID BODY.PEEK[]<0.{most + 1}>)")
        for one in _responses(data):
            uid = _UID.search(one.words)
            if one.brings and uid and uid[1].decode() == mail.uid:
                if not _ENDS.fullmatch(one.end):
                    raise imaplib.IMAP4.abort("the server counts bytes wrong")
                if len(one.brings[0]) > most:
                    raise too_large(mail._replace(size=len(one.brings[0])), self._limits)
                return one.brings[0]
        if any(_UID.search(one.words) for one in _responses(_ok(line.client.uid("FETCH", mail.uid, "(UID)")))):
            raise LeftError(f"{mail.file} cannot be fetched: the server says {_shown(said, data)}.", "It stays in the mailbox.")
        raise GoneError(f"{mail.file} is no longer in the mailbox: somebody moved or deleted it.")

    # -- marking --------------------------------------------------------------------------------------------------------

    def mark(self, uids: Iterable[str]) -> str:
        """Move mails that are kept to the folder for them, or mark them as seen where they stay."""
        chosen = list(uids)
        if not chosen:
            return ""
        refused = self._asked(lambda line: self._marked(line, chosen))
        self._hang_up()  # the next line is for reading only again
        return refused

    def _marked(self, line: BaseMailBox, uids: list[str]) -> str:
        where = f"The mails are kept, but {self.address} refuses"
        try:
            line.folder.set(self._mailbox.folder)
        except imaplib.IMAP4.readonly:
            return f"{where} to be changed: they stay there as they are."
        self._see_to_validity(line)
        said = ""
        for some in (uids[at : at + _AT_ONCE] for at in range(0, len(uids), _AT_ONCE)):
            refused = self._moved(line, ",".join(some)) if self._mailbox.done else ""
            if refused or not self._mailbox.done:
                said = refused or said
                answer, data = line.client.uid("STORE", ",".join(some), "+FLAGS.SILENT", r"(\Seen)")
                said = said if answer == "OK" else f"to mark them as seen: {_shown(answer, data)}"
        return f"{where} {said}." if said else ""

    def _moved(self, line: BaseMailBox, uids: str) -> str:
        """Move mails; where the folder for them is missing, it is made."""
        if not _can_move(line):
            return f"to move them to {self._mailbox.done}: it cannot move mails. They stay, marked as seen"
        folder = encode_folder(self._mailbox.done).decode("ascii")
        said, data = line.client.uid("MOVE", uids, folder)
        if said != "OK" and b"TRYCREATE" in b" ".join(part for part in data if isinstance(part, bytes)).upper():
            line.client.create(folder)
            said, data = line.client.uid("MOVE", uids, folder)
        return "" if said == "OK" else f"to move them to {self._mailbox.done}: {_shown(said, data)}. They stay, marked as seen"

    # -- the line ---------------------------------------------------------------------------------------------------------

    def _asked(self, ask: Callable[[BaseMailBox], T]) -> T:
        """Ask something over the line. One that breaks off is opened anew."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                return ask(self._line())
            except BROKEN as error:
                self._hang_up(politely=False)
                if not left:
                    message = f"The line to {self.address} broke off: {str(error) or type(error).__name__}."
                    hint = "What is kept is kept. Run proforma collect again; it goes on from there."
                    raise MailError(message, hint) from error
            except MailError:
                self._hang_up()
                raise
        raise AssertionError

    def _line(self) -> BaseMailBox:
        """Return the line, opened where there is none, with the folder open for reading only."""
        if self._open is None:
            self._open = open_line(self._mailbox.server, self._secret, self._timeout_s, self._limits.bytes + 1)
            self._open_to_read(self._open)
        return self._open

    def _open_to_read(self, line: BaseMailBox) -> None:
        try:
            line.folder.set(self._mailbox.folder, readonly=True)
        except ImapToolsError as error:
            hint = "Correct post.imap.folder in round.yaml: write it as the server does, such as INBOX/Proforma or INBOX.Proforma."
            raise MailError(f"{self.address} cannot be opened: the server knows no such folder.", hint) from error
        self._see_to_validity(line)

    def _see_to_validity(self, line: BaseMailBox) -> None:
        """Make sure that the numbers of mails still mean what they meant when they were listed.

        Raises:
            MailError: they do not.
        """
        (said, *_) = line.client.untagged_responses.get("UIDVALIDITY", [b""])
        now = str(said, "ascii", "replace") if isinstance(said, bytes) else ""
        if self._validity and self._validity != now:
            message = f"{self.address} has just given its mails new numbers."
            raise MailError(message, "Nothing is lost: run proforma collect again.")
        self._validity = now

    def _hang_up(self, *, politely: bool = True) -> None:
        """Let the line go; without waiting for an answer where something else went wrong."""
        line, self._open = self._open, None
        if line is not None:
            with suppress(*BROKEN):
                if politely:
                    line.client.logout()
            with suppress(OSError):
                line.client.shutdown()


def _responses(data: Iterable[Any]) -> Iterator[_Response]:
    """Put together what imaplib returns in pieces: bytes, and pairs of bytes and what they bring."""
    words, brings, end = b"", list[bytes](), b""
    for piece in data:
        said, brought = piece if isinstance(piece, tuple) else (piece or b"", None)
        if _BEGINS.match(said):
            if words:
                yield _Response(words, tuple(brings), end)
            words, brings = b"", []
        words, end = words + said, said
        if brought is not None:
            brings.append(brought)
    if words:
        yield _Response(words, tuple(brings), end)


def _can_move(line: BaseMailBox) -> bool:
    """Ask whether the server can move mails; it is asked anew, for before the login a server names less than it can."""
    return b"MOVE" in b" ".join(_ok(line.client.capability())).upper().split()


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    """Return what a command gave.

    Raises:
        imaplib.IMAP4.error: the server refused it.
    """
    said, data = answer
    if said != "OK":
        raise imaplib.IMAP4.error(_shown(said, data))
    return data


def _shown(said: str, data: Iterable[Any]) -> str:
    """Return what a server said, as text on one line."""
    words = b" ".join(part for part in data if isinstance(part, bytes))[:300].decode("utf-8", "replace")
    return shown_name(f"{said} {words}".strip())
