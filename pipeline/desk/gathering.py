"""Pages of one form that came as files of their own, in one run or over several days: gathered before any of them is kept.

A part of a form never takes the place of a fuller return unless a person says so: it is held. What the store holds of a partnership is
looked at, so that page 3 that comes tomorrow finds the pages of today.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bounded import Item
from pipeline.desk.belonging import is_numbered, is_part, whose
from pipeline.desk.bundling import behind, takes_from, together
from pipeline.desk.desk import Desk
from pipeline.desk.said import Said
from pipeline.desk.wall import executor, read_bundle, read_files
from pipeline.errors import StoreError
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.records import Record

if TYPE_CHECKING:  # loaded where a store is: a preview has none
    from pipeline.store.store import Store

_DIGITS = re.compile(r"\d+")


class Entry(NamedTuple):
    """A file that came, with what its documents said, before they are kept."""

    name: str
    """As it lies below the inbox."""
    sha256: str
    said: tuple[Said, ...]

    @property
    def came_with(self) -> str:
        """Name what the pages in it came with: the mail or zip; or for a page by itself its folder and the kind of its name.

        `IMG_1.jpg` and `IMG_2.jpg` came together, `IMG_1.jpg` and `signed.jpg` may not have.
        """
        path = PurePath(self.name)
        return self.sha256 if any(one.enclosed for one in self.said) else f"{path.parent}/{_DIGITS.sub('#', path.stem)}"


def has_parts(said: Iterable[Said], desk: Desk) -> bool:
    """Say whether something among some documents may be a part of a form, and has to wait for the others."""
    return any(is_part(one.record, desk.round.form) for one in said)


def gathered(entries: Sequence[Entry], desk: Desk, store: "Store | None", running: Executor) -> list[tuple[Said, ...]]:
    """Put pages together that came in several files, with those that came before; hold a part that would take a fuller return's place.

    Args:
        entries: the files, in the order in which they came.
        desk: whose round it is.
        store: has what came before, and the pages by their SHA-256; None where nothing is stored, and `Said.data` has them.
        running: what runs the readings.

    Returns:
        For each file what its documents say now. A bundle is there for each file that holds a page of it.
    """
    library = _Library(entries, desk, store)
    flat = [(at, one) for at, entry in enumerate(entries) for one in entry.said]
    earlier = library.earlier({whose(one.record, desk.round) for _, one in flat if is_part(one.record, desk.round.form)})

    def read(name: str, data: bytes, sha256: str, assigned: Mapping[str, str]) -> Said:
        known = store.reading(sha256, desk.reader) if store else None
        if known and assigned.get(sha256, known.record.partnership) == known.record.partnership:
            return Said(known.record, known.findings, data)
        return read_bundle(name, data, replace(desk, assigned=assigned), running)

    found = together([one for _, one in flat], [entries[at].came_with for at, _ in flat], desk, library.bytes_of, read, earlier)
    return _back_to_files([(one.members, library.judged(one.said)) for one in found], [at for at, _ in flat], len(entries))


def read_together(items: Iterable[Item], desk: Desk) -> Iterator[tuple[Said, ...]]:
    """Read files and put together what belongs together; store nothing.

    Args:
        items: the files.
        desk: whose round it is.

    Yields:
        For each file what the documents in it said, those that hold parts of forms last; a bundle with the first that has a page of it.
    """
    parts: list[Entry] = []
    names: deque[str] = deque()

    def asked() -> Iterator[Item]:
        for item in items:
            names.append(item.name)
            yield item

    for said in read_files(asked(), desk):
        name = names.popleft()
        if has_parts(said, desk):
            parts.append(Entry(name, name, said))
        else:
            yield said
    if parts:
        with executor() as running:
            told: set[str] = set()
            for said in gathered(parts, desk, None, running):
                yield tuple(one for one in said if one.record.sha256 not in told)
                told |= {one.record.sha256 for one in said if one.pages}


def _back_to_files(found: Iterable[tuple[tuple[int, ...], Said]], files: Sequence[int], count: int) -> list[tuple[Said, ...]]:
    """Return what was found by the file in which each of its members lay."""
    said: list[list[Said]] = [[] for _ in range(count)]
    for members, one in found:
        for at in dict.fromkeys(files[member] for member in members):
            said[at].append(one)
    return [tuple(those) for those in said]


class _Library:
    """What is known of the partnerships whose pages are gathered: their returns that count, and what is held of them."""

    def __init__(self, entries: Iterable[Entry], desk: Desk, store: "Store | None") -> None:
        self._desk, self._store = desk, store
        self._at_hand = {one.record.sha256: one.data for entry in entries for one in entry.said if one.data}
        self._before = {one.record.sha256: one.record for one in store.readings()} if store else {}
        self._standing = {name: reading.record for name, reading in store.current().items()} if store else {}

    def bytes_of(self, sha256: str) -> bytes | None:
        """Return a page; None where it is not kept, or damaged."""
        if self._store is None or sha256 in self._at_hand:
            return self._at_hand.get(sha256)
        try:
            return self._store.original(sha256)
        except StoreError:
            return None

    def earlier(self, owners: Iterable[str]) -> tuple[Said, ...]:
        """Return the pages that came before of some partnerships: of what counts, where its pages have numbers, and of what is held."""
        return tuple(Said(record, (), b"") for owner in sorted(filter(None, owners)) for record in self._of(owner))

    def _of(self, owner: str) -> Iterator[Record]:
        standing = self._standing.get(owner)
        if standing and standing.format in ("scan", "pdf") and is_numbered(standing):
            yield standing
        for reading in self._store.held() if self._store else ():
            record = reading.record
            if (record.partnership, record.reason) == (owner, Reason.INCOMPLETE) and is_numbered(record):
                yield record

    def judged(self, said: Said) -> Said:
        """Hold a part of a form that would take a fuller return's place; what counts from here on counts for those that follow."""
        record = said.record
        if record.outcome is not Outcome.READ or record.partnership is None:
            return said
        standing = self._standing.get(record.partnership)
        if standing and self._is_behind(said, standing):
            return behind(said, standing, self._desk.round.by_id[record.partnership].name)
        self._standing[record.partnership] = record
        return said

    def _is_behind(self, said: Said, standing: Record) -> bool:
        record = said.record
        of_it = {record.sha256, *(page.record.sha256 for page in said.pages), *(file.sha256 for file in record.files)}
        if standing.sha256 in of_it or not is_part(record, self._desk.round.form):
            return False
        before = self._before.get(record.sha256)
        taken_on = before and record.sha256 in self._desk.assigned and before.reason is Reason.INCOMPLETE
        counted = before and before.outcome is Outcome.READ
        return not taken_on and not counted and takes_from(record, standing)
