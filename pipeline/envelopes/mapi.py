"""The properties that Outlook keeps of a mail and of what is attached to it, whichever file they lie in ([MS-OXPROPS]).

Knows what they mean; `msg` and `tnef` know how they are written down.
"""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pipeline.envelopes.charsets import decoded, known_charset
from pipeline.envelopes.eml import mail_of
from pipeline.envelopes.headers import head_of
from pipeline.envelopes.lzfu import expanded
from pipeline.envelopes.mime import Parts
from pipeline.envelopes.reports import report_of
from pipeline.errors import UnreadableError
from pipeline.model.envelopes import Mail, Words
from pipeline.settings import Limits

UNICODE, STRING8, BINARY, OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
"""Types of properties that vary in length ([MS-OXCDATA] 2.11.1)."""

SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
CLASS, HEADERS, SENT, DELIVERED = 0x001A, 0x007D, 0x0039, 0x0E06
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, FOR_NAME, FOR_ADDRESS, FOR_SMTP = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x0065, 0x5D02
MESSAGE_ID, IN_REPLY_TO, REFERENCES = 0x1035, 0x1042, 0x1039
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
DATA, METHOD, LONG_NAME, SHORT_NAME, SHOWN_NAME, TYPE, CONTENT_ID = 0x3701, 0x3705, 0x3707, 0x3704, 0x3001, 0x370E, 0x3712
FLAGS, HIDDEN = 0x3714, 0x7FFE

MEANT = frozenset(
    (
        *(SUBJECT, BODY, HTML, RTF, CLASS, HEADERS, SENT, DELIVERED, MESSAGE_ID, IN_REPLY_TO, REFERENCES),
        *(SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, FOR_NAME, FOR_ADDRESS, FOR_SMTP, INTERNET_CODEPAGE, MESSAGE_CODEPAGE),
        *(DATA, METHOD, LONG_NAME, SHORT_NAME, SHOWN_NAME, TYPE, CONTENT_ID, FLAGS, HIDDEN),
    )
)
"""The properties that are asked for; nothing else need be read."""

EMBEDDED = 5
"""The method of an attachment that is a mail kept open inside another ([MS-OXCMSG] 2.2.2.9)."""
BY_REFERENCE = (2, 3, 4, 7)
"""Methods of an attachment that is kept elsewhere."""

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Properties:
    """The properties of one mail or one attachment, by number.

    Args:
        values: the type and the bytes of each.
        codepage: of text that is not Unicode, where the properties do not name one.
    """

    def __init__(self, values: Mapping[int, tuple[int, bytes]], codepage: str = "cp1252") -> None:
        self._values = values
        named = self.number(MESSAGE_CODEPAGE) or self.number(INTERNET_CODEPAGE)
        self.codepage = codepage_name(named) or codepage
        self.damage: list[str] = []
        """What could not be made out, in words."""

    def bytes(self, number: int) -> bytes:
        """Return a property as it lies there; empty where there is none."""
        return self._values.get(number, (0, b""))[1]

    def kind(self, number: int) -> int:
        """Return the type of a property; 0 where there is none."""
        return self._values.get(number, (0, b""))[0]

    def number(self, number: int) -> int:
        """Return a whole number; 0 where there is none."""
        kind, data = self._values.get(number, (0, b""))
        return int.from_bytes(data[:4], "little") if kind in (0x0002, 0x0003, 0x000B) else 0

    def text(self, number: int) -> str:
        """Return a text; empty where there is none. Text kept as bytes is read in the codepage that the mail names."""
        kind, data = self._values.get(number, (0, b""))
        if kind == UNICODE:
            return data.decode("utf-16-le", "replace").rstrip("\0")
        return decoded(data, self.codepage)[0].rstrip("\0") if kind in (STRING8, BINARY) else ""

    def time(self, number: int) -> datetime | None:
        """Return a time; None where there is none or it is nonsense (Outlook writes 1601 and 4501 for "never")."""
        kind, data = self._values.get(number, (0, b""))
        if kind != 0x0040 or len(data) < 8:
            return None
        try:
            at = _EPOCH + timedelta(microseconds=struct.unpack("<Q", data[:8])[0] // 10)
        except OverflowError:
            return None
        return at if 1970 <= at.year < 4500 else None


def codepage_name(number: int) -> str:
    """Return Python's name of a Windows codepage; empty for one that it does not know."""
    special = {65001: "utf-8", 20127: "ascii", 1200: "utf-16-le", 28591: "iso8859-1", 28605: "iso8859-15"}
    return special.get(number, "") or (known_charset(f"cp{number}") if number else "")


def mail_from(said: Properties, limits: Limits) -> Mail:
    """Return the mail that properties describe. The head it travelled with is believed before Outlook's own fields."""
    head = head_of(said.text(HEADERS).encode("utf-8", "replace"))
    travelled = mail_of(head, (words,) if (words := _words(said, limits)) else ())
    own = _own_sender(said)
    mail = travelled._replace(
        sender=travelled.sender or (own[0] if not head.all("from") else ""),
        sender_name=travelled.sender_name or own[1],
        subject=_line(said.text(SUBJECT)) or travelled.subject,
        message_id=travelled.message_id or _line(said.text(MESSAGE_ID)),
        in_reply_to=travelled.in_reply_to or _line(said.text(IN_REPLY_TO)),
        references=travelled.references or tuple(said.text(REFERENCES).split()),
        sent=said.time(SENT) or travelled.sent or said.time(DELIVERED),
        auto_submitted=travelled.auto_submitted or _by_a_program(said.text(CLASS)),
    )
    return mail._replace(report=report_of(Parts(head, ()), mail))


def _own_sender(said: Properties) -> tuple[str, str]:
    name = said.text(SENDER_NAME) or said.text(FOR_NAME)
    addresses = (said.text(number).strip().lower() for number in (SENDER_SMTP, SENDER_ADDRESS, FOR_SMTP, FOR_ADDRESS))
    return next((_line(address) for address in addresses if "@" in address and " " not in address), ""), _line(name)


def _line(text: str) -> str:
    return " ".join("".join(" " if ord(character) < 32 or character == "\x7f" else character for character in text).split())


def _by_a_program(kind: str) -> str:
    """Source: [MS-OXCMSG] 2.2.1.3 and [MS-OXOMSG] 2.2.2: the class of a report, and of an answer while somebody is away."""
    folded = kind.lower()
    if folded.startswith("report."):
        return "receipt" if folded.endswith(("ipnrn", "ipnnrn")) else "bounce"
    return "auto-replied" if folded.startswith("ipm.note.rules.") else ""


def _words(said: Properties, limits: Limits) -> Words:
    html = said.text(HTML) if said.kind(HTML) == UNICODE else _html(said)
    rtf = b""
    if said.kind(RTF):
        try:
            rtf = expanded(said.bytes(RTF), limits)
        except UnreadableError as error:
            said.damage.append(str(error))
    return Words(said.text(BODY).replace("\r\n", "\n").replace("\r", "\n"), html, rtf)


def _html(said: Properties) -> str:
    page = codepage_name(said.number(INTERNET_CODEPAGE)) or said.codepage
    return decoded(said.bytes(HTML), page)[0].rstrip("\0")
