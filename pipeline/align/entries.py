"""Part the lines of a list into the entries that were written on them, and tell how alike two names of one thing are."""

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise

from rapidfuzz import fuzz

from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout
from pipeline.grammar.dates import find_when
from pipeline.grammar.texts import fold, strip_marker, tidy
from pipeline.model.alignments import Piece
from pipeline.model.forms import FieldType

_FEWEST = 2
"""Entries of a list."""
_FEWEST_WORDS = 2
LETTERED = re.compile(r"\s*[A-Z]\d{1,2}[.):]?\s+(?=\S)")
"""What may be a marker, where its neighbours are numbered alike: "D1", "M2:"."""
_DASH = re.compile(r"\s+[–—-]+\s+|\s*[—]\s*|:\s")
_SHORTENED = 92.0
"""How alike a name and its own beginning are (0 to 100): respondents shorten a title over its block."""
_FEWEST_LETTERS = 10
_SEMICOLON = re.compile(r";")
_COMMA = re.compile(r",(?= (?:and )?[A-Z0-9])|(?<!,) (?=and [A-Z])")
"""A comma, or "and", before what may begin an entry of its own."""
_FEWEST_WORDS_IN_A_SENTENCE = 3
"""Words of each entry of a list that was written as a sentence; names of places have fewer."""
_GUESSED = 0.8
"""A factor for the confidence of entries that commas part: a comma may also stand within one."""


def spread(item: Item, layout: Layout) -> None:
    """Part what was written on one line into the entries of a list, below `item`, in place: "Open a hub; plant trees"."""
    for repeat, children in item.children.items():
        if repeat not in layout.described:
            alone = Counter(map(_listed_in, children))
            children[:] = [
                one
                for child in children
                for part in (_of_one_line(child, layout.names[repeat]) if alone[_listed_in(child)] == 1 else [child])
                for one in _of_one_box(part, layout.names[repeat])
            ]
        if len(children) == 1 and repeat not in layout.described:
            item.children[repeat] = _spread(children[0], layout.names[repeat])
        for child in item.children[repeat]:
            spread(child, layout)
    for path, slot in item.slots.items():
        if layout.form.by_path[path].type is FieldType.LIST and len(slot.pieces) == 1 and not _is_whole(path, item, layout):
            parts, sure = entries(slot.pieces[0][1])
            if len(parts) > 1:
                slot.pieces = list(enumerate(parts, -len(parts)))
                slot.confidence *= sure


def _is_whole(path: str, item: Item, layout: Layout) -> bool:
    """Say whether the one entry of a list belongs to the one item beside it: "1,500 carers; 95% satisfied" is its measure, not two."""
    repeats = [layout.owners[field] for field, twin in layout.twins.items() if twin == path]
    return any(len(item.children.get(repeat, ())) == 1 for repeat in repeats)


def _listed_in(item: Item) -> tuple[int, tuple[str, ...]]:
    """Return what an item is listed in: a table or a list in running text, and the box of it."""
    return item.region, tuple(slot.says for slot in item.slots.values() if slot.says)


def _of_one_line(item: Item, name: str) -> list[Item]:
    """Part the one entry of a box where it lists several: "Plant trees – still wanted; a bridge – dropped"."""
    says = {path: slot for path, slot in item.slots.items() if slot.says}
    said = [piece for path, slot in item.slots.items() if path not in says for _, piece in slot.pieces]
    others = [path for path in item.slots if path != name and path not in says]
    if not says or name not in item.slots or len({id(piece.paragraph) for piece in said}) != 1 or len(others) > 1:
        return [item]
    parts, sure = entries(Piece(said[0].paragraph, min(piece.start for piece in said), max(piece.end for piece in said)))
    if len(parts) == 1 or sure < 1 or (others and not all(parted(part)[1] for part in parts)):
        return [item]
    found = []
    for part in parts:
        one = Item(item.repeat, item.parent, region=item.region, slots=dict(says))
        first, rest = parted(part) if others else (part, None)
        for path, piece in ((name, first), *((path, rest) for path in others if rest is not None)):
            one.slots[path] = replace(item.slots[path], pieces=[(0, piece)])
        found.append(one)
    return found


