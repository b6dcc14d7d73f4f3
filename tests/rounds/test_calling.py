"""What a council calls by a name of its own, in the place of the kit's words."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.blanks.compiling import compile_master
from pipeline.errors import SetupError
from pipeline.rounds.kit import own_kits, read_form
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.rounds.folders import FORM_YAML, ROUND_YAML, a_folder

PRIORITIES = own_kits() / "priorities"
NAMED = {"objectives": ("Northshire 2040 objectives", "2040 objectives"), "plan": ("Northshire 2040 Plan",)}
OF_OXFORDSHIRE = re.compile(r"Oxford|Oxon|\bOCC\b|\bOX2030\b|\b2030 (?:Refresh|Delivery|objective)")


def words_of(path: Path) -> str:
    """Return everything that a file says: of a package, all its parts of XML."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels")))


@pytest.mark.parametrize("kit", ["priorities", "update"])
def test_a_new_council_gets_nothing_that_names_oxfordshire(kit: str, tmp_path: Path) -> None:
    told = {path.name: OF_OXFORDSHIRE.findall(words_of(path)) for path in init_round(tmp_path, kit)}
    assert {name: found for name, found in told.items() if found} == {}


def test_a_kit_left_as_it_is_reads_as_a_council_without_names_would_write_it() -> None:
    form = read_form(PRIORITIES)[0]
    assert form.field("priorities.objectives").label == "Long-term objectives"
    assert form.field("priorities.context.objectives_link").label == "Link to the long-term objectives"
    assert form.field("pledges").label == "Review of your partnership’s pledges in the current delivery plan"
    (ask,) = (rule.ask for rule in form.rules if rule.code == "no-objective")
    assert ask == "Which of the long-term objectives does “{item}” support?"


def test_what_is_made_of_a_word_follows_it() -> None:
    form = read_form(PRIORITIES, NAMED)[0]
    assert form.field("priorities.context.objectives_link").label == "Link to the Northshire 2040 objectives"
    assert [column.heading for column in form.annex.columns][1] == "Northshire 2040 objectives"


def test_the_other_ways_of_writing_a_word_are_labels_that_returns_use() -> None:
    objectives = read_form(PRIORITIES, NAMED)[0].field("priorities.objectives")
    assert objectives.label == "Northshire 2040 objectives"
    assert "2040 objectives" in objectives.labels


def test_the_blank_says_what_the_council_calls_things(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    file = tmp_path / "round.yaml"
    own = file.read_text(encoding="utf-8").replace("objectives: long-term objectives", "objectives: Northshire 2040 objectives")
    file.write_text(own.replace("plan: delivery plan", "plan: Northshire 2040 Plan"), encoding="utf-8")
    round_ = load_round(tmp_path)
    blank = tmp_path / "blank.docx"
    blank.write_bytes(compile_master(round_).stamp(round_.partnerships[0]))
    said = re.sub(r"<[^>]+>", "", words_of(blank))
    assert "Link to the Northshire 2040 objectives" in said and "pledges in the current Northshire 2040 Plan" in said
    assert 'w:val="Northshire 2040 objectives"/><w:tag w:val="priorities[1].objectives[1]"' in words_of(blank)
    assert "words." not in words_of(blank)


def test_the_master_agrees_with_the_form_whatever_things_are_called(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    round_ = load_round(tmp_path)
    named = replace(round_, form=read_form(round_.kit, NAMED)[0])
    assert compile_master(named).stamp(named.partnerships[0])


def test_a_word_that_the_form_does_not_use_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    form = FORM_YAML.replace("identified_by: partnership\n", "identified_by: partnership\nwords: {theme: theme}\n")
    folder = a_folder(tmp_path, round_yaml=ROUND_YAML + "words:\n  themes: Our themes\n", form_yaml=form)
    with pytest.raises(SetupError) as caught:
        load_round(folder)
    told = "round.yaml, line 10: words – the kit’s form says nothing with “themes” – did you mean “theme”?"
    assert caught.value.mistakes == (told,)


def test_a_form_in_which_a_word_stands_for_nothing_is_refused(tmp_path: Path) -> None:
    form = FORM_YAML.replace("label: Title", 'label: "{words.titel}"')
    with pytest.raises(SetupError) as caught:
        load_round(a_folder(tmp_path, form_yaml=form))
    assert caught.value.mistakes == ("templates/small/form.yaml: “{words.titel}” stands for nothing – there is none to choose from",)


def test_lines_of_earlier_forms_are_guidance_beside_those_of_the_kit(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, round_yaml=ROUND_YAML + "instructions:\n  - Last year’s line\n")
    assert load_round(folder).form.instructions == ("Last year’s line",)
