"""The officer's words for the papers, as round.yaml holds them, become paragraphs.

A blank line parts paragraphs, "- " makes a bullet, "1. " a number, two spaces in front a level further in;
*italic*, **bold**, ***bold italic***.
"""

import re

from pipeline.model.documents import Mark
from pipeline.model.places import Place
from pipeline.model.records import Passage

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-•]|\d{1,3}[.)])\s+(?P<text>.*)")
_EMPHASIS = re.compile(r"(?<!\*)(\*{1,3})(?![\s*])(.+?)(?<![\s*])\1(?!\*)")
_KINDS = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}


def passages(text: str) -> tuple[Passage, ...]:
    """Turn a narrative into paragraphs and list items.

    Args:
        text: as in round.yaml. Lines that follow one another are one paragraph.
    """
    made: list[tuple[str, int, list[str]]] = []
    together = False
    for line in text.splitlines():
        item = _ITEM.fullmatch(line)
        if item:
            marker = "•" if item["marker"] in "-•" else item["marker"]
            made.append((marker, len(item["indent"]) // 2, [item["text"].strip()]))
        elif line.strip() and together:
            made[-1][2].append(line.strip())
        elif line.strip():
            made.append(("", 0, [line.strip()]))
        together = bool(line.strip())
    return tuple(_passage(" ".join(lines), marker, level) for marker, level, lines in made)


def _passage(text: str, marker: str, level: int) -> Passage:
    plain = ""
    marks = []
    end = 0
    for found in _EMPHASIS.finditer(text):
        plain += text[end : found.start()]
        start, plain = len(plain), plain + found[2]
        marks += [Mark(start, len(plain), kind) for kind in _KINDS[len(found[1])]]
        end = found.end()
    return Passage(plain + text[end:], Place(), tuple(marks), marker, level)
