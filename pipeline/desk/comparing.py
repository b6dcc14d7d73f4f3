"""Two returns of a partnership, or a return and what answered queries about it, field by field."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from pipeline.asking.redline import Line, redline
from pipeline.blanks.compiling import compile_master
from pipeline.errors import StoreError
from pipeline.interpret.amended import amended
from pipeline.model.forms import Form
from pipeline.model.outcomes import Outcome
from pipeline.model.queries import where
from pipeline.model.records import Answer, Record, State
from pipeline.model.rounds import Partnership, Round
from pipeline.store.store import Store


class Version(NamedTuple):
    """A return as it stood at one time."""

    record: Record
    at: datetime
    """When the mail that made it so was written, as it says, or the file came in; UTC."""
    file: str
    """The file or mail that made it so."""


class Change(NamedTuple):
    """A field that says something else."""

    field: str
    where: str
    """In the form's own words."""
    before: str
    after: str
    at: datetime
    file: str
    """The file or mail that says so."""
    quote: str
    """The words there."""


class Compared(NamedTuple):
    """What changed."""

    partnership: Partnership
    older: Version
    newer: Version
    changes: tuple[Change, ...]
    """In the order of the form."""


def compare(round_: Round, store: Store, partnership: Partnership) -> Compared:
    """Compare the newest version of a partnership's return with the one before it.

    Raises:
        StoreError: the partnership has returned only once, and answered nothing since.
    """
    versions = history(round_, store, partnership)
    if len(versions) < 2:
        count = "has returned nothing yet" if not versions else "has returned once, and has answered no query since"
        raise StoreError(f"{partnership.name} {count}: there is nothing to compare.", "See proforma status.")
    older, newer = versions[-2:]
    times = {version.record.sha256: version for version in versions} | {version.file: version for version in versions}
    return Compared(partnership, older, newer, tuple(_changes(older, newer, round_, times)))


def history(round_: Round, store: Store, partnership: Partnership) -> tuple[Version, ...]:
    """Return every version of a partnership's return, the oldest first: each return, and each with one more reply over it."""
    newest = {reading.record.sha256: reading for reading in store.readings()}
    sent = {mail.sha256: mail.sent for mail in store.mails.incoming(partnership.id)}
    versions: list[Version] = []
    base: Record | None = None
    replies: list[Record] = []
    for reading in newest.values():
        record = reading.record
        if record.partnership != partnership.id or record.outcome is not Outcome.READ:
            continue
        if not reading.answers:
            base, replies = record, []
            versions.append(Version(record, sent.get(record.sha256) or reading.arrived, record.file))
        elif base is not None:
            replies.append(record)
            versions.append(Version(amended(base, replies, round_), sent.get(record.sha256) or reading.arrived, record.file))
    return tuple(versions)


def redlined(compared: Compared, round_: Round) -> bytes:
    """Return a Word document of the form with its answers, in which every change is a tracked one."""
    blank = compile_master(round_).stamp(compared.partnership)
    return redline(blank, f"{compared.partnership.name}: what changed", tuple(_lines(compared, round_.form)))


def _lines(compared: Compared, form: Form) -> Iterator[Line]:
    """Yield the form line by line: a heading for each item, and the answers behind their labels."""
    changed = {change.field: change for change in compared.changes}
    values = {answer.field: _shown(answer) for answer in compared.newer.record.answers}
    headed: tuple[str, ...] = ()
    for path in _together(_in_order(compared.older.record.answers, compared.newer.record.answers)):
        change, value = changed.get(path), values.get(path, "")
        if change is None and not value:
            continue
        outer = tuple(_items(path))
        for level, item in enumerate(outer, 1):
            if item not in headed:
                yield Line(where(form, item), level)
        headed = outer
        label = where(form, path).rpartition(", ")[2]
        if change:
            yield Line(label, 0, change.before, change.after, change.file, change.at)
        else:
            yield Line(label, 0, value, value)


def _together(paths: Sequence[str]) -> list[str]:
    """Put the answers of an item itself before those of the items in it, so that each stands under its own heading."""
    seen: dict[str, int] = {}
    for at, path in enumerate(paths):
        for item in (*_items(path), path):
            seen.setdefault(item, at)

    def order(path: str) -> tuple[tuple[bool, int], ...]:
        outer = list(_items(path))
        first = seen[outer[0] if outer else path]
        return ((False, first), *((True, seen[item]) for item in outer[1:]), (False, seen[path]))

    return sorted(paths, key=order)


def _items(path: str) -> Iterator[str]:
    """Yield the items that an answer stands in, the outermost first: `priorities[1]`, `priorities[1].deliverables[2]`."""
    at = path.find("].")
    while at >= 0:
        yield path[: at + 1]
        at = path.find("].", at + 1)


def _changes(older: Version, newer: Version, round_: Round, times: dict[str, Version]) -> list[Change]:
    before, after = ({answer.field: answer for answer in version.record.answers} for version in (older, newer))
    found = []
    for path in _in_order(older.record.answers, newer.record.answers):
        was, is_ = _shown(before.get(path)), _shown(after.get(path))
        if was == is_:
            continue
        answer = after.get(path)
        by = times.get(answer.file, newer) if answer and answer.file else newer
        found.append(Change(path, where(round_.form, path), was, is_, by.at, by.file, answer.quote if answer else ""))
    return found


def _in_order(older: Sequence[Answer], newer: Sequence[Answer]) -> list[str]:
    """Return the fields of both in the order of the newer; one that is gone stands after the one that it stood after."""
    order = [answer.field for answer in newer]
    known = set(order)
    at = 0
    for answer in older:
        if answer.field in known:
            at = order.index(answer.field) + 1
        else:
            order.insert(at, answer.field)
            at += 1
    return order


def _shown(answer: Answer | None) -> str:
    """Return what an answer says, as people compare it: its value, or its words where no value was understood; empty for nothing."""
    if answer is None or answer.state in (State.BLANK, State.REMOVED):
        return ""
    return answer.value or answer.quote


__all__ = ["Change", "Compared", "Version", "compare", "history", "redlined"]
