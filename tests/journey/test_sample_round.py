"""The nine sample returns, made by real software, become Annex 1 of document 001."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.flow import Desk, Taken, ingest, plan, publish_papers
from pipeline.model.outcomes import Outcome
from pipeline.model.plans import Plan
from pipeline.model.records import State
from pipeline.store.store import Store
from tests.blanks.documents import changed
from tests.journey.rounds import sample_round
from tests.publish.reading import complaints, tables, texts
from tests.publish.test_annex import GOLDEN

NOW = datetime(2011, 5, 6, 12, 0, tzinfo=UTC)


class Journey:
    """The sample round after ingest and publish."""

    def __init__(self, folder: Path) -> None:
        self.round = sample_round(folder)
        self.before = {path: path.read_bytes() for path in self.round.inbox.iterdir()}
        with Store.open(folder) as store:
            self.taken: list[Taken] = list(ingest(Desk(self.round), store, NOW))
            self.plan: Plan = plan(self.round, store)
            self.papers = {path.name: path for path in publish_papers(self.round, store)}


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Take the sample round through the journey once for all tests of this page."""
    return Journey(tmp_path_factory.mktemp("round"))


def test_every_sample_return_is_read_and_known(journey: Journey) -> None:
    """A002-P2."""
    assert [(entry.path.name, entry.record.message) for entry in journey.taken if entry.record.outcome is not Outcome.READ] == []
    assert len({entry.record.partnership for entry in journey.taken}) == len(journey.taken) == 9


def test_the_annex_in_word_equals_annex_1_cell_for_cell(journey: Journey) -> None:
    """A-X7, A001-12 to A001-15, A001-T1 to A001-T11."""
    (table,) = tables(journey.papers["Annex 1.docx"])
    assert table == GOLDEN


def test_the_annex_in_excel_has_one_row_for_each_of_the_36_priorities(journey: Journey) -> None:
    """A001-14."""
    sheet = load_workbook(journey.papers["Annex 1.xlsx"]).worksheets[0]
    headings, *rows = [row for row in sheet.iter_rows(values_only=True) if row[0] or row[1] or row[2]]
    bullets = [line[2:] for row in GOLDEN[1:] for line in row[3].paragraphs if line.startswith("• ")]
    at = [str(heading) for heading in headings].index("Medium Term Priority")
    assert [row[at] for row in rows] == bullets
    assert len(bullets) == 36


def test_the_committee_paper_says_who_replied(journey: Journey) -> None:
    """A001-P1."""
    paper = "\n".join(texts(journey.papers["Committee paper.docx"]))
    assert "9 of 10 partnerships replied" in paper
    assert "Oxfordshire Learning and Skills" in paper


def test_word_opens_every_paper_without_repair(journey: Journey) -> None:
    """A001-P2."""
    office = {name: path for name, path in journey.papers.items() if path.suffix in (".docx", ".xlsx")}
    assert {name: complaints(path) for name, path in office.items()} == {name: [] for name in office}
    assert len(office) == 4


def test_the_inbox_is_left_as_it_was(journey: Journey) -> None:
    """Law 7: originals are never changed, moved or lost."""
    assert {path: path.read_bytes() for path in journey.round.inbox.iterdir()} == journey.before


def test_every_word_of_the_plan_leads_back_to_a_return(journey: Journey) -> None:
    """Law 3: every value keeps its quote and its place, from the return to the plan."""
    for entry in journey.taken:
        for answer in entry.record.answers:
            if answer.state is State.GIVEN:
                assert answer.quote, answer
                assert answer.place.part, answer


def everything(store: Store, journey: Journey) -> tuple[object, ...]:
    """Return all that the store keeps of a round."""
    return store.readings(), store.sightings(), [store.history(partnership.id) for partnership in journey.round.partnerships]


def test_doing_it_again_does_nothing_twice(journey: Journey) -> None:
    """Law 7: what is done twice has the effect of once."""
    papers = {name: path.read_bytes() for name, path in journey.papers.items()}
    with Store.open(journey.round.folder) as store:
        before = everything(store, journey)
        again = list(ingest(Desk(journey.round), store, NOW))
        assert not any(entry.new for entry in again)
        assert everything(store, journey) == before
        publish_papers(journey.round, store)
        assert store.check() == ()
    assert {name: path.read_bytes() for name, path in journey.papers.items()} == papers


def test_a_return_is_read_again_when_the_form_in_word_or_the_period_changes(journey: Journey, tmp_path: Path) -> None:
    """Law 9: what a reading depends on is named, so that none grows stale."""
    desk, kit = Desk(journey.round), tmp_path / "kit"
    shutil.copytree(journey.round.kit, kit)
    changed(
        kit / "proforma.docx", lambda body: body.replace("What we ask", "What we ask of you"), master=journey.round.kit / "proforma.docx"
    )
    other_master = replace(journey.round, kit=kit)
    other_period = replace(journey.round, period=journey.round.horizon)
    assert len({desk.reader, Desk(other_master).reader, Desk(other_period).reader}) == 3
    assert desk.reader == Desk(journey.round).reader
