"""Cut a paragraph of a return into parts and say what each is: a slot's words, a label, the blank's own text, or somebody's words."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from pipeline.align.layout import Layout
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Piece
from pipeline.model.documents import Control, Paragraph
from pipeline.model.forms import schema_path

_SEPARATOR = re.compile(r":|\?|\t|\s[–—-]+\s|\s*(?=\()")
_OPENER = re.compile(
    r"\s*\[?(?P<word>[^\W\d_][\w -]{0,30}?)\s*(?P<number>\d{1,2}|(?:one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,4}|[a-h])\b)"
    r"\]?\s*(?:[.):–—-]+\s*|\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = {word: at for at, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_EXPLANATION = 20
"""Characters; "(optional)" explains a label, a longer remainder of the blank's own line is guidance."""
_LONGEST_LABEL = 120
"""Characters; a longer line is somebody's words."""


class Kind(Enum):
    """What a part of a paragraph is."""

    SLOT = auto()
    """Inside a control whose tag names a field."""
    LABEL = auto()
    OPENER = auto()
    """The heading of an item: "Priority 2"."""
    KNOWN = auto()
    PROMPT = auto()
    WORDS = auto()


class Part(NamedTuple):
    """A stretch of a paragraph, and what it is."""

    kind: Kind
    piece: Piece
    fields: tuple[str, ...] = ()
    """For a slot, the tag; for a label, the schema paths that it may stand for; for an opener, the repeat's."""
    number: int = 0
    """For a slot, the control's number; for an opener, the item's."""
    empty: bool = False
    """For a slot: True where it shows its prompt or nothing."""


def parts(paragraph: Paragraph, layout: Layout) -> list[Part]:
    """Return the parts of a paragraph, left to right. They cover it and do not overlap."""
    found: list[Part] = []
    at = 0
    for control in paragraph.controls:
        if control.start < at:
            continue
        if control.tag in layout.tags or schema_path(control.tag) in layout.form.by_path:
            if at < control.start:
                found += _recognised(paragraph, at, control.start, layout)
            found.append(_slot(paragraph, control, layout))
            at = control.end
        elif control.start < control.end and (control.start or control.end < len(paragraph.text)):
            found += _recognised(paragraph, at, control.start, layout)
            found += _recognised(paragraph, control.start, control.end, layout)
            at = control.end
    if at < len(paragraph.text):
        found += _recognised(paragraph, at, len(paragraph.text), layout)
    return found


def _slot(paragraph: Paragraph, control: Control, layout: Layout) -> Part:
    piece = Piece(paragraph, control.start, control.end)
    text = piece.text
    empty = not text.strip() or (len(text) <= _LONGEST_LABEL and fold(text) in layout.prompts)
    return Part(Kind.SLOT, piece, (control.tag,), control.number, empty)


def _recognised(paragraph: Paragraph, start: int, end: int, layout: Layout) -> Iterator[Part]:
    """Yield the parts of a stretch outside tagged controls, a line at a time."""
    while start < end:
        stop = paragraph.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield from _line(Piece(paragraph, start, stop), layout)
        start = stop + 1


def _line(piece: Piece, layout: Layout) -> Iterator[Part]:
    text = piece.text
    folded = fold(text)
    if not folded:
        return
    if len(text) > _LONGEST_LABEL:
        yield Part(Kind.KNOWN if folded in layout.known else Kind.WORDS, piece)
    elif fields := layout.labels.get(folded):
        yield Part(Kind.LABEL, piece, fields)
    elif folded in layout.prompts or (folded[0].isdigit() and folded.partition(" ")[2] in layout.prompts):
        yield Part(Kind.PROMPT, piece)
    else:
        yield from _heading_or_words(piece, folded in layout.known, layout)


def _heading_or_words(piece: Piece, known: bool, layout: Layout) -> list[Part]:
    """Recognise the heading of an item or a label with more on its line; what the blank shows as a whole is not taken apart for words."""
    for found in (_opener(piece, layout), _labelled(piece, layout)):
        if found and not (known and any(part.kind in (Kind.KNOWN, Kind.WORDS) and _is_long(part) for part in found)):
            return found
    return [Part(Kind.KNOWN, piece)] if known else _words(piece, layout)


def _words(piece: Piece, layout: Layout) -> list[Part]:
    """Part somebody's words from a prompt that was left standing before them."""
    text = piece.text
    if text.lstrip().startswith(layout.shown_prompts):
        prompt = max((prompt for prompt in layout.shown_prompts if text.lstrip().startswith(prompt)), key=len)
        after = piece.start + text.index(prompt) + len(prompt)
        return [Part(Kind.PROMPT, piece._replace(end=after)), Part(Kind.WORDS, piece._replace(start=after))]
    return [Part(Kind.WORDS, piece)]


def _is_long(part: Part) -> bool:
    """Say whether a remainder is a sentence of the form's own guidance rather than a word or two that explain a label."""
    return len(part.piece.text) > _EXPLANATION


def _opener(piece: Piece, layout: Layout) -> list[Part]:
    """Recognise the heading of an item: the label of a repeat or of its name, with a number."""
    match = _OPENER.match(piece.text)
    if match is None:
        return []
    owners = layout.labels.get(fold(match["word"]), ())
    repeats = [path for path, name in layout.names.items() if path in layout.form.repeats and (path in owners or name in owners)]
    if not repeats:
        return []
    rest = piece.start + match.start("rest")
    return [
        Part(Kind.OPENER, piece._replace(end=rest), tuple(repeats), _number(match["number"].lower())),
        *_remainder(piece._replace(start=rest), layout),
    ]


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    return _NUMBERS.get(said) or _ROMAN.get(said) or ord(said[0]) - ord("a") + 1


def _labelled(piece: Piece, layout: Layout) -> list[Part]:
    """Recognise a label with its answer, or with words that explain it, on the same line."""
    for separator in _SEPARATOR.finditer(piece.text):
        fields = layout.labels.get(fold(piece.text[: separator.start()]))
        if fields:
            after = piece.start + separator.end()
            return [Part(Kind.LABEL, piece._replace(end=after), fields), *_remainder(piece._replace(start=after), layout)]
    return []


def _remainder(piece: Piece, layout: Layout) -> list[Part]:
    """Say what follows a label on its line: the blank's own explanation, its prompt, or the answer."""
    folded = fold(piece.text)
    whole = fold(piece.paragraph.text)
    if not folded:
        return []
    if folded in layout.prompts:
        return [Part(Kind.PROMPT, piece)]
    known = folded in layout.known or (whole in layout.known and piece.end == len(piece.paragraph.text))
    return [Part(Kind.KNOWN if known else Kind.WORDS, piece)]
