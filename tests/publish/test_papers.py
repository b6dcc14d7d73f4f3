"""Plan and paper: what they say, that Word opens them, and that they come out the same every time."""

import datetime as dt
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from pipeline.errors import SetupError
from pipeline.merge import merge
from pipeline.model.documents import Mark
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.places import Place
from pipeline.model.plans import Plan
from pipeline.model.records import Passage
from pipeline.publish.papers import publish
from tests.publish.reading import complaints, part, tables, texts
from tests.publish.returns import NARRATIVE, Said, a_record, a_round_of_nine, nine_records

PAPERS = ("Delivery plan.docx", "Annex 1.docx", "Committee paper.docx", "Annex 1.xlsx")
AT = dt.datetime(2011, 5, 20, 9, 30, tzinfo=dt.UTC)
HOSTILE = '{{ 7*7 }} {% for x in y %} =HYPERLINK("x") <b>&amp; \x00\x0b\ud800 </w:t>'


def a_return() -> dict[str, Said]:
    """Return everything that a partnership can say."""
    return {
        "chair": "Cllr Jo Penrose",
        "cabinet_member": "Cllr Siobhán O’Dowd",
        "introduction": "Two matter most:",
        "priorities": [
            {
                "title": "Safer streets & squares",
                "lead_officer": "Morgan Lee",
                "focus": "Community Safety",
                "objectives": ["Healthy & Thriving Communities", "World Class Economy"],
                "context": {"text": "Burglary has fallen.\n• in the towns\n• in the villages"},
                "deliverables": [
                    {"what": "A second thing", "due": "2013-03-31", "measure": "It is there"},
                    {"what": "A thing with no date", "due": None, "measure": None},
                    {"what": "A first thing", "due": "2012-03-31", "measure": "It works"},
                ],
            },
        ],
        "pledges": [
            {"pledge": "Halve burglary", "status": "met", "relevance": None},
            {"pledge": "Light the squares", "status": "remaining", "relevance": "Still matters"},
            {"pledge": "Train the wardens", "status": None, "relevance": None},
        ],
        "pledges_text": "The rest was merged.",
    }


def a_plan(said: dict[str, Said] | None = None, **changes: object) -> Plan:
    """Return the plan of one return."""
    return merge(a_round_of_nine(**changes), [a_record("safer-communities", said or a_return())])


@pytest.mark.parametrize("paper", PAPERS)
def test_word_and_excel_open_every_paper_without_repair(paper: str, tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), [*nine_records()[:6], a_record("safer-communities", a_return())]), tmp_path)
    assert complaints(tmp_path / paper) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_records_give_the_same_bytes_whatever_their_order(paper: str, tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), nine_records()), tmp_path / "once")
    publish(merge(a_round_of_nine(), reversed(nine_records())), tmp_path / "again")
    assert (tmp_path / "once" / paper).read_bytes() == (tmp_path / "again" / paper).read_bytes()


def test_a_paper_that_would_not_change_is_left_as_it_lies(tmp_path: Path) -> None:
    papers = publish(a_plan(), tmp_path)
    before = [paper.stat().st_ino for paper in papers]
    assert [paper.stat().st_ino for paper in publish(a_plan(), tmp_path)] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAPERS)


def test_the_committee_paper_has_the_sections_of_the_source_in_order(tmp_path: Path) -> None:
    """A001-1, A001-P1: those of document 001 in their order; what UK committee papers carry besides stands between them."""
    publish(merge(a_round_of_nine(), nine_records()), tmp_path)
    paper = Document(str(tmp_path / "Committee paper.docx"))
    headings = [text.text for text in paper.paragraphs if text.style and text.style.name.startswith(("Title", "Heading"))]
    assert headings == [
        "Oxfordshire Partnership and Oxfordshire 2030: future direction",
        "Purpose of report",
        "Background",
        "Oxfordshire 2030 Refresh",
        "The round and its returns",
        "What the partnerships put forward",
        "What cuts across partnerships",
        "What is missing or disputed",
        "Question to members",
        "Oxfordshire Partnership: future direction",
        "Partnerships that continue",
        "Options",
        "Questions to members in one place",
        "Next steps",
        "Timetable",
        "Recommendation",
        "Background papers",
        "Annex 1",
    ]


@pytest.mark.parametrize("paper", PAPERS[:3])
def test_no_heading_skips_a_level(paper: str, tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), [*nine_records()[:6], a_record("safer-communities", a_return())]), tmp_path)
    styles = [text.style for text in Document(str(tmp_path / paper)).paragraphs if text.style]
    named = [(style.name if style.name[-1].isdigit() else style.base_style.name) for style in styles if style.name.startswith("Heading")]
    levels = [int(name[-1]) for name in named]  # the heading of an annex is one of the first level, without a number
    assert all(level <= before + 1 for before, level in pairwise([0, *levels]))


def test_a_plan_without_a_return_says_so_in_every_part(tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), []), tmp_path)
    said = texts(tmp_path / "Delivery plan.docx")
    assert any("No return has been accepted so far." in text for text in said)
    assert said.count("No partnership put forward a priority for this area.") == 7
    assert "No return is in this plan yet." in said
    assert "No return in this plan names a priority." in said
    assert complaints(tmp_path / "Delivery plan.docx") == []


def test_the_committee_paper_counts_from_the_records(tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), nine_records()), tmp_path)
    said = " ".join(texts(tmp_path / "Committee paper.docx"))
    assert "9 of 10 partnerships replied; no reply came from Voluntary Sector." in said
    assert "36 priorities" in said
    counts = {row[0].paragraphs[0]: row[1].paragraphs[0] for row in tables(tmp_path / "Committee paper.docx")[2][1:]}
    assert counts["All"] == "36"
    assert counts["None named"] == "8"


