"""Which paragraphs are headings, where the file does not say: those in larger letters, and short ones all in bold."""

from collections import Counter
from collections.abc import Sequence

from pipeline.read.page.drafts import Sheet, Text, texts

_LARGER = 1.15
"""Times the usual size of letters."""
_LONGEST = 200
"""Characters of a heading."""
_DEEPEST = 6


def head(items: Sequence[Text | Sheet]) -> None:
    """Give headings their levels: the largest letters first, then bold ones of the usual size outside tables."""
    every = list(texts(items))
    if any(text.heading for text in every):
        return
    usual = _usual(every)
    large = [text for text in every if usual and text.size > _LARGER * usual and len(text.text) <= _LONGEST and text.text]
    sizes = sorted({round(text.size) for text in large}, reverse=True)
    for text in large:
        text.heading = min(sizes.index(round(text.size)) + 1, _DEEPEST)
    for item in items:
        if isinstance(item, Text) and item.bold and not item.heading and _is_title(item.text):
            item.heading = min(len(sizes) + 1, _DEEPEST)


def _usual(every: Sequence[Text]) -> float:
    """Return the size of most letters; 0 where sizes are not known."""
    counted: Counter[float] = Counter()
    for text in every:
        counted[round(text.size, 1)] += len(text.text)
    return counted.most_common(1)[0][0] if counted else 0.0


def _is_title(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text[-1] not in ".:;,"
