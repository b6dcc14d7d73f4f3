"""Every hostile file ends as a reading, or held or refused for a reason that is right for it; nothing else happens anywhere."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.bounded import Nursery, Work
from pipeline.errors import UnreadableError
from tests.builders import a_round
from tests.hostile.kinds import Hostile, Lure, fixed
from tests.hostile.table import CUT, TABLE, WHOLE

CANARY = "canary-7f3a91"
WORK = Work("tests.hostile.reading:set_up", "tests.hostile.reading:run", a_round())


class Trap:
    """A listener on this machine, and a file: what must be left alone."""

    def __init__(self, folder: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        (folder / "canary.txt").write_text(CANARY)
        self.lure = Lure((folder / "canary.txt").as_uri(), f"http://127.0.0.1:{self.listener.getsockname()[1]}")

    def called(self) -> bool:
        """Say whether anybody called."""
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    """Return a trap for the whole module."""
    made = Trap(tmp_path_factory.mktemp("trap"))
    yield made
    made.listener.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return a nursery with its usual bounds."""
    with Nursery(WORK) as running:
        yield running


@pytest.fixture(scope="module")
def unwalled() -> Iterator[Nursery]:
    """Return one that may call anybody: nothing but the reader itself holds it back."""
    with Nursery(WORK, forks=False) as running:
        yield running


def outcome(nursery: Nursery, data: bytes, name: str) -> str:
    """Return `read`, or the reason why a document is held or refused. The canary is in no answer."""
    try:
        said = nursery.run(data, name)
    except UnreadableError as error:
        assert error.hint
        assert "Traceback" not in str(error)
        return str(error.reason)
    assert CANARY.encode() not in said
    assert b"Traceback" not in said
    reading = json.loads(said)
    return str(reading["reason"] or reading["outcome"])


@pytest.mark.parametrize("file", TABLE, ids=lambda file: file.name)
def test_a_hostile_file_ends_in_a_way_that_is_right_for_it(file: Hostile, nursery: Nursery, trap: Trap) -> None:
    """Within the bounds of the child, or the outcome would be `timeout` or `memory`; nobody is called and nothing is written."""
    before = outside()
    assert outcome(nursery, file.build(trap.lure), file.name) in file.right, file.purpose
    assert outside() == before
    assert not trap.called()


def outside() -> set[Path]:
    """Return what lies where the traversals lead."""
    return {path for folder in (Path("/tmp"), Path("/"), Path.cwd(), Path.cwd().parent) for path in folder.glob("*escaped*")}


LURING = [file for file in TABLE if not file.build.__qualname__.startswith(fixed.__name__)]


@pytest.mark.parametrize("file", LURING, ids=lambda file: file.name)
def test_no_reader_follows_a_lure_even_where_it_could(file: Hostile, unwalled: Nursery, trap: Trap) -> None:
    """Law 11, without the walls of the child: no call, and nothing of the file that an entity names."""
    outcome(unwalled, file.build(trap.lure), file.name)
    assert not trap.called()


@pytest.mark.parametrize("kind", WHOLE)
def test_a_document_that_was_cut_short_anywhere_is_read_or_refused(kind: str, nursery: Nursery) -> None:
    """Fault plan A1: at each hundredth of its length."""
    whole = WHOLE[kind]
    ends = {outcome(nursery, whole[: len(whole) * share // 100], f"reply.{kind}") for share in range(100)}
    assert ends <= CUT
