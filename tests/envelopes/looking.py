"""What a test asks of an envelope's contents."""

from pipeline.envelopes import contents
from pipeline.model.envelopes import Contents, Leaf
from pipeline.settings import Limits


def held(data: bytes, name: str = "mail.eml", limits: Limits | None = None) -> Contents:
    """Return what a file holds."""
    return contents(data, name, limits or Limits())


def documents(data: bytes, name: str = "mail.eml") -> dict[str, bytes]:
    """Return the documents in a file that are no mail's own words: the last name of each, and its bytes."""
    return {leaf.chain[-1]: leaf.data for leaf in held(data, name).leaves if not leaf.own_words and not leaf.refusal}


def said(data: bytes) -> Leaf:
    """Return the first mail's own words."""
    return next(leaf for leaf in held(data).leaves if leaf.own_words)


def codes(data: bytes) -> list[str]:
    """Return the codes of everything that is noted, of documents too."""
    found = held(data)
    return [note.code for note in (*found.notes, *(note for leaf in found.leaves for note in leaf.notes))]


def refusals(data: bytes, limits: Limits | None = None) -> dict[str, str]:
    """Return what could not be taken out: the last name and the reason of each."""
    return {leaf.chain[-1]: leaf.refusal.reason for leaf in held(data, limits=limits).leaves if leaf.refusal}