def test_the_officers_narrative_keeps_bullets_numbers_and_emphasis(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    xml = part(tmp_path / "Committee paper.docx")
    assert "• the priorities of the partnerships" in texts(tmp_path / "Committee paper.docx")
    assert '<w:rPr><w:b/><w:i/></w:rPr><w:t xml:space="preserve">Do members agree?</w:t>' in xml


def test_a_plan_with_open_queries_says_that_it_is_a_draft(tmp_path: Path) -> None:
    query = Finding("no-date", Severity.QUERY, "priorities[1].deliverables[2].due", "When?", "safer-communities")
    publish(merge(a_round_of_nine(), [a_record("safer-communities", a_return())], findings=[query]), tmp_path)
    for paper in PAPERS[:3]:
        assert "Draft. Queries still open: 1. What follows may change." in texts(tmp_path / paper)
    publish(a_plan(), tmp_path)
    assert not any(text.startswith("Draft") for text in texts(tmp_path / "Delivery plan.docx"))


def test_the_delivery_plan_lists_deliverables_by_date_with_their_measures(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    deliverables = next(table for table in tables(tmp_path / "Delivery plan.docx") if table[0][0].paragraphs == ["What will be delivered"])
    assert [[" ".join(cell.paragraphs) for cell in row] for row in deliverables[1:]] == [
        ["A first thing", "31 March 2012", "It works"],
        ["A second thing", "31 March 2013", "It is there"],
        ["A thing with no date", "No date given", ""],
    ]


def test_the_delivery_plan_shows_pledges_met_and_those_that_remain(tmp_path: Path) -> None:
    """A002-22."""
    publish(a_plan(), tmp_path)
    assert "• Halve burglary" in texts(tmp_path / "Delivery plan.docx")
    remaining = next(table for table in tables(tmp_path / "Delivery plan.docx") if table[0][0].paragraphs == ["Pledge"])
    assert [row[1].paragraphs for row in remaining[1:]] == [["Still matters"], ["No answer"]]


def test_bullets_and_emphasis_of_a_return_are_kept(tmp_path: Path) -> None:
    record = a_record("safer-communities", a_return())
    marked = (Passage("Burglary has fallen.", Place(), (Mark(0, 8, "bold"),)), Passage("in the towns", Place(), (), "•", 0))
    answers = tuple(answer._replace(passages=marked) if answer.field.endswith("context.text") else answer for answer in record.answers)
    publish(merge(a_round_of_nine(), [a_record("safer-communities", {}, answers=answers)]), tmp_path)
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Burglary</w:t>' in part(tmp_path / "Delivery plan.docx")
    assert "• in the towns" in texts(tmp_path / "Delivery plan.docx")


def test_overrides_and_corrections_stand_in_the_plan_with_their_reasons(tmp_path: Path) -> None:
    """A001-T1."""
    finding = Finding("too-few", Severity.WARNING, "priorities", "You name 1 priority.", "safer-communities")
    decisions = [
        Decision(DecisionKind.OVERRIDE, "safer-communities", finding.key, None, "A. Byrne", AT, "One is enough"),
        Decision(DecisionKind.CORRECT, "safer-communities", "priorities[1].lead_officer", "Sam Hill", "A. Byrne", AT, "Left"),
    ]
    publish(merge(a_round_of_nine(), [a_record("safer-communities", a_return())], decisions, [finding]), tmp_path)
    said = texts(tmp_path / "Delivery plan.docx")
    assert "One is enough (A. Byrne, 20 May 2011)" in said
    assert "Sam Hill. Left (A. Byrne, 20 May 2011)" in said
    assert "Sam Hill" in said


def test_what_a_return_typed_comes_out_as_typed_and_breaks_nothing(tmp_path: Path) -> None:
    said = {"priorities": [{"title": HOSTILE, "lead_officer": HOSTILE, "context": {"text": HOSTILE}, "deliverables": [{"what": HOSTILE}]}]}
    narrative = {**NARRATIVE, "background": HOSTILE}
    for paper in publish(a_plan(said, narrative=narrative), tmp_path):  # type: ignore[arg-type]
        assert complaints(paper) == []
    found = [text for text in texts(tmp_path / "Delivery plan.docx") if "{{ 7*7 }}" in text]
    assert len(found) >= 4
    assert all('{% for x in y %} =HYPERLINK("x") <b>&amp;' in text and text.endswith("</w:t>") for text in found)


def test_a_narrative_that_the_master_prints_and_the_round_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as raised:
        publish(a_plan(narrative={"purpose": "x"}), tmp_path)
    assert "round.yaml, narrative – “background” is missing – write it, or take its tag out of paper.docx" in raised.value.mistakes
    needed = ("background", "refresh", "next_steps", "recommendation")
    assert [mistake.split("“")[1].split("”")[0] for mistake in raised.value.mistakes] == sorted(needed)
    assert not list(tmp_path.iterdir())


def test_no_paper_carries_what_python_docx_would_leave_in_it(tmp_path: Path) -> None:
    for paper in publish(a_plan(), tmp_path)[:3]:
        with zipfile.ZipFile(paper) as package:
            names = package.namelist()
        assert not [name for name in names if "stylesWithEffects" in name or "customXml" in name or "thumbnail" in name]
        assert 'w:w="12240"' not in part(paper)
        assert 'w:lang w:val="en-GB"' in part(paper, "word/styles.xml")
        assert "<dc:title>" in part(paper, "docProps/core.xml")
        empty = [text for text in Document(str(paper)).paragraphs if not text.text.strip()]
        assert not [text for text in empty if not text._p.xpath(".//w:drawing")]
