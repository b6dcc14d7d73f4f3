"""Strangers' text on a page: what a browser would obey instead of showing is shown by its code.

Angle brackets and quotation marks are escaped by the template; this is about characters that no escaping makes harmless.
"""

import unicodedata

_STEERING = frozenset(("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"))
"""Unicode categories that are not seen: controls, marks of direction and tags, broken and unassigned characters, separators of lines."""

_SPACING = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Those of them that set text and hide nothing: line breaks, tabs, joiners and places where a word may be broken."""


def shown(text: str) -> str:
    """Return text with everything that could steer a page written as its code: a right-to-left override as `\\u202e`."""
    if text.isprintable():
        return text
    return "".join(map(_character, text))


def _character(character: str) -> str:
    if character in _SPACING or unicodedata.category(character) not in _STEERING:
        return character
    return character.encode("unicode_escape").decode()
