"""What readings are kept, and which of them stand.

Of one document the latest reading stands; of one partnership the return that arrived last and was read, and with it what answered
queries about it since. The others stay and are listed as superseded.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, case, func, select

from pipeline.model.contract import reading_as_json, reading_from_json
from pipeline.model.findings import Finding
from pipeline.model.history import Reading
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Record
from pipeline.store import history
from pipeline.store.tables import BUNDLE, enclosures, originals, readings, sightings

_AT_ONCE = 100
"""Readings fetched by one statement."""


class Standing(NamedTuple):
    """A reading's row without its weight: enough to say which ones stand."""

    id: int
    original: int
    outcome: str
    partnership: str | None
    answers: str
    """The Message-ID of the query that the document answers; empty for a return."""


def _by_arrival(query: Select[Any]) -> Select[Any]:
    """Put rows of `originals` in the order of arrival: what lay in an envelope came with it, however much later it was opened.

    A bundle came when the last of its pages did, as its own row says.
    """
    bundles = select(sightings.c.original).where(sightings.c.via == BUNDLE)
    inside = select(enclosures.c.original, func.min(enclosures.c.envelope).label("id")).where(enclosures.c.original.not_in(bundles))
    first = inside.group_by(enclosures.c.original).subquery()
    envelope = originals.alias()
    joined = query.outerjoin(first, first.c.original == originals.c.id).outerjoin(envelope, envelope.c.id == first.c.id)
    earlier = envelope.c.id < originals.c.id
    arrived = case((earlier, envelope.c.arrived), else_=originals.c.arrived)
    return joined.order_by(arrived, case((earlier, envelope.c.id), else_=originals.c.id), originals.c.id)


def latest(connection: Connection) -> tuple[Standing, ...]:
    """Return the latest reading of each document, in the order in which the documents arrived."""
    newest = select(func.max(readings.c.id)).group_by(readings.c.original)
    columns = (readings.c.id, readings.c.original, readings.c.outcome, readings.c.partnership, func.coalesce(readings.c.answers, ""))
    query = select(*columns).join(originals)
    return tuple(Standing(*row) for row in connection.execute(_by_arrival(query.where(readings.c.id.in_(newest)))))


def standing(among: Iterable[Standing]) -> dict[str, int]:
    """Return the reading that stands for each partnership, by its id.

    Args:
        among: the latest reading of each document, in the order of arrival.
    """
    return {row.partnership: row.id for row in among if row.outcome == Outcome.READ and row.partnership and not row.answers}


def amending(among: Iterable[Standing]) -> dict[str, list[int]]:
    """Return the readings whose answers stand over those of the return that counts, by the partnership's id, in the order of arrival.

    Args:
        among: the latest reading of each document, in the order of arrival.
    """
    found: dict[str, list[int]] = {}
    for row in among:
        if row.outcome == Outcome.READ and row.partnership:
            if row.answers:
                found.setdefault(row.partnership, []).append(row.id)
            else:
                found.pop(row.partnership, None)  # a whole return says everything anew
    return found


def not_read(connection: Connection) -> tuple[int, ...]:
    """Return the readings of the documents that were held or refused, and of no envelope that the same reader opened at another try."""
    opened = set(connection.scalars(_of_opened()))
    return tuple(row.id for row in latest(connection) if row.outcome != Outcome.READ and row.id not in opened)


def _of_opened() -> Select[Any]:
    """Select the readings of envelopes that say nothing themselves: what lies in them says all."""
    inside = (enclosures.c.envelope == readings.c.original) & (enclosures.c.reader == readings.c.reader)
    itself = func.max(case((enclosures.c.original == readings.c.original, 1), else_=0))
    return select(readings.c.id).join(enclosures, inside).group_by(readings.c.id).having(itself == 0)


def made_by(connection: Connection, digest: str, reader: str) -> int | None:
    """Return the latest reading of a document where this reader made it; None where it was not read, or by another."""
    query = select(readings.c.id, readings.c.reader).join(originals).where(originals.c.sha256 == digest).order_by(readings.c.id.desc())
    last = connection.execute(query.limit(1)).first()
    return last.id if last and last.reader == reader else None


