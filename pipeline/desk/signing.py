"""Signing off freezes a version: what was signed off is what the papers are made of, until it is signed off again.

The version is kept as a document of the store, under its SHA-256: the record as JSON (docs/json.md), as it stood. Corrections made up to
then belong to it; what comes later is told on the board and changes nothing.

Source: document 002, "final version agreed" (A002-P6).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model.contract import reading_as_json, reading_from_json
from pipeline.model.history import Decision, DecisionKind, Reading
from pipeline.model.records import Record
from pipeline.model.rounds import Round
from pipeline.publish.context import where_said
from pipeline.store.inspection import SIGN_OFF
from pipeline.store.store import Store


def version(record: Record) -> tuple[bytes, str]:
    """Return a record as the document that is kept of it, and that document's SHA-256."""
    data = json.dumps(reading_as_json(record), sort_keys=True, separators=(",", ":")).encode()
    return data, hashlib.sha256(data).hexdigest()


def keep_version(record: Record, decision: Decision, store: Store) -> None:
    """Keep the version that a decision signs off; before the decision, which names it."""
    data, _ = version(record)
    store.keep_original(data, f"{decision.partnership}, signed off.json", SIGN_OFF, decision.at)


def sign_offs(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Return the newest sign-off of each partnership, by its id. One that names no version froze none."""
    return {one.partnership: one for one in decisions if one.kind is DecisionKind.SIGN_OFF and one.about}


def signed(round_: Round, readings: Iterable[Reading], decisions: Iterable[Decision], store: Store) -> Iterator[Reading]:
    """Yield the readings that the papers are made of: of a partnership whose return is signed off, that version.

    Args:
        round_: the round.
        readings: those that count, one a partnership.
        decisions: in the order in which they were made.
        store: holds the versions.

    Yields:
        Those of partnerships in the register, in the order given; then the versions that were signed off of returns of which none counts.

    Raises:
        StoreError: a version is damaged or missing.
    """
    frozen = {name: decision for name, decision in sign_offs(decisions).items() if name in round_.by_id}
    for reading in readings:
        name = reading.record.partnership or ""
        if name in frozen:
            yield _frozen(frozen.pop(name), reading, store)
        elif name in round_.by_id:
            yield reading
    for partnership in round_.partnerships:
        if partnership.id in frozen:
            yield _frozen(frozen[partnership.id], None, store)


def _frozen(decision: Decision, reading: Reading | None, store: Store) -> Reading:
    record, _ = reading_from_json(json.loads(store.original(decision.about)))
    if reading is not None and reading.record.sha256 == record.sha256:
        return reading._replace(record=replace(record, file=reading.record.file))
    return Reading(record, (), "", decision.at, decision.at, superseded=False)


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that the papers follow: without corrections of what had been signed off before."""
    decided = tuple(decisions)
    frozen = sign_offs(decided)
    return tuple(one for one in decided if not _came_too_late(one, frozen.get(one.partnership)))


def _came_too_late(decision: Decision, sign_off: Decision | None) -> bool:
    return decision.kind is DecisionKind.CORRECT and sign_off is not None and decision.at > sign_off.at


def changes(round_: Round, reading: Reading | None, sign_off: Decision, decisions: Sequence[Decision], store: Store) -> Iterator[str]:
    """Yield what came after a sign-off, a sentence each.

    Args:
        round_: the round.
        reading: the one that counts of the partnership now.
        sign_off: the newest.
        decisions: about the partnership, in order.
        store: holds the version.
    """
    record, _ = reading_from_json(json.loads(store.original(sign_off.about)))
    if reading and reading.record.sha256 != record.sha256:
        yield f"A newer return came: {reading.record.file}."
    elif reading:
        before, now = ({one.field: (one.value, one.quote) for one in said.answers} for said in (record, reading.record))
        different = [field for field in dict.fromkeys((*before, *now)) if before.get(field) != now.get(field)]
        if different:
            yield f"Answers changed: {'; '.join(where_said(field, round_.form) for field in different)}."
    for one in decisions:
        if _came_too_late(one, sign_off):
            yield f"{where_said(one.about, round_.form)} was corrected to “{one.value}”."
