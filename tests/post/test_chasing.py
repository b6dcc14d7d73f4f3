"""Who is reminded and thanked: of what is missing, not too often, and not of what has come."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.desk.chasing import Case, acknowledge, remind, to_acknowledge, to_remind
from pipeline.desk.delivering import deliver
from pipeline.desk.proformas import ask, to_ask
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind, Event, Progress
from pipeline.model.post import Incoming, MessageKind, Nature, Posting
from pipeline.model.rounds import Round
from pipeline.store.store import Store
from tests.post.rounds import AT, a_post_round, a_wire, no_sleep, with_post
from tests.post.servers import Server, a_server
from tests.store.samples import take

DAY = dt.timedelta(days=1)
ERROR = Finding("no-lead", Severity.ERROR, "priorities[1].lead_officer", "Who leads on “Homes”?", "roads")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


@pytest.fixture
def server() -> Iterator[Server]:
    with a_server() as server:
        yield server


def send(round_: Round, store: Store, server: Server, at: dt.datetime, *findings: Finding) -> None:
    settled = a_case(round_, store, *findings).settled
    list(deliver(round_, store, lambda: at, settled=settled, wire=a_wire(server.port), sleep=no_sleep))


def asked(round_: Round, store: Store, server: Server, at: dt.datetime = AT) -> None:
    ask(round_, store, at, to_ask(round_, store))
    send(round_, store, server, at)


def a_case(round_: Round, store: Store, *findings: Finding) -> Case:
    return Case(round_, store, tuple(store.current().values()), findings)


def chase(round_: Round, store: Store, server: Server, at: dt.datetime, *findings: Finding) -> dict[str, str]:
    """Chase for real, and return why each partnership was or was not reminded."""
    case = a_case(round_, store, *findings)
    prospects = list(to_remind(case, at.date()))
    remind(case, prospects, at)
    send(round_, store, server, at, *findings)
    return {one.partnership.id: ("reminded: " if one.due else "") + one.why for one in prospects}


def reminders(store: Store) -> list[tuple[str, str]]:
    posted = store.ledger.posted()
    return [(one.message.partnership, one.message.occasion) for one in posted if one.message.kind is MessageKind.REMINDER]


def test_who_has_sent_nothing_is_reminded_and_a_second_chase_does_nothing(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads", "schools"))
    asked(round_, store, server)
    assert chase(round_, store, server, AT + DAY) == {"roads": "reminded: no return", "schools": "reminded: no return"}
    before = len(server.taken)
    assert chase(round_, store, server, AT + DAY) == {"roads": "reminded on 5 March 2011", "schools": "reminded on 5 March 2011"}
    assert len(server.taken) == before


def test_nobody_is_reminded_on_the_day_that_they_were_asked(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    assert chase(round_, store, server, AT) == {"roads": "written to today"}


def test_nobody_is_reminded_of_what_they_were_never_asked_for(tmp_path: Path, store: Store, server: Server) -> None:
    assert chase(a_post_round(tmp_path, ("roads",)), store, server, AT) == {"roads": "not asked yet"}


def test_a_partnership_is_reminded_so_often_and_no_more(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",), reminders=2)
    asked(round_, store, server)
    said = [chase(round_, store, server, AT + day * DAY)["roads"] for day in range(1, 5)]
    assert said == ["reminded: no return"] * 2 + ["reminded 2 times: call them"] * 2
    assert len(reminders(store)) == 2


def test_a_usable_return_ends_the_chase(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    take(store, b"2,400 homes", at=AT + DAY)
    assert chase(round_, store, server, AT + 2 * DAY) == {"roads": "nothing to chase: returned"}


def test_a_return_with_errors_is_chased_for_what_is_missing_until_they_are_overridden(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    take(store, b"2,400 homes", at=AT + DAY)
    query = ERROR._replace(severity=Severity.QUERY, field="", message="Which date is right?")
    assert chase(round_, store, server, AT + 2 * DAY, ERROR, query) == {"roads": "reminded: its return has 2 open questions"}
    assert b"Who leads on =E2=80=9CHomes=E2=80=9D?" in server.mails[-1].replace(b"=\r\n", b"")
    store.decide(Decision(DecisionKind.OVERRIDE, "roads", ERROR.key, None, "Sam", AT + 2 * DAY, "It is being recruited."))
    assert chase(round_, store, server, AT + 3 * DAY, ERROR, query) == {"roads": "nothing to chase: returned"}


def test_a_reminder_that_waits_is_withdrawn_when_the_return_comes(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    case = a_case(round_, store)
    assert remind(case, list(to_remind(case, (AT + DAY).date())), AT + DAY) == 1
    take(store, b"2,400 homes", at=AT + DAY)
    send(round_, store, server, AT + DAY)
    assert [one.state for one in store.ledger.posted()] == [Posting.SENT, Posting.WITHDRAWN]
    assert len(server.taken) == 1


@pytest.mark.parametrize("kind", [DecisionKind.DECLINE, DecisionKind.NIL_RETURN, DecisionKind.SIGN_OFF, DecisionKind.ACCEPT])
def test_who_has_declined_or_is_done_is_never_reminded(kind: DecisionKind, tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    store.decide(Decision(kind, "roads", "", None, "Sam", AT + DAY, "It was wound up."))
    assert chase(round_, store, server, AT + 2 * DAY, ERROR)["roads"].startswith("nothing to chase")


def test_an_address_whose_mail_came_back_is_told_and_not_written_to(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    store.record_event(Event("roads", Progress.BOUNCED, AT + DAY, "the mail"))
    assert chase(round_, store, server, AT + 2 * DAY)["roads"].startswith("its mail came back")


def test_an_address_has_one_reminder_a_day_for_however_many_partnerships(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = with_post(a_post_round(tmp_path, ("roads", "schools", "health")), to=("shared_email",), copy=("contact_email",))
    both = {"shared_email": "chair@example.org", "contact_email": "officer@example.org"}
    for partnership, columns in zip(round_.partnerships, (both, both, {**both, "shared_email": "other@example.org"}), strict=True):
        partnership.columns.update(columns)  # type: ignore[attr-defined]
    asked(round_, store, server)
    assert chase(round_, store, server, AT + DAY) == {
        "roads": "reminded: no return",
        "schools": "its address has had a reminder today",
        "health": "reminded: no return",
    }
    assert server.recipients[-2:] == [("chair@example.org", "officer@example.org"), ("other@example.org",)]
    assert chase(round_, store, server, AT + DAY)["schools"] == "its address has had a reminder today"
    assert chase(round_, store, server, AT + 2 * DAY) == {
        "roads": "reminded: no return",
        "schools": "its address has had a reminder today",
        "health": "reminded: no return",
    }


@pytest.mark.parametrize(
    "jump", [dt.timedelta(days=365), dt.timedelta(days=-365), dt.timedelta(hours=-1), dt.datetime(2012, 2, 29, 9, tzinfo=dt.UTC) - AT]
)
def test_a_clock_that_jumps_reminds_nobody_twice(jump: dt.timedelta, tmp_path: Path, store: Store, server: Server) -> None:
    """Threats, T1: a reminder is due by date and by what has gone out; going back never sends again."""
    round_ = a_post_round(tmp_path, ("roads",), reminders=10)
    asked(round_, store, server)
    chase(round_, store, server, AT + DAY)
    chase(round_, store, server, AT + DAY + jump)
    chase(round_, store, server, AT + DAY)
    assert len(reminders(store)) == (2 if jump > DAY else 1)
    assert len(set(server.taken)) == len(server.taken)


def test_who_has_no_address_is_told(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads",))
    asked(round_, store, server)
    nowhere = with_post(round_, to=("secretary_email",))
    assert chase(nowhere, store, server, AT + DAY) == {"roads": "no e-mail address in the register"}


# -- acknowledgements ----------------------------------------------------------------------------------------------------


def thank(round_: Round, store: Store, server: Server, *findings: Finding) -> list[str]:
    case = a_case(round_, store, *findings)
    prospects = list(to_acknowledge(case))
    acknowledge(case, prospects, AT + DAY)
    send(round_, store, server, AT + DAY)
    return [one.why for one in prospects]


def test_a_return_is_acknowledged_once_and_a_new_one_again(tmp_path: Path, store: Store, server: Server) -> None:
    round_ = a_post_round(tmp_path, ("roads", "schools"))
    take(store, b"2,400 homes", at=AT)
    assert thank(round_, store, server, ERROR) == ["received: reply.docx"]
    assert b"Who leads on =E2=80=9CHomes=E2=80=9D?" in server.mails[-1].replace(b"=\r\n", b"")
    assert thank(round_, store, server, ERROR) == ["acknowledged"]
    take(store, b"2,500 homes", at=AT + DAY)
    assert thank(round_, store, server) == ["received: reply.docx"]
    assert len(server.taken) == 2


def test_no_automatic_mail_is_answered(tmp_path: Path, store: Store, server: Server) -> None:
    """RFC 3834, 2: no automatic answer to an automatic mail."""
    receipt = take(store, b"2,400 homes", at=AT)
    store.mails.sort(Incoming(receipt.sha256, Nature.AUTOMATIC, "<1@example.net>", "", "roads", "sender", "robot@example.org", "Re", None))
    assert thank(a_post_round(tmp_path, ("roads",)), store, server) == ["it came in an automatic mail, which is never answered"]
    assert server.taken == []
