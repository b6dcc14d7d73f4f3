"""What came in by mail, and the log of other contacts."""

import pytest

from pipeline.errors import StoreError
from pipeline.model.post import Incoming, LogEntry, LogKind, Nature
from pipeline.store.mails import MAIL
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, READER, a_record, dump, later, take

BOX = "imap://round@localhost/INBOX"


def kept(store: Store, data: bytes = b"From: chair@example.org\r\n\r\nDone.", file: str = "Re Proforma.eml") -> str:
    """Keep a collected mail and return its SHA-256."""
    return store.keep_original(data, file, MAIL, MAY_DAY).sha256


def test_a_mail_that_is_kept_is_not_fetched_again(store: Store) -> None:
    sha256 = kept(store)
    store.mails.note_fetched(BOX, "7", "1", sha256, MAY_DAY)
    before = dump(store)
    store.mails.note_fetched(BOX, "7", "1", sha256, later())
    assert dump(store) == before
    assert store.mails.fetched(BOX, "7") == {"1"}


def test_numbers_mean_nothing_once_the_server_gave_new_ones(store: Store) -> None:
    store.mails.note_fetched(BOX, "7", "1", kept(store), MAY_DAY)
    assert store.mails.fetched(BOX, "8") == frozenset()
    assert store.mails.fetched("imap://round@localhost/Archive", "7") == frozenset()


def test_a_mail_must_be_kept_before_it_is_noted(store: Store) -> None:
    with pytest.raises(StoreError, match="is in the store"):
        store.mails.note_fetched(BOX, "7", "1", "0" * 64, MAY_DAY)


def test_what_is_known_of_a_mail_last_counts_and_nothing_is_rewritten(store: Store) -> None:
    sha256 = kept(store)
    stray = Incoming(sha256, Nature.REPLY, "<1@example.org>", "", "", "", "chair@example.org", "Re: Proforma", MAY_DAY)
    store.mails.sort(stray)
    store.mails.sort(stray)
    assert store.mails.incoming("") == (stray,)
    found = stray._replace(partnership="roads", matched_by="document")
    store.mails.sort(found)
    assert store.mails.incoming() == store.mails.incoming("roads") == (found,)
    assert store.mails.incoming("") == ()
    assert len(dump(store)["mails"]) == 2


def test_a_collected_mail_is_unread_until_this_reader_has_read_it(store: Store) -> None:
    sha256 = kept(store)
    take(store, b"2,400 homes")
    (receipt,) = store.mails.unread(READER)
    assert (receipt.sha256, receipt.file) == (sha256, "Re Proforma.eml")
    store.keep(receipt, a_record(receipt), (), READER, MAY_DAY)
    assert store.mails.unread(READER) == ()
    assert len(store.mails.unread("2")) == 1


def test_a_collected_mail_is_unread_until_all_that_lies_in_it_is_read(store: Store) -> None:
    envelope = store.keep_original(b"mail", "mail.eml", MAIL, MAY_DAY)
    inside = tuple(store.keep_original(data, f"mail.eml › {data!r}", "envelope", MAY_DAY) for data in (b"one", b"two"))
    store.enclose(envelope, inside, READER)
    store.keep(inside[0], a_record(inside[0]), (), READER, MAY_DAY)
    assert [receipt.sha256 for receipt in store.mails.unread(READER)] == [envelope.sha256]
    store.keep(inside[1], a_record(inside[1]), (), READER, MAY_DAY)
    assert store.mails.unread(READER) == ()


def test_calls_and_meetings_are_logged_in_the_order_of_time(store: Store) -> None:
    """A002-P7: an officer attends the next meeting on request."""
    asked = LogEntry("roads", LogKind.SUPPORT, later(), "Sam", "Asked that an officer attend on 12 May.")
    called = LogEntry("roads", LogKind.PHONE, MAY_DAY, "Sam", "The chair is away until Monday.")
    for entry in (asked, called, asked, called._replace(partnership="waste")):
        store.log(entry)
    assert store.contact_log("roads") == (called, asked)
    assert len(store.contact_log()) == 3
