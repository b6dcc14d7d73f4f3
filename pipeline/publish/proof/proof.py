"""A paper before it goes out, as the checks of `lint` read it: records, the officer's words, the words of its masters."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.grammar.narrative import passages
from pipeline.model.plans import Plan
from pipeline.publish.masters.tags import Read

_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“\"(\[])")


class Said(NamedTuple):
    """A sentence of the officer."""

    text: str
    name: str
    """Of the narrative."""
    paragraph: int
    """Within it, from 1; items of lists count."""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"round.yaml, narrative, {self.name}, paragraph {self.paragraph}"


@dataclass(frozen=True)
class Proof:
    """A paper before it goes out."""

    plan: Plan
    masters: tuple[Read, ...] = ()
    """Those that the papers are made of, that of the committee paper among them."""
    paper: Read | None = None
    scaffold: frozenset[str] = frozenset()
    """The texts that the kit's own round.yaml holds for an officer to write over."""
    on: dt.date | None = None
    """The day on which it is read; None where no day counts."""

    @property
    def sentences(self) -> Iterator[Said]:
        """The sentences of the narrative that the paper can print, in the order of round.yaml."""
        for name, text in self.plan.round.narrative.items():
            for number, passage in enumerate(passages(text), 1):
                for sentence in _SENTENCE.split(passage.text):
                    yield Said(sentence, name, number)

    def prints(self, *names: str) -> bool:
        """Say whether the paper's master has a tag with one of these words: `replies.silent`."""
        codes: Sequence[str] = [tag.code for tag in self.paper.tags] if self.paper else []
        return any(re.search(rf"\b{re.escape(name)}\b", code) for name in names for code in codes)
