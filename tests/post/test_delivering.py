"""From the ledger over the wire or into drafts: once, in order, at a measured pace, by one program at a time."""

import datetime as dt
import email
import socket
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from filelock import FileLock

from pipeline.blanks.compiling import compile_master
from pipeline.desk.delivering import deliver, draft_path, resolve
from pipeline.desk.proformas import ask, to_ask
from pipeline.desk.sending import Occasion, Office, queue, recipients
from pipeline.errors import MailError, StoreError
from pipeline.model.history import Progress
from pipeline.model.post import MessageKind, Posting
from pipeline.model.rounds import Post, Round, Server
from pipeline.store.store import Store
from tests.builders import a_partnership, a_round
from tests.post.rounds import AT, a_post_round, a_wire, no_sleep, now, queue_three, states, with_post
from tests.post.servers import Fault, a_server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


class Kept:
    """Keeps what a real mail server takes."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(envelope)
        return "250 2.0.0 taken"


@pytest.fixture
def mail_server() -> Iterator[tuple[Kept, int]]:
    kept = Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


def asked(round_: Round, store: Store) -> int:
    return ask(round_, store, AT, to_ask(round_, store))


def test_each_partnership_gets_the_letter_with_its_own_blank_once(tmp_path: Path, store: Store, mail_server: tuple[Kept, int]) -> None:
    """Issue 4: to the chair, copy to the contact officer. A second send right after does nothing."""
    kept, port = mail_server
    round_ = a_post_round(tmp_path, smtp=Server("127.0.0.1", port, "none"))
    assert asked(round_, store) == 3
    assert [one.state for one in deliver(round_, store, now)] == [Posting.SENT] * 3
    master = compile_master(round_)
    for partnership, envelope in zip(round_.partnerships, kept.envelopes, strict=True):
        assert envelope.rcpt_tos == [f"{partnership.id}.chair@example.org", f"{partnership.id}.officer@example.org"]
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=default)
        (attached,) = mail.iter_attachments()
        assert attached.get_content() == master.stamp(partnership)
        assert mail["Subject"].endswith(f"[{round_.reference_of(partnership)}]")
        assert mail["Message-ID"].startswith(f"<proforma.{partnership.code.lower()}.")
    assert store.progress() == {partnership.id: Progress.SENT for partnership in round_.partnerships}

    assert asked(round_, store) == 0
    assert list(deliver(round_, store, now)) == []
    assert len(kept.envelopes) == 3


def test_without_a_server_drafts_are_written(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store)
    (drafted,) = deliver(round_, store, now)
    path = tmp_path / "outbox" / "mail" / f"{round_.reference_of(round_.partnerships[0])} proforma.eml"
    assert (drafted.state, drafted.said, path.parent) == (
        Posting.DRAFTED,
        str(path.relative_to(tmp_path)),
        draft_path(round_, drafted).parent,
    )
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["From"], mail["Date"], mail["Message-ID"]) == ("1", None, None, None)
    assert list(deliver(round_, store, now)) == []


def test_a_draft_that_was_written_and_not_noted_is_written_again_as_it_was(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store)
    path = draft_path(round_, store.ledger.posted()[0])
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half of it")
    list(deliver(round_, store, now))
    assert path.read_bytes().startswith(b"X-Unsent: 1\r\n")
    assert list(path.parent.iterdir()) == [path]


def test_one_sends_at_a_time(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path)
    with FileLock(store.folder / "sending.lock"), pytest.raises(MailError, match="Another program is sending"):
        list(deliver(round_, store, now))


def test_what_an_earlier_program_left_half_way_is_told_and_not_sent(tmp_path: Path, store: Store) -> None:
    """Threats, M2."""
    queue_three(store)
    store.ledger.move("<1@example.org>", Posting.SENDING, AT)
    with a_server() as server:
        became = list(deliver(a_post_round(tmp_path), store, now, wire=a_wire(server.port)))
        assert [one.state for one in became] == [Posting.UNKNOWN, Posting.SENT, Posting.SENT]
        assert server.taken == ["<2@example.org>", "<3@example.org>"]


def test_messages_go_out_at_a_measured_pace(tmp_path: Path, store: Store) -> None:
    queue_three(store)
    pauses: list[float] = []
    with a_server() as server:
        list(deliver(a_post_round(tmp_path, a_minute=6), store, now, wire=a_wire(server.port), sleep=pauses.append))
    assert len(pauses) == 2
    assert pauses[0] == pytest.approx(10, abs=2)
    assert pauses[1] == pytest.approx(20, abs=4), "nobody slept, so the third is twenty seconds early"


def test_what_the_server_does_not_take_now_is_tried_again_with_longer_and_longer_pauses(tmp_path: Path, store: Store) -> None:
    queue_three(store, ("roads",))
    pauses: list[float] = []
    with a_server(Fault("mail", "4xx")) as server:
        (left,) = deliver(a_post_round(tmp_path), store, now, wire=a_wire(server.port), sleep=pauses.append)
        assert (left.state, left.said, pauses) == (Posting.QUEUED, "451 4.3.0 not now", [5, 30, 120])
        assert sum(said.upper().startswith("MAIL") for said in server.said) == 4


@pytest.mark.parametrize(("before", "stands"), [("mail", Posting.QUEUED), ("dot", Posting.UNKNOWN)])
def test_a_person_who_stops_it_leaves_no_more_uncertain_than_is(before: str, stands: Posting, tmp_path: Path, store: Store) -> None:
    queue_three(store, ("roads",))
    with a_server() as server:
        wire = a_wire(server.port)
        wire.open()
        line = wire._line
        assert line is not None
        real = line.getreply

        def stopped() -> tuple[int, bytes]:
            if (before == "dot") == wire.handed_over:
                raise KeyboardInterrupt
            return real()

        line.getreply = stopped  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            list(deliver(a_post_round(tmp_path), store, now, wire=wire))
    assert states(store) == {"<1@example.org>": stands}


def test_a_reminder_that_a_return_has_overtaken_is_withdrawn(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path, ("roads", "schools"))
    for partnership in round_.partnerships:
        facts = {"asked": "", "returned": False, "missing": []}
        queue(Occasion(MessageKind.REMINDER, partnership, "2011-04-04", facts), Office(round_, store, AT))
    with a_server() as server:
        became = list(deliver(round_, store, now, settled=frozenset({"schools"}), wire=a_wire(server.port)))
        assert [(one.message.partnership, one.state) for one in became] == [("schools", Posting.WITHDRAWN), ("roads", Posting.SENT)]
        assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        (Posting.DRAFTED, True, Posting.SENT),
        (Posting.DRAFTED, False, Posting.WITHDRAWN),
        (Posting.UNKNOWN, True, Posting.SENT),
        (Posting.UNKNOWN, False, Posting.FAILED),
    ],
)
def test_a_person_says_whether_it_went_out(before: Posting, sent: bool, after: Posting, store: Store) -> None:
    queue_three(store, ("roads",))
    for state in (Posting.SENDING, before) if before is Posting.UNKNOWN else (before,):
        store.ledger.move("<1@example.org>", state, AT)
    became = resolve(store, store.ledger.posted()[0], AT, "Sam", sent=sent)
    assert (became.state, became.said) == (after, "Sam says that it was sent." if sent else "Sam says that it was not sent.")
    assert states(store) == {"<1@example.org>": after}


def test_nothing_is_to_be_said_of_a_message_whose_fate_is_known(store: Store) -> None:
    queue_three(store, ("roads",))
    with pytest.raises(StoreError, match="it cannot become"):
        resolve(store, store.ledger.posted()[0], AT, "Sam", sent=True)


# -- who is written to ---------------------------------------------------------------------------------------------------


def test_a_partnership_that_was_sent_its_proforma_gets_it_again_only_when_a_person_wants_it(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path, ("roads", "schools"))
    again = frozenset({"roads"})
    with a_server() as server:
        asked(round_, store)
        list(deliver(round_, store, now, wire=a_wire(server.port)))
        assert ask(round_, store, AT, to_ask(round_, store, again), again) == 1
        assert ask(round_, store, AT, to_ask(round_, store, again), again) == 0, "one is on its way"
        list(deliver(round_, store, now, wire=a_wire(server.port)))
        assert len(set(server.taken)) == len(server.taken) == 3
    assert [one.attempt for one in store.ledger.posted("roads")] == [1, 2]


def test_a_partnership_that_has_replied_is_not_asked(tmp_path: Path, store: Store) -> None:
    from tests.store.samples import take

    take(store, b"2,400 homes")
    prospects = list(to_ask(a_post_round(tmp_path, ("roads", "schools")), store))
    assert [(one.due, one.why) for one in prospects] == [(False, "not needed: returned"), (True, "new")]


@pytest.mark.parametrize(
    ("columns", "to", "copies"),
    [
        ({"chair_email": "a@example.org", "contact_email": "b@example.org"}, ("a@example.org",), ("b@example.org",)),
        ({"chair_email": "", "contact_email": "b@example.org"}, ("b@example.org",), ()),
        ({"chair_email": "A@example.org", "contact_email": "a@example.org"}, ("A@example.org",), ()),
        ({"chair_email": "a@example.org; b@example.org\nc@example.org"}, ("a@example.org", "b@example.org", "c@example.org"), ()),
        ({"chair_email": "not known", "contact_email": ""}, (), ()),
        ({"chair_email": "a@example.org\r\nBcc: thief@example.net"}, ("a@example.org", "thief@example.net"), ()),
    ],
)
def test_recipients_come_from_the_register_alone(columns: dict[str, str], to: tuple[str, ...], copies: tuple[str, ...]) -> None:
    """The last row of the register names two addresses: that is the officer's to say, and makes no header."""
    partnership = a_partnership(columns={"contact_email": "", **columns})
    found = recipients(a_round(post=Post(address="office@example.org")), partnership)
    assert (found.to, found.copies) == (to, copies)


