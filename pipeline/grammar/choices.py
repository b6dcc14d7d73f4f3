"""Words of a vocabulary in what people wrote: by name, alias or label, and near-equal only where one term stands out."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.grammar.texts import fold
from pipeline.model.forms import Term

NEAR = 90.0
"""Likeness, in per cent, from which a wording counts as a term's."""
MARGIN = 6.0
"""How much less like every other term has to be."""
_SHORTEST_NEAR = 6
"""Characters of the shortest text that may be near-equal: short words are near too many others."""


class Suggestion(NamedTuple):
    """A term that may be meant, and how like the text is, in per cent."""

    term: Term
    likeness: float


def match_choice(text: str, terms: Sequence[Term]) -> Term | None:
    """Return the term that a text names.

    Args:
        text: what was written or chosen.
        terms: the vocabulary.

    Returns:
        The term; None where none is named, or where two are as near.
    """
    wordings = _wordings(tuple(terms))
    folded = fold(text)
    if folded in wordings:
        return wordings[folded]
    if len(folded) < _SHORTEST_NEAR:
        return None
    best, *others = [*_suggestions(folded, wordings), Suggestion(Term(name=""), 0.0)]
    return best.term if best.likeness >= NEAR and not (others and others[0].likeness > best.likeness - MARGIN) else None


def is_exact(text: str, term: Term) -> bool:
    """Tell whether a text is one of a term's own wordings."""
    return fold(text) in _wordings((term,))


def suggest(text: str, terms: Sequence[Term], most: int = 3) -> tuple[Suggestion, ...]:
    """Return the terms that come nearest to a text, the nearest first."""
    return tuple(_suggestions(fold(text), _wordings(tuple(terms))))[:most]


_SEPARATORS = re.compile(r"\s*(?:[;\n|]|,\s)\s*")


class Ticked(NamedTuple):
    """A choice with a box beside it: characters `start` to `end` of a text, without the box."""

    chosen: bool
    start: int
    end: int


def tick_boxes(text: str) -> tuple[Ticked, ...]:
    """Return the choices of a text in which each has a box to tick, before it or behind it: "☒ Met ☐ Not met", "Met [x]   Not met [ ]".

    Returns:
        The choices in their order; nothing where words have no box, or none stands at either end.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes or (text[boxes[0].end() : boxes[-1].start()].strip() == "" and len(boxes) > 1):
        return ()
    if not text[: boxes[0].start()].strip():
        spans = zip((box.end() for box in boxes), [*(box.start() for box in boxes[1:]), len(text)], strict=True)
    elif not text[boxes[-1].end() :].strip():
        spans = zip([0, *(box.end() for box in boxes[:-1])], (box.start() for box in boxes), strict=True)
    else:
        return ()
    found = tuple(Ticked(box["empty"] is None, *_stripped(text, *span)) for box, span in zip(boxes, spans, strict=True))
    return found if all(one.start < one.end for one in found) else ()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(_PARTING)), end - len(words) + len(words.rstrip(_PARTING))


_PARTING = " \t\n\u00a0/|,;"
"""What parts one choice from the next."""


_BOX = re.compile(r"(?P<empty>[☐□❏❑◻⬜○]|\[\s*\]|\(\s*\))|[☑☒✓✔✗✘🗹■◼⬛●]|\[\s*[xX✓✔]\s*\]|\(\s*[xX✓✔]\s*\)|^[xX](?=\s)|(?<=\s)[xX]$")
"""A box, empty or not, as programs draw it and people type it."""


def split_choices(text: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """Split a text that may name several terms; commas part only where every piece names one."""
    if match_choice(text, terms):
        return (text.strip(),)
    pieces = tuple(piece.strip() for piece in re.split(r"[;\n|]", text) if piece.strip())
    finer = tuple(piece for piece in _SEPARATORS.split(text.strip()) if piece)
    return finer if all(match_choice(piece, terms) for piece in finer) else pieces


def _suggestions(folded: str, wordings: Mapping[str, Term]) -> list[Suggestion]:
    best: dict[str, Suggestion] = {}
    for wording, likeness, _ in process.extract(folded, wordings.keys(), scorer=fuzz.ratio, limit=None):
        term = wordings[wording]
        best.setdefault(term.name, Suggestion(term, likeness))
    return list(best.values())


@lru_cache(maxsize=256)
def _wordings(terms: tuple[Term, ...]) -> Mapping[str, Term]:
    """Every folded wording of the terms; names go before aliases where two terms share one."""
    named = {fold(term.name): term for term in terms}
    others = {fold(wording): term for term in reversed(terms) for wording in (*term.aliases, term.label) if wording}
    return others | named
