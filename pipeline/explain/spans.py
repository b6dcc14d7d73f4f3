"""Find again, in a paragraph of the return, the words that answers quote.

A passage says which paragraph it is of and not where in it. The pieces of a paragraph that answer different fields do not overlap, and
they come in order; what follows from another answer (a date in its sentence, a whole made of parts) lies within the other's words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MOST = 1000
"""Occurrences of the same words in a paragraph that are told apart."""


class Wanted(NamedTuple):
    """Words to be found in a paragraph."""

    text: str
    field: str
    """The schema path of the field that they answer, or another word for what they are: those of one field follow one another."""
    item: str
    """The instance path of the item they are part of: a date is looked for in its own item's sentence."""


class Span(NamedTuple):
    """Characters `start` to `end` of a paragraph."""

    start: int
    end: int


def find(text: str, wanted: Sequence[Wanted]) -> list[Span | None]:
    """Say where in a paragraph words stand.

    Args:
        text: of the paragraph.
        wanted: in the order of the record.

    Returns:
        A span for each of `wanted`; None where the paragraph does not have the words. Longer words are given their place first.
    """
    found: list[Span | None] = [None] * len(wanted)
    taken = bytearray(len(text))
    within: dict[str, list[Span]] = {}
    alike: dict[str, list[int]] = {}
    for at, one in enumerate(wanted):
        alike.setdefault(one.text, []).append(at)
    for words in sorted(alike, key=len, reverse=True):
        ats = alike[words]
        spans = list(_spread(text, taken, within, [wanted[at] for at in ats]))
        for at, span in zip(ats, spans, strict=False):
            found[at] = span
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            within.setdefault(wanted[at].item, []).append(span)
    return found


def _spread(text: str, taken: bytearray, within: dict[str, list[Span]], wanted: Sequence[Wanted]) -> Iterator[Span]:
    """Yield a span for each of some wants that are of the same words: another for each, as far as there are others."""
    places = [(span, _rank(text, taken, span)) for span in _occurrences(text, wanted[0].text)]
    if not places:
        return
    if len(places) == 1:
        yield from (places[0][0] for _ in wanted)
        return
    free = sum(rank == (False, False) for _, rank in places)
    apart = free >= len(wanted)
    used: Counter[tuple[str, Span]] = Counter()
    for one in wanted:
        inside = within.get(one.item, ())
        who = "" if apart else one.field
        span, _ = min(places, key=lambda place: (place[1], not _lies_in(place[0], inside), used[who, place[0]], place[0]))
        used[who, span] += 1
        yield span


def _rank(text: str, taken: bytearray, span: Span) -> tuple[bool, bool]:
    """Say whether an occurrence is a part of a word, and whether it lies in the words of another answer: the fewer, the likelier."""
    start, end = span
    joined = (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )
    return joined, taken.find(1, start, end) >= 0


def _lies_in(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    """Yield where words stand, from left to right, without overlaps."""
    start = text.find(words) if words else -1
    for _ in range(_MOST):
        if start < 0:
            return
        yield Span(start, start + len(words))
        start = text.find(words, start + len(words))
