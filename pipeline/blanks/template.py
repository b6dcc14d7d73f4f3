"""A part with gaps: what every blank shares is packed once, what differs is put between.

While a part is compiled, processing instructions mark its gaps. They cannot be mistaken for anything in a master, because
`pipeline.ooxml.xml.parse` drops those that it brings.

    <?proforma put 3?>                                        the words of source 3
    <?proforma given 3?> … <?proforma otherwise 3?> … <?proforma end 3?>   the first where source 3 has words, the second where it has none;
                                                              neither where it says that nothing stands here
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.model.rounds import Partnership
from pipeline.ooxml.splice import Part, Piece, deflated, join, stored

Source = Callable[[Partnership], str | None]
"""What says the words of a gap for a partnership: empty where the partnership has none, None where nothing stands here."""

_MARK = re.compile(rb"<\?proforma (\w+) (\d+)\?>")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold (2.2), and carriage returns."""


class Put(NamedTuple):
    """A gap for the words of a source."""

    source: int


class Either(NamedTuple):
    """A gap for one of two stretches, by what a source says."""

    source: int
    given: tuple["Step", ...]
    otherwise: tuple["Step", ...]


Step = Piece | Put | Either


def mark(what: str, source: int) -> etree._Element:
    """Return the instruction that marks a gap: `put`, `given`, `otherwise` or `end`."""
    return etree.ProcessingInstruction("proforma", f"{what} {source}")


class Template:
    """A part with gaps, ready to be filled.

    Args:
        name: the part's name in the package.
        data: its bytes, with the marks of its gaps.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        tokens = iter(_MARK.split(data))
        self.steps, _ = _steps(next(tokens), tokens)

    def fill(self, words: Sequence[str | None]) -> Part:
        """Return the part for one partnership.

        Args:
            words: what each source said, by its number.
        """
        return join(self.name, _fill(self.steps, words))


def _steps(after: bytes, tokens: Iterator[bytes]) -> tuple[tuple[Step, ...], bytes]:
    """Return the steps of a stretch, and the bytes behind the mark that ends it."""
    steps: list[Step] = []
    while True:
        if after:
            steps.append(deflated(after))
        what = next(tokens, None)
        if what is None:
            return tuple(steps), b""
        source, after = int(next(tokens)), next(tokens)
        if what in (b"otherwise", b"end"):
            return tuple(steps), after
        if what == b"put":
            steps.append(Put(source))
        else:
            given, after = _steps(after, tokens)
            otherwise, after = _steps(after, tokens)
            steps.append(Either(source, given, otherwise))


def _fill(steps: tuple[Step, ...], words: Sequence[str | None]) -> Iterator[Piece]:
    for step in steps:
        if isinstance(step, Piece):
            yield step
            continue
        said = words[step.source]
        if isinstance(step, Put):
            yield stored(written(said or "").encode())
        elif said is not None:
            yield from _fill(step.given if said else step.otherwise, words)


def written(words: str) -> str:
    """Return words as the content of a `w:t`, lines kept apart by breaks."""
    return escape(_FORBIDDEN.sub("", words)).replace("\n", _BREAK)
