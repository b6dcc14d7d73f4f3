"""Records, decisions and findings become one plan."""

import datetime as dt
from collections.abc import Iterable, Mapping

from pipeline.merge.annex import annex_rows
from pipeline.merge.columns import Columns
from pipeline.merge.corrections import corrected
from pipeline.merge.replies import replies
from pipeline.merge.spare import spare
from pipeline.merge.tree import tree
from pipeline.model.findings import Finding
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.plans import Chapter, Entry, Group, Item, Override, Plan
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
        records: the current, accepted record of each partnership, in any order.
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
    entries = _entries(round_, records, decided)
    overrides, still_open = _settled(findings, decided)
    return Plan(
        round=round_,
        entries=entries,
        chapters=_chapters(entries, columns),
        annex=annex_rows(round_.form.annex, entries, columns),
        replies=replies(round_.partnerships, {entry.partnership.id for entry in entries}, progress or {}),
        findings=still_open,
        overrides=overrides,
        themes=_themes(entries, columns),
        progress=progress or {},
        received=received or {},
    )


def _entries(round_: Round, records: Iterable[Record], decisions: tuple[Decision, ...]) -> tuple[Entry, ...]:
    returned = {record.partnership: record for record in records}
    concerning: dict[str, list[Decision]] = {}
    for decision in decisions:
        concerning.setdefault(decision.partnership, []).append(decision)
    return tuple(
        _entry(partnership, returned[partnership.id], concerning.get(partnership.id, []), round_)
        for partnership in round_.partnerships
        if partnership.id in returned
    )


def _entry(partnership: Partnership, record: Record, decisions: list[Decision], round_: Round) -> Entry:
    answers, corrections = corrected(record.answers, decisions)
    whole = tree(answers, round_.form)
    items = whole.parts.get(round_.form.plan.of, ())
    named = tuple(item for item in items if isinstance(item, Group))
    left = spare(answers, whole, partnership, round_)
    return Entry(partnership, record.file, record.sha256, whole, named, corrections, record.unplaced, left)


def _chapters(entries: tuple[Entry, ...], columns: Columns) -> tuple[Chapter, ...]:
    names = columns.chapters.names
    chapters: dict[str, list[Item]] = {name: [] for name in names}
    for entry in entries:
        for item in entry.items:
            chapters.setdefault(columns.chapter(entry, item), []).append(Item(entry, item))
    ordered = sorted(chapters.items(), key=lambda pair: columns.chapters.rank(pair[0]))
    return tuple(Chapter(name, tuple(items)) for name, items in ordered)


def _themes(entries: tuple[Entry, ...], columns: Columns) -> tuple[Chapter, ...]:
    themes: dict[str, list[Item]] = {name: [] for name in columns.themes.names}
    for entry in entries:
        for item in entry.items:
            for name in columns.served(entry, item):
                themes.setdefault(name, []).append(Item(entry, item))
    return tuple(Chapter(name, tuple(items)) for name, items in sorted(themes.items(), key=lambda pair: columns.themes.rank(pair[0])))


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
