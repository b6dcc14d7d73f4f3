"""Oddities of the framework of March 2010 (source document 000), in returns and round folders."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.flow import Desk, read_return
from pipeline.grammar.dates import find_when, read_when
from pipeline.rounds.loading import load_round
from tests.align.returns import told
from tests.builders import a_partnership, a_round
from tests.documents import Piece, docx, para, row, table
from tests.read.test_docx_paragraphs import levels
from tests.rounds.folders import CSV, ROUND_YAML, a_folder

NAMED = ("Name of partnership: SPIP", "Chair: Jo Penrose", "Cabinet member: Al Ash")
"""Enough of the form's words for a return."""

TIMETABLE = """\
timetable:
  - {what: Thematic Partnership review priorities and draft proposals, when: 30 May, who: Thematic partnerships, kind: due}
  - {what: Ox Chief Exec Group reviews progress, when: 20 May & 1 July, who: Ox Chief Exec Group, kind: review}
  - {what: PSB meet to review emerging views, when: 1st July, who: PSB}
  - {what: Ox Partnership meet to agree priorities, when: 14 July, who: Ox Partnership, kind: meeting}
"""


def test_a_round_with_the_timetable_of_2010_loads_with_warnings_and_keeps_its_order(tmp_path: Path) -> None:
    """A000-T1, A000-T2, A000-T5: a review before the draft is due, two bodies on one day, no year."""
    round_ = load_round(a_folder(tmp_path, round_yaml=ROUND_YAML + TIMETABLE))
    assert [step.written for step in round_.timetable] == ["30 May", "20 May & 1 July", "1st July", "14 July"]
    assert {step.end.year for step in round_.timetable if step.end} == {2010}
    assert [step.end for step in round_.timetable if step.kind == "due"] == [dt.date(2010, 5, 30)]
    said = " ".join(round_.warnings)
    assert "20 May 2010 (“Ox Chief Exec Group reviews progress”) comes before 30 May 2010" in said
    assert "both have 1 July 2010 – both are kept" in said
    assert "no year is given for “30 May”; “20 May & 1 July”; “1st July”; “14 July” – read as 2010" in said


def test_a_date_of_a_return_without_a_year_is_not_given_the_rounds_year() -> None:
    """A000-T5: the round's own timetable takes its year; what a partnership promises is asked about instead."""
    said = told(*NAMED, "Priority 1: Rivers", table(row("Deliverable", "By when"), row("Draft the proposals", "30 May")))
    assert said["priorities[1].deliverables[1].what"] == "Draft the proposals"
    assert said["priorities[1].deliverables[1].due"] is None
    when = read_when("30 May", 2010)
    assert when and (when.end, when.assumed_year) == (dt.date(2010, 5, 30), True)


@pytest.mark.parametrize(
    "written", ["Waste & Environment Partnership)", "(Waste & Environment Partnership", "waste and environment partnership"]
)
def test_a_name_with_half_a_bracket_is_that_partnership(written: str) -> None:
    """A000-T3."""
    desk = Desk(a_round(partnerships=(a_partnership(id="ewp", code="EWP", name="Waste & Environment Partnership"),)))
    said, _ = read_return(docx(f"Name of partnership: {written}", *NAMED[1:], "Telephone: 01632 960100"), "x.docx", desk)
    assert said.partnership == "ewp"


def test_an_issue_with_half_a_bracket_is_kept_as_typed() -> None:
    """A000-T3."""
    issues = ("Congestion (SPIP)", "Climate Change/Flooding Waste & Environment Partnership)", "Housing (SPIP)")
    said = told(*NAMED, "Key priorities", *issues)
    assert [said[f"priorities[{at}].title"] for at in (1, 2, 3)] == list(issues)


@pytest.mark.parametrize("abbreviation", ["OEP", "SPIP", "Ox CE Group"])
def test_an_abbreviation_over_a_return_is_the_partnership_that_the_register_knows_by_it(abbreviation: str, tmp_path: Path) -> None:
    """A000-T4, A000-T8: the Chief Executives Group answers too, though it is no thematic partnership."""
    csv = "Name,Code,Kind,Aliases\nOxfordshire Economic Partnership,OEC,business led,OEP\nSpatial Planning,SPL,statutory,SPIP\n"
    csv += "Oxfordshire Chief Executives Group,CEG,officers,Ox CE Group;Ox Chief Exec Group\n"
    register = load_round(a_folder(tmp_path, csv=csv)).partnerships
    desk = Desk(a_round(partnerships=register))
    said, _ = read_return(docx(f"Name of partnership: {abbreviation}", *NAMED[1:], "Telephone: 01632 960100"), "x.docx", desk)
    assert (
        said.partnership
        == {"OEP": "oxfordshire-economic", "SPIP": "spatial-planning", "Ox CE Group": "oxfordshire-chief-executives-group"}[abbreviation]
    )


def test_an_owner_that_is_no_thematic_partnership_is_a_row_of_the_register_with_its_kind(tmp_path: Path) -> None:
    """A000-T8."""
    csv = CSV.replace("Name,", "Name,Kind,").replace("Partnership,SPI", "Partnership,thematic,SPI")
    csv = csv.replace("Safer Communities,", "Oxfordshire Chief Executives Group,officers,")
    round_ = load_round(a_folder(tmp_path, csv=csv))
    assert [(partnership.name, partnership.columns["kind"]) for partnership in round_.partnerships] == [
        ("Spatial Planning Partnership", "thematic"),
        ("Oxfordshire Chief Executives Group", "officers"),
    ]


def test_a_misplaced_apostrophe_makes_no_date_and_stays() -> None:
    """A000-T6."""
    sentence = "Our medium term delivery plan agreed just 2 year's ago has a host of priorities"
    assert find_when(sentence) is None
    assert told(*NAMED, "Priority 1: Rivers", "Context", sentence)["priorities[1].context.text"] == sentence


PAGE = "<w:pageBreakBefore/>"


@pytest.mark.parametrize(
    "items",
    [
        ("- Homes", "- Roads", "", " - Rivers", "  - Schools"),
        (para("Homes", item=(1, 0)), para("Roads", item=(1, 0)), "", para("Rivers", item=(1, 1)), para("Schools", item=(1, 0))),
        (
            para("Homes", item=(1, 0)),
            para("Roads", item=(1, 0)),
            para(properties=PAGE),
            para("Rivers", item=(1, 0)),
            para("Schools", item=(1, 1)),
        ),
    ],
    ids=["typed", "two-indents", "page-break"],
)
def test_a_list_goes_on_behind_a_page_gap_and_at_another_indent(items: tuple[Piece, ...]) -> None:
    """A000-T7."""
    body = docx(*NAMED, "Key priorities", *items, lists=levels(("bullet", "•"), ("bullet", "o")))
    said, _ = read_return(body, "x.docx", Desk(a_round()))
    titles = {answer.field: answer.value for answer in said.answers if answer.field.endswith(".title")}
    assert list(titles.values()) == ["Homes", "Roads", "Rivers", "Schools"]
