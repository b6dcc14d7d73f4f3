"""A round folder, and everything that can be wrong with its round.yaml and kit."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, SetupError
from pipeline.rounds.loading import load_round
from pipeline.settings import Limits
from tests.rounds.folders import CSV, FORM_YAML, ROUND_YAML, a_folder, mistakes_of

RULE = "rules: [{code: r, kind: k, of: itms, severity: query, ask: a, why: w, passes: p, fails: f, source: s}]\n"


def test_a_folder_becomes_a_round(tmp_path: Path) -> None:
    """A000-P1."""
    round_ = load_round(a_folder(tmp_path))
    assert (round_.id, round_.reference, round_.form.form) == ("small-round", "SM-11", "small")
    assert round_.kit == tmp_path / "templates" / "small"
    assert round_.meeting.date == dt.date(2010, 7, 14)
    assert [term.name for term in round_.vocabularies["objectives"]] == ["World Class Economy", "Climate Change & Environment"]
    assert [partnership.id for partnership in round_.partnerships] == ["spatial-planning", "safer-communities"]
    assert round_.limits == Limits()
    assert round_.options == {"annex_wording": "as-written", "accept": "without-errors", "decides": ""}
    assert round_.warnings == ()


def test_period_and_horizon_are_separate_values(tmp_path: Path) -> None:
    """A000-11, A002-T6."""
    horizon = "horizon: {written: until 2014/15, start: 1/4/11, end: 2015-03-31}\n"
    round_ = load_round(a_folder(tmp_path, round_yaml=ROUND_YAML + horizon))
    assert round_.period.end == dt.date(2014, 3, 31)
    assert (round_.horizon.written, round_.horizon.end) == ("until 2014/15", dt.date(2015, 3, 31))


def test_a_round_without_a_horizon_looks_as_far_as_its_period(tmp_path: Path) -> None:
    round_ = load_round(a_folder(tmp_path))
    assert round_.horizon == round_.period


def test_the_round_file_may_set_limits(tmp_path: Path) -> None:
    round_ = load_round(a_folder(tmp_path, round_yaml=ROUND_YAML + "limits: {ratio: 50, members: 100}\n"))
    assert (round_.limits.ratio, round_.limits.members, round_.limits.bytes) == (50, 100, Limits().bytes)


def test_mistakes_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    broken = ROUND_YAML.replace("reference: SM-11", "reference: sm 11").replace(", end: 31 March 2014", "") + "focus_area: [Housing]\n"
    folder = a_folder(
        tmp_path,
        round_yaml=broken,
        form_yaml=FORM_YAML.replace("choices: objectives, ", "").replace("of: items, title", "of: item, title"),
        csv=CSV.replace("a@example.org", "a@example"),
    )
    assert mistakes_of(folder) == (
        "round.yaml, line 2: reference – “sm 11” has characters that cannot stand here – write “reference: PRI-26”",
        "round.yaml, line 4: period – its “end” is missing – write “end: 31 March 2029”",
        "round.yaml, line 9: focus_area – “focus_area” is not a key here – did you mean “focus_areas”?",
        "templates/small/form.yaml, line 12: items.theme is a choice from nothing – write “choices: …” with the name of a vocabulary",
        "templates/small/form.yaml, line 24: “item” is no repeat of this form – did you mean “items”?",
    )


def test_a_setup_error_counts_its_mistakes_and_ends_with_code_3(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, csv=None)
    with pytest.raises(SetupError, match="cannot be used: 1 mistake") as caught:
        load_round(folder)
    assert caught.value.exit_code is ExitCode.SETUP
    assert caught.value.hint


def test_a_folder_that_is_no_round_says_how_to_start_one(tmp_path: Path) -> None:
    mistakes = mistakes_of(tmp_path)
    assert mistakes[0] == "round.yaml: there is no such file – start a round folder with: proforma init"
    assert "there is no register" in mistakes[1]


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ("form: small", "form: smal", "there is no kit “smal” with a form.yaml – did you mean “small”?"),
        ("form: small", "form: ../small", "form – “../small” has characters that cannot stand here – write “form: priorities”"),
        ("start: 1 April 2011", "start: April", "period.start – “April” is not a day with its year – write it like “1 April 2026”"),
        ("end: 31 March 2014", "end: 31 March 2010", "period – “2011-14” ends before it starts"),
        ("  - World Class Economy", "  - {nam: World Class Economy}", "objectives[1] – its “name” is missing"),
        ("  - World Class Economy", "  - Environment", "objectives[2] – “Environment” already stands for “Environment”"),
        ("objectives:\n", "contacts: [{name: Sarah, email: sarah}]\nobjectives:\n", "“sarah” is not an e-mail address"),
        ("objectives:\n", "options: {annex_wording: agreed}\nobjectives:\n", "not one of the choices – write 'as-written' or 'as-agreed'"),
        ("objectives:\n", "timetable: 4th March\nobjectives:\n", "“4th March” is not a list – start each line below the key with “- ”"),
        ("objectives:\n", "limits: {ratio: soon}\nobjectives:\n", "limits.ratio – “soon”"),
        ("name: Small round", "name: [Small, round]", "name – what stands there is not a text"),
        ("period: {written: 2011-14, start", "period: 2011–14 #", "period – “2011–14” has no keys – write “period: {"),
        ("objectives:\n", "aims:\n", "“aims” is not a key here – known are: name; reference; form"),
    ],
)
def test_each_mistake_says_where_what_and_what_to_write(tmp_path: Path, line: str, instead: str, says: str) -> None:
    assert line in ROUND_YAML
    mistakes = mistakes_of(a_folder(tmp_path, round_yaml=ROUND_YAML.replace(line, instead)))
    assert any(says in mistake for mistake in mistakes), mistakes
    assert all(mistake.startswith(("round.yaml", "partnerships.csv", "templates/small/form.yaml")) for mistake in mistakes)


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ("choices: objectives", "choices: objective", "items.theme chooses from “objective”, which neither"),
        ("identified_by: partnership", "identified_by: partner", "no field “partner” – did you mean “partnership”?"),
        ("title: {label: Title}", "title: {label: Title, gathers: [them]}", "items.title refers to “them”, which does not stand"),
        ("      title: {label: Title}", "      title: {label: Title, pairs: promises.promise}", "refers to “promises.promise”"),
        ("{heading: Theme, of: items.theme}", "{heading: Theme, of: items.them}", "no field “items.them” – did you mean “items.theme”?"),
        ("{heading: Theme, of: items.theme}", "{heading: Theme}", "the annex column “Theme” shows nothing"),
        ("register: annex_name", "register: anex_name", "which is no column of the register – did you mean “annex_name”?"),
        ("chapters: items.theme}", "chapters: theme}", "chapters – the form has no field “theme”"),
        (
            "chapters: items.theme}",
            "chapters: items.theme, timeline: {title: Due, things: Items}}",
            "the timeline shows no date – write “due: …” with a date",
        ),
        (
            "chapters: items.theme}",
            "chapters: items.theme, tallies: {all: {by: items.title}}}",
            "“items.title” is no choice, so nothing can be counted by it",
        ),
        ("chapters: items.theme}", "chapters: items.theme, tallies: {all: {by: items.them}}}", "by – the form has no field “items.them”"),
        ("partnership: {label: Name", "partnership: {type: txt, label: Name", "fields.partnership.type – “txt” is not one of the choices"),
        ("partnership: {label: Name, prefill: name}", "partnership: {prefill: name}", "fields.partnership – its “label” is missing"),
        ("partnership: {label: Name", "partnership: {lable: Name", "“lable” is not a key here – did you mean “label”?"),
        ("title: {label: Title}", "title: {type: group, label: Title}", "items.title is a group without fields"),
        ("annex:\n", RULE + "annex:\n", "of – the form has no field “itms” – did you mean “items”?"),
    ],
)
def test_a_form_that_does_not_fit_together_says_so(tmp_path: Path, line: str, instead: str, says: str) -> None:
    assert line in FORM_YAML
    mistakes = mistakes_of(a_folder(tmp_path, form_yaml=FORM_YAML.replace(line, instead)))
    assert any(says in mistake and "form.yaml, line" in mistake for mistake in mistakes), mistakes


def test_a_prefill_without_a_column_is_warned_about(tmp_path: Path) -> None:
    """A002-23."""
    round_ = load_round(a_folder(tmp_path, csv="Name\nSpatial Planning\n"))
    assert round_.warnings[0] == "partnerships.csv: there is no column “Contact email” – “E-mail” stays empty on the blanks"


def test_the_rounds_own_kit_goes_before_those_of_the_program(tmp_path: Path) -> None:
    folder, kits = tmp_path / "round", tmp_path / "kits"
    a_folder(folder)
    (kits / "small").mkdir(parents=True)
    (kits / "small" / "form.yaml").write_text(FORM_YAML.replace("A small form", "Another"), encoding="utf-8")
    assert load_round(folder, kits).form.title == "A small form"
    (folder / "templates" / "small" / "form.yaml").unlink()
    assert load_round(folder, kits).form.title == "Another"


def test_a_vocabulary_of_the_round_replaces_one_of_the_form(tmp_path: Path) -> None:
    form = FORM_YAML.replace("fields:\n  partnership", "vocabularies: {states: [{name: met}]}\nfields:\n  partnership", 1)
    round_yaml = ROUND_YAML + "vocabularies: {states: [{name: met, aliases: [done]}]}\n"
    round_ = load_round(a_folder(tmp_path, round_yaml=round_yaml, form_yaml=form))
    assert round_.vocabularies["states"][0].aliases == ("done",)
