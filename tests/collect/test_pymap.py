"""Another IMAP server than Dovecot, written in Python: it runs wherever the tests do."""

import imaplib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.intake.mailbox import Kept, gather
from pipeline.intake.mailbox_imap import ImapMailbox
from pipeline.model.rounds import Mailbox, Server
from pipeline.settings import Limits
from pipeline.store.store import Store
from pipeline.tools.secrets import Secret
from tests.envelopes.mails import mail
from tests.store.samples import MAY_DAY, dump

HOST, LOGIN, PASSWORD = "127.0.0.1", "returns", "s3cret"
MAILS = tuple(mail(f"Reply {number}.\n", message_id=f"<{number}@example.org>") for number in (1, 2, 3))
LIMITS = Limits(bytes=2**20)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Run the server, and say where it listens."""
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    program = Path(sys.executable).with_name("pymap")
    account = ("dict", "--demo-user", LOGIN, "--demo-password", PASSWORD)
    command = [str(program), "--host", HOST, "--port", str(port), "--no-tls", "--no-service", "admin", *account]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _until_it_listens(port, running)
            yield port
        finally:
            running.terminate()


def _until_it_listens(port: int, running: "subprocess.Popen[bytes]") -> None:
    while True:
        assert running.poll() is None, "pymap ended"
        try:
            socket.create_connection((HOST, port)).close()
            return
        except ConnectionRefusedError:
            os.sched_yield()


@contextmanager
def client(port: int) -> Iterator[imaplib.IMAP4]:
    """Log in as another program of the same person."""
    with imaplib.IMAP4(HOST, port) as other:
        other.login(LOGIN, PASSWORD)
        yield other


def lie_in(port: int, folder: str) -> int:
    """Return how many mails lie in a folder."""
    with client(port) as other:
        (number,) = other.select(folder, readonly=True)[1]
    return int(number or 0)


def test_every_mail_is_kept_before_it_is_moved_and_a_second_time_nothing_happens(port: int, tmp_path: Path) -> None:
    """Issue 4: pymap, where Dovecot is not installed."""
    with client(port) as other:
        for data in MAILS:
            assert other.append("INBOX", "", "", data)[0] == "OK"
    box = Mailbox(Server(HOST, port, "none", LOGIN), "INBOX", "Done")
    with Store.open(tmp_path) as store:
        for wanted in (MAILS, ()):
            with ImapMailbox(box, Secret(LOGIN, PASSWORD), LIMITS) as mailbox:
                kept = [one for one in gather(mailbox, store, store.mails, MAY_DAY, LIMITS) if isinstance(one, Kept)]
            assert len(kept) == len(wanted)
        assert sorted(store.original(str(row[1])) for row in dump(store)["originals"]) == sorted(MAILS)
    assert (lie_in(port, "INBOX"), lie_in(port, "Done")) == (0, len(MAILS))
