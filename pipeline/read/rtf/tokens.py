"""Cut the bytes of an RTF file into its tokens. Knows how they are written, and nothing of what they mean.

Source: Rich Text Format Specification 1.9.1, "RTF Syntax".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.errors import UnreadableError

_MOST = 8_000_000
"""The most tokens; a form of ten pages that Word wrote has about 50,000."""
_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|(?P<brace>[{}])|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<symbol>[^A-Za-z])|[\r\n\0]+",
    re.DOTALL,
)


class Token(NamedTuple):
    """A token: a brace, a control word with its number, a control symbol, or characters."""

    word: str
    """`{` and `}` of a group, a control word, a control symbol; empty for characters."""
    number: int | None = None
    data: bytes = b""
    """Of characters: in the code page of the font in use."""


_OPEN, _CLOSE = Token("{"), Token("}")


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens from the first to the last. Binary data is passed over.

    A length of binary data that runs beyond the end of the file is a lie and is not believed: reading goes on behind the word.

    Raises:
        UnreadableError: `bomb` where there are more tokens than any document has.
    """
    at, count = 0, 0
    while at < len(data):
        for found in _TOKEN.finditer(data, at):
            count += 1
            at = found.end()
            kind = found.lastgroup
            if kind == "text":
                yield Token("", None, found["text"])
            elif kind == "brace":
                yield _OPEN if found["brace"] == b"{" else _CLOSE
            elif kind == "hex":
                yield Token("", None, bytes.fromhex(found["hex"].decode()))
            elif kind == "symbol":
                yield Token("", None, found["symbol"]) if found["symbol"] in b"{}\\" else Token(found["symbol"].decode("latin-1"))
            elif kind is not None:
                word, number = found["word"].decode(), int(found["number"]) if found["number"] else None
                yield Token(word, number)
                if word == "bin" and 0 < (number or 0) <= len(data) - at:
                    at += number or 0
                    break
        else:
            at = len(data)
        if count > _MOST:
            raise UnreadableError("bomb", "The file has more parts than any form.", "Do not open it; ask the sender what it is.")
