"""A round on the officer's desk: what reading its returns needs, compiled once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline import __version__, read
from pipeline.align import Layout, layout
from pipeline.blanks.compiling import compile_master
from pipeline.blanks.stamping import Master
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.rounds import Round


@dataclass(frozen=True)
class Desk:
    """A round on the officer's desk: what reading its returns needs, compiled once."""

    round: Round
    assigned: Mapping[str, str] = field(default_factory=dict)
    """Whose return a document is where a person said so: the partnership's id by the document's SHA-256."""

    @cached_property
    def layout(self) -> Layout:
        """The blank that was issued, as a reader sees it."""
        return layout(self.round.form, read.document(read.Source(self.blank)), self._brought())

    @cached_property
    def blank(self) -> bytes:
        """The blank of the first partnership: what the master makes of the round."""
        return self.master.stamp(self.round.partnerships[0])

    @cached_property
    def master(self) -> Master:
        """The master, ready to make the blank of any partnership."""
        return compile_master(self.round)

    def _brought(self) -> Iterator[str]:
        """Yield everything that a blank of the round may be prefilled with."""
        for partnership in self.round.partnerships:
            yield from partnership.columns.values()
            yield from (line for lines in partnership.lists.values() for line in lines)
        yield from (term.shown for terms in self.round.vocabularies.values() for term in terms)

    @cached_property
    def reader(self) -> str:
        """Names everything that a reading depends on, so that a return is read again when any of it changes."""
        round_ = self.round
        depends = (round_.form.model_dump_json(), repr((round_.partnerships, round_.vocabularies, round_.period, round_.horizon)))
        return f"{__version__}+{hashlib.sha256(''.join(depends).encode() + self.blank).hexdigest()[:12]}"


def at_desk(round_: Round, decisions: Iterable[Decision]) -> Desk:
    """Return the desk of a round, with what people decided of whose return a document is."""
    return Desk(round_, {made.about: made.partnership for made in decisions if made.kind is DecisionKind.ASSIGN})
