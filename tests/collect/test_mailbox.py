"""Row I1m: a real IMAP server, a line that goes wrong in every way, and other people at the same mailbox.

No mail is lost, doubled or deleted.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.errors import MailError, StoreError
from pipeline.intake.mailbox import Kept, Left, gather, unfetched
from pipeline.intake.mailbox_imap import ImapMailbox
from pipeline.model.rounds import Mailbox
from pipeline.settings import Limits
from pipeline.store.store import Store
from pipeline.tools.secrets import Secret
from tests.collect import cutting as line
from tests.collect.cutting import Cutting, Edit, cutting
from tests.collect.dovecot import LOGIN, PASSWORD, Dovecot, dovecot, needs_dovecot
from tests.envelopes.mails import mail
from tests.store.samples import MAY_DAY, dump, later

pytestmark = needs_dovecot

MAILS = tuple(mail(f"Reply {number}.\n" + "x" * 70 * number, message_id=f"<{number}@example.org>") for number in (1, 2, 3))
LIMITS = Limits(bytes=2**20)


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@pytest.fixture
def server(running: Dovecot) -> Dovecot:
    """Return the server with three new mails in its inbox, and nothing else."""
    empty(running)
    running.deliver(*MAILS)
    return running


def empty(server: Dovecot) -> None:
    """Clear the mailbox, as the person whose it is may do; the program never does."""
    with server.client() as client:
        _, (number,) = client.select("INBOX")
        if number != b"0":
            client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.close()
        for folder in ("Done", "Box"):
            client.delete(folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


def collected(box: ImapMailbox, store: Store, limits: Limits = LIMITS) -> list[Kept | Left]:
    with box:
        return list(gather(box, store, store.mails, MAY_DAY, limits))


def kept(store: Store) -> list[bytes]:
    """Return the mails of the store, in the order of arrival."""
    return [store.original(str(row[1])) for row in dump(store)["originals"]]


# -- the usual ---------------------------------------------------------------------------------------------------------------


def test_every_mail_is_kept_byte_for_byte_and_then_marked_as_seen(server: Dovecot, store: Store) -> None:
    became = collected(server.mailbox(), store)
    assert [one.receipt.sha256 for one in became if isinstance(one, Kept)] == [sha256(data).hexdigest() for data in MAILS]
    assert kept(store) == list(MAILS)
    assert list(server.flags().values()) == [True, True, True]


def test_a_second_run_does_nothing(server: Dovecot, store: Store) -> None:
    collected(server.mailbox(), store)
    before = dump(store)
    assert collected(server.mailbox(), store) == []
    assert dump(store) == before


def test_a_look_before_makes_no_difference(server: Dovecot, store: Store) -> None:
    """The command looks first, so that it can say how many there are."""
    with server.mailbox() as box:
        assert len(unfetched(box, store.mails)) == 3
        server.deliver(mail("Late."))
        assert len(unfetched(box, store.mails)) == 4
        assert len(list(gather(box, store, store.mails, MAY_DAY, LIMITS))) == 4
        assert unfetched(box, store.mails) == ()
    assert {row[2] for row in dump(store)["fetched"]} != {""}


def test_where_nothing_is_new_nothing_is_fetched_and_nothing_said_about_marks(server: Dovecot, store: Store) -> None:
    with cutting(server.port, line.usual) as proxy:
        collected(server.mailbox(port=proxy.port), store)
        proxy.said = b""
        assert collected(server.mailbox(port=proxy.port), store) == []
        assert b"BODY" not in proxy.said and b"STORE" not in proxy.said


def test_nothing_is_ever_deleted_and_nothing_is_marked_by_fetching(server: Dovecot, store: Store) -> None:
    with cutting(server.port, line.usual) as proxy:
        collected(server.mailbox(port=proxy.port, done="Done"), store)
    said = proxy.said.upper()
    assert b"BODY.PEEK[]" in said and b"EXAMINE" in said
    assert not [word for word in (b"EXPUNGE", b"CLOSE", b"\\DELETED", b"DELETE", b"COPY") if word in said]
    assert said.index(b"EXAMINE") < said.index(b"BODY.PEEK[]") < said.index(b"SELECT") < said.index(b"MOVE")


def test_a_look_changes_nothing(server: Dovecot, store: Store) -> None:
    with server.mailbox() as box:
        assert [one.file for one in unfetched(box, store.mails)] == [f"INBOX {uid}.eml" for uid in server.flags()]
    assert not any(server.flags().values()) and dump(store)["originals"] == []


def test_mails_are_moved_where_a_folder_is_named_which_is_made_where_it_is_missing(server: Dovecot, store: Store) -> None:
    assert all(isinstance(one, Kept) for one in collected(server.mailbox(done="Done"), store))
    assert server.flags() == {} and len(server.flags("Done")) == 3


def test_where_the_server_cannot_move_mails_stay_and_are_marked(server: Dovecot, store: Store) -> None:
    with cutting(server.port, line.without_move) as proxy:
        *_, said = collected(server.mailbox(port=proxy.port, done="Done"), store)
        assert isinstance(said, Left) and "cannot move mails. They stay, marked as seen" in said.why
        assert collected(server.mailbox(port=proxy.port, done="Done"), store) == []
    assert list(server.flags().values()) == [True, True, True]


# -- stopped between two steps -----------------------------------------------------------------------------------------------


def test_what_could_not_be_kept_is_not_marked(server: Dovecot, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep_original", full)
        with pytest.raises(StoreError):
            collected(server.mailbox(), store)
    assert not any(server.flags().values())
    assert len(collected(server.mailbox(), store)) == 3


def test_stopped_between_keeping_and_marking_the_next_run_marks_without_fetching(
    server: Dovecot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.mailbox() as box:
        going = gather(box, store, store.mails, MAY_DAY, LIMITS)
        for _ in MAILS:
            next(going)
        going.close()  # type: ignore[attr-defined]
    assert not any(server.flags().values())
    monkeypatch.delattr(ImapMailbox, "fetch")
    assert collected(server.mailbox(), store) == []
    assert all(server.flags().values())


def test_stopped_between_keeping_and_noting_the_mail_is_kept_once(server: Dovecot, store: Store) -> None:
    store.keep_original(MAILS[0], "INBOX 1.eml", "mail", MAY_DAY)
    collected(server.mailbox(), store)
    assert kept(store) == list(MAILS)


# -- other people ------------------------------------------------------------------------------------------------------------


def test_a_mail_that_somebody_deletes_meanwhile_is_told_and_stops_nothing(server: Dovecot, store: Store) -> None:
    with server.mailbox() as box:
        going = gather(box, store, store.mails, MAY_DAY, LIMITS)
        next(going)
        with server.client() as client:
            client.select("INBOX")
            client.store("2", "+FLAGS", r"(\Deleted)")
            client.expunge()
        became = list(going)
    assert [type(one) for one in became] == [Left, Kept]
    assert isinstance(became[0], Left) and "somebody moved or deleted it" in became[0].why and not became[0].waits
    assert list(server.flags().values()) == [True, True]


def test_a_mail_that_arrives_meanwhile_is_for_the_next_run(server: Dovecot, store: Store) -> None:
    with server.mailbox() as box:
        going = gather(box, store, store.mails, MAY_DAY, LIMITS)
        next(going)
        server.deliver(mail("Late."))
        assert len(list(going)) == 2
    assert list(server.flags().values()) == [True, True, True, False]
    assert len(collected(server.mailbox(), store)) == 1 and all(server.flags().values())


def test_a_mail_that_a_person_has_read_already_is_collected(server: Dovecot, store: Store) -> None:
    with server.client() as client:
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Seen)")
    assert len(collected(server.mailbox(), store)) == 3


def test_the_same_mail_twice_is_one_original(server: Dovecot, store: Store) -> None:
    """Row A2."""
    server.deliver(MAILS[0])
    *_, again = collected(server.mailbox(), store)
    assert isinstance(again, Kept) and again.receipt.seen_before
    assert kept(store) == list(MAILS) and len(store.sightings()) == 4


def test_a_number_that_is_listed_twice_is_one_mail(server: Dovecot, store: Store) -> None:
    """Row I1m, duplicate UIDs: the mail that the server hides behind another's number comes with the next run."""
    first, second, _ = server.flags()

    def twice(data: bytes) -> line.Passed:
        return line.Passed(data.replace(b"(UID %d RFC822.SIZE" % second, b"(UID %d RFC822.SIZE" % first))

    with cutting(server.port, twice) as proxy:
        assert len(collected(server.mailbox(port=proxy.port), store)) == 2
        proxy.times = 0
        assert len(collected(server.mailbox(port=proxy.port), store)) == 1
    assert sorted(kept(store)) == sorted(MAILS)


