"""Rows K1 to K4: killed anywhere, the next run ends where an undisturbed one would have; what is reported is on the disk."""

import os
import random
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.bounded import Item
from pipeline.desk import Desk, Said, read_files, taking
from pipeline.desk.reading import refused
from pipeline.errors import UnreadableError
from pipeline.model.history import Decision, DecisionKind
from pipeline.store.store import Store
from tests.faults.alone import LEFT_BEHIND
from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import DOCUMENTS, FILES, the_round
from tests.faults.running import SAMPLES, alone, below, command, spread, start_afresh, traced, undisturbed_calls
from tests.faults.taking_in import AT, take_in
from tests.needs import needs


@needs("strace", "strace")
def test_killed_at_any_write_the_next_run_completes_the_work(folder: Path, expected: Kept) -> None:
    """Row K1: kill -9 at writes spread evenly over the run."""
    calls = undisturbed_calls(folder)
    assert what_is_kept(folder) == expected
    for nth in spread(calls):
        start_afresh(folder)
        assert traced(folder, "-e", f"inject={nth}:signal=SIGKILL").returncode == 128 + signal.SIGKILL, f"{nth} was not reached"
        assert len(list((folder / "inbox").iterdir())) == FILES
        take_in(folder)
        assert what_is_kept(folder) == expected, f"killed at {nth}"


@pytest.mark.parametrize("victim", ["parent", "nursery", "child", "all"])
def test_whoever_is_killed_nothing_is_lost_and_nothing_doubled(victim: str, folder: Path, expected: Kept) -> None:
    """Row K2: kill -9 after some documents; a nursery is replaced, a lost child is the state of its document, no process is left."""
    chance = random.Random(victim)
    for _ in range(max(1, SAMPLES // 4)):
        start_afresh(folder)
        code = kill_after(chance.randrange(FILES), victim, folder)
        assert code != LEFT_BEHIND
        assert (code == 0) == (victim in ("nursery", "child"))
        take_in(folder)
        kept = what_is_kept(folder)
        assert kept == expected or victim == "child"


def kill_after(reported: int, victim: str, folder: Path) -> int:
    """Take in, kill someone when so many documents were reported and a child is there, and return how the run ended."""
    with subprocess.Popen(alone(*command(folder)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        for _ in range(reported):
            running.stdout.readline()
        while running.poll() is None:
            parent, *others = below(running.pid) or [0]
            if len(others) > 2:  # the nursery, the first process of its namespace, and a child
                kill({"parent": [parent], "nursery": others[:1], "child": others[2:], "all": [parent, *others]}[victim])
                break
        running.stdout.read()
    return running.returncode


def kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@needs("strace", "strace")
def test_a_document_is_reported_only_when_the_power_may_go(folder: Path) -> None:
    """Row K3: bytes, fsync, name, fsync of the folder, row, fsync of the database; then it is reported."""
    named: set[str] = set()
    unsettled: set[str] = set()
    for call in undisturbed_calls(folder):
        name, _, words = call.partition("(")
        file = words.partition("<")[2].partition(">")[0]
        if name in ("write", "pwrite64") and "/store/" in file:
            unsettled |= {file} - {str(folder / "store" / "proforma.db-shm")}  # made anew where it is lost
        elif name in ("fsync", "fdatasync"):
            unsettled.discard(file)
        elif name == "rename":
            was, now = words.split('"')[1::2]
            assert was not in unsettled, "a document got its name before its bytes were on the disk"
            unsettled.add(str(Path(now).parent))
            named.add(Path(now).name)
        elif name == "write" and len(digest := words.split('"')[1].removesuffix("\\n")) == 64:
            assert digest in named
            assert not unsettled, "a document was reported before it was on the disk"
    assert len(named) == DOCUMENTS


def test_between_any_two_changes_of_the_store_the_work_can_be_cut_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row K4: a mail that is itself a return and brings others, with the power gone between what they said and where they lay."""
    heard = with_a_return_in_its_own_words(folder)
    monkeypatch.setattr(taking, "read_files", lambda items, desk, executor=None: (heard[item.name] for item in items))
    take_in(folder)
    whole = what_is_kept(folder)
    changes = ("keep_original", "enclose", "keep")
    for cut in range(100):
        start_afresh(folder)
        left = iter(range(cut, -1, -1))
        with monkeypatch.context() as patched:
            for name in changes:
                patched.setattr(Store, name, cut_off(getattr(Store, name), left))
            try:
                take_in(folder)
                break
            except PowerCutError:
                pass
        take_in(folder)
        assert what_is_kept(folder) == whole, f"cut off after {cut} changes"
    assert cut > len(heard)


class PowerCutError(BaseException):
    """Nothing catches it."""


def cut_off(change: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    """Return a change of the store that is made as long as something is left."""

    def instead(*words: object, **named: object) -> object:
        if not next(left, 0):
            raise PowerCutError
        return change(*words, **named)

    return instead


def with_a_return_in_its_own_words(folder: Path) -> dict[str, tuple[Said, ...]]:
    """Read the inbox, and let the mail say in its own words what another return says."""
    desk = flow.desk(the_round(folder))
    files = sorted((folder / "inbox").iterdir())
    items = [Item(path.name, path.read_bytes()) for path in files]
    heard = {item.name: said for item, said in zip(items, read_files(items, desk), strict=True)}
    name = "4 two.eml"
    mail = (folder / "inbox" / name).read_bytes()
    (roads,) = heard["1 roads.docx"]
    own = Said(replace(roads.record, file=name, sha256=sha256(mail).hexdigest()), (), mail)
    return heard | {name: (own, *heard[name])}


@pytest.mark.parametrize("reason", ["timeout", "memory", "crashed"])
def test_a_document_whose_reading_broke_off_is_read_by_the_next_run(
    reason: str, folder: Path, expected: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row K2: the computer may have been to blame. Where it breaks off in the same way again, nothing new is kept."""

    def broken_off(items: Iterable[Item], desk: Desk, running: object) -> Iterator[tuple[Said, ...]]:
        for item in items:
            record = refused(sha256(item.data).hexdigest(), item.name, desk, UnreadableError(reason, "It broke off."))
            yield (Said(record, (), item.data),)

    with monkeypatch.context() as patched:
        patched.setattr(taking, "read_files", broken_off)
        take_in(folder)
        before = what_is_kept(folder)
        take_in(folder)
        assert what_is_kept(folder) == before != expected
    take_in(folder)
    with Store.open(folder) as store:
        assert {one.record.partnership for one in store.current().values()} == {"roads", "schools", "health", "housing"}
        assert not [one for one in store.held() if one.record.reason == reason]
        assert store.check() == ()


def test_what_a_person_said_before_the_power_went_is_read_by_the_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row K4, for `assign`: the decision is kept, the reading is not yet."""
    take_in(folder)
    with Store.open(folder) as store:
        document = store.current()["housing"].record.sha256
        decision = Decision(DecisionKind.ASSIGN, "schools", document, "", "Jo Penrose", AT, "The wrong blank was filled in.")
        store.decide(decision)
    take_in(folder)
    with Store.open(folder) as store:
        assert [one.record.partnership for one in store.readings() if one.record.sha256 == document] == ["housing", "schools"]
        assert store.check() == ()
