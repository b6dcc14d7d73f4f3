"""Text as answers keep it, as comparisons see it, and the small marks that respondents type around it.

Knows white space, list markers, "N/A" and semicolon lists. Knows nothing of forms.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_TEXT = 10_000
"""Characters of a text that patterns look at; what follows is left alone."""

_FLAT = str.maketrans(
    dict.fromkeys("‘’‛`´ʼ", "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\t\n\r\v\f\u00a0\u2007\u2009\u202f", " ")
)
_NOT_PRINTED = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f]+")


def tidy(text: str) -> str:
    """Return the text as an answer keeps it: NFC, single spaces, nothing invisible; quotes and dashes stay as typed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _NOT_PRINTED.sub("", text))
    return " ".join(text.split())


def flat(text: str) -> str:
    """Return the text for patterns: lower case, straight quotes, plain hyphens; each character in its old position.

    Args:
        text: any text; what follows `LONGEST_TEXT` characters is cut.
    """
    text = text[:LONGEST_TEXT]
    if text.isascii():
        return text.lower()
    text = text.translate(_FLAT)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_lower, text))


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return the text for comparisons: no case, accents or punctuation, "&" as "and"."""
    text = text[:LONGEST_TEXT].replace("&", " and ")
    if not text.isascii():
        text = "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    return " ".join(_PUNCTUATION.sub(" ", _APOSTROPHE.sub("", text.casefold())).split())


_APOSTROPHE = re.compile("['’‘‛`´ʼ]")
_PUNCTUATION = re.compile(r"[\W_]+")

_MARKER = re.compile(
    r"\s*("
    r"[•●○◦▪▫■□‣⁃∙·➢➤►→✓✔*>\uf0b7\uf0a7]+|[-–—]|o(?=\s)"  # a bullet; \uf0b7 and \uf0a7 are Word's own in the Symbol fonts
    r"|\(?\d{1,2}[.):]+(?!\d)|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})+(?:[.):](?!\d)|(?=\s[A-Z][a-z]))"  # 1. 1) (1) 1.2
    r"|\(?[a-jA-J][.)]+(?=\s)|\([ivx]{1,4}\)|[ivx]{1,4}[.)](?=\s)"  # a. b) (c) (iv) ii.
    r"|[DMO](?:[1-9]|1\d)(?:[.):]|(?=\s+[A-Z–-]))"  # D1 M2
    r")[\s.:–-]*(?=\S)"
)


def strip_marker(text: str) -> tuple[str, str]:
    """Part a typed list marker from its item.

    Args:
        text: one item, such as "1) Agree the plan", "o Agree the plan", "D1 Agree the plan".

    Returns:
        The marker, empty where there is none, and the rest.
    """
    match = _MARKER.match(text[:LONGEST_TEXT])
    return (match[1], text[match.end() :].strip()) if match else ("", text.strip())


def list_item(text: str) -> str:
    """Return an item without the marks of the list around it: its marker, a semicolon after it, "and" before the last."""
    item = strip_marker(text)[1].rstrip()
    item = _BETWEEN_ITEMS.sub("", item) if item.endswith((";", ",", " and")) else item
    return item.removeprefix("and ").lstrip()


_BETWEEN_ITEMS = re.compile(r"(?:[;,]\s*)+(?:and)?$")

_NOT_APPLICABLE = frozenset({"n a", "na", "not applicable", "nil", "none", "not relevant"})


def is_not_applicable(text: str) -> bool:
    """Tell a text that says that the question does not apply: "N/A", "nil", "None". "TBC" is not one of them."""
    return len(text) < 40 and fold(text) in _NOT_APPLICABLE
