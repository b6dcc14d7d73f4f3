"""The state of the store has a name that changes with every row that a paper could show, and with nothing else."""

import shutil
from pathlib import Path

from pipeline.model.history import Decision, DecisionKind, Event, Progress
from pipeline.model.post import LogEntry, LogKind
from pipeline.store.store import Store
from tests.store.samples import MAY_DAY, later, take


def test_every_kind_of_row_changes_it_and_the_same_again_does_not(store: Store) -> None:
    receipt = take(store, b"homes")
    seen = [store.state()]
    for change in (
        lambda: take(store, b"more homes", at=later()),
        lambda: store.keep_original(b"homes", "another name.docx", "mail", later()),
        lambda: store.record_event(Event("roads", Progress.QUERIED, later(2), "by telephone", receipt.sha256)),
        lambda: store.decide(Decision(DecisionKind.ACCEPT, "roads", "", None, "A. Byrne", later(3), "It is whole")),
        lambda: store.log(LogEntry("roads", LogKind.SUPPORT, later(4), "A. Byrne", "They will look at it.")),
    ):
        change()
        seen.append(store.state())
        change()
        assert store.state() == seen[-1]
    assert len(set(seen)) == len(seen)


def test_a_copy_of_the_store_has_the_same_state_until_something_else_comes_in(store: Store, tmp_path: Path) -> None:
    take(store, b"homes")
    state = store.state()
    store.close()
    shutil.copytree(store.folder, tmp_path / "copy" / "store")
    with Store.open(tmp_path / "copy") as copy:
        assert copy.state() == state
        take(copy, b"other homes", at=MAY_DAY)
        other = copy.state()
    with Store.open(store.folder.parent) as again:
        take(again, b"homes of a third kind", at=MAY_DAY)
        assert again.state() not in (state, other)
