"""winmail.dat: how Outlook wraps a mail and its attachments for other Outlooks (TNEF, [MS-OXTNEF]).

Reads: attachments with their long names, mails within it, the mail's text. Does not read: meetings, tasks and contacts as such.
A length that lies ends the reading there, and what was found until then stands with a note.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.envelopes import mapi
from pipeline.envelopes.mapi import Properties, codepage_name, mail_from
from pipeline.envelopes.offering import Shown, numbered, offered
from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.envelopes import Enclosed, Opened
from pipeline.model.names import shown_name
from pipeline.settings import Limits

_SIGNATURE = (0x223E9F78).to_bytes(4, "little")

_MESSAGE_PROPERTIES, _ATTACHMENT_PROPERTIES, _CODEPAGE = 0x00069003, 0x00069005, 0x00069007
_NEXT_ATTACHMENT = 0x00069002
_PLAIN = {
    0x00018004: (mapi.SUBJECT, mapi.STRING8),
    0x0002800C: (mapi.BODY, mapi.STRING8),
    0x00078008: (mapi.CLASS, mapi.STRING8),
    0x00018010: (mapi.SHORT_NAME, mapi.STRING8),
    0x0006800F: (mapi.DATA, mapi.BINARY),
}
"""Attributes of the older kind, and the property that says the same ([MS-OXTNEF] 2.1.3.3)."""

_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16}
"""Bytes that a value of a fixed length takes in the file, the filling included ([MS-OXTNEF] 2.1.3.4)."""
_VARIABLE = (mapi.STRING8, mapi.UNICODE, mapi.BINARY, mapi.OBJECT)
_MANY = 0x1000
_NAMED = 0x8000
_CLASS_ID = 16
"""Bytes before an object: which interface it has."""

_Values = dict[int, tuple[int, bytes]]
_Damaged = (struct.error, IndexError)


class _Attribute(NamedTuple):
    number: int
    data: bytes
    damage: str = ""


def is_tnef(data: bytes) -> bool:
    """Say whether the bytes are a TNEF stream."""
    return data.startswith(_SIGNATURE)


def open_tnef(data: bytes, limits: Limits) -> Opened:
    """Return the mail and the attachments of a winmail.dat.

    Raises:
        UnreadableError: `bomb` where it holds more attachments than a form's mail has.
    """
    message: _Values = {}
    attached: list[_Values] = []
    damage: list[str] = []
    codepage = ""
    for attribute in _attributes(data):
        if attribute.damage:
            damage.append(attribute.damage)
        if attribute.number == _NEXT_ATTACHMENT:
            attached.append({})
        elif attribute.number == _CODEPAGE:
            codepage = codepage_name(int.from_bytes(attribute.data[:4], "little"))
        _take(attribute, message, attached, damage)
        if len(attached) > limits.members:
            raise UnreadableError("bomb", "The winmail.dat holds more attachments than any mail.", "Ask for the documents themselves.")
    return _opened(message, attached, damage, codepage or "cp1252", limits)


def _attributes(data: bytes) -> Iterator[_Attribute]:
    """Yield the attributes; where the file ends in the middle of one, what there is of it, with a word of damage."""
    at = 6
    while at + 9 <= len(data):
        level, number, length = struct.unpack_from("<BII", data, at)
        if level not in (1, 2):
            yield _Attribute(0, b"", "bytes stand in it that belong to no part of it")
            return
        body = data[at + 9 : at + 9 + length]
        if len(body) < length:
            yield _Attribute(number, body, "it ends in the middle of a part")
            return
        stated = data[at + 9 + length : at + 11 + length]
        wrong = len(stated) == 2 and int.from_bytes(stated, "little") != sum(body) & 0xFFFF
        yield _Attribute(number, body, "a part of it does not add up" if wrong else "")
        at += 11 + length
    if at < len(data):
        yield _Attribute(0, b"", "it ends in the middle of a part")


def _take(attribute: _Attribute, message: _Values, attached: list[_Values], damage: list[str]) -> None:
    """Put an attribute where it belongs. Properties are believed before what the older attributes say, whichever comes first."""
    if attribute.number in (_MESSAGE_PROPERTIES, _ATTACHMENT_PROPERTIES):
        into = message if attribute.number == _MESSAGE_PROPERTIES else attached[-1] if attached else {}
        try:
            for number, value in _properties(attribute.data):
                if number != mapi.DATA or value[1]:
                    into[number] = value
        except _Damaged:
            damage.append("its properties are broken")
    elif attribute.number in _PLAIN:
        number, kind = _PLAIN[attribute.number]
        if number in (mapi.SHORT_NAME, mapi.DATA) and not attached:
            attached.append({})
        into = attached[-1] if number in (mapi.SHORT_NAME, mapi.DATA) else message
        into.setdefault(number, (kind, attribute.data))


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield the properties that have one value. Source: [MS-OXTNEF] 2.1.3.4."""
    (count,) = struct.unpack_from("<I", data, 0)
    at = 4
    for _ in range(min(count, len(data) // 4)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            at = _behind_name(data, at)
        values = 1
        many, kind = bool(kind & _MANY), kind & ~_MANY
        if many or kind in _VARIABLE:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        for place in range(min(values, len(data))):
            length = _FIXED.get(kind, 0)
            if kind in _VARIABLE:
                (length,) = struct.unpack_from("<I", data, at)
                at += 4
            elif not length:
                raise struct.error("a type of property that is not known")
            if at + length > len(data):
                raise struct.error("a property that ends behind the end")
            if place == 0 and not many:
                yield number, (kind, data[at : at + length])
            at += length + (-length % 4)


def _behind_name(data: bytes, at: int) -> int:
    """Return where a named property goes on behind its name."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return int(at + 24 + length + (-length % 4))


def _opened(message: _Values, attached: list[_Values], damage: list[str], codepage: str, limits: Limits) -> Opened:
    said = Properties(message, codepage)
    mail = mail_from(said, limits)
    notes = [Note("damaged", f"The winmail.dat is damaged: {one}. Ask for the documents themselves.") for one in _once(damage, said)]
    parts = [_enclosed(Properties(values, said.codepage), bool(damage)) for values in attached]
    names = numbered([part.name for part, _ in parts])
    enclosed = tuple(part._replace(name=name) for (part, _), name in zip(parts, names, strict=True))
    return offered(Opened("tnef", enclosed, mail, tuple(notes)), tuple(shown for _, shown in parts))


def _enclosed(said: Properties, damaged: bool) -> tuple[Enclosed, Shown]:
    data = said.bytes(mapi.DATA)
    embedded = said.number(mapi.METHOD) == mapi.EMBEDDED and data[_CLASS_ID : _CLASS_ID + 4] == _SIGNATURE
    name = attachment_name(said, ".dat" if embedded else "")
    notes = (Note("damaged", f"The winmail.dat that holds {name} is damaged; {name} may not be whole.", quote=name),) if damaged else ()
    return Enclosed(name, data[_CLASS_ID:] if embedded else data, notes, kept_elsewhere(said, name)), shown_of(said)


def attachment_name(said: Properties, ending: str = "") -> str:
    """Return what an attachment is called, as text."""
    names = (said.text(number).strip() for number in (mapi.LONG_NAME, mapi.SHORT_NAME, mapi.SHOWN_NAME))
    return shown_name(next((name for name in names if name), "attachment") + ending)


def kept_elsewhere(said: Properties, name: str) -> UnreadableError | None:
    """Return a refusal where the mail only points to the attachment."""
    if said.number(mapi.METHOD) not in mapi.BY_REFERENCE or said.bytes(mapi.DATA):
        return None
    return UnreadableError("unsupported", f"The mail only points to {name}; it was not sent along.", "Ask for the document itself.")


def shown_of(said: Properties) -> Shown:
    """Return how Outlook shows an attachment: one that the text shows is marked as such or hidden."""
    in_text = bool(said.number(mapi.FLAGS) & 4) or bool(said.number(mapi.HIDDEN))
    return Shown(said.text(mapi.TYPE).strip().lower(), in_text)


def _once(damage: list[str], said: Properties) -> list[str]:
    return list(dict.fromkeys((*damage, *said.damage)))