def add(
    connection: Connection, original: int, record: Record, findings: tuple[Finding, ...], reader: str, at: datetime, answers: str = ""
) -> bool:
    """Keep a reading and what it means for the history of a partnership.

    Returns:
        False where the document was read before by the same reader with the same result: then nothing is added.
    """
    before = connection.execute(select(readings).where(readings.c.original == original).order_by(readings.c.id.desc()).limit(1)).first()
    if before and before.reader == reader and (before.answers or "") == answers and _same(before.reading, record, findings):
        return False
    row = {
        "original": original,
        "reader": reader,
        "at": at,
        "outcome": record.outcome.value,
        "reason": record.reason.value if record.reason else None,
        "message": record.message,
        "round": record.round,
        "partnership": record.partnership,
        "reading": _written(record, findings),
        "answers": answers or None,
    }
    connection.execute(readings.insert().values(**row))
    was = before.partnership if before and before.outcome == Outcome.READ and not before.answers else None
    now = record.partnership if record.outcome is Outcome.READ and not answers else None
    if was and was != now and was not in standing(latest(connection)):
        history.taken_back(connection, was, record.file, original, at)
    if now and now != was:
        history.returned(connection, now, record.file, original, at)
    return True


def _written(record: Record, findings: tuple[Finding, ...]) -> str:
    """Return the JSON text of a reading: plain ASCII, so that any database keeps any character."""
    return json.dumps(reading_as_json(record, findings), separators=(",", ":"))


def _same(reading: str, record: Record, findings: tuple[Finding, ...]) -> bool:
    """Compare a kept reading with a new one; under which of its names the document was read does not matter."""
    return reading == _written(replace(record, file=json.loads(reading)["file"]), findings)


def fetch(connection: Connection, wanted: Iterable[int] | None = None) -> Iterator[Reading]:
    """Yield readings in the order in which their documents arrived, older readings of one document first.

    Args:
        connection: open.
        wanted: the ids of the readings; all of them where None.
    """
    among = latest(connection)
    current = {*standing(among).values(), *(row for rows in amending(among).values() for row in rows)}
    shadowed = {row.id for row in among if row.outcome == Outcome.READ and row.id not in current}
    newest = {row.id for row in among}
    columns = (readings.c.id, readings.c.reading, readings.c.reader, readings.c.at, readings.c.answers, originals.c.arrived)
    query = _by_arrival(select(*columns).join(originals)).order_by(readings.c.id)
    for some in _in_order(connection, wanted):
        for row in connection.execute(query.where(readings.c.id.in_(some))):
            yield _reading(row, superseded=row.id not in newest or row.id in shadowed)


def that_stand(connection: Connection, wanted: Sequence[int]) -> Iterator[Reading]:
    """Yield readings that are known to stand, in the order of their ids as given: at most as many as one statement can take."""
    columns = (readings.c.id, readings.c.reading, readings.c.reader, readings.c.at, readings.c.answers, originals.c.arrived)
    query = select(*columns).join(originals).where(readings.c.id.in_(wanted))
    rows = {row.id: row for row in connection.execute(query)}
    return (_reading(rows[number], superseded=False) for number in wanted)


def runs(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut ids into runs that one statement can take."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _reading(row: Row[*tuple[Any, ...]], *, superseded: bool) -> Reading:
    record, findings = reading_from_json(json.loads(row.reading))
    return Reading(record, findings, row.reader, row.at, row.arrived, superseded, row.answers or "")


def _in_order(connection: Connection, wanted: Iterable[int] | None) -> Iterator[Sequence[int]]:
    """Cut the ids, in the order of arrival, into runs that one statement can take."""
    order = connection.scalars(_by_arrival(select(readings.c.id).join(originals)).order_by(readings.c.id)).all()
    chosen = set(order) if wanted is None else set(wanted)
    return runs([number for number in order if number in chosen])
