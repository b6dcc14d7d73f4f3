"""How names become codes, ids and column names, and when two names are the same."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(("and", "of", "the", "for", "in"))


def column_name(heading: str) -> str:
    """Turn a heading of the register into its column's name: “Contact e-mail” is `contact_email`."""
    return "_".join(_WORD.findall(heading.casefold().replace("e-mail", "email").replace("'", "").replace("’", "")))


def folded(name: str) -> str:
    """Reduce a name to what two writings of it have in common: no case, accents or punctuation; “&” is “and”, “the” is nothing."""
    return " ".join(word for word in _words(name) if word != "the")


def identifier(name: str) -> str:
    """Make an id of lower-case ASCII words with hyphens: “Safer Communities Partnership” is `safer-communities`.

    Empty where the name has no letter or digit of the Latin alphabet.
    """
    words = [word for word in _words(name) if word.isascii() and word != "and"]
    if len(words) > 1 and words[-1] == "partnership":
        words.pop()
    return "-".join(words)


def initials(name: str) -> str:
    """Make a code from a name: the first letters of its words, or of its only word three letters. May be empty."""
    words = [word for word in _words(name) if word.isascii() and word not in _SMALL]
    letters = words[0][:3] if len(words) == 1 else "".join(word[0] for word in words)
    return letters.upper()


def _words(name: str) -> list[str]:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.replace("&", " and ")) if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold().replace("'", "").replace("’", ""))
