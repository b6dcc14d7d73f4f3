"""The words of a mail's own: which of its parts hold them, and how their lines are put together again."""

import re

from pipeline.envelopes.charsets import decoded, known_charset
from pipeline.envelopes.headers import parameter
from pipeline.envelopes.mime import Part
from pipeline.envelopes.transfer import unpacked
from pipeline.model.envelopes import Words

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_QUOTES = re.compile(r"(?:> ?)*")
_REFERS = re.compile(r"cid:([^\"'\s>)]{1,300})|(?:src|background)\s*=\s*[\"']?([^\"'\s>]{1,300})", re.IGNORECASE)
_LONGEST = 500_000
"""Characters of text whose lines are unfolded; a longer one is no mail that a person wrote."""
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")


def text_in(part: Part) -> tuple[str, str]:
    """Return the text of a part, its lines unfolded where they were folded, and what is damaged about it."""
    data, damage = unpacked(part.body, part.head.first("content-transfer-encoding"))
    said = part.head.first("content-type")
    charset = parameter(said, "charset")
    if part.type == "text/html" and not known_charset(charset) and (meta := _DECLARED.search(data[:4096])):
        charset = meta[1].decode("ascii")
    text, known = decoded(data, charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not known and not damage:
        damage = "some of its characters are not of the character set that it states"
    if part.type == "text/plain" and parameter(said, "format").lower() == "flowed" and len(text) <= _LONGEST:
        text = unfolded(text, joined=parameter(said, "delsp").lower() == "yes")
    return text, damage


def unfolded(text: str, *, joined: bool = False) -> str:
    """Return flowed text with its paragraphs on one line each, however deep they are quoted.

    Args:
        text: as sent; a line that ends in a space goes on in the next one of the same depth.
        joined: True where that space was added by the sender's program (DelSp).

    Source: RFC 3676, 4.2 to 4.5.
    """
    out: list[tuple[str, list[str]]] = []
    flows = False
    for line in text.split("\n"):
        quotes = _QUOTES.match(line)
        mark = quotes[0].replace(" ", "") if quotes else ""
        rest = line[len(mark) :] if mark and " " not in line[: len(mark)] else line[quotes.end() if quotes else 0 :]
        rest = rest.removeprefix(" ")
        signature = rest == "-- "
        if flows and not signature and out[-1][0] == mark:
            out[-1][1].append(rest)
        else:
            out.append((mark, [rest]))
        flows = rest.endswith(" ") and not signature
        if flows and joined:
            out[-1][1][-1] = rest[:-1]
    return "\n".join(f"{mark} {''.join(said)}" if mark else "".join(said) for mark, said in out)


def gathered(texts: list[tuple[Part, str]]) -> tuple[Words, ...]:
    """Return a mail's words: the parts of one alternative are the same words in several ways, others follow one another."""
    found: dict[tuple[int, int], Words] = {}
    for at, (part, text) in enumerate(texts):
        inside = "alternative" in part.within
        key = (part.group[part.within.index("alternative")], 0) if inside else (0, at + 1)
        words = found.get(key, Words())
        if part.type == "text/html":
            found[key] = words._replace(html=_joined(words.html, text))
        else:
            found[key] = words._replace(text=_joined(words.text, text))
    return tuple(words for words in found.values() if words)


def _joined(before: str, text: str) -> str:
    return f"{before}\n{text}" if before else text


def referred(words: tuple[Words, ...]) -> frozenset[str]:
    """Return the Content-IDs and addresses of the pictures that the HTML of a mail shows."""
    found = (name or address.removeprefix("cid:") for said in words for name, address in _REFERS.findall(said.html))
    return frozenset(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), one) for one in found)
