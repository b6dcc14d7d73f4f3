"""Part a line of a list into the entries that were written on it, and tell how alike two names of one thing are."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.grammar.texts import fold, strip_marker
from pipeline.model.alignments import Piece

_FEWEST_WORDS = 2
_DASH = re.compile(r"\s+[–—-]+\s+|\s*[—]\s*|:\s")
_SHORTENED = 92.0
"""How alike a name and its own beginning are (0 to 100): respondents shorten a title over its block."""
_FEWEST_LETTERS = 10


def entries(piece: Piece) -> tuple[Piece, ...]:
    """Return the entries of a line: those between semicolons, or the line itself where it is a list item or no such list."""
    if piece.paragraph.bullet or ";" not in piece.text:
        return (piece,)
    cuts = [piece.start, *_cuts(piece), piece.end]
    parts = [Piece(piece.paragraph, start, end) for start, end in pairwise(cuts)]
    parts = [part for part in parts if fold(part.text)]
    return tuple(parts) if all(len(part.text.split()) >= _FEWEST_WORDS for part in parts) else (piece,)


def _cuts(piece: Piece) -> Iterator[int]:
    """Yield the places after semicolons that are in no brackets."""
    depth = 0
    for at, character in enumerate(piece.text, piece.start):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == ";" and not depth:
            yield at + 1


def parted(piece: Piece) -> tuple[Piece, Piece | None]:
    """Part an entry at its first dash between spaces: "Plant trees – still wanted"; nothing follows where there is none."""
    dash = _DASH.search(piece.paragraph.text, piece.start, piece.end)
    if dash is None or dash.start() == piece.start:
        return piece, None
    return Piece(piece.paragraph, piece.start, dash.start()), Piece(piece.paragraph, dash.end(), piece.end)


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, from 0 to 100; list markers, case and punctuation do not count."""
    one, other = fold(strip_marker(first)[1]), fold(strip_marker(second)[1])
    if not one or not other:
        return 0.0
    short, long = sorted((one, other), key=len)
    begins = long.startswith(f"{short} ") and " " in short and len(short) >= _FEWEST_LETTERS
    within = len(short.split()) > _FEWEST_WORDS and set(short.split()) <= set(long.split())
    return max(fuzz.ratio(one, other), _SHORTENED if begins or within else 0.0)
