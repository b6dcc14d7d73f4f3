"""The parts of a mail, cut out of its bytes (RFC 2046), one after the other and never by recursion.

The standard library's parser is not used for this: it recurses into every level, tries every boundary on every line, and does not say
where a mail was cut. Here each level is one search for its boundary, and the levels are bounded.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.envelopes.headers import Head, head_of, media_type, parameter

DEEPEST = 16
"""Multiparts within multiparts that are taken apart; real mails have up to five."""
_MOST = 5_000
"""Parts of one mail."""

_END_OF_HEAD = re.compile(rb"\r\n[ \t]*\r\n|\n[ \t]*\n|\r[ \t]*\r(?!\n)|\A[ \t]*(?:\r\n|\n|\r)")
_MADE_BY_PROGRAMS = frozenset(
    b"message-id mime-version received return-path content-type content-transfer-encoding delivered-to dkim-signature arc-seal"
    b" authentication-results x-mailer x-originating-ip x-unsent thread-topic thread-index user-agent x-received".split()
)
"""Fields that nobody types; a memorandum may begin with From, To, Date and Subject too."""
_ADDRESSED = re.compile(rb"^from[ \t]*:[^\r\n]*@", re.IGNORECASE | re.MULTILINE)
_REST = re.compile(rb"(--)?[ \t]*(?=\r|\n|\Z)")
"""What may stand on a boundary's line behind it."""
_MAIL_FIELDS = frozenset(
    b"from to cc subject date message-id mime-version received return-path reply-to sender content-type content-transfer-encoding"
    b" in-reply-to references delivered-to dkim-signature arc-seal authentication-results x-mailer x-originating-ip x-unsent"
    b" thread-topic thread-index user-agent x-received importance".split()
)
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:>?From [^\r\n]*(?:\r\n|\n|\r))?")
"""What may stand before the head: a mark of the encoding, empty lines, the line with which a mail box begins each mail."""


class Part(NamedTuple):
    """A part of a mail that is no multipart: its head and its body as the mail holds it."""

    head: Head
    body: bytes
    within: tuple[str, ...] = ()
    """The multiparts it lies in, the outermost first: "mixed", "alternative" …"""
    group: tuple[int, ...] = ()
    """Numbers those multiparts, so that the parts of one alternative are told from those of another."""
    cut: bool = False
    """True where the mail ends before the part does, as far as can be told."""

    @property
    def type(self) -> str:
        """The media type, in small letters."""
        return media_type(self.head.first("content-type"))


class Parts(NamedTuple):
    """What a mail is made of."""

    head: Head
    parts: tuple[Part, ...]
    beyond: tuple[str, ...] = ()
    """What was not taken apart, in words."""
    whole: bool = True
    """False where the mail ends before all its boundaries are closed: more may have followed."""


class _Level(NamedTuple):
    head: Head
    body: bytes
    within: tuple[str, ...]
    group: tuple[int, ...]
    cut: bool


def is_mail(data: bytes) -> bool:
    """Say whether bytes begin with the head of a mail: two fields that mails have, and nothing else before them.

    One of them is of the kind that programs write, or the sender has an address. A web page saved in a single file has such a head
    too, but nobody sent it (RFC 2557).
    """
    text = data[_skip(data) :][:8192]
    found = set[bytes]()
    for line in re.split(rb"\r\n|\n|\r", text)[:60]:
        if line[:1] in (b" ", b"\t") and found:
            continue
        name, colon, _ = line.partition(b":")
        if not colon or not re.fullmatch(rb"[!-9;-~]{1,100}[ \t]*", name):
            break
        found.add(name.strip().lower())
    if len(found & _MAIL_FIELDS) < 2 or not (found & _MADE_BY_PROGRAMS or _ADDRESSED.search(text)):
        return False
    return not _is_page(text)


