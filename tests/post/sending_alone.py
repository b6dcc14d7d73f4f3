"""Deliver what a round has queued, as a program of its own that a test can kill.

python -m tests.post.sending_alone ROUND PORT A_MINUTE
"""

import sys
from pathlib import Path

from pipeline.desk.delivering import deliver
from pipeline.store.store import Store
from tests.post.rounds import a_post_round, a_wire, no_sleep, now


def main(folder: Path, port: int, a_minute: int) -> None:
    """Deliver, and say of each message where it stands."""
    with Store.open(folder) as store:
        for one in deliver(a_post_round(folder, a_minute=a_minute), store, now, wire=a_wire(port), sleep=no_sleep):
            print(one.message.message_id, one.state, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