def test_numbers_given_anew_make_no_mail_new(server: Dovecot, store: Store) -> None:
    """Row A2: the mailbox was taken away and put back, as a restored server does it: UIDVALIDITY is another."""
    validities = set()
    for at in (MAY_DAY, later()):
        with server.client() as client:
            client.create("Box")
        server.deliver(*reversed(MAILS), folder="Box")
        with server.mailbox(folder="Box") as box:
            validities.add(box.look().validity)
            assert len(list(gather(box, store, store.mails, at, LIMITS))) == 3
        with server.client() as client:
            client.delete("Box")
    assert len(validities) == 2
    assert sorted(kept(store)) == sorted(MAILS) and len(dump(store)["fetched"]) == 6


def test_numbers_given_anew_in_the_middle_stop_the_run_before_a_wrong_mail_is_taken(server: Dovecot, store: Store) -> None:
    with server.client() as client:
        client.create("Box")
    server.deliver(*MAILS, folder="Box")
    with server.mailbox(folder="Box") as box:
        going = gather(box, store, store.mails, MAY_DAY, LIMITS)
        next(going)
        with server.client() as client:
            client.delete("Box")
            client.create("Box")
        server.deliver(*reversed(MAILS), folder="Box")
        box._hang_up()
        with pytest.raises(MailError, match="new numbers"):
            next(going)
    assert len(collected(server.mailbox(folder="Box"), store)) == 3
    assert sorted(kept(store)) == sorted(MAILS)


