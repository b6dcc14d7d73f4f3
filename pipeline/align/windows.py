"""Find the words of a phrase among the words that were recognised on a page, though a letter or two were misread.

A phrase stands on one line. Its words come from the page in reading order, line after line.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.grammar.texts import fold
from pipeline.model.pages import SeenWord

_ALIKE = 84.0
"""From 0 to 100: as alike what was recognised and a phrase are where only letters were misread."""
_LONG = 6
"""Letters; shorter phrases must be read without a mistake."""
_MOST = 12
"""Times that the words of one phrase may stand on a page."""
_WORDS = 14
"""Of a phrase; what is longer is found by its beginning."""


class Window(NamedTuple):
    """Words that stand beside one another on a line of a scan."""

    said: str
    x: float
    y: float


class Windows:
    """The stretches of words of a page, by how many words they have. What was found for a phrase is remembered."""

    def __init__(self, words: Sequence[SeenWord]) -> None:
        self._words = list(_single(words))
        self._keys = [key(word.text) for word in self._words]
        self._ends = list(_ends(self._words))
        self._by_size: dict[int, dict[str, list[Window]]] = {}
        self._found: dict[str, list[Window]] = {}

    def of(self, phrase: str) -> list[Window]:
        """Return the stretches that may be a phrase; none where it stands so often that it tells nothing."""
        if phrase not in self._found:
            self._found[phrase] = self._look(phrase)
        return self._found[phrase]

    def _look(self, phrase: str) -> list[Window]:
        said = key(phrase)
        size = min(len(phrase.split()), _WORDS)
        sizes = [count for count in (size, size - 1, size + 1) if count > 0]
        found = [window for count in sizes for window in self._stretches(count).get(said, ())]
        if not found and len(said) >= _LONG:
            for count in sizes:
                stretches = self._stretches(count)
                alike = process.extract(said, stretches.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST)
                found += [window for one, _, _ in alike if _digits(one) == _digits(said) for window in stretches[one]]
        return found if said and len(found) <= _MOST else []

    def _stretches(self, size: int) -> dict[str, list[Window]]:
        if size not in self._by_size:
            made: dict[str, list[Window]] = defaultdict(list)
            self._by_size[size] = made
            for at, end in enumerate(self._ends):
                if at + size <= end:
                    said = "".join(self._keys[at : at + size])
                    made[said].append(_window(said, self._words[at : at + size]))
        return self._by_size[size]


def _single(words: Sequence[SeenWord]) -> Iterator[SeenWord]:
    """Yield words one by one: some recognisers see several together, which share their box by their letters."""
    for word in words:
        at, letter = 0, (word.box.right - word.box.left) / max(len(word.text), 1)
        for said in word.text.split():
            at = word.text.index(said, at)
            left = word.box.left + letter * at
            if key(said):
                yield SeenWord(said, word.box._replace(left=left, right=left + letter * len(said)))
            at += len(said)


def _ends(words: Sequence[SeenWord]) -> Iterator[int]:
    """Yield for each word the index behind the last word of its line."""
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and _beside(words[end - 1], words[end]):
            end += 1
        yield from [end] * (end - at)
        at = end


def _beside(one: SeenWord, other: SeenWord) -> bool:
    return other.box.left > one.box.left and one.box.top < (other.box.top + other.box.bottom) / 2 < one.box.bottom


def _window(said: str, words: Sequence[SeenWord]) -> Window:
    x = (words[0].box.left + words[-1].box.right) / 2
    y = (words[0].box.top + words[0].box.bottom + words[-1].box.top + words[-1].box.bottom) / 4
    return Window(said, x, y)


def key(text: str) -> str:
    """Return a text for comparisons, without its spaces: they are seen where there are none, and the other way round."""
    return fold(text).replace(" ", "")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
