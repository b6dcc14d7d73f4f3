"""Rules are checked with the form, before any return comes in; their page is made from them."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.check import check_record, check_rules
from pipeline.check.catalogue import as_markdown
from pipeline.check.table import KINDS
from pipeline.errors import SetupError
from pipeline.model.forms import Form, RuleSpec
from pipeline.rounds.kit import read_form
from tests.builders import KIT, a_round, sample_form
from tests.check.returns import a_record

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def a_form(**rule: Any) -> Form:
    """Return the sample form with one rule of its own."""
    usual = {"code": "a-rule", "kind": "count", "of": "priorities", "severity": "query", "ask": "?"}
    reasons = dict.fromkeys(("why", "passes", "fails", "source"), "…")
    return sample_form().model_copy(update={"rules": (RuleSpec.model_validate({**usual, **reasons, **rule}),)})


def test_the_rules_of_the_kit_can_be_used() -> None:
    assert check_rules(sample_form()) == ()


@pytest.mark.parametrize(
    ("rule", "mistake"),
    [
        ({"kind": "counting"}, "rules, a-rule: there is no kind “counting” – write one of against-register, "),
        ({"of": "priority"}, "the form has no field “priority” – write the path of a field, such as partnership"),
        ({"of": "chair"}, "“chair” is a person – kind “count” looks at: repeat"),
        ({"kind": "tracked"}, "kind “tracked” looks at the whole return – leave out “of: priorities”"),
        ({"lest": 3}, "rules, a-rule: lest – Extra inputs are not permitted"),
        ({"least": "few"}, "rules, a-rule: least – Input should be a valid integer"),
        ({"kind": "one-of", "fields": ["priorities.colour"]}, "fields.0 – Value error, the form has no field priorities.colour"),
        ({"kind": "one-of"}, "fields – Field required"),
        ({"ask": "Why {colour}?"}, "ask – nothing fills “{colour}” – write one of count, item, label, least, most, "),
        ({"ask": "Why {count.real}?"}, "ask – nothing fills “{count.real}”"),
        ({"ask": "Why {?"}, "ask – "),
    ],
)
def test_a_mistake_in_a_rule_says_where_what_and_what_to_write(rule: dict[str, Any], mistake: str) -> None:
    [said] = check_rules(a_form(**rule))
    assert mistake in said


def test_two_rules_with_one_code_are_a_mistake() -> None:
    form = a_form()
    assert "two rules are called “a-rule”" in check_rules(form.model_copy(update={"rules": form.rules * 2}))[0]


def test_a_form_with_mistaken_rules_stops_the_check_with_all_of_them() -> None:
    with pytest.raises(SetupError) as stopped:
        check_record(a_record(), a_round(form=a_form(kind="counting")))
    assert len(stopped.value.mistakes) == 1


def test_a_brace_in_an_answer_stays_as_typed() -> None:
    form = a_form(kind="vocabulary", of="priorities.focus", ask="“{value}”?")
    [finding] = check_record(a_record({"priorities[1].focus": "{label.x} {{ 7*7 }}"}), a_round(form=form))
    assert finding.message == "“{label.x} {{ 7*7 }}”?"


def test_every_kind_is_explained_and_used_by_the_kit() -> None:
    assert all(kind.doc for kind in KINDS.values())
    assert set(KINDS) == {rule.kind for rule in sample_form().rules}


def test_the_page_of_rules_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(read_form(KIT)[0]), "write what as_markdown returns into docs/rules.md"
