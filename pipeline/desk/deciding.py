"""What a person decides about a partnership's return: checked, kept with who, when and why, and never rewritten.

Said twice, it is kept once: the same is what has the same kind, partnership, thing and value as the newest decision about that thing, gives
no other reason, and still holds. Who says it again makes no difference.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.desk.correcting import field_at, in_reach, value_for
from pipeline.desk.deadlines import deadline, due
from pipeline.desk.signing import keep_version, version
from pipeline.errors import PipelineError
from pipeline.grammar.dates import read_when
from pipeline.merge.corrections import corrected
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, DecisionKind, Progress, Reading
from pipeline.model.records import Record
from pipeline.model.rounds import Partnership, Round
from pipeline.publish.views import day as shown_day
from pipeline.store.store import Store

_HOLDS_WHILE = {
    DecisionKind.ACCEPT: (Progress.ACCEPTED, Progress.SIGNED_OFF),
    DecisionKind.SIGN_OFF: (Progress.SIGNED_OFF,),
    DecisionKind.DECLINE: (Progress.DECLINED,),
    DecisionKind.NIL_RETURN: (Progress.NIL_RETURN,),
}
"""Where a partnership stands while a decision still holds; others hold until the next of their kind."""

_SHORTEST = 4
"""Characters of the shortest beginning that names a finding."""


class Who(NamedTuple):
    """Who decides, when and why."""

    by: str
    at: dt.datetime
    reason: str = ""


class Decided(NamedTuple):
    """A decision that stands, and whether it was made only now."""

    decision: Decision
    new: bool


def keep(decision: Decision, store: Store) -> Decided:
    """Keep a decision, unless the same one stands already: then return that."""
    standing = _same(decision, store)
    if standing is None:
        store.decide(decision)
    return Decided(standing or decision, standing is None)


def _same(decision: Decision, store: Store) -> Decision | None:
    """Return the decision that says the same and still holds; None where there is none."""
    made = store.decisions(decision.partnership)
    newest = next((one for one in reversed(made) if (one.kind, one.about) == (decision.kind, decision.about)), None)
    if newest is None or newest.value != decision.value or decision.reason not in ("", newest.reason):
        return None
    holds = _HOLDS_WHILE.get(decision.kind)
    if holds and store.progress().get(decision.partnership) not in holds:
        return None
    return newest if decision.kind is not DecisionKind.SIGN_OFF or not _corrected_since(newest, made) else None


def _corrected_since(sign_off: Decision, decisions: Iterable[Decision]) -> bool:
    return any(one.kind is DecisionKind.CORRECT and one.at > sign_off.at for one in decisions)


def accept(partnership: Partnership, reading: Reading | None, who: Who, store: Store) -> Decided:
    """Accept the return that counts of a partnership, whatever is open in it.

    Raises:
        PipelineError: it has returned nothing.
    """
    record = _returned(partnership, reading)
    return keep(Decision(DecisionKind.ACCEPT, partnership.id, record.sha256, None, who.by, who.at, who.reason), store)


def sign_off(partnership: Partnership, reading: Reading | None, who: Who, store: Store) -> Decided:
    """Sign off what a partnership has said, corrections made: that version is what the papers are made of from now on.

    Raises:
        PipelineError: it has returned nothing.
    """
    record = _returned(partnership, reading)
    decision = Decision(DecisionKind.SIGN_OFF, partnership.id, version(record)[1], None, who.by, who.at, who.reason)
    if _same(decision, store) is None:
        keep_version(record, decision, store)
    return keep(decision, store)


def _returned(partnership: Partnership, reading: Reading | None) -> Record:
    if reading is None:
        hint = "Take its return in first (proforma ingest), or say that none will come: proforma decline, proforma nil."
        raise PipelineError(f"{partnership.name} has returned nothing that could be read.", hint)
    return reading.record


def override(said: str, findings: Sequence[Finding], who: Who, store: Store) -> Decided:
    """Accept one finding as it is.

    Args:
        said: its key, or the beginning of the short name that `proforma check` shows.
        findings: all of the round.
        who: with the reason.
        store: keeps it.

    Raises:
        PipelineError: it names no finding, or several.
    """
    meant = {one.key: one for one in findings if one.key == said or (len(said) >= _SHORTEST and one.short.startswith(said.lower()))}
    if len(meant) != 1:
        problem = f"“{said}” names {len(meant)} findings" if meant else f"“{said}” names no finding"
        raise PipelineError(f"{problem}.", "Write the six characters that stand before it in proforma check, or its whole key.")
    (finding,) = meant.values()
    return keep(Decision(DecisionKind.OVERRIDE, finding.partnership, finding.key, None, who.by, who.at, who.reason), store)


def correct(partnership: Partnership, reading: Reading | None, path: str, text: str, who: Who, round_: Round, store: Store) -> Decided:
    """Write another value into a field of a return; what the return says is kept beside it.

    Args:
        partnership: whose return it is.
        reading: the one that counts.
        path: the field's instance path.
        text: the value as a person writes it; nothing empties the field.
        who: with the reason.
        round_: its form and vocabularies say what the field can hold.
        store: keeps it.

    Raises:
        PipelineError: there is no return, no such field, or the field cannot hold the value.
    """
    record = _returned(partnership, reading)
    value = value_for(field_at(path, round_.form), text, round_)
    decisions = store.decisions(partnership.id)
    answers, _ = corrected(record.answers, decisions)
    in_reach(path, answers, round_.form)
    decision = Decision(DecisionKind.CORRECT, partnership.id, path, value, who.by, who.at, who.reason)
    if any(one.kind is DecisionKind.CORRECT and one.about == path for one in decisions):
        return keep(decision, store)
    stands = next((answer.value or "" for answer in answers if answer.field == path), "")
    return Decided(decision, new=False) if stands == value else keep(decision, store)


def extend(partnership: Partnership, text: str, who: Who, round_: Round, store: Store) -> Decided:
    """Give a partnership longer.

    Args:
        partnership: who gets it.
        text: the last day, as people write it; without a year, that of the meeting is meant.
        who: with the reason.
        round_: its timetable says when returns are due.
        store: keeps it.

    Raises:
        PipelineError: it is no day, or not later than the deadline that stands.
    """
    day = a_day(text, round_)
    stands = deadline(round_, partnership.id, store.decisions(partnership.id))
    decision = Decision(DecisionKind.EXTEND, partnership.id, "", day.isoformat(), who.by, who.at, who.reason)
    if stands and day < stands:
        raise PipelineError(f"{shown_day(day)} is no extension: {partnership.name} has until {shown_day(stands)}.", "Name a later day.")
    return keep(decision, store)


def a_day(text: str, round_: Round) -> dt.date:
    """Read a day as people write it; without a year, in the year of the meeting.

    Raises:
        PipelineError: it is no day.
    """
    year = (round_.meeting.date or round_.period.start).year
    when = read_when(text, year)
    if when is None or when.end is None or when.precision != "day":
        raise PipelineError(f"“{text}” is no day.", f"Write it like {shown_day(due(round_) or round_.period.end)}.")
    return when.end


def without_return(kind: DecisionKind, partnership: Partnership, who: Who, store: Store) -> Decided:
    """Note that a partnership declined, or has nothing to return. A return of it that came before leaves the plan."""
    return keep(Decision(kind, partnership.id, "", None, who.by, who.at, who.reason), store)
