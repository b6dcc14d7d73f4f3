"""Hostile mails, RTF and HTML."""

import base64

from tests.documents import docx
from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, OPENED, STOPPED, Hostile, Lure, fixed

_ANY = HARMLESS | DAMAGED | BOMB | OPENED
_HEAD = "From: Jo <jo@example.org>\r\nTo: round@example.org\r\nSubject: Reply\r\nMIME-Version: 1.0\r\n"
_CALLERS = (("img", "src"), ("link", "rel=stylesheet href"), ("script", "src"), ("iframe", "src"), ("object", "data"), ("video", "src"))


def attached(name: str, data: bytes) -> str:
    """Return a part of a mail that is a file."""
    said = base64.encodebytes(data).decode()
    head = f'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n{said}"


def mail(*parts: str, head: str = _HEAD) -> bytes:
    """Return a mail of parts."""
    said = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n{said}--b--\r\n'.encode("utf-8", "surrogateescape")


def deep_mime(depth: int) -> bytes:
    """Return parts in parts."""
    said = f'{_HEAD}Content-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    for at in range(depth):
        said += f'--b{at}\r\nContent-Type: multipart/mixed; boundary="b{at + 1}"\r\n\r\n'
    return (said + f"--b{depth}\r\n\r\nhello\r\n").encode()


def chain(length: int) -> bytes:
    """Return a mail that was passed on and on."""
    return (f"{_HEAD}Content-Type: message/rfc822\r\n\r\n" * length + f"{_HEAD}\r\nhello\r\n").encode()


def html(lure: Lure) -> bytes:
    """Return a mail whose only text calls home, in every way that HTML has."""
    calls = "".join(f"<{tag} {where}='{lure.address}/{tag}'></{tag}>" for tag, where in _CALLERS)
    page = f"<html><body style='background:url({lure.address}/css)'>{calls}<p>Chair: Jo</p></body></html>"
    return f"{_HEAD}Content-Type: text/html\r\n\r\n{page}".encode()


def rtf(said: str) -> bytes:
    """Return an RTF document."""
    return f"{{\\rtf1\\ansi {said}}}".encode()


FILES = (
    Hostile("deep_mime_3000.eml", "eml", "parts in parts, 3,000 deep", fixed(lambda: deep_mime(3_000)), _ANY),
    Hostile("rfc822_chain_800.eml", "eml", "a mail that was passed on 800 times", fixed(lambda: chain(800)), _ANY),
    Hostile(
        "attach_500.eml",
        "eml",
        "500 documents",
        fixed(lambda: mail(*(attached(f"{at}.docx", docx(f"Chair: {at}")) for at in range(500)))),
        _ANY,
    ),
    Hostile(
        "hdr_injection.eml",
        "eml",
        "a subject with a line break in it",
        fixed(
            lambda: mail(
                "Content-Type: text/plain\r\n\r\nhello", head=_HEAD.replace("Reply", "=?utf-8?q?Re:_x=0D=0ABcc:_all@example.org?=")
            )
        ),
        _ANY,
    ),
    Hostile(
        "fn_traversal.eml",
        "eml",
        "a file whose name leads out",
        fixed(lambda: mail(attached("../../../../tmp/escaped.docx", docx("a")))),
        _ANY,
    ),
    Hostile(
        "fn_odd.eml",
        "eml",
        "names that are long, reversed or devices",
        fixed(lambda: mail(*(attached(name, docx("a")) for name in ("\u202excod.exe", "x" * 5_000 + ".docx", "CON", "\x1b[2J.docx")))),
        _ANY,
    ),
    Hostile("two_from.eml", "eml", "two senders", fixed(lambda: mail("\r\nhello", head="From: mallory@example.org\r\n" + _HEAD)), _ANY),
    Hostile("html_only.eml", "eml", "a text that calls home", html, _ANY),
    Hostile("headers_100k.eml", "eml", "100,000 header lines", fixed(lambda: ("X-A: b\r\n" * 100_000).encode() + mail("\r\nhello")), _ANY),
    Hostile(
        "one_header_5mb.eml",
        "eml",
        "a header of five megabytes",
        fixed(lambda: mail("\r\nhi", head=_HEAD + "X: " + "=?utf-8?q?a?= " * 400_000 + "\r\n")),
        _ANY | STOPPED,
    ),
    Hostile(
        "charset_odd.eml",
        "eml",
        "words in a character set that is none",
        fixed(
            lambda: mail(
                "Content-Type: text/plain; charset=x-no-such\r\n\r\nhello", 'Content-Type: text/plain; charset="utf-7"\r\n\r\n+ADw-'
            )
        ),
        _ANY,
    ),
    Hostile(
        "bare_lf_cr.eml",
        "eml",
        "lines that end in three ways",
        fixed(lambda: mail("\r\nhello").replace(b"\r\n", b"\n", 3).replace(b"\r\n", b"\r", 1)),
        _ANY,
    ),
    Hostile("deep.rtf", "rtf", "groups in groups, 100,000 deep", fixed(lambda: rtf("{" * 100_000 + "a" + "}" * 100_000)), _ANY | STOPPED),
    Hostile(
        "objdata.rtf",
        "rtf",
        "an object that is a program",
        fixed(lambda: rtf("Chair: Jo {\\object\\objemb{\\*\\objdata " + "d0cf11e0" * 50_000 + "}}")),
        _ANY | STOPPED,
    ),
    Hostile(
        "numbers.rtf",
        "rtf",
        "control words with huge numbers",
        fixed(lambda: rtf("\\bin2147483647 a\\u-99999999?\\cellx999999999999 b\\row\\uc2000000000\\u1 " * 100)),
        _ANY | STOPPED,
    ),
    Hostile(
        "field.rtf",
        "rtf",
        "a field that fetches a file",
        lambda lure: rtf(
            f'{{\\field{{\\*\\fldinst INCLUDETEXT "{lure.file}"}}{{\\fldrslt Chair: Jo}}}}{{\\*\\template {lure.address}/t.dotm}}'
        ),
        _ANY | STOPPED,
    ),
    Hostile("calls_home.html", "html", "a page that calls home", lambda lure: html(lure).partition(b"\r\n\r\n")[2], _ANY),
    Hostile(
        "deep.html",
        "html",
        "elements in elements, 100,000 deep",
        fixed(lambda: b"<html><body>" + b"<div>" * 100_000 + b"Chair: Jo"),
        _ANY | STOPPED,
    ),
    Hostile(
        "entities.html",
        "html",
        "a page with entities of its own",
        lambda lure: (f'<!DOCTYPE html [<!ENTITY e SYSTEM "{lure.file}">]><html><body>&e;</body></html>').encode(),
        _ANY,
    ),
)
