"""Find the label that a reworded or misspelt one means: "Success measures", "Our priorities for 2011-14", "Contact oficer detials".

Compares words with the labels that the kit knows; knows nothing of where they stand. Asked only where the blank's own words are damaged.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.grammar.texts import fold, strip_marker

LONGEST = 90
"""Characters; a longer line is no label, however like one it reads."""
_COME_AND_GO = (
    "a an the of for our your their my each every and or to in on is are be been will by with this that these any please we you us have has"
    " do list give details detail state briefly s no"
)
_SMALL = frozenset(_COME_AND_GO.split())
_LONG_SMALL = ("details", "please", "briefly")
"""Words that come and go in labels without changing what is asked."""
_SHORTEST = 5
"""Letters of the shortest label that may be misspelt: short words are near too many others."""
_NEAR = 0.8
"""Likeness (0 to 1) from which a spelling counts as a label's: two slips in ten letters."""
_NEAR_UNADORNED = 0.86
_LONG = 7
"""Letters from which a misspelt label is believed though nothing makes it stand out."""
_SHARE = 0.5
"""The part of a heading's letters that a label within it must have: "Deliverables and timescales" names deliverables."""
_MOST_WORDS = 6
_FEWEST_LEFT = 3
"""Words of a label that is known though one of its words is left out."""
_QUANTITY = re.compile(r"\s*[£€$]?\d[\d,.]*\s?%?\s*(?:[^\W\d_]|$)")
"""How a measure begins: "50 pledges" is no heading of pledges."""
_REWORDED, _MISSPELT, _WITHIN = 0.93, 0.92, 0.85
"""Factors for the confidence of what stands behind such labels; measured, see docs/reading.md."""
_IN_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")


class Meant(NamedTuple):
    """The fields that a label may stand for, and how sure that is."""

    fields: tuple[str, ...]
    sure: float
    """A factor from 0 to 1 for the confidence of what is found by it."""


class Wordings:
    """The labels of a form, by what they ask rather than how they are spelt.

    Args:
        labels: the folded label to the schema paths it may stand for.
    """

    def __init__(self, labels: Mapping[str, tuple[str, ...]]) -> None:
        self._by_core: dict[tuple[str, ...], tuple[str, ...]] = {}
        for label, fields in labels.items():
            known = self._by_core.get(core(label), ())
            self._by_core[core(label)] = (*known, *(field for field in fields if field not in known))
        self._by_core.pop((), None)
        self._spelt = {" ".join(words): fields for words, fields in self._by_core.items() if len(" ".join(words)) >= _SHORTEST}

    def meant(self, text: str, *, stands_out: bool, within: bool = True) -> Meant | None:
        """Return what a label means; nothing where it reads like none of the form's.

        Args:
            text: a line, or what stands on it before a colon.
            stands_out: whether it looks like a label: bold, a heading, or before a colon.
            within: whether a longer heading that has a label in it will do.
        """
        words = core(text)
        if not words or len(text) > LONGEST or (_QUANTITY.match(strip_marker(text)[1]) and not stands_out):
            return None
        if fields := self._by_core.get(words):
            return Meant(fields, _REWORDED) if stands_out or len(words) > 1 or strip_marker(text)[0] else None
        return (
            self._misspelt(" ".join(words), stands_out)
            or (self._within(words, text) if stands_out and within else None)
            or (self._without_a_word(words) if within else None)
        )

    def _misspelt(self, spelt: str, stands_out: bool) -> Meant | None:
        """Find the label that a slip or two make of this; the first letter of a word is seldom wrong: "Rivers" are no "Drivers"."""
        if len(spelt) < (_SHORTEST if stands_out else _LONG):
            return None
        cutoff = _NEAR if stands_out else _NEAR_UNADORNED
        near = process.extractOne(spelt, self._spelt.keys(), scorer=OSA.normalized_similarity, score_cutoff=cutoff)
        if near is None or (" " not in near[0] and near[0][0] != spelt[0]):
            return None
        return Meant(self._spelt[near[0]], _MISSPELT)

    def _within(self, words: tuple[str, ...], text: str) -> Meant | None:
        """Find a label inside a longer heading: the one with the most letters of it, or else the one named first."""
        if len(words) > _MOST_WORDS or ". " in text:
            return None
        letters = sum(map(len, words))
        best: tuple[float, int, tuple[str, ...]] | None = None
        for known, fields in self._by_core.items():
            share = sum(map(len, known)) / letters
            if share >= _SHARE and set(known) < set(words):
                rank = share, -min(words.index(word) for word in known), fields
                best = max(best or rank, rank, key=lambda found: found[:2])
        return Meant(best[2], _WITHIN) if best else None

    def _without_a_word(self, words: tuple[str, ...]) -> Meant | None:
        """Find the long label that leaves out one word: "Current relevance of remaining pledges", which says no more of "strategic"."""
        if len(words) < _FEWEST_LEFT:
            return None
        found = {fields for known, fields in self._by_core.items() if len(known) == len(words) + 1 and set(words) < set(known)}
        return Meant(found.pop(), _REWORDED) if len(found) == 1 else None


@lru_cache(maxsize=4096)
def core(text: str) -> tuple[str, ...]:
    """Return the words that say what a label asks: no numbers, brackets, small words or plurals; sorted."""
    bare = strip_marker(_IN_BRACKETS.sub(" ", text[:200]))[1]
    words = (word for word in fold(bare).split() if not _comes_and_goes(word) and not any(character.isdigit() for character in word))
    return tuple(sorted({_singular(word) for word in words}))


def _comes_and_goes(word: str) -> bool:
    """Say whether a word changes nothing in what is asked; longer ones may be misspelt."""
    return word in _SMALL or (len(word) >= _SHORTEST and any(OSA.distance(word, small, score_cutoff=1) <= 1 for small in _LONG_SMALL))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
