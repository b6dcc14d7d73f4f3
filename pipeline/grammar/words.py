"""Words that stand for what each council calls by a name of its own: `{words.plan}` in a text is “2030 Delivery Plan” in one round."""

import re
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"\{words\.([a-z][a-z0-9_]*)\}")

Words = Mapping[str, Sequence[str]]
"""By key: what something is called, and after it the other ways that people write it."""


def keys_in(text: str) -> list[str]:
    """Return the keys of the words that stand in a text, in order."""
    return _WORD.findall(text)


def ways(text: str, words: Words) -> list[str]:
    """Return every way in which a text can be written, what it is called first; a word that begins it takes a capital.

    A word that is not known stays as it stands.
    """
    found = [text]
    for key in dict.fromkeys(_WORD.findall(text)):
        found = [one.replace(f"{{words.{key}}}", word) for word in words.get(key, ()) for one in found] or found
    return [capital(one) for one in found] if _WORD.match(text) else found


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