# -- the line ------------------------------------------------------------------------------------------------------------------

PATIENCE_S = {line.stall: 2.0, line.long: 2.0}
"""Seconds of silence that are waited for where silence is what goes wrong."""
WRONG = (line.drop, line.stall, line.bye, line.short, line.long, line.huge)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda edit: getattr(edit, "__name__", "counted"))
@pytest.mark.parametrize("times", [1, 2])
def test_a_line_that_goes_wrong_is_opened_again(wrong: Edit, times: int, server: Dovecot, store: Store) -> None:
    with cutting(server.port, wrong, times) as proxy:
        became = collected(server.mailbox(port=proxy.port, timeout_s=PATIENCE_S.get(wrong, 30)), store)
    assert len(became) == 3 and kept(store) == list(MAILS)
    assert all(server.flags().values())


@pytest.mark.parametrize("wrong", WRONG, ids=lambda edit: getattr(edit, "__name__", "counted"))
def test_a_line_that_stays_wrong_loses_nothing_and_is_told(wrong: Edit, server: Dovecot, store: Store) -> None:
    with cutting(server.port, wrong) as proxy:
        box = server.mailbox(port=proxy.port, timeout_s=PATIENCE_S.get(wrong, 30))
        with pytest.raises(MailError, match="broke off") as raised:
            collected(box, store)
        assert "Run proforma collect again" in raised.value.hint
        assert kept(store) == [] and not any(server.flags().values())
        proxy.times = 0
        assert len(collected(box, store)) == 3
    assert kept(store) == list(MAILS)


def test_a_size_that_the_server_only_estimates_is_no_reason_to_leave_a_mail(server: Dovecot, store: Store) -> None:
    with cutting(server.port, line.estimate) as proxy:
        assert all(isinstance(one, Kept) for one in collected(server.mailbox(port=proxy.port), store))
    assert kept(store) == list(MAILS)


def test_a_mail_that_comes_otherwise_each_time_is_left(server: Dovecot, store: Store) -> None:
    with cutting(server.port, otherwise()) as proxy:
        became = collected(server.mailbox(port=proxy.port), store)
    assert [isinstance(one, Left) and "other bytes" in one.why for one in became] == [True, True, True]
    assert kept(store) == [] and not any(server.flags().values())


def otherwise() -> Edit:
    """Return a fault that states wrong sizes and changes a byte of each mail, another one every time."""
    letters = iter("abcdefghijklmnopqrstuvwxyz")

    def edit(data: bytes) -> line.Passed:
        changed = data.replace(b"Reply", b"Repl" + next(letters).encode()) if b"BODY[]" in data else data
        return line.Passed(line.estimate(changed).data)

    return edit


