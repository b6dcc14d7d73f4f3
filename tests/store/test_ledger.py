"""What goes out: who may be written to, and who may not be written to again."""

import itertools

import pytest

from pipeline.errors import StoreError
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.post import Message, MessageKind, Posting
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, dump, later, take

_NUMBERS = itertools.count(1)


def a_message(partnership: str = "roads", kind: MessageKind = MessageKind.PROFORMA, occasion: str = "") -> Message:
    """Return a message of which no other is like."""
    number = f"<{next(_NUMBERS)}@example.org>"
    return Message(
        number, kind, partnership, occasion, ("chair@example.org", "officer@example.org"), "Proforma", (), b"Subject: Proforma\r\n"
    )


def queued(store: Store, kind: MessageKind = MessageKind.PROFORMA) -> str:
    """Queue a message and return its Message-ID."""
    message = a_message(kind=kind)
    assert store.ledger.queue(message, MAY_DAY)
    return message.message_id


def states(store: Store) -> list[Posting]:
    return [posted.state for posted in store.ledger.posted()]


def test_a_message_is_kept_whole_before_it_goes_out(store: Store) -> None:
    message = a_message()._replace(about=("roads/lead/things[1].lead", "roads/due/things[2].due"))
    store.ledger.queue(message, MAY_DAY)
    (posted,) = store.ledger.posted("roads")
    assert posted.message._replace(mail=store.ledger.mail(message.message_id)) == message
    assert (posted.state, posted.queued, posted.attempt) == (Posting.QUEUED, MAY_DAY, 1)


def test_a_partnership_gets_one_message_an_occasion(store: Store) -> None:
    queued(store)
    before = dump(store)
    assert not store.ledger.queue(a_message(), later())
    assert dump(store) == before
    assert store.ledger.queue(a_message("waste"), MAY_DAY)
    assert store.ledger.queue(a_message(kind=MessageKind.REMINDER, occasion="2011-05-01"), MAY_DAY)
    assert store.ledger.queue(a_message(kind=MessageKind.REMINDER, occasion="2011-05-04"), MAY_DAY)


@pytest.mark.parametrize("came_to", [Posting.SENT, Posting.FAILED, Posting.UNKNOWN])
def test_only_a_person_has_a_partnership_written_to_again(store: Store, came_to: Posting) -> None:
    first = queued(store)
    store.ledger.move(first, Posting.SENDING, MAY_DAY)
    store.ledger.move(first, came_to, MAY_DAY, "550 no such user")
    assert not store.ledger.queue(a_message(), later())
    assert store.ledger.queue(a_message(), later(), again=True)
    assert [(posted.attempt, posted.state) for posted in store.ledger.posted()] == [(1, came_to), (2, Posting.QUEUED)]


def test_nobody_is_written_to_again_while_a_message_is_on_its_way(store: Store) -> None:
    first = queued(store)
    assert not store.ledger.queue(a_message(), later(), again=True)
    store.ledger.move(first, Posting.SENDING, MAY_DAY)
    assert not store.ledger.queue(a_message(), later(), again=True)


def test_what_was_being_sent_when_the_program_ended_may_have_gone_out(store: Store) -> None:
    """Threats, M2: the next run turns it to unknown, never to queued."""
    one, other = queued(store), a_message("waste")
    store.ledger.queue(other, MAY_DAY)
    store.ledger.move(one, Posting.SENDING, MAY_DAY)
    (left,) = store.ledger.abandon(later())
    assert (left.message.message_id, left.state) == (one, Posting.UNKNOWN)
    assert states(store) == [Posting.UNKNOWN, Posting.QUEUED]
    assert store.ledger.abandon(later(2)) == ()


ALLOWED = {
    Posting.QUEUED: {Posting.SENDING, Posting.DRAFTED, Posting.WITHDRAWN},
    Posting.SENDING: {Posting.SENT, Posting.FAILED, Posting.UNKNOWN, Posting.QUEUED},
    Posting.UNKNOWN: {Posting.SENT, Posting.FAILED},
    Posting.DRAFTED: {Posting.SENT, Posting.WITHDRAWN},
}
WAY_TO = {
    Posting.QUEUED: (),
    Posting.SENDING: (Posting.SENDING,),
    Posting.SENT: (Posting.SENDING, Posting.SENT),
    Posting.FAILED: (Posting.SENDING, Posting.FAILED),
    Posting.UNKNOWN: (Posting.SENDING, Posting.UNKNOWN),
    Posting.DRAFTED: (Posting.DRAFTED,),
    Posting.WITHDRAWN: (Posting.WITHDRAWN,),
}


@pytest.mark.parametrize(("stands", "next_"), list(itertools.product(Posting, Posting)))
def test_a_message_goes_only_where_it_can_go_from_where_it_stands(store: Store, stands: Posting, next_: Posting) -> None:
    number = queued(store)
    for state in WAY_TO[stands]:
        store.ledger.move(number, state, MAY_DAY)
    if next_ in ALLOWED.get(stands, set()):
        store.ledger.move(number, next_, later())
        assert states(store) == [next_]
    else:
        with pytest.raises(StoreError, match=f"is {stands}; it cannot become {next_}"):
            store.ledger.move(number, next_, later())
        assert states(store) == [stands]


def test_a_message_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="No message <none@example"):
        store.ledger.move("<none@example.org>", Posting.SENDING, MAY_DAY)
    with pytest.raises(StoreError, match="No message <none@example"):
        store.ledger.mail("<none@example.org>")


def test_a_partnership_has_been_sent_to_once_the_server_says_so(store: Store) -> None:
    number = queued(store)
    store.ledger.move(number, Posting.SENDING, MAY_DAY)
    assert store.progress() == {}
    store.ledger.move(number, Posting.SENT, later(), "250 2.0.0 Ok")
    assert store.progress() == {"roads": Progress.SENT}
    assert [event.cause for event in store.history("roads")] == [f"the proforma {number}"]


def test_a_draft_is_not_yet_sent(store: Store) -> None:
    number = queued(store)
    store.ledger.move(number, Posting.DRAFTED, MAY_DAY)
    assert store.progress() == {"roads": Progress.DRAFTED}
    store.ledger.move(number, Posting.SENT, later(), "as Sam said")
    assert store.progress() == {"roads": Progress.SENT}


def test_a_proforma_sent_once_more_does_not_undo_a_reply(store: Store) -> None:
    take(store, b"2,400 homes", at=MAY_DAY)
    number = queued(store)
    store.ledger.move(number, Posting.DRAFTED, later())
    assert store.progress() == {"roads": Progress.RETURNED}


def test_a_query_sent_makes_its_partnership_queried(store: Store) -> None:
    take(store, b"2,400 homes", at=MAY_DAY)
    number = queued(store, MessageKind.QUERY)
    for state in (Posting.SENDING, Posting.SENT):
        store.ledger.move(number, state, later())
    assert store.progress() == {"roads": Progress.QUERIED}


@pytest.mark.parametrize(("kind", "progress"), [(DecisionKind.DECLINE, Progress.DECLINED), (DecisionKind.NIL_RETURN, Progress.NIL_RETURN)])
def test_a_partnership_may_have_nothing_to_return(store: Store, kind: DecisionKind, progress: Progress) -> None:
    store.decide(Decision(kind, "roads", "", None, "Sam", MAY_DAY, "It was wound up in March."))
    assert store.progress() == {"roads": progress}
