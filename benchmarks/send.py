"""What the ledger and the letters cost beside sending alone.

    python -m benchmarks.send [MANY]

The limit is a bare loop of `smtplib.sendmail` over mails that are ready: nothing is written down, and what fails is lost. The server is
aiosmtpd in a process of its own, on loopback, and keeps nothing. The store is on this machine's disk, with every commit on the disk before
the next step (synchronous=FULL).
"""

import datetime as dt
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.desk.delivering import deliver
from pipeline.desk.proformas import ask, to_ask
from pipeline.model.post import Message, Posting
from pipeline.model.rounds import Post, Round, Server
from pipeline.store.store import Store
from tests.builders import a_partnership, a_round

TURNS = 3
AT = dt.datetime(2011, 3, 4, tzinfo=dt.UTC)
_SERVER = """
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Forgets:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Forgets()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@contextmanager
def a_server() -> Iterator[int]:
    """Run a server in a process of its own, and give its port."""
    server = subprocess.Popen([sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.communicate()


def the_round(folder: Path, many: int, port: int) -> Round:
    """Return a round of many partnerships."""
    addresses = {"chair_email": "chair@example.org", "contact_email": "officer@example.org"}
    partnerships = tuple(
        a_partnership(id=f"body-{number}", code=f"B{number}", name=f"Body {number}", columns=addresses) for number in range(many)
    )
    post = Post(name="Claire Moore", address="office@example.org", a_minute=10**9, smtp=Server("127.0.0.1", port, "none"))
    return a_round(folder=folder, partnerships=partnerships, post=post)


def bare(messages: Sequence[Message], port: int) -> None:
    """Send ready mails, as a script would."""
    with smtplib.SMTP("127.0.0.1", port) as line:
        for message in messages:
            line.sendmail("office@example.org", list(message.recipients), message.mail)


def ledger(round_: Round, messages: Sequence[Message]) -> None:
    """Queue ready mails and deliver them."""
    with Store.open(round_.folder) as store:
        for start in range(0, len(messages), 50):  # as `ask` does
            store.ledger.queue_all(messages[start : start + 50], AT)
        assert sum(one.state is Posting.SENT for one in deliver(round_, store, lambda: AT)) == len(messages)


def whole(round_: Round) -> None:
    """Stamp the blanks, write the letters, queue them and deliver them: `proforma send --yes`."""
    with Store.open(round_.folder) as store:
        assert ask(round_, store, AT, to_ask(round_, store)) == len(round_.partnerships)
        assert sum(one.state is Posting.SENT for one in deliver(round_, store, lambda: AT)) == len(round_.partnerships)


def written(round_: Round) -> tuple[Message, ...]:
    """Return the messages of a round, ready to be sent."""
    with Store.open(round_.folder) as store:
        ask(round_, store, AT, to_ask(round_, store))
        messages = tuple(one.message._replace(mail=store.ledger.mail(one.message.message_id)) for one in store.ledger.posted())
    shutil.rmtree(round_.folder / "store")
    return messages


def main() -> None:
    """Print the medians, and the medians of the ratios to the limit in the same turn."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(dir="outbox") as folder, a_server() as port:
        round_ = the_round(Path(folder), many, port)
        messages = written(round_)
        contestants = {
            "limit": lambda: bare(messages, port),
            "queue and send": lambda: ledger(round_, messages),
            "blank, letter, queue and send": lambda: whole(round_),
        }
        times: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(TURNS):
            for name, run in contestants.items():
                start = time.perf_counter()
                run()
                times[name].append(time.perf_counter() - start)
                shutil.rmtree(round_.folder / "store", ignore_errors=True)
    print(f"{many} messages of {len(messages[0].mail) // 1024} kB; ratios within each turn\n{'':30}  seconds  × limit  of its speed")
    for name, taken in times.items():
        ratio = statistics.median(own / limit for own, limit in zip(taken, times["limit"], strict=True))
        print(f"{name:30}  {statistics.median(taken):7.2f}  {ratio:7.2f}  {1 / ratio:12.0%}")


if __name__ == "__main__":
    main()
