"""A round on the officer's desk: what reading its returns needs, compiled once."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline import __version__, read
from pipeline.align import Layout, layout
from pipeline.blanks.compiling import compile_master
from pipeline.blanks.stamping import Master
from pipeline.desk.pen import NOBODY, assigned
from pipeline.grammar.texts import fold
from pipeline.model.history import Decision
from pipeline.model.rounds import Contact, Round

_MARKS = ("zzname", "zzrole", "zzaddress", "zznumber", "zzday")
_MARK = re.compile("|".join(_MARKS))
"""Stand for facts of the round: folded, they are what they were."""
_SENTENCE = 20
"""Letters that a sentence has beside its facts: fewer could be anybody's."""


@dataclass(frozen=True)
class Desk:
    """A round on the officer's desk: what reading its returns needs, compiled once."""

    round: Round
    assigned: Mapping[str, str] = field(default_factory=dict)
    """Whose return a document is where a person said so: the partnership's id by the document's SHA-256."""
    stands: Path = field(default_factory=Path.cwd, repr=False, compare=False)
    """The folder that the round's own is told from, where that is not absolute: who reads at this desk works in another."""

    @cached_property
    def layout(self) -> Layout:
        """The blank that was issued, as a reader sees it."""
        return layout(self.round.form, read.document(read.Source(self.blank)), self._brought(), tuple(self._issued()))

    @cached_property
    def blank(self) -> bytes:
        """The blank of the first partnership: what the master makes of the round."""
        return self.master.stamp(self.round.partnerships[0])

    @cached_property
    def master(self) -> Master:
        """The master, ready to make the blank of any partnership."""
        return compile_master(self.round)

    def _issued(self) -> Iterator[re.Pattern[str]]:
        """Yield what the blank's sentences look like that name a deadline or a contact, whichever was named when the blank was issued.

        A blank in which marks stand for these facts shows which sentences they are and where in them the facts stand.
        """
        round_ = self.round
        contacts = tuple(Contact(*_MARKS[:4]) for _ in round_.contacts)
        steps = (step._replace(written=_MARKS[4], start=None, end=None) if step.kind == "due" else step for step in round_.timetable)
        marked = compile_master(replace(round_, contacts=contacts, timetable=tuple(steps))).stamp(round_.partnerships[0])
        for paragraph in read.document(read.Source(marked)).paragraphs():
            said = fold(paragraph.text)
            if len(_MARK.sub("", said)) >= _SENTENCE and _MARK.search(said):
                yield re.compile("(?s:.{1,80})".join(map(re.escape, _MARK.split(said))))

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
    return Desk(round_, {document: whose for document, whose in assigned(decisions).items() if whose != NOBODY})