def test_what_is_no_address_is_told(tmp_path: Path, store: Store) -> None:
    partnership = a_partnership(columns={"chair_email": "not-known", "contact_email": ""})
    (prospect,) = to_ask(a_round(folder=tmp_path, partnerships=(partnership,), post=Post(address="office@example.org")), store)
    assert not prospect.due
    assert prospect.why == "no e-mail address in the register; “not-known” in the column chair_email is not an e-mail address"


def test_each_partnership_replies_to_an_address_of_its_own(tmp_path: Path, store: Store) -> None:
    round_ = with_post(a_post_round(tmp_path, ("roads",)), plus=True, reply_to="replies@example.org")
    asked(round_, store)
    (one,) = store.ledger.posted()
    assert b"Reply-To: replies+roa@example.org\r\n" in store.ledger.mail(one.message.message_id)


def test_a_round_that_names_nobody_who_writes_sends_nothing(tmp_path: Path, store: Store) -> None:
    with pytest.raises(MailError, match="Nobody is named whom the mail comes from"):
        asked(with_post(a_post_round(tmp_path), address=""), store)


def test_times_are_kept_in_utc_whatever_the_time_zone(tmp_path: Path, store: Store) -> None:
    """Threats, T1."""
    queue_three(store, ("roads",))
    summer = dt.datetime(2011, 3, 27, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    with a_server() as server:
        list(deliver(a_post_round(tmp_path), store, lambda: summer, wire=a_wire(server.port), sleep=no_sleep))
    assert store.ledger.posted()[0].at == summer.astimezone(dt.UTC)
