"""Bytes of a mail to text: the declared character set where it is one, the likely one where it is not."""

import codecs
import re

_TEXT = re.compile(
    r"(ascii|utf-(7|8|8-sig|16|16-be|16-le|32|32-be|32-le)|iso8859-\d+|iso2022_.*|cp\d+|koi8-\w|mac-.*|gb2312|gbk|gb18030|big5\w*|euc_\w+"
    r"|shift_?jis\w*|johab|hz|tis-620|ptcp154|hp-roman8)$"
)
"""Python's names of codecs that turn bytes into text in time that grows with their length. Others unpack, escape or look up names."""


def decoded(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Return bytes as text, and whether every byte was a character of the declared set.

    What the declared set does not know is read as UTF-8, and where it is none, as Windows wrote western Europe's languages.
    """
    declared = known_charset(charset)
    if declared == "ascii":
        declared = ""
    for name in (declared, "utf-8"):
        if name:
            try:
                return data.decode(name).removeprefix("\ufeff"), name == (declared or "utf-8")
            except (UnicodeError, ValueError):
                continue
    return data.decode(declared or "cp1252", "replace"), declared == "" and not set(data) & set(b"\x81\x8d\x8f\x90\x9d")


def known_charset(charset: str) -> str:
    """Return Python's name of a character set; empty where it knows none by that name, or none that is safe."""
    try:
        name = codecs.lookup(charset.strip(" \"'")[:40]).name if charset.isascii() else ""
    except (LookupError, ValueError):
        return ""
    return name if _TEXT.match(name) else ""
