"""What falls due when: the count by financial quarter, Word's own chart of it, and the table beside it."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from pipeline.merge import merge
from pipeline.model.plans import Plan
from pipeline.model.records import Answer, State
from pipeline.model.rounds import Period
from pipeline.publish.attached import Attached
from pipeline.publish.chart import descriptions
from pipeline.publish.figures import shown_timeline
from pipeline.publish.masters.master import Master
from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.papers import Report, publish
from pipeline.publish.runs import Styles
from pipeline.publish.timeline import Bar, timeline
from pipeline.publish.views import Facts
from tests.publish.many import a_plan_of
from tests.publish.reading import complaints, part, tables
from tests.publish.returns import Said, a_record, a_round_of_nine
from tests.traps.updates import update_round

PLAN = "Delivery plan.docx"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def a_plan(*dates: tuple[str | None, str], horizon: Period | None = None) -> Plan:
    """Return the plan of one priority with a deliverable for each date: the value and how exact it is ("" for no answer at all)."""
    deliverables: list[Said] = [{"what": f"Thing {number}", "due": "x"} for number in range(len(dates))]
    record = a_record("safer-communities", {"priorities": [{"title": "Safer", "focus": "Community Safety", "deliverables": deliverables}]})
    given = iter(dates)
    answers = tuple(_dated(answer, *next(given)) if answer.field.endswith(".due") else answer for answer in record.answers)
    usual = a_round_of_nine()
    return merge(replace(usual, horizon=horizon or usual.horizon), [replace(record, answers=answers)])


def _dated(answer: Answer, value: str | None, precision: str) -> Answer:
    if precision in ("blank", "not-applicable", "removed"):
        return answer._replace(value=None, state=State(precision), passages=())
    return answer._replace(value=value, precision=precision)


def counts(plan: Plan) -> dict[str, int]:
    """Return what is counted, without the quarters in which nothing falls due."""
    seen = timeline(plan)
    return {bar.name: bar.number for bar in (*seen.quarters, *seen.others) if bar.number}


@pytest.mark.parametrize(
    ("date", "quarter"),
    [
        ("2011-04-01", "Q1 2011/12"),
        ("2011-06-30", "Q1 2011/12"),
        ("2011-07-01", "Q2 2011/12"),
        ("2011-12-31", "Q3 2011/12"),
        ("2012-01-01", "Q4 2011/12"),
        ("2012-03-31", "Q4 2011/12"),
        ("2012-04-01", "Q1 2012/13"),
    ],
)
def test_a_date_lies_in_a_quarter_of_the_financial_year_that_begins_in_april(date: str, quarter: str) -> None:
    assert counts(a_plan((date, "day"))) == {quarter: 1}


def test_a_quarter_says_its_months() -> None:
    bars = timeline(a_plan(("2011-05-01", "day"))).quarters
    assert bars[0] == Bar("Q1 2011/12", "April to June 2011", 1, "2011/12")
    assert bars[3].said == "January to March 2012"


def test_the_quarters_are_those_that_the_round_looks_to_without_gaps() -> None:
    bars = timeline(a_plan(("2013-05-01", "day"))).quarters
    assert len(bars) == 16
    assert (bars[0].name, bars[-1].name) == ("Q1 2011/12", "Q4 2014/15")


def test_a_round_that_looks_far_ahead_shows_six_years_and_counts_the_rest() -> None:
    seen = timeline(a_plan(("2029-05-01", "day"), ("1999-01-01", "day"), horizon=Period("2030", dt.date(2011, 4, 1), dt.date(2031, 3, 31))))
    assert len(seen.quarters) == 24
    assert seen.others == (Bar("Before Q1 2011/12", "", 1), Bar("After Q4 2016/17", "", 1))


def test_what_names_no_quarter_is_counted_by_what_it_is_and_everything_adds_up() -> None:
    plan = a_plan(
        ("2012-03-31", "quarter"), ("2012-03-31", "month"), ("2012-03-31", ""),
        ("2012-03-31", "year"), ("2012-09-30", "half"), ("2012-08-31", "season"), ("2013-03-31", "range"),
        (None, "open"), (None, "day"), ("soon", ""), (None, "blank"), (None, "removed"), (None, "not-applicable"),
    )  # fmt: skip
    assert counts(plan) == {
        "Q4 2011/12": 3,
        "A season, no quarter named": 1,
        "A half-year, no quarter named": 1,
        "A year, no quarter named": 1,
        "A span of dates, no one quarter named": 1,
        "Ongoing, or yet to be confirmed": 1,
        "Words that name no day": 2,
        "No date applies": 1,
        "No date given": 2,
    }
    assert timeline(plan).total == 13 == sum(counts(plan).values())


def test_the_table_has_the_figures_of_the_chart_and_of_its_workbook(tmp_path: Path) -> None:
    publish(a_plan(("2011-05-01", "day"), ("2011-06-01", "day"), ("2013-05-01", "month"), (None, "open")), tmp_path)
    rows = next(table for table in tables(tmp_path / PLAN) if table[0][0].paragraphs == ["When"])
    figures = {row[0].paragraphs[0]: int(row[2].paragraphs[0]) for row in rows[1:]}
    assert figures.pop("All") == sum(figures.values()) == 4
    assert figures.pop("Ongoing, or yet to be confirmed") == 1
    chart = etree.fromstring(part(tmp_path / PLAN, "word/charts/chart1.xml").encode())
    drawn = [int(value.text or "") for value in chart.iterfind(f".//{C}val//{C}v")]
    assert drawn == list(figures.values())
    with zipfile.ZipFile(tmp_path / PLAN) as package:
        book = load_workbook(io.BytesIO(package.read("word/embeddings/Figures1.xlsx")))
    assert [row[2].value for row in book["Figures"].iter_rows(min_row=2)] == drawn


def test_word_finds_nothing_to_mend_in_the_chart(tmp_path: Path) -> None:
    publish(a_plan(("2011-05-01", "day")), tmp_path)
    assert complaints(tmp_path / PLAN) == []
    chart = part(tmp_path / PLAN, "word/charts/chart1.xml")
    assert all(int(number) > 0 for number in re.findall(r'c:(?:axId|crossAx) val="(-?\d+)"', chart))
    assert "srgbClr" not in chart, "colours are the theme's"
    (tmp_path / "figures.xlsx").write_bytes(zipfile.ZipFile(tmp_path / PLAN).read("word/embeddings/Figures1.xlsx"))
    assert complaints(tmp_path / "figures.xlsx") == []


def test_the_colours_of_the_chart_stand_out_from_the_page() -> None:
    """At least 3:1 for columns and 4.5:1 for words. Source: WCAG 2.1, 1.4.11 and 1.4.3."""
    theme = part(Path("templates/priorities/plan.docx"), "word/theme/theme1.xml")
    colours = dict(re.findall(r'<a:(accent1|dk1|lt1)><a:srgbClr val="(\w{6})"', theme))
    assert contrast(colours["accent1"], colours["lt1"]) >= 3
    assert contrast(colours["dk1"], colours["lt1"]) >= 4.5


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        shares = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_chart_says_its_figures_in_words_and_has_a_caption(tmp_path: Path) -> None:
    publish(a_plan(("2011-05-01", "day"), (None, "blank")), tmp_path)
    xml = part(tmp_path / PLAN)
    assert (
        'descr="Column chart. Deliverables by financial quarter, Q1 2011/12 to Q4 2014/15. Q1 2011/12: 1. None in the other 15. '
        'Deliverables in all: 2. Not in the chart: No date given: 1."' in xml
    )
    assert "Deliverables by financial quarter: 1 of 2 fall in one of these quarters." in xml
    assert '<w:pStyle w:val="Caption"/>' in xml


def test_what_pictures_show_is_read_back_from_a_file_whatever_its_pieces() -> None:
    """As long as the chunks in which it is read, and one that says nothing keeps its turn."""
    target = io.BytesIO()
    objects = '<wp:docPr id="1" name="a" descr="A &amp; b: 3 &lt; 4"/><wp:docPr id="2" name="b"/><wp:docPr id="3" descr="C"/>'
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", f"<w:p>{'x' * (65_536 - 20)}{objects}</w:p>")
    assert descriptions(target.getvalue()) == ("A & b: 3 < 4", "", "C")


def test_a_plan_in_which_nothing_is_to_be_delivered_has_no_chart(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    with zipfile.ZipFile(tmp_path / PLAN) as package:
        assert not [name for name in package.namelist() if "chart" in name or "embeddings" in name]
    assert complaints(tmp_path / PLAN) == []


def test_a_form_that_declares_no_timeline_has_no_chart() -> None:
    round_ = update_round()
    assert "timeline" not in Master(round_.kit / "plan.docx").names
    with_tag = replace(round_, kit=a_round_of_nine().kit)
    makers = Report("Plan", Master(with_tag.kit / "plan.docx"), "Plan").makers(merge(round_, []))
    assert not makers["timeline"]()


def test_a_chart_that_a_master_names_twice_is_two_objects() -> None:
    plan = a_plan_of(1)
    shown = shown_timeline(plan, Styles({"normal": "Normal"}), 9638, Attached())
    assert isinstance(shown, Facts)
    chart = shown.see("chart")
    numbers = [re.findall(r'<wp:docPr id="(\d+)"', Sandbox.printed(chart)) for _ in range(2)]
    assert numbers == [["900001"], ["900002"]]
