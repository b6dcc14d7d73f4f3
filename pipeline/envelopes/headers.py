"""The head of a mail, and what its lines say. Every value is a stranger's: bounded, decoded, with no control left in it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import NamedTuple

from pipeline.envelopes.charsets import decoded
from pipeline.envelopes.transfer import unpacked

LONGEST_HEAD = 256 * 1024
"""Bytes of a head that are looked at."""
_MOST_LINES = 2_000
_LONGEST_VALUE = 16 * 1024
_MOST_ADDRESSES = 200

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_LINE = re.compile(rb"\r\n|\n|\r")
_ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))')
_QUOTED_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,200}@[^\s<>()\[\],;:\"@]{1,250}")
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_ID = re.compile(r"<[^<>\s]{1,990}>")


class Head(NamedTuple):
    """The lines of a head: names in small letters and raw values, in order."""

    fields: tuple[tuple[str, str], ...] = ()
    whole: bool = True
    """False where lines were beyond the bounds, or the data ended before the head did."""

    def all(self, name: str) -> list[str]:
        """Return every value of a field, as written."""
        return [value for field, value in self.fields if field == name]

    def first(self, name: str) -> str:
        """Return the first value of a field, as written; empty where there is none."""
        return next((value for field, value in self.fields if field == name), "")


def head_of(data: bytes) -> Head:
    """Read a head: the bytes up to the first empty line, without it.

    Bytes that are no ASCII become lone surrogates, for `text_of` to decode. A line that is no field is taken for a continuation.
    """
    fields: list[tuple[str, list[str]]] = []
    lines = _LINE.split(data[:LONGEST_HEAD])
    for line in lines[:_MOST_LINES]:
        match = None if line[:1] in (b" ", b"\t") else _FIELD.match(line)
        if match:
            fields.append((match[1].decode("ascii").lower(), [_raw(match[2])]))
        elif fields:
            fields[-1][1].append(_raw(line))
    whole = len(data) <= LONGEST_HEAD and len(lines) <= _MOST_LINES
    return Head(tuple((name, "".join(said)[:_LONGEST_VALUE]) for name, said in fields), whole)


def _raw(line: bytes) -> str:
    return line.decode("ascii", "surrogateescape")


def text_of(value: str) -> str:
    """Return a value as a person reads it: encoded words decoded, on one line (RFC 2047).

    A decoded word may hold line breaks that would forge further fields: controls become spaces.
    """
    joined = _BETWEEN.sub(r"\1", value)
    readable = joined.encode("ascii", "surrogateescape") if joined.isascii() or _has_raw_bytes(joined) else joined.encode()
    said = _ENCODED.sub(_word, decoded(readable)[0])
    return " ".join(_CONTROLS.sub(" ", said).split())


def _has_raw_bytes(value: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in value)


def _word(match: re.Match[str]) -> str:
    charset, how, said = match.groups()
    raw = said.encode("utf-8", "replace")
    data, _ = unpacked(raw.replace(b"_", b"=20"), "quoted-printable") if how in "qQ" else unpacked(raw, "base64")
    return decoded(data, charset)[0]


def media_type(value: str, usual: str = "text/plain") -> str:
    """Return the type of a Content-Type in small letters; the usual one where it states none (RFC 2045, 5.2)."""
    said = value.partition(";")[0].strip().lower()
    return said if re.fullmatch(r"[\w.+!#$&^-]+/[\w.+!#$&^-]+", said) else usual


def parameter(value: str, name: str) -> str:
    """Return a parameter of a field as text: plain, quoted, split in pieces or with a character set of its own (RFC 2231)."""
    pieces: dict[int, tuple[str, bool]] = {}
    for key, quoted, plain in _PARAMETER.findall(";" + value.partition(";")[2]):
        said = re.sub(r"\\(.)", r"\1", quoted) if quoted else plain.strip()
        root, star, rest = key.lower().partition("*")
        if root != name:
            continue
        if not star:
            return text_of(said)
        number = rest.rstrip("*")
        if not number or (number.isascii() and number.isdigit() and len(number) < 4):
            pieces.setdefault(int(number or 0), (said, rest.endswith("*") or rest == ""))
    return _put_together([pieces[number] for number in sorted(pieces)])


def _put_together(pieces: list[tuple[str, bool]]) -> str:
    charset = ""
    out = bytearray()
    for at, (said, percent) in enumerate(pieces):
        if at == 0 and percent and said.count("'") >= 2:
            charset, _, said = said.split("'", 2)
        raw = said.encode("utf-8", "surrogateescape")
        out += re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match[1].decode()), raw) if percent else raw
    return " ".join(_CONTROLS.sub(" ", decoded(bytes(out), charset)[0]).split())


def address_of(value: str) -> tuple[str, str]:
    """Return the one address of a From and the name before it; no address where there are two.

    Only what stands in the angle brackets counts: a name may look like an address.
    """
    bare = _QUOTED_NAME.sub("", re.sub(r"\([^()]*\)", "", value))
    angled = _IN_ANGLES.findall(bare)
    found = [said for text in (angled or [bare]) for said in _ADDRESS.findall(text)]
    name = _QUOTED_NAME.search(value)
    shown = text_of(re.sub(r"\\(.)", r"\1", name[1]) if name else bare.partition("<")[0]) if angled or name else ""
    return (found[0].lower() if len(found) == 1 and len(angled) < 2 else ""), shown


def addresses_of(values: list[str]) -> tuple[str, ...]:
    """Return every address in some fields, in small letters, each once; at most as many as a circular has."""
    bare = (_QUOTED_NAME.sub("", re.sub(r"\([^()]*\)", "", value)) for value in values)
    found = (address.lower() for value in bare for address in _ADDRESS.findall(value))
    return tuple(dict.fromkeys(islice(found, _MOST_ADDRESSES)))


def ids_of(value: str) -> tuple[str, ...]:
    """Return the Message-IDs in a field, with their brackets."""
    return tuple(_printable(_ID.findall(value)))


def _printable(ids: list[str]) -> Iterator[str]:
    return (said for said in ids if said.isascii() and said.isprintable())


def date_of(value: str) -> datetime | None:
    """Return when a mail says that it was sent; None where it does not say, or says nonsense. A time without a zone is UTC."""
    try:
        sent = parsedate_to_datetime(text_of(value)[:100])
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if sent.year < 1970:
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)
