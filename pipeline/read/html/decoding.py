"""Which characters the bytes of a web page stand for.

Source: WHATWG HTML 13.2.3 (byte order mark, then what the header says, then what the page says of itself).
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAYS = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE
)
_LOOKED_AT = 4096
"""Bytes in which a page says what it is written in; Word puts its own words first."""
_WESTERN = frozenset({"iso8859-1", "ascii"})
"""What browsers read as Windows' Western code page, because that is what programs meant (WHATWG Encoding 4.2)."""


def decoded(data: bytes, charset: str = "") -> str:
    """Return the characters of a page.

    Args:
        data: the page.
        charset: what the mail or the envelope says that it is written in; empty where it does not.

    Returns:
        Its characters; U+FFFD, which a person will ask about, for bytes that stand for none.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    said = _SAYS.search(data[:_LOOKED_AT])
    for name in (charset, (said[1] or said[2]).decode("ascii", "replace") if said else ""):
        if codec := _codec(name):
            return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _codec(name: str) -> str:
    """Return the codec of a name; empty where there is none, or where it is none for text."""
    try:
        found = codecs.lookup(name.strip()) if name.strip() else None
    except LookupError:
        return ""
    if found is None or not found._is_text_encoding or found.name.startswith("utf-16"):
        return ""
    return "cp1252" if found.name in _WESTERN else found.name
