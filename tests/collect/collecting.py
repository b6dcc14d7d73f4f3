"""Collect a round's mails and read them, as a program of its own that a test can stop.

python -m tests.collect.collecting ROUND PORT
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.flow import collect, desk, read_mails
from pipeline.intake.mailbox import Left
from pipeline.intake.mailbox_imap import ImapMailbox
from pipeline.model.rounds import Mailbox, Server
from pipeline.store.store import Store
from pipeline.tools.secrets import Secret
from tests.collect.dovecot import LOGIN, PASSWORD
from tests.faults.rounds import the_round
from tests.store.samples import MAY_DAY


def collect_all(folder: Path, port: int) -> None:
    """Fetch every mail of the inbox, mark it, and read what came."""
    round_ = the_round(folder)
    mailbox = Mailbox(Server("127.0.0.1", port, "none", LOGIN), "INBOX", "")
    with (
        Store.open(folder) as store,
        ImapMailbox(mailbox, Secret(LOGIN, PASSWORD), round_.limits) as letterbox,
        ThreadPoolExecutor(1) as one,
    ):
        left = [mail for mail in collect(letterbox, round_, store, MAY_DAY) if isinstance(mail, Left)]
        assert left == []
        for _ in read_mails(desk(round_, store), store, MAY_DAY, one):
            pass


if __name__ == "__main__":
    collect_all(Path(sys.argv[1]), int(sys.argv[2]))
