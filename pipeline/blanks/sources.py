"""Where the words in the gaps of a blank come from: the register and the reference."""

from collections.abc import Mapping
from functools import partial

from pipeline.blanks.template import Source
from pipeline.model.rounds import Partnership, Round


class Sources:
    """The sources of a round's blanks, each with its number."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self.all: list[Source] = []
        self.longest: dict[str, int] = {}
        """How many values of a column that lists several the blanks have room for."""

    def reference(self) -> int:
        """Return the number of the reference."""
        return self._add(self._round.reference_of)

    def id(self) -> int:
        """Return the number of the partnership's id."""
        return self._add(_id)

    def column(self, name: str, choices: str) -> int:
        """Return the number of a register column; `choices` is the vocabulary that says how its value is shown, if any."""
        shown: dict[str, str] = {}
        for term in self._round.vocabularies.get(choices, ()):
            shown |= {word.casefold(): term.shown for word in (term.name, term.label, *term.aliases) if word}
        return self._add(partial(_column, name, shown))

    def lists(self, column: str) -> bool:
        """Say whether a register column holds several values."""
        return any(column in partnership.lists for partnership in self._round.partnerships)

    def rows(self, column: str, spare: int) -> list[int]:
        """Return the numbers of the rows that list a column: one a value for the longest list, then the empty ones."""
        longest = max((len(partnership.lists.get(column, ())) for partnership in self._round.partnerships), default=0)
        self.longest[column] = longest
        return [self._add(partial(_row, column, row, spare)) for row in range(longest + spare)]

    def _add(self, source: Source) -> int:
        self.all.append(source)
        return len(self.all) - 1


def _id(partnership: Partnership) -> str:
    return partnership.id


def _column(name: str, shown: Mapping[str, str], partnership: Partnership) -> str:
    words = partnership.columns.get(name) or "\n".join(partnership.lists.get(name, ()))
    return shown.get(words.casefold(), words)


def _row(column: str, row: int, spare: int, partnership: Partnership) -> str | None:
    values = partnership.lists.get(column, ())
    if row < len(values):
        return values[row]
    return "" if row < len(values) + spare else None
