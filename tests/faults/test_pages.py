"""Pages that came apart, and the power gone between any two changes of the store: nothing is lost, doubled, or left for ever unread."""

from pathlib import Path

import pytest

from pipeline.desk import wall
from pipeline.store.store import Store
from tests.desk.pages import a_page, read_here, zipped
from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import a_return, the_round
from tests.faults.taking_in import take_in
from tests.faults.test_killed import PowerCutError, cut_off

ROADS = "Roads Board"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a round with pages of two partnerships in the inbox, some of them in a zip; one has a fuller return there."""
    monkeypatch.setattr(wall, "read_all", read_here)
    round_ = the_round(tmp_path)
    roads, schools, health, _ = (round_.reference_of(one) for one in round_.partnerships)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "IMG_1.pdf").write_bytes(a_page(1, reference=roads, name=ROADS))
    (inbox / "IMG_2.pdf").write_bytes(a_page(2, reference=roads))
    pages = (("a.pdf", a_page(3, reference=roads)), ("b.pdf", a_page(1, reference=schools, name="Schools Board")))
    (inbox / "pages.zip").write_bytes(zipped(*pages, ("c.pdf", a_page(2, reference=schools))))
    (inbox / "health.docx").write_bytes(a_return("health"))
    (inbox / "signed.pdf").write_bytes(a_page(3, reference=health))
    return tmp_path


def kept_afresh(folder: Path) -> Kept:
    take_in(folder)
    return what_is_kept(folder)


def test_every_run_ends_where_the_first_did(folder: Path) -> None:
    """Threats, I6."""
    first = kept_afresh(folder)
    assert kept_afresh(folder) == first
    with Store.open(folder) as store:
        assert {name: one.record.file for name, one in store.current().items()} == {
            "roads": "IMG_1.pdf and 2 more",
            "schools": "pages.zip › b.pdf and 1 more",
            "health": "health.docx",
        }
        assert [one.record.file for one in store.held()] == ["signed.pdf"]


def test_cut_off_between_any_two_changes_the_next_run_completes_the_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row K4."""
    whole, inbox = kept_afresh(folder), folder / "inbox"
    for cut in range(100):
        again = folder / f"again {cut}"
        again.mkdir()
        (again / "inbox").symlink_to(inbox)
        left = iter(range(cut, -1, -1))
        with monkeypatch.context() as patched:
            for name in ("keep_original", "enclose", "keep"):
                patched.setattr(Store, name, cut_off(getattr(Store, name), left))
            try:
                take_in(again)
                break
            except PowerCutError:
                pass
        assert kept_afresh(again) == whole, f"cut off after {cut} changes"
    assert cut > 10


def test_what_came_after_the_power_went_joins_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that was kept and not read yet is not waited for: another, of more pages, takes its place."""
    with monkeypatch.context() as patched:
        left = iter(range(12, -1, -1))
        for name in ("keep_original", "enclose", "keep"):
            patched.setattr(Store, name, cut_off(getattr(Store, name), left))
        with pytest.raises(PowerCutError):
            take_in(folder)
    schools = the_round(folder).reference_of(the_round(folder).partnerships[1])
    (folder / "inbox" / "third.pdf").write_bytes(a_page(3, reference=schools))
    take_in(folder)
    with Store.open(folder) as store:
        assert len(store.current()["schools"].record.pages) == 3
        assert store.check() == ()
    assert kept_afresh(folder) == kept_afresh(folder)
