"""The board as a page and the progress report: what they say, and that they come out the same every time."""

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from pipeline.desk.board import put_together
from pipeline.errors import SetupError
from pipeline.flow import board, report_progress, seen
from pipeline.model.board import Todo, Urgency
from pipeline.model.post import LogEntry, LogKind, MessageKind
from pipeline.model.rounds import Round
from pipeline.publish.board_page import page
from pipeline.rounds.kit import read_form
from pipeline.store.store import Store
from tests.desk.rounds import ROADS, SAFER, SENT, WASTE, a_round_of_three, complete, on, post, take_in
from tests.publish.reading import complaints, tables, texts

GOLDEN = Path(__file__).parent / "board.html"
DAY = dt.date(2011, 4, 21)


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """Return the round as it stood on 21 April 2011: sent to three, one return with a gap, help asked for."""
    round_ = a_round_of_three(tmp_path)
    with Store.open(tmp_path) as store:
        for name in (ROADS, SAFER, WASTE):
            post(store, name, MessageKind.PROFORMA, on(4, 3), *SENT)
        take_in(store, ROADS, complete(lead_officer=None), on(18, 4))
        store.log(LogEntry(SAFER, LogKind.SUPPORT, on(31, 3), "Sam", "Would like an officer at their meeting"))
        take_in(store, WASTE, complete("Less waste"), on(3, 5))
    return round_


def report(round_: Round, day: dt.date = DAY) -> Path:
    with Store.open(round_.folder) as store:
        return report_progress(round_, store, day)


def a_page(round_: Round, day: dt.date = DAY) -> str:
    with Store.open(round_.folder) as store:
        return page(board(round_, store, day))


def test_the_page_of_the_board_is_as_it_was_looked_at(round_: Round) -> None:
    """The golden was printed with Chromium and looked at, on the screen and on A4 across."""
    assert a_page(round_) == GOLDEN.read_text(encoding="utf-8")


class _Page(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_runs_nothing_fetches_nothing_and_marks_its_headers(round_: Round) -> None:
    parsed = _Page()
    parsed.feed(a_page(round_))
    tags = {tag for tag, _ in parsed.seen}
    assert not tags & {"script", "img", "link", "iframe", "form"}
    assert not [attrs for _, attrs in parsed.seen if {"src", "href", "style", "onclick"} & attrs.keys()]
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in parsed.seen if tag == "th")
    assert dict(parsed.seen)["html"] == {"lang": "en-GB"}


def test_words_of_others_are_never_markup_on_the_page(round_: Round) -> None:
    with Store.open(round_.folder) as store:
        made = replace(board(round_, store, DAY), todo=(Todo(Urgency.NOW, "<script>\x00{{ 7*7 }}", "<b>"),))
    assert "&lt;script&gt;\ufffd{{ 7*7 }}" in page(made)
    assert "<b>" not in page(made)


def test_the_progress_report_has_its_sections_in_order(round_: Round) -> None:
    """A002-P4."""
    paper = Document(str(report(round_)))
    headings = [text.text for text in paper.paragraphs if text.style and text.style.name.startswith(("Title", "Heading 1"))]
    assert headings == [
        "Progress report",
        "Where the round stands",
        "Partnerships",
        "Priorities so far",
        "Gaps",
        "What happens next",
        "Contact",
    ]


def test_the_progress_report_says_who_replied_and_what_is_missing(round_: Round) -> None:
    """A002-P4: from partial returns, as of the day."""
    path = report(round_)
    said = texts(path)
    assert any(text.startswith("1 of 3 partnerships have replied.") for text in said)
    assert "• Safer Communities Partnership, support: Would like an officer at their meeting" in said
    (partnerships,) = [table for table in tables(path) if table[0][0].paragraphs == ["Partnership"]]
    missing = "Lead officer, Key priorities for the medium term, Review of your partnership’s pledges in the current 2030 Delivery Plan (3)"
    assert [[" ".join(cell.paragraphs) for cell in row] for row in partnerships[1:]] == [
        ["Spatial Planning & Infrastructure Partnership", "returned", "18 April 2011", "1", f"{missing}, Contact officer"],
        ["Safer Communities Partnership", "sent", "Not yet", "0", "The return"],
        ["Waste Partnership", "sent", "Not yet", "0", "The return"],
    ]
    assert "• Safer streets (Spatial Planning & Infrastructure Partnership)" in said
    assert "• Big Society" in said


def test_word_opens_the_progress_report_without_repair(round_: Round) -> None:
    assert complaints(report(round_)) == []


def test_the_same_day_gives_the_same_report_and_another_day_another(round_: Round) -> None:
    first = report(round_).read_bytes()
    assert report(round_).read_bytes() == first
    later = report(round_, dt.date(2011, 5, 9))
    assert any(text.startswith("2 of 3 partnerships have replied.") for text in texts(later))


def test_every_kit_has_a_master_for_the_progress_report(round_: Round) -> None:
    root = Path(__file__).parents[2] / "templates"
    assert {kit.parent for kit in root.glob("*/form.yaml")} == {kit.parent for kit in root.glob("*/interim.docx")}


def test_the_quarterly_update_has_a_progress_report_too(tmp_path: Path) -> None:
    kit = Path(__file__).parents[2] / "templates" / "update"
    round_ = a_round_of_three(tmp_path, kit=kit, form=read_form(kit)[0])
    Store.open(tmp_path).close()
    path = report(round_)
    assert complaints(path) == []
    assert any(text.startswith("0 of 3 partnerships have replied.") for text in texts(path))


def test_a_master_that_is_missing_says_so(round_: Round, tmp_path: Path) -> None:
    with Store.open(round_.folder) as store:
        then = put_together(seen(round_, store, DAY))
        assert then.on == DAY
    with pytest.raises(SetupError, match=r"interim\.docx: the report master is missing"):
        report(replace(round_, kit=tmp_path))
