"""Papers are read of one state of the store, and say of which."""

from pathlib import Path

import pytest

from pipeline import flow
from pipeline.model.plans import Plan
from pipeline.model.rounds import Round
from pipeline.store.store import Store
from tests.desk.rounds import ROADS, SAFER, a_round_of_three, complete, on, take_in


def test_a_return_that_comes_while_the_papers_are_read_makes_them_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers without it are not taken for papers of all that the store holds."""
    store = Store.open(tmp_path)
    take_in(store, ROADS, complete(), on(2, 5))
    before, merged = store.state(), flow.plan

    def meanwhile(round_: Round, store: Store) -> Plan:
        plan = merged(round_, store)
        take_in(store, SAFER, complete(), on(3, 5))
        return plan

    monkeypatch.setattr(flow, "plan", meanwhile)
    assert flow.proofread(a_round_of_three(tmp_path), store).state == before != store.state()
