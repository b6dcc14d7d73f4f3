"""Killed at any write while mails are collected, the next run ends where an undisturbed one would have; what is marked is kept."""

import signal
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.model.history import Progress
from pipeline.model.post import Message, MessageKind, Posting
from pipeline.store.store import Store
from tests.collect import reports
from tests.collect.collecting import collect_all
from tests.collect.dovecot import Dovecot, dovecot, needs_dovecot
from tests.collect.reports import CHAIR, OURS
from tests.envelopes.mails import mail
from tests.faults.kept import Kept
from tests.faults.rounds import NAMES, a_return, the_round
from tests.faults.running import CALLS, STRACE, Ran, alone, run, spread, start_afresh
from tests.needs import needs
from tests.store.samples import MAY_DAY, dump

pytestmark = [needs_dovecot, needs("strace", "strace")]


@cache
def mails() -> tuple[bytes, ...]:
    """Return a return, two in one mail, a bounce and a question."""
    two = (("schools.docx", a_return("schools")), ("health.docx", a_return("health")))
    housing = OURS.replace("RDS", "HOU")
    return (
        mail("Attached.", ("roads.docx", a_return("roads")), message_id="<1@example.org>"),
        mail("Both attached.", *two, message_id="<2@example.org>"),
        reports.standard().replace(OURS.encode(), housing.encode()),
        mail("When is it due?", message_id="<4@example.org>", in_reply_to=housing),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        running.deliver(*mails())
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(tmp_path)
    return tmp_path


def prepare(folder: Path) -> None:
    """Note that the proforma was sent to the partnership whose mail bounces."""
    message_id = OURS.replace("RDS", "HOU")
    with Store.open(folder) as store:
        store.ledger.queue(Message(message_id, MessageKind.PROFORMA, "housing", "", (CHAIR,), "Your proforma", (), b"Hello"), MAY_DAY)
        for state in (Posting.SENDING, Posting.SENT):
            store.ledger.move(message_id, state, MAY_DAY)


def anew(folder: Path, server: Dovecot) -> None:
    """Take the store away and every mark at the server."""
    start_afresh(folder)
    prepare(folder)
    with server.client() as client:
        client.select("INBOX")
        client.store("1:*", "-FLAGS", r"(\Seen)")


def what_is_kept(folder: Path) -> Kept:
    """Return what the store holds, told without the numbers of its rows."""
    with Store.open(folder) as store:
        assert store.check() == ()
        rows = dump(store)
        digests = {row[0]: row[1] for row in rows["originals"]}
        return {
            "files": rows["files"],
            "sightings": sorted((str(digests[row[1]]), str(row[2]), str(row[3])) for row in rows["sightings"]),
            "fetched": sorted((str(row[3]), str(digests[row[4]])) for row in rows["fetched"]),
            "mails": sorted(store.mails.incoming()),
            "readings": sorted((one.record.sha256, str(one.record.partnership), one.superseded) for one in store.readings()),
            "history": [[(event.progress, event.cause) for event in store.history(name)] for name in NAMES],
        }


def traced(folder: Path, server: Dovecot, *options: str) -> Ran:
    """Collect under strace."""
    command = [sys.executable, "-m", "tests.collect.collecting", str(folder), str(server.port)]
    strace = [str(STRACE), "-y", "-s", "80", "-e", f"trace={CALLS},sendto", "-o", str(folder / "calls"), *options]
    return run(*alone(*strace, *command))


def test_killed_at_any_write_the_next_run_completes_the_work(folder: Path, server: Dovecot) -> None:
    """Row K1 for mails: kill -9 at writes to the disk and to the line, spread evenly over the run."""
    done = traced(folder, server)
    assert done.returncode == 0, done.stderr
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    expected = what_is_kept(folder)
    history = expected["history"]
    assert isinstance(history, list) and [one[-1][0] for one in history] == [*[Progress.RETURNED] * 3, Progress.BOUNCED]
    for nth in (*spread(calls), *spread(calls, only="sendto")):
        anew(folder, server)
        assert traced(folder, server, "-e", f"inject={nth}:signal=SIGKILL").returncode == 128 + signal.SIGKILL, f"{nth} was not reached"
        marked_is_kept(folder, server)
        collect_all(folder, server.port)
        assert what_is_kept(folder) == expected, f"killed at {nth}"
        assert all(server.flags().values()) and len(server.flags()) == len(mails())


def marked_is_kept(folder: Path, server: Dovecot) -> None:
    """Make sure that whatever is marked as seen at the server is kept here."""
    with Store.open(folder) as store:
        kept = {str(row[1]) for row in dump(store)["originals"]}
    seen = [data for data, marked in zip(mails(), server.flags().values(), strict=True) if marked]
    assert {sha256(data).hexdigest() for data in seen} <= kept


def test_a_collect_that_was_interrupted_is_finished_by_ingest(folder: Path, server: Dovecot) -> None:
    """Mails that are kept and were not read are read by either command."""
    from pipeline.flow import collect, desk, ingest

    anew(folder, server)
    round_ = the_round(folder)
    with Store.open(folder) as store, server.mailbox() as box:
        list(collect(box, round_, store, MAY_DAY))
        assert store.current() == {}
        (folder / "inbox").mkdir()
        taken = list(ingest(desk(round_, store), store, MAY_DAY))
        assert {one.record.partnership for one in taken} >= {"roads", "schools", "health"}
        assert list(ingest(desk(round_, store), store, MAY_DAY)) == []
