"""Say what a line of text is: a label, the heading of an item, the blank's own words, a prompt, or somebody's words.

Looks at the text alone. The form's own lines come back in every return, so what was recognised once is remembered.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from pipeline.align.layout import Layout
from pipeline.grammar.texts import fold, strip_marker
from pipeline.model.forms import FieldType

_SEPARATOR = re.compile(r":(?:\s?[–—-]+(?=\s))?|\?|\t|\s[–—-]+\s|\s*(?=\()")
_OPENER = re.compile(
    r"\s*\[?(?P<bracketed>)"
    r"(?P<word>[^\W\d_][\w -]{0,30}?)\s*(?P<number>\d{1,2}|(?:one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,4}|[a-h])\b)"
    r"\]?\s*(?:[.):–—-]+\s*|\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(r"\([^()]{1,60}\)\s*(?::|[–—-]+\s)|\(\w{1,4}\)\s*:?\s*$")
"""An explanation between a label and what ends it: "Cabinet member (portfolio holder): "; or a
plural: "Lead officer(s)"."""
_PLACEHOLDER = re.compile(
    r"\s*\(?(?P<number>\d{1,2}|[a-j])[.)]+\s*"
    r"(?:\[(?P<bracketed>[^\[\]]{1,30})\]\s*[:.–—-]*|(?P<word>[^\W\d_][^\W_ ]{2,20})\s*[:–—-])\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A heading whose placeholder was left standing: "1. [Priority] Rivers"."""