def test_a_mail_larger_than_any_return_is_listed_and_never_fetched(server: Dovecot, store: Store) -> None:
    server.deliver(mail("Photographs of the bridges.", ("bridges.bin", b"\x00" * 400_000)))
    with cutting(server.port, line.usual) as proxy:
        box = server.mailbox(port=proxy.port, most=50_000)
        *rest, large = collected(box, store, Limits(bytes=50_000))
    assert isinstance(large, Left) and "is too large: it has 0.5 MB" in large.why and large.waits
    assert len(rest) == 3 and proxy.said.count(b"BODY.PEEK") == 3
    assert list(server.flags().values()) == [True, True, True, False]


def test_a_server_that_understates_a_mail_does_not_get_it_into_memory(server: Dovecot, store: Store) -> None:
    empty(server)
    server.deliver(mail("Photographs.", ("bridges.bin", b"\x00" * 400_000)))

    def small(data: bytes) -> line.Passed:
        return line.Passed(data.replace(b"RFC822.SIZE 54", b"RFC822.SIZE 4"))

    with cutting(server.port, small) as proxy:
        (large,) = collected(server.mailbox(port=proxy.port, most=50_000), store, Limits(bytes=50_000))
    assert isinstance(large, Left) and "is too large" in large.why


# -- the door ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_encrypted_line_needs_a_certificate_that_somebody_vouches_for(
    security: str, server: Dovecot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def box() -> ImapMailbox:
        return ImapMailbox(Mailbox(server.server(security), "INBOX", ""), Secret(LOGIN, PASSWORD), LIMITS)

    with pytest.raises(MailError, match=r"certificate of localhost, port \d+ is not good") as raised:
        collected(box(), store)
    assert "SSL_CERT_FILE" in raised.value.hint
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    assert len(collected(box(), store)) == 3


def test_a_certificate_of_another_server_is_refused(server: Dovecot, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    by_number = server.server("tls")._replace(host="127.0.0.1")
    with pytest.raises(MailError, match="is not good"):
        collected(ImapMailbox(Mailbox(by_number, "INBOX", ""), Secret(LOGIN, PASSWORD), LIMITS), store)


def test_a_refused_login_says_where_to_look_and_not_what_the_password_was(server: Dovecot, store: Store) -> None:
    box = ImapMailbox(Mailbox(server.server(), "INBOX", ""), Secret(LOGIN, "wrong-s3cret"), LIMITS)
    with pytest.raises(MailError, match="refuses the login of returns") as raised:
        collected(box, store)
    assert "wrong-s3cret" not in str(raised.value) + raised.value.hint


def test_a_folder_that_is_not_there_is_named(server: Dovecot, store: Store) -> None:
    with pytest.raises(MailError, match="knows no such folder"):
        collected(server.mailbox(folder="No such"), store)


def test_where_nobody_listens_the_settings_are_named(server: Dovecot, store: Store) -> None:
    with cutting(server.port, line.usual) as proxy:
        port = proxy.port
    with pytest.raises(MailError, match="cannot be reached") as raised:
        collected(server.mailbox(port=port), store)
    assert "post.imap" in raised.value.hint


def test_a_folder_of_any_name_can_be_collected_from(server: Dovecot, store: Store) -> None:
    name = 'Rück "läufe" & more'
    with server.mailbox(done=name) as box:
        assert len(list(gather(box, store, store.mails, MAY_DAY, LIMITS))) == 3
    with server.mailbox(folder=name) as box:
        assert len(box.look().mails) == 3


def test_a_folder_that_may_only_be_read_is_collected_and_the_officer_told(store: Store) -> None:
    """Flags refused: another's mailbox, shared for reading only."""
    with dovecot(plugins="acl") as server:
        server.deliver(*MAILS)
        (server.folder / "rights").write_text("* owner lr\n", encoding="utf-8")
        *became, told = collected(server.mailbox(), store)
        assert len(became) == 3 and isinstance(told, Left) and "refuses" in told.why
        assert kept(store) == list(MAILS)
        assert collected(server.mailbox(), store) == [told]
        assert not any(server.flags().values())


def test_the_proxy_passes_on_what_it_should(server: Dovecot, store: Store) -> None:
    """The tests above test something."""
    with cutting(server.port, line.usual) as proxy:
        assert isinstance(proxy, Cutting)
        assert len(collected(server.mailbox(port=proxy.port), store)) == 3
