"""A stranger's file name is text for people: never a path, and never able to hide what it is."""

import unicodedata

LONGEST = 255
"""Bytes of a name in UTF-8 that are kept; no file system in use allows more."""

_TAIL = 48
"""Bytes at the end of a long name that are kept, so that its ending still shows."""

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode categories that are not seen or that turn the reading order around: controls, formats (bidirectional overrides among
them), broken and private characters, line separators."""


def shown_name(name: str) -> str:
    r"""Return a file name as it is kept and shown.

    Args:
        name: as the file system or the mail gave it; bytes that are no UTF-8 arrive as lone surrogates.

    Returns:
        At most 255 bytes of UTF-8, composed (NFC), characters that cannot be seen written out: `\u202e`. A long name loses its
        middle. A name shown once stays as it is.

    Source: Unicode Technical Report 36, 3.4 (bidirectional spoofing); GHSA-gm8q-m8mv-jj5m (names used as paths).
    """
    visible = "".join(_written_out(character) for character in unicodedata.normalize("NFC", name))
    encoded = visible.encode()
    if len(encoded) <= LONGEST:
        return visible
    head = encoded[: LONGEST - _TAIL - len("…".encode())].decode(errors="ignore")
    return f"{head}…{encoded[-_TAIL:].decode(errors='ignore')}"


def _written_out(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