_ENDS_A_LABEL = (":", "?")
_WITHIN = (FieldType.PERSON, FieldType.EMAIL, FieldType.PHONE)
"""The fields whose label may stand in the middle of a line: "Rivers – Lead officer: Zoe Hart"."""
_HARD = "–—-(,;|/\t\u00a0"
"""After one of these a label in the middle of a line may begin in lower case."""
_WORDS_OF_A_LABEL = 4
_WORD = re.compile(r"[^\s(\[,;|/]+")
_SURE_ENOUGH = 0.9
_EXPLAINED = 0.99
"""A factor for a label with an explanation that is not the form's own: its words are noted."""
_BEFORE_A_LABEL = " \t\u00a0–—-(,;|/"
_NUMBERS = {word: at for at, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_EXPLANATION = 20
"""Characters; "(optional)" explains a label, a longer remainder of the blank's own line is guidance."""
LONGEST_LABEL = 120
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


class Stretch(NamedTuple):
    """Characters `start` to `end` of a line, and what they are."""

    kind: Kind
    start: int
    end: int
    fields: tuple[str, ...] = ()
    """For a label, the schema paths that it may stand for; for an opener, the repeat's."""
    number: int = 0
    """For an opener, the item's."""
    sure: float = 1.0
    """For a label, a factor from 0 to 1: how surely its wording means these fields."""


def recognised(line: str, layout: Layout, *, stands_out: bool = False) -> tuple[Stretch, ...]:
    """Return the stretches of a line, left to right; none for a line without a letter or digit.

    Args:
        line: its text.
        layout: the blank that was issued.
        stands_out: whether it begins in bold or is a heading, as labels do; it matters only where the blank's words are damaged.
    """
    return _remembered(line, layout, stands_out) if len(line) <= LONGEST_LABEL else tuple(_parted(line, _long(line, layout), layout))


def _long(line: str, layout: Layout) -> tuple[Stretch, ...]:
    known = fold(line) in layout.known
    found = () if known else _opener(line, known, layout) or _labelled(line, known, layout) or _reworded_before(line, layout, False)
    return found or (Stretch(Kind.KNOWN if known else Kind.WORDS, 0, len(line)),)


@lru_cache(maxsize=4096)
def _remembered(line: str, layout: Layout, stands_out: bool) -> tuple[Stretch, ...]:
    return tuple(_parted(line, _whole(line, layout, stands_out), layout))


def _whole(line: str, layout: Layout, stands_out: bool) -> tuple[Stretch, ...]:
    folded = fold(line)
    if not folded:
        return ()
    if fields := layout.labels.get(folded):
        return (Stretch(Kind.LABEL, 0, len(line), fields),)
    if folded in layout.prompts or (folded[0].isdigit() and folded.partition(" ")[2] in layout.prompts):
        return (Stretch(Kind.PROMPT, 0, len(line)),)
    known = folded in layout.known
    for found in (_opener(line, known, layout), _labelled(line, known, layout)):
        if found and not (known and found[-1].kind in (Kind.KNOWN, Kind.WORDS) and found[-1].end - found[-1].start > _EXPLANATION):
            return found
    if known and not (stands_out or line.rstrip().endswith(_ENDS_A_LABEL)):
        return (Stretch(Kind.KNOWN, 0, len(line)),)
    if known:
        return _reworded(line, layout, stands_out) or (Stretch(Kind.KNOWN, 0, len(line)),)
    return _reworded(line, layout, stands_out) or _reworded_before(line, layout, stands_out) or _words(line, layout)


def _reworded(line: str, layout: Layout, stands_out: bool) -> tuple[Stretch, ...]:
    """Recognise a whole line as a label in other words or misspelt."""
    if layout.wordings is None or _is_bulleted(line):
        return ()
    meant = layout.wordings.meant(line, stands_out=stands_out or line.rstrip().endswith(_ENDS_A_LABEL))
    return (Stretch(Kind.LABEL, 0, len(line), meant.fields, sure=meant.sure),) if meant else ()


def _reworded_before(line: str, layout: Layout, stands_out: bool) -> tuple[Stretch, ...]:
    """Recognise a label in other words or misspelt, with its answer on the same line."""
    if layout.wordings is None or _is_bulleted(line):
        return ()
    for separator in _SEPARATOR.finditer(line, 0, LONGEST_LABEL):
        meant = layout.wordings.meant(
            line[: separator.start()], stands_out=stands_out or separator[0].startswith(_ENDS_A_LABEL), within=stands_out
        )
        if meant:
            explained = _IN_BRACKETS.match(line, separator.end())
            end = explained.end() if explained else separator.end()
            return (Stretch(Kind.LABEL, 0, end, meant.fields, sure=meant.sure), *_remainder(line, end, False, layout))
    return ()


def _is_bulleted(line: str) -> bool:
    """Say whether a line is a list item: labels are numbered at most."""
    marker = strip_marker(line[:LONGEST_LABEL])[0]
    return bool(marker) and not any(character.isdigit() for character in marker)


def _parted(line: str, found: tuple[Stretch, ...], layout: Layout) -> Iterator[Stretch]:
    """Part somebody's words from a label in the middle of them."""
    for stretch in found:
        if stretch.kind is Kind.WORDS and ":" in line:
            yield from _cut(line, stretch, layout)
        else:
            yield stretch


def _cut(line: str, stretch: Stretch, layout: Layout) -> Iterator[Stretch]:
    start, end = stretch.start, stretch.end
    colon = line.find(":", start + 1, LONGEST_LABEL)
    while 0 < colon < end:
        words = list(_WORD.finditer(line, start, colon))[-_WORDS_OF_A_LABEL:]
        if words and not line[start : words[0].start()].strip() and _in_the_middle(line, words[0].start(), colon, layout):
            words = []  # the answer itself begins with a label: "Cabinet Lead: Cllr Howell"
        for word in words:
            fields = _in_the_middle(line, word.start(), colon, layout) if line[start : word.start()].strip() else ()
            if fields:
                before = line[start : word.start()].rstrip(_BEFORE_A_LABEL)
                if before.strip():
                    yield Stretch(Kind.WORDS, start, start + len(before))
                exact = fold(line[word.start() : colon]) in layout.labels
                yield Stretch(Kind.LABEL, start + len(before), colon + 1, fields, sure=1.0 if exact else _SURE_ENOUGH)
                if "(" in line[start + len(before) : word.start()]:
                    end = len(line[:end].rstrip().removesuffix(")"))
                start = colon + 1
                break
        colon = line.find(":", colon + 1, LONGEST_LABEL)
    if line[start:end].strip():
        yield stretch._replace(start=start, end=end)


def _in_the_middle(line: str, start: int, end: int, layout: Layout) -> tuple[str, ...]:
    hard = line[:start].rstrip(" ")[-1:] in _HARD
    if not line[start].isupper() and not hard:
        return ()
    fields = layout.labels.get(fold(line[start:end]), ())
    if not fields and hard and layout.wordings is not None:
        meant = layout.wordings.meant(line[start:end], stands_out=True) if end - start > _EXPLANATION // 2 else None
        fields = meant.fields if meant and meant.sure > _SURE_ENOUGH else ()
    within = any(path in layout.twins for path in fields) and line[:start].endswith("(")
    return fields if fields and (within or (fields[0] in layout.form.by_path and layout.form.by_path[fields[0]].type in _WITHIN)) else ()


def _words(line: str, layout: Layout) -> tuple[Stretch, ...]:
    """Part somebody's words from a prompt that was left standing before them."""
    if line.lstrip().startswith(layout.shown_prompts):
        prompt = max((prompt for prompt in layout.shown_prompts if line.lstrip().startswith(prompt)), key=len)
        after = line.index(prompt) + len(prompt)
        return (Stretch(Kind.PROMPT, 0, after), Stretch(Kind.WORDS, after, len(line)))
    return (Stretch(Kind.WORDS, 0, len(line)),)


def _opener(line: str, known: bool, layout: Layout) -> tuple[Stretch, ...]:
    """Recognise the heading of an item: the label of a repeat or of its name, with a number."""
    match = _PLACEHOLDER.match(line) or _OPENER.match(line)
    if match is None:
        return ()
    owners = layout.labels.get(fold(match["word"] or match["bracketed"]), ())
    repeats = tuple(path for path, name in layout.names.items() if path in layout.form.repeats and (path in owners or name in owners))
    if not repeats:
        return ()
    rest = match.start("rest")
    return (Stretch(Kind.OPENER, 0, rest, repeats, _number(match["number"].lower())), *_remainder(line, rest, known, layout))


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    return _NUMBERS.get(said) or _ROMAN.get(said) or ord(said[0]) - ord("a") + 1


def _labelled(line: str, known: bool, layout: Layout) -> tuple[Stretch, ...]:
    """Recognise a label with its answer, or with words that explain it, on the same line."""
    for separator in _SEPARATOR.finditer(line, 0, LONGEST_LABEL):
        fields = layout.labels.get(fold(line[: separator.start()]))
        if fields:
            explained = _IN_BRACKETS.match(line, separator.end())
            end = explained.end() if explained else separator.end()
            sure = _EXPLAINED if explained and not known else 1.0
            return (Stretch(Kind.LABEL, 0, end, fields, sure=sure), *_remainder(line, end, known, layout))
    return ()


def _remainder(line: str, start: int, known: bool, layout: Layout) -> tuple[Stretch, ...]:
    """Say what follows a label on its line: the blank's own explanation, its prompt, or the answer."""
    folded = fold(line[start:])
    if not folded:
        return ()
    kind = Kind.PROMPT if folded in layout.prompts else Kind.KNOWN if known or folded in layout.known else Kind.WORDS
    return (Stretch(kind, start, len(line)),)
