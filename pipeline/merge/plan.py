"""Records, decisions and findings become one plan."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.merge.annex import Ranked, Row, annex_rows, rows_of
from pipeline.merge.columns import Columns
from pipeline.merge.corrections import by_partnership, corrected
from pipeline.merge.replies import replies
from pipeline.merge.spare import spare
from pipeline.merge.tree import tree
from pipeline.merge.vocabulary import Vocabulary
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.packed import Packing
from pipeline.model.plans import Binder, Chapter, Entry, Override, Plan
from pipeline.model.records import Record
from pipeline.model.rounds import Partnership, Round


def merge(
    round_: Round,
    records: Iterable[Record],
    decisions: Iterable[Decision] = (),
    findings: Iterable[Finding] = (),
    progress: Mapping[str, Progress] | None = None,
    received: Mapping[str, dt.date] | None = None,
) -> Plan:
    """Merge the accepted records of a round.

    Args:
        round_: the round.
        records: the current, accepted record of each partnership, in any order; gone through once, one at a time.
        decisions: of the whole round; corrections change values, overrides close findings.
        findings: of those records and of the round.
        progress: where each partnership stands, by id; one that is left out counts as sent.
        received: the day on which each return arrived, by the partnership's id.

    Returns:
        The plan, in the order of the register and the vocabularies whatever the order of the records.

    Raises:
        SetupError: `round.yaml` asks for a wording of the annex that does not exist.
    """
    columns = Columns(round_)
    decided = tuple(decisions)
    found = _found(round_, records, decided, columns)
    entries = tuple(one.entry for one in found)
    overrides, still_open = _settled(findings, decided)
    return Plan(
        round=round_,
        entries=entries,
        chapters=_arranged(((one.entry, [(name,) for name in one.chapters]) for one in found), columns.chapters),
        annex=annex_rows(round_.form.annex, [(one.entry, one.rows) for one in found]),
        replies=replies(round_.partnerships, {entry.partnership.id for entry in entries}, progress or {}),
        findings=still_open,
        overrides=overrides,
        themes=_arranged(((one.entry, one.themes) for one in found), columns.themes),
        progress=progress or {},
        received=received or {},
    )


class _Found(NamedTuple):
    """An entry, and where its items go."""

    entry: Entry
    chapters: Sequence[str]
    """Of each item."""
    themes: Sequence[Sequence[str]]
    """Of each item."""
    rows: Sequence[Ranked]
    """Of the annex."""


def _found(round_: Round, records: Iterable[Record], decisions: tuple[Decision, ...], columns: Columns) -> list[_Found]:
    """Go through the records once, holding what they say packed, and return what was found in the order of the register."""
    concerning = by_partnership(decisions)
    binder, rows = Binder(), Packing[Row]()
    found: dict[str, _Found] = {}
    for record in records:
        partnership = round_.by_id.get(record.partnership or "")
        if partnership is None:
            continue
        entry = _entry(partnership, record, concerning.get(partnership.id, ()), round_)
        chapters = [columns.chapter(entry, item) for item in entry.items]
        themes = [columns.served(entry, item) for item in entry.items]
        ranked = [Ranked(rank, rows.hold(row)) for rank, row in rows_of(round_.form.annex, entry, columns)]
        found[partnership.id] = _Found(binder.held(entry), chapters, themes, ranked)
    return [found[partnership.id] for partnership in round_.partnerships if partnership.id in found]


def _entry(partnership: Partnership, record: Record, decisions: Sequence[Decision], round_: Round) -> Entry:
    answers, corrections = corrected(record.answers, decisions)
    whole = tree(answers, round_.form)
    left = spare(answers, whole, partnership, round_)
    return Entry.of((partnership, record.file, record.sha256), whole, round_.form.plan.of, corrections, record.unplaced, left)


def _arranged(found: Iterable[tuple[Entry, Sequence[Sequence[str]]]], vocabulary: Vocabulary) -> tuple[Chapter, ...]:
    """Arrange items by the words that each names, in the order of a vocabulary, empty ones included."""
    named: dict[str, list[tuple[Entry, int]]] = {name: [] for name in vocabulary.names}
    for entry, names in found:
        for at, of_item in enumerate(names):
            for name in of_item:
                named.setdefault(name, []).append((entry, at))
    ordered = sorted(named.items(), key=lambda pair: vocabulary.rank(pair[0]))
    return tuple(Chapter.of(name, tuple(places)) for name, places in ordered)


def _settled(findings: Iterable[Finding], decisions: tuple[Decision, ...]) -> tuple[tuple[Override, ...], tuple[Finding, ...]]:
    accepted = {decision.about: decision for decision in decisions if decision.kind is DecisionKind.OVERRIDE}
    overrides, still_open = [], []
    for finding in findings:
        decision = accepted.get(finding.key)
        if decision:
            overrides.append(Override(finding, decision))
        else:
            still_open.append(finding)
    return tuple(overrides), tuple(still_open)
