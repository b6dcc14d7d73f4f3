"""The sample round that lies in the repository: it loads, and its answers are those of Annex 1."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.grammar.dates import read_when
from pipeline.model.records import Value
from pipeline.model.rounds import Round
from pipeline.rounds.loading import load_round
from tests.sample.answers import Answers, sample_answers
from tests.sample.register import ROOT, write_sample


@pytest.fixture(scope="module")
def sample() -> Round:
    return load_round(ROOT)


@pytest.fixture(scope="module")
def answers() -> dict[str, Answers]:
    return sample_answers()


def _rows(value: Value) -> list[dict[str, Value]]:
    """Return the items of a repeat."""
    assert isinstance(value, list)
    return [item for item in value if isinstance(item, dict)]


def test_the_sample_round_loads_with_exactly_these_warnings(sample: Round) -> None:
    """A002-24, A002-T3..T5, A000-T5, A001-T2."""
    assert [warning.partition(": ")[2] for warning in sample.warnings] == [
        "timetable – no year is given for “4th March”; “March”; “end of March to beg of April”; “21st April”; “6th May”; "
        "“2nd June/23rd June”; “13th July” – read as 2011",
        "timetable – “2nd June/23rd June” is more than one date – read as 2 June 2011 to 23 June 2011",
        "no annex name for “Breaking the Cycle”; “Oxfordshire Stronger Communities Alliance” – "
        "the annex names no partnership in their rows",
    ]


def test_the_round_has_the_vocabularies_period_and_meeting_of_its_sources(sample: Round) -> None:
    """A000-1, A000-11, A001-3, A002-T6."""
    assert (sample.name, sample.reference) == ("2030 Refresh 2011-14", "OX2030-11")
    assert [term.name for term in sample.vocabularies["objectives"]] == [
        "World Class Economy",
        "Healthy & Thriving Communities",
        "Climate Change & Environment",
        "Reducing Inequalities & Breaking the Cycle of deprivation",
    ]
    assert len(sample.vocabularies["focus_areas"]) == 7
    assert (sample.period.written, sample.horizon.end) == ("2011-14", dt.date(2015, 3, 31))
    assert sample.meeting.date == dt.date(2011, 7, 13)
    assert {step.kind: step.end for step in sample.timetable if step.kind} == {
        "circulated": dt.date(2011, 3, 4),
        "review": dt.date(2011, 4, 21),
        "due": dt.date(2011, 5, 6),
        "agreed": dt.date(2011, 6, 23),
        "meeting": dt.date(2011, 7, 13),
    }
    source = "purpose background refresh comments_question future_direction continuing options next_steps recommendation guidance"
    narrative = [name for name in sample.narrative if not name.startswith("implications_")]
    assert narrative == source.split()


def test_the_register_has_the_ten_partnerships_in_the_order_of_the_annex(sample: Round) -> None:
    """A001-13, A001-T2, A001-T10."""
    assert [(partnership.code, partnership.columns["annex_name"]) for partnership in sample.partnerships] == [
        ("SPI", "Spatial Planning & Infrastructure"),
        ("BTC", ""),
        ("LEP", "Oxfordshire Local Enterprise"),
        ("CYP", "Children & Young People's Trust"),
        ("HWB", "Health & Wellbeing"),
        ("CEG", "Chief Executives Group"),
        ("SCP", "Safer Communities"),
        ("OSCA", ""),
        ("EWP", "Environment & Waste"),
        ("OLS", "Learning & Skills"),
    ]


@pytest.mark.parametrize(
    ("called", "identity"),
    [
        ("OEP", "oxfordshire-local-enterprise"),
        ("SPIP", "spatial-planning-infrastructure"),
        ("Ox CE Group", "chief-executives-group"),
        ("PSB", "chief-executives-group"),
        ("Children's Trust", "children-young-peoples-trust"),
        ("Oxfordshire Waste Partnership", "environment-waste"),
        ("Ox Voluntary Sector Partnership", "oxfordshire-stronger-communities-alliance"),
        ("Health & Well Being Partnership", "health-wellbeing-board"),
    ],
)
def test_names_of_the_sources_lead_to_one_partnership(sample: Round, called: str, identity: str) -> None:
    """A000-T4, A-X2."""
    assert [partnership.id for partnership in sample.partnerships if called in partnership.names] == [identity]


def test_the_workbook_is_the_one_that_the_register_writes(tmp_path: Path, sample: Round) -> None:
    for name in ("round.yaml", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    write_sample(tmp_path / "partnerships.xlsx")
    assert load_round(tmp_path).partnerships == sample.partnerships, "run: python -m tests.sample.register"


def test_nine_partnerships_answer_with_the_36_priorities_of_the_annex(sample: Round, answers: dict[str, Answers]) -> None:
    """A001-13."""
    counts = {partnership: len(_rows(values["priorities"])) for partnership, values in answers.items()}
    assert list(counts) == [partnership.id for partnership in sample.partnerships[:9]]
    assert list(counts.values()) == [4, 3, 5, 3, 3, 2, 3, 5, 8]


def test_the_annex_keeps_the_spelling_of_its_source(answers: dict[str, Answers]) -> None:
    """A001-15, A001-T3, A001-T5, A001-T8, A001-T9."""
    assert [row["objectives"] for row in _rows(answers["chief-executives-group"]["priorities"])] == [["World class Economy"]] * 2
    assert _rows(answers["safer-communities"]["priorities"])[0]["title"] == "Tackling community safety concerns in our communities."
    assert not any("focus" in row for row in _rows(answers["environment-waste"]["priorities"]))
    assert [row["group"] for row in _rows(answers["environment-waste"]["priorities"])] == ["Environment focus:"] * 4 + ["Waste focus:"] * 4
    introduced = [partnership for partnership, values in answers.items() if "introduction" in values]
    assert introduced == ["breaking-the-cycle", "health-wellbeing-board"]


def _keys(value: Value, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {key for name, below in value.items() for key in {f"{path}{name}", *_keys(below, f"{path}{name}.")}}
    if isinstance(value, list):
        return {key for item in value for key in _keys(item, path)}
    return set()


def test_every_key_of_the_answers_is_a_field_of_the_form(sample: Round, answers: dict[str, Answers]) -> None:
    assert {key for values in answers.values() for key in _keys(values)} - set(sample.form.by_path) == {"priorities.deliverables.due_date"}


def test_every_date_as_typed_resolves_as_the_answers_say(answers: dict[str, Answers]) -> None:
    """A002-10."""
    rows = [row for values in answers.values() for priority in _rows(values["priorities"]) for row in _rows(priority["deliverables"])]
    read = {str(row["due"]): read_when(str(row["due"])) for row in rows if "due" in row}
    resolved = {written: when.end.isoformat() if when and when.end else None for written, when in read.items()}
    assert resolved == {str(row["due"]): row.get("due_date") for row in rows if "due" in row}


def test_the_pledges_answered_are_those_of_the_register_and_one_leaves_them_blank(sample: Round, answers: dict[str, Answers]) -> None:
    """A002-22, A002-23."""
    for partnership, values in answers.items():
        if partnership == "breaking-the-cycle":
            assert "pledges" not in values
        else:
            assert tuple(row["pledge"] for row in _rows(values["pledges"])) == sample.by_id[partnership].lists["pledges"]
