"""Running headers and footers: what stands at the same place of several pages, and the numbers of pages.

From the edge of the page inwards, line by line, as long as the other pages have the same words at the same height. Digits may differ.
"""

import re
from collections.abc import Sequence

from pipeline.read.page.lines import Line

_SAME = 4.0
"""Points by which the same line may stand higher or lower on another page."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
"""All that a line says that is only the number of its page."""
_DEPTH = 0.12
"""Of the height of a page: how far from its edge a header or footer may begin."""


def said(line: Line) -> str:
    """Return the words of a line."""
    return " ".join(word.text for word in line.words)


def running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[tuple[int, int]]:
    """Return for each page how many of its first lines are its header, and how many of its last lines its footer.

    Args:
        pages: the lines of each page, from the top.
        heights: of the pages, in points.
    """
    words = [[(_DIGITS.sub("#", said(line)), line.box.top) for line in page] for page in pages]
    sides = list(zip(words, heights, strict=True))
    feet = [[(text, height - top) for text, top in reversed(page) if top > (1 - _DEPTH) * height] for page, height in sides]
    words = [[(text, top) for text, top in page if top < _DEPTH * height] for page, height in sides]
    headers, footers = _repeated(words), _repeated(feet)
    found = []
    for page, height, header, footer in zip(pages, heights, headers, footers, strict=True):
        header = min(header, len(page))
        footer = min(footer, len(page) - header)
        if not footer and len(page) > header + 1 and page[-1].box.top > (1 - _DEPTH) * height and _NUMBER.fullmatch(said(page[-1])):
            footer = 1
        found.append((header, footer))
    return found


def _repeated(pages: Sequence[Sequence[tuple[str, float]]]) -> list[int]:
    """Count for each page the lines from its edge that another page has too, at the same distance from that edge."""
    seen: dict[str, list[tuple[int, float]]] = {}
    for number, page in enumerate(pages):
        for text, at in page[:_DEEPEST]:
            seen.setdefault(text, []).append((number, at))
    return [_count(page, seen, len(pages)) for page in pages]


_DEEPEST = 8
"""Lines of a header or footer."""


def _count(page: Sequence[tuple[str, float]], seen: dict[str, list[tuple[int, float]]], pages: int) -> int:
    """Count the lines of a page from its edge that all the others have too; one page may be without: the first often is."""
    count = 0
    for text, at in page[:_DEEPEST]:
        if len({other for other, there in seen[text] if abs(there - at) <= _SAME}) < max(pages - 1, 2):
            break
        count += 1
    return count