def _is_page(text: bytes) -> bool:
    end = _END_OF_HEAD.search(text)
    head = head_of(text[: end.start()] if end else text)
    kind = media_type(head.first("content-type"), "")
    sender = head.first("from")
    sent = any(head.first(name) for name in ("to", "received", "message-id")) or (sender and "saved by" not in sender.lower())
    return kind in ("multipart/related", "text/html") and bool(head.first("mime-version")) and not sent


def parts_of(data: bytes) -> Parts:
    """Cut a mail into its parts, in the order in which they stand."""
    head, body, whole = _halves(data[_skip(data) :])
    top = _Level(head, body, (), (), not whole)
    waiting, found, beyond, groups = [top], list[Part](), list[str](), 0
    ends = whole
    while waiting:
        level = waiting.pop()
        if len(found) >= _MOST:
            beyond.append(f"the parts after the first {_MOST:,} were not looked at")
            break
        kind, _, subtype = media_type(level.head.first("content-type")).partition("/")
        boundary = _boundary(level.head) if kind == "multipart" else b""
        pieces, closed = _split(level.body, boundary) if boundary else ([], True)
        if not pieces or len(level.within) >= DEEPEST:
            if pieces:
                beyond.append(f"a part lies inside more than {DEEPEST} others and was not taken apart")
            unsplit = bool(boundary) and not pieces
            ends = ends and not unsplit
            found.append(Part(level.head, level.body, level.within, level.group, level.cut or unsplit))
            continue
        groups += 1
        ends = ends and closed
        within, group = (*level.within, subtype), (*level.group, groups)
        inner = [_piece(piece, within, group) for piece in pieces]
        if not closed:
            inner[-1] = inner[-1]._replace(cut=True)
        waiting += reversed(inner)
    return Parts(head, tuple(found), tuple(dict.fromkeys(beyond)), ends)


def _piece(piece: bytes, within: tuple[str, ...], group: tuple[int, ...]) -> _Level:
    head, body, whole = _halves(piece)
    if not whole and not head.fields:
        head, body, whole = Head(), piece, True
    if within[-1] == "digest" and not head.first("content-type"):
        head = head._replace(fields=(*head.fields, ("content-type", "message/rfc822")))
    return _Level(head, body, within, group, not whole)


def _skip(data: bytes) -> int:
    match = _LEADING.match(data[:4096])
    return match.end() if match else 0


def _halves(data: bytes) -> tuple[Head, bytes, bool]:
    """Return the head, the body, and whether an empty line parts them."""
    end = _END_OF_HEAD.search(data)
    if not end:
        return head_of(data), b"", False
    return head_of(data[: end.start()]), data[end.end() :], True


def _boundary(head: Head) -> bytes:
    return parameter(head.first("content-type"), "boundary").encode("utf-8", "replace")[:200].rstrip()


def _split(body: bytes, boundary: bytes) -> tuple[list[bytes], bool]:
    """Return what lies between the boundaries, and whether the last of them closes the whole."""
    pieces: list[bytes] = []
    start = -1
    for at, end, closes in _boundaries(body, b"--" + boundary):
        if start >= 0:
            pieces.append(_without_break(body[start:at]))
        start = end
        if closes:
            return pieces, True
        if len(pieces) > _MOST:
            break
    if start >= 0:
        pieces.append(_without_break(body[start:]))
    return pieces, False


def _boundaries(body: bytes, line: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield where each line that is a boundary begins, its break before it included, where it ends, and whether it is the closing one."""
    at = body.find(line)
    while at >= 0:
        rest = _REST.match(body, at + len(line))
        if rest and (at == 0 or body[at - 1] in b"\r\n"):
            before = 2 if body[max(at - 2, 0) : at] == b"\r\n" else min(at, 1)
            yield at - before, rest.end(), bool(rest[1])
        at = body.find(line, at + len(line))


def _without_break(piece: bytes) -> bytes:
    """Take off the line break that ends the boundary's own line."""
    return piece[2:] if piece.startswith(b"\r\n") else piece[1:] if piece[:1] in (b"\n", b"\r") else piece
