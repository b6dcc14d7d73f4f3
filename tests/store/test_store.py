"""What is done twice has the effect of once; what is newer stands in front, and what is older stays."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.model.history import Decision, DecisionKind, Event, Progress
from pipeline.store.store import Store
from tests.store.samples import DUE_LATE, MAY_DAY, READER, a_record, a_refusal, dump, later, take


def test_a_document_is_kept_under_its_digest_and_comes_back_as_it_came(store: Store) -> None:
    receipt = store.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    assert receipt.path == f"store/originals/{receipt.sha256[:2]}/{receipt.sha256}"
    assert store.folder.parent.joinpath(receipt.path).read_bytes() == b"homes"
    assert store.original(receipt.sha256) == b"homes"
    assert not receipt.seen_before


def test_only_the_owner_can_look_into_the_store(store: Store) -> None:
    store.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    for path in (store.folder, *store.folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_taking_everything_in_twice_changes_nothing(store: Store) -> None:
    """Invariant I6."""
    take(store, b"homes")
    take(store, b"schools", "other.docx", "schools")
    before = dump(store)
    again = take(store, b"homes", at=later())
    take(store, b"schools", "other.docx", "schools", at=later())
    assert again.seen_before
    assert dump(store) == before


def test_the_same_document_under_another_name_is_one_document_seen_twice(store: Store) -> None:
    """Row A2: same bytes, one document, two sightings, one reading."""
    first = take(store, b"homes")
    store.keep_original(b"homes", "copy of reply.docx", "mail", later())
    take(store, b"homes", "copy of reply.docx", at=later(2))
    assert [(seen.file, seen.via) for seen in store.sightings()] == [
        ("reply.docx", "inbox"),
        ("copy of reply.docx", "mail"),
        ("copy of reply.docx", "inbox"),
    ]
    assert {seen.sha256 for seen in store.sightings()} == {first.sha256}
    assert len(store.readings()) == 1


def test_a_newer_return_supersedes_and_the_older_stays(store: Store) -> None:
    take(store, b"first")
    take(store, b"second", "reply 2.docx", at=later())
    assert store.current()["roads"].record.values == {"things": [{"what": "second"}]}
    assert [(reading.record.file, reading.superseded) for reading in store.readings()] == [("reply.docx", True), ("reply 2.docx", False)]
    assert [event.progress for event in store.history("roads")] == [Progress.RETURNED, Progress.RETURNED]


def test_newer_is_by_arrival_not_by_reading(store: Store) -> None:
    early = store.keep_original(b"first", "a.docx", "inbox", MAY_DAY)
    take(store, b"second", "b.docx")
    store.keep(early, a_record(early), (), READER, later())
    assert store.current()["roads"].record.file == "b.docx"


def test_a_reading_comes_back_with_its_findings_and_moments(store: Store) -> None:
    receipt = take(store, b"homes", at=dt.datetime(2011, 5, 1, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))))
    reading = store.current()["roads"]
    assert reading.record == a_record(receipt, says="homes")
    assert reading.findings == (DUE_LATE,)
    assert (reading.at, reading.arrived, reading.reader) == (MAY_DAY, MAY_DAY, READER)
    assert reading.at.tzinfo is dt.UTC


def test_a_new_reader_reads_again_and_the_history_stays_as_it_is(store: Store) -> None:
    receipt = take(store, b"homes")
    kept = store.reading(receipt.sha256, READER)
    assert kept is not None and kept.superseded is False
    assert store.reading(receipt.sha256, "2") is None
    assert store.reading("0" * 64, READER) is None
    assert store.keep(receipt, a_record(receipt, says="more homes"), (), "2", later())
    assert not store.keep(receipt, a_record(receipt, says="more homes"), (), "2", later(2))
    assert [reading.superseded for reading in store.readings()] == [True, False]
    assert len(store.history("roads")) == 1


def test_a_return_that_turns_out_to_be_another_partnerships_goes_over_to_it(store: Store) -> None:
    store.record_event(Event("roads", Progress.SENT, MAY_DAY, "the mail of 1 May"))
    receipt = take(store, b"homes", partnership="roads", at=later())
    store.keep(receipt, a_record(receipt, "schools"), (), "2", later(2))
    assert list(store.current()) == ["schools"]
    assert store.progress() == {"roads": Progress.SENT, "schools": Progress.RETURNED}
    assert [event.progress for event in store.history("roads")] == [Progress.SENT, Progress.RETURNED, Progress.SENT]
    store.keep(receipt, a_record(receipt, "roads"), (), "3", later(3))
    assert store.progress() == {"roads": Progress.RETURNED, "schools": Progress.NOT_SENT}


def test_what_cannot_be_read_is_held_and_moves_nobody_on(store: Store) -> None:
    receipt = store.keep_original(b"PK", "broken.docx", "inbox", MAY_DAY)
    store.keep(receipt, a_refusal(receipt), (), READER, MAY_DAY)
    take(store, b"homes")
    assert [reading.record.file for reading in store.held()] == ["broken.docx"]
    assert list(store.current()) == ["roads"]
    assert not store.readings()[0].superseded
    store.keep(receipt, a_record(receipt, "schools"), (), "2", later())
    assert store.held() == ()


def test_the_history_is_told_in_the_order_of_time(store: Store) -> None:
    take(store, b"homes", at=later(2))
    bounced = Event("roads", Progress.BOUNCED, later(1), "a mail from the postmaster")
    for _ in range(2):
        store.record_event(bounced)
    assert [event.progress for event in store.history("roads")] == [Progress.BOUNCED, Progress.RETURNED]
    assert store.history("roads")[0] == bounced
    assert store.progress() == {"roads": Progress.RETURNED}
    assert store.history("schools") == ()


def test_a_decision_is_kept_once_and_moves_the_partnership_on(store: Store) -> None:
    take(store, b"homes")
    override = Decision(DecisionKind.OVERRIDE, "roads", DUE_LATE.key, None, "Alex Byrne", later(), "Agreed by telephone")
    accept = Decision(DecisionKind.ACCEPT, "roads", "", None, "Alex Byrne", later(2), "")
    for decision in (override, accept, accept):
        store.decide(decision)
    assert store.decisions() == store.decisions("roads") == (override, accept)
    assert store.decisions("schools") == ()
    assert store.progress() == {"roads": Progress.ACCEPTED}
    assert len(store.history("roads")) == 2


def test_odd_characters_are_kept_as_they_are(store: Store) -> None:
    receipt = store.keep_original(b"homes", "';DROP TABLE readings;--.docx", "inbox", MAY_DAY)
    odd = a_record(receipt, says="a\x00b \ud800 £ 家 {{ 7*7 }}")
    store.keep(receipt, odd, (), READER, MAY_DAY)
    assert store.current()["roads"].record == odd


def test_a_reading_of_a_document_that_was_never_kept_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with Store.open(tmp_path / "other") as other:
        stranger = other.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    with pytest.raises(StoreError, match="No document"):
        store.keep(stranger, a_record(stranger), (), READER, MAY_DAY)


def test_a_document_is_on_the_disk_for_good_before_its_row_is_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row K3: temporary file, fsync, rename, fsync of the folder, and only then the row."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noting_fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        steps.append(f"fsync {'folder' if path.is_dir() else path.suffix or 'file'} rows={rows()}")
        fsync(descriptor)

    def noting_replace(self: Path, target: Any) -> Path:
        steps.append(f"rename {self.suffix} rows={rows()}")
        return replace(self, target)

    def rows() -> int:
        with store._database.reading() as connection:
            return len(connection.exec_driver_sql("SELECT * FROM originals").all())

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "replace", noting_replace)
    store.keep_original(b"homes", "reply.docx", "inbox", MAY_DAY)
    assert steps == ["fsync folder rows=0", "fsync .part rows=0", "rename .part rows=0", "fsync folder rows=0"]
    assert rows() == 1
