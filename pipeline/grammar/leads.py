"""The words in front of a date that say what the date is for: "by", "in", "no later than", "Target date:"."""

import re
from typing import NamedTuple

from pipeline.grammar.phrases import Phrase

_LABEL = (
    r"(?:(?:by when|when|date|target|timescales?|timeframe|timing|milestone|delivery)(?= ?[:-])|"
    r"(?:due|target|end|delivery|completion) date(?: is)?|due|deadline(?: is)?|completion|to be \w{2,20}|expected|planned|scheduled)"
)
_LABELLED = re.compile(rf"(?<!\w){_LABEL}(?: ?[:-] ?| for | )$")
_PREPOSITION = re.compile(
    r"(?:before|prior to|by|no later than|not later than|until|till|in|during|within|between|throughout|on|from|over) $"
)
_LABEL_REACH = 30
_PREPOSITION_REACH = 15


class Lead(NamedTuple):
    """What stands in front of a date."""

    start: int
    """Where the label begins, or else the preposition, or else the date."""
    words_start: int
    """The same without the label."""
    label: bool
    """True where a label such as "Due:" or "to be completed" announces a by-when."""
    preposition: str
    """by, in, before …; empty where there is none."""

    @property
    def is_before(self) -> bool:
        """True where the date itself is too late."""
        return self.preposition in ("before", "prior to")

    @property
    def is_firm(self) -> bool:
        """True where the preposition alone makes the date a by-when."""
        return self.is_before or self.preposition in ("by", "no later than", "not later than", "until", "till")

    @property
    def is_loose(self) -> bool:
        """True where the preposition says when, which need not be by when: "in", "during"."""
        return self.preposition in ("in", "during", "within", "between", "throughout")


def lead_of(words: str, phrase: Phrase) -> Lead:
    """Return what stands in front of a phrase of the flat text `words`."""
    words_start = start = phrase.start
    preposition = _PREPOSITION.search(words, max(0, start - _PREPOSITION_REACH), start)
    if preposition and not words[preposition.start() - 1 : preposition.start()].isalnum():
        words_start = start = preposition.start()
    else:
        preposition = None
    label = _LABELLED.search(words, max(0, start - _LABEL_REACH), start)
    return Lead(label.start() if label else start, words_start, label is not None, preposition[0][:-1] if preposition else "")