def _of_one_box(item: Item, name: str) -> list[Item]:
    """Part an item in whose box somebody listed several, a paragraph each; what else it says in as many paragraphs is parted with them."""
    lines = _paragraphs(item.slots[name]) if name in item.slots and item.slots[name].method in ("control", "ocr") else []
    if len(lines) < _FEWEST or item.parent is None or not _are_entries(lines):
        return [item]
    items = [Item(item.repeat, item.parent, region=item.region) for _ in lines]
    for path, slot in item.slots.items():
        own = _paragraphs(slot)
        for at, pieces in enumerate(own if len(own) == len(items) else [[piece for _, piece in slot.pieces]]):
            numbered = list(enumerate(pieces, -len(pieces)))
            items[at].slots[path] = Slot(slot.place, slot.method, slot.confidence, numbered, slot.view, slot.says)
    return items


def _paragraphs(slot: Slot) -> list[list[Piece]]:
    """Return the pieces of a slot, those of a line together."""
    pieces = [line for _, piece in slot.pieces for line in _lines(piece)]
    return [
        list(line) for _, line in groupby(pieces, key=lambda piece: (id(piece.paragraph), piece.paragraph.text.count("\n", 0, piece.start)))
    ]


def _lines(piece: Piece) -> list[Piece]:
    """Cut a piece at its line breaks."""
    breaks = [piece.start + at for at, character in enumerate(piece.text) if character == "\n"]
    ends = [*breaks, piece.end]
    starts = [piece.start, *(at + 1 for at in breaks)]
    return [Piece(piece.paragraph, start, end) for start, end in zip(starts, ends, strict=True) if piece.paragraph.text[start:end].strip()]


def _are_entries(lines: list[list[Piece]]) -> bool:
    """Say whether each of several lines is an entry of its own: all have a list marker, or most a date by which they are due."""
    if all(line[0].paragraph.bullet or strip_marker(line[0].text)[0] or LETTERED.match(line[0].text) for line in lines):
        return True
    texts = [tidy("".join(piece.text for piece in line)) for line in lines]
    dated = sum(find_when(text) is not None for text in texts)
    return dated == len(texts) or (dated * 2 >= len(texts) and not any(text[:1].islower() for text in texts))


def _spread(only: Item, name: str) -> list[Item]:
    slot = only.slots.get(name)
    if slot is None or len(slot.pieces) != 1 or set(only.slots) != {name} or only.parent is None:
        return [only]
    parts, sure = entries(slot.pieces[0][1])
    items = [Item(only.repeat, only.parent, region=only.region) for _ in parts]
    for item, part in zip(items, parts, strict=True):
        item.slots[name] = Slot(slot.place, slot.method, slot.confidence * sure, [(0, part)], slot.view)
    return items


def entries(piece: Piece) -> tuple[tuple[Piece, ...], float]:
    """Return the entries of a line and how sure it is that they are such: those between semicolons or commas, or the line itself."""
    if piece.paragraph.bullet or strip_marker(piece.text)[0]:
        return (piece,), 1.0
    for mark, fewest, sure in ((_SEMICOLON, _FEWEST_WORDS, 1.0), (_COMMA, _FEWEST_WORDS_IN_A_SENTENCE, _GUESSED)):
        cuts = [piece.start, *_cuts(piece, mark), piece.end]
        parts = tuple(part for start, end in pairwise(cuts) if fold((part := Piece(piece.paragraph, start, end)).text))
        if len(parts) > 1 and all(len(part.text.split()) >= fewest for part in parts):
            return parts, sure
    return (piece,), 1.0


def _cuts(piece: Piece, mark: re.Pattern[str]) -> list[int]:
    """Return the places after the marks that are in no brackets."""
    cuts, depth, seen = [], 0, 0
    for found in mark.finditer(piece.text):
        depth = max(0, depth + _opened(piece.text[seen : found.start()]))
        seen = found.end()
        if not depth:
            cuts.append(piece.start + seen)
    return cuts


def _opened(text: str) -> int:
    """Return how many more brackets open in a text than close."""
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def parted(piece: Piece) -> tuple[Piece, Piece | None]:
    """Part an entry at its first dash between spaces: "Plant trees – still wanted"; nothing follows where there is none."""
    lettered = LETTERED.match(piece.text)
    marker = lettered.end() if lettered else len(strip_marker(piece.text)[0])
    dash = _DASH.search(piece.paragraph.text, piece.start + marker, piece.end)
    if dash is None or not piece.paragraph.text[piece.start : dash.start()].strip():
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
