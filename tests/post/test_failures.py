"""Threats, M1: a server that fails at every step of the dialogue loses nothing and has nothing twice that we know of."""

from pathlib import Path

import pytest

from pipeline.model.post import Posting
from tests.post.matrix import OPENING, Cell, came_to, cells, expected


@pytest.mark.parametrize("cell", list(cells()), ids=str)
def test_every_failure_at_every_step_leaves_the_message_where_it_may_stand(cell: Cell, tmp_path: Path) -> None:
    came = came_to(cell, tmp_path)
    met = came.before[min(1, len(came.before) - 1)]
    assert met == expected(cell), came

    assert len(set(came.taken)) == len(came.taken), "the server has a message twice"
    for number, state in enumerate(came.after, 1):
        taken = f"<{number}@example.org>" in came.taken
        assert state in (Posting.SENT, Posting.FAILED, Posting.UNKNOWN), "nothing is left behind"
        assert taken or state is not Posting.SENT, "what is sent, the server has"
        assert not taken or state in (Posting.SENT, Posting.UNKNOWN), "what the server has is sent, or shown as uncertain"

    shut_out = cell.step in OPENING and cell.how == "5xx"
    assert bool(came.stopped) == shut_out
    if not cell.lasting and not shut_out:
        assert (came.before[0], came.before[2]) == (Posting.SENT, Posting.SENT), "one message keeps no other from going out"
    if cell == Cell("rcpt", "5xx", lasting=False):
        assert "not to schools.officer@example.org: 554 5.7.1 never" in came.told


def test_the_matrix_has_every_step_and_every_way_to_fail() -> None:
    assert len(list(cells())) == 9 * 9 * 2 - 9 - 2 * 5 * 2 + 2
