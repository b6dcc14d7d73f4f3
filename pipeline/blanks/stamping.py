"""A compiled master, and the blank that it makes for each partnership."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.blanks.code import picture
from pipeline.blanks.template import Source, Template
from pipeline.errors import SetupError
from pipeline.model.rounds import Partnership, Round
from pipeline.ooxml.splice import Part, archive, plain


class Picture(NamedTuple):
    """The part that is the square code of the reference."""

    name: str


@dataclass(frozen=True, slots=True)
class Master:
    """A Word master, compiled for one round. `pipeline.blanks.compiling.compile_master` makes it."""

    round: Round
    sources: tuple[Source, ...]
    """What fills the gaps, by number."""
    parts: tuple[Part | Template | Picture, ...]
    """The package in its order: parts that every blank shares, parts with gaps, and the code."""
    rows: Mapping[str, int]
    """How many values of a register column that lists several there is room for."""

    def stamp(self, partnership: Partnership) -> bytes:
        """Return a partnership's blank, a whole .docx; the same partnership gives the same bytes.

        Raises:
            SetupError: the partnership lists more than any of those that the master was compiled for.
        """
        for column, rows in self.rows.items():
            if len(partnership.lists.get(column, ())) > rows:
                raise SetupError(
                    f"{partnership.name} has more {column} than there was room for when the master was compiled.",
                    "Compile the master again with the round as it is now.",
                )
        return archive(self._filled(partnership))

    def _filled(self, partnership: Partnership) -> Iterator[Part]:
        words = [source(partnership) for source in self.sources]
        for part in self.parts:
            if isinstance(part, Template):
                yield part.fill(words)
            elif isinstance(part, Picture):
                yield plain(part.name, picture(self.round.reference_of(partnership)))
            else:
                yield part
