"""Threats, M2: the sender is killed at a call of the system; the next one sends nothing twice and leaves nothing behind.

`KILLS=10000 pytest tests/post/test_killed.py` tries every call.
"""

import shutil
import sys
from pathlib import Path

import pytest

from pipeline.desk.delivering import deliver
from pipeline.model.post import Posting
from pipeline.store.store import Store
from tests.faults.running import STRACE, alone, run, spread
from tests.needs import needs
from tests.post.rounds import a_post_round, a_wire, no_sleep, now, queue_three, states
from tests.post.servers import a_server

CALLS = "sendto,pwrite64,fsync,fdatasync"
KILLED = 137


def traced(folder: Path, port: int, a_minute: int, *options: str) -> int:
    """Deliver under strace, and return how it ended; its calls lie in `calls`."""
    command = [sys.executable, "-m", "tests.post.sending_alone", str(folder), str(port), str(a_minute)]
    said = run(*alone(str(STRACE), "-f", "-y", "-s", "80", "-e", f"trace={CALLS}", "-o", str(folder / "calls"), *options, *command))
    return said.returncode


def start_afresh(folder: Path) -> None:
    """Queue three messages in a new store."""
    shutil.rmtree(folder / "store", ignore_errors=True)
    with Store.open(folder) as store:
        queue_three(store)


@needs("strace", "strace")
@pytest.mark.parametrize(("a_minute", "uncertain"), [(3_000, 1), (1_000_000, 3)], ids=["at a usual pace", "as fast as it goes"])
def test_a_sender_that_is_killed_sends_nothing_twice(a_minute: int, uncertain: int, tmp_path: Path) -> None:
    start_afresh(tmp_path)
    with a_server() as server:
        assert traced(tmp_path, server.port, a_minute) == 0
        assert len(server.taken) == 3
    calls = [line.partition(" ")[2].lstrip() for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    killed = 0
    for point in spread(calls, only=CALLS):
        start_afresh(tmp_path)
        with a_server() as server:
            killed += traced(tmp_path, server.port, a_minute, "-e", f"inject={point}:signal=KILL") == KILLED
            with Store.open(tmp_path) as store:
                left = [number for number, state in states(store).items() if state is Posting.SENDING]
                list(deliver(a_post_round(tmp_path), store, now, wire=a_wire(server.port), sleep=no_sleep))
                stand = states(store)
        assert len(set(server.taken)) == len(server.taken), f"{point}: the server has a message twice"
        assert all(stand[number] is Posting.UNKNOWN for number in left), f"{point}: what was being sent is unknown"
        sent = {number for number, state in stand.items() if state is Posting.SENT}
        assert sent | set(left) == set(stand), f"{point}: something was left behind"
        assert sent <= set(server.taken) <= sent | set(left), f"{point}: server and ledger disagree"
        assert len(left) <= uncertain, f"{point}: no more is uncertain than was under way"
    assert killed, "no call of the run was met again"
