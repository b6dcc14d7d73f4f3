"""Words of a vocabulary."""

import pytest

from pipeline.grammar.choices import is_exact, match_choice, split_choices, suggest
from pipeline.model.forms import Term

AREAS = (
    Term(name="Housing and Infrastructure"),
    Term(name="Economy (skills/infrastructure)", aliases=("Economy",)),
    Term(name="met", label="Already met", aliases=("achieved", "yes")),
    Term(name="remaining", label="Not yet met", aliases=("not met", "no")),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("housing & infrastructure", "Housing and Infrastructure"),
        ("Economy", "Economy (skills/infrastructure)"),
        ("ALREADY MET", "met"),
        ("no", "remaining"),
        ("Housing and Infrastucture", "Housing and Infrastructure"),
    ],
)
def test_a_choice_is_known_by_name_alias_label_or_a_slip_of_the_pen(text: str, name: str) -> None:
    """A001-T5."""
    term = match_choice(text, AREAS)
    assert term and term.name == name


@pytest.mark.parametrize("text", ["", "Culture", "yet met", "nearly", "Housing"])
def test_what_is_not_clearly_one_term_is_none(text: str) -> None:
    assert match_choice(text, AREAS) is None


def test_two_terms_that_are_as_near_are_not_chosen_between() -> None:
    assert match_choice("Theme one: roads x", (Term(name="Theme one: roads a"), Term(name="Theme one: roads b"))) is None


def test_the_nearest_terms_are_suggested() -> None:
    assert suggest("Housing", AREAS, most=1)[0].term.name == "Housing and Infrastructure"
    assert suggest("anything", ()) == ()


def test_a_near_wording_is_not_an_exact_one() -> None:
    assert is_exact("housing & infrastructure", AREAS[0])
    assert not is_exact("Housing and Infrastucture", AREAS[0])


def test_several_terms_in_one_text_are_told_apart() -> None:
    areas = (Term(name="Roads, rail and paths"), Term(name="Homes"))
    assert split_choices("Homes, Roads, rail and paths", areas) == ("Homes, Roads, rail and paths",)
    assert split_choices("Homes; Roads, rail and paths", areas) == ("Homes", "Roads, rail and paths")
    assert split_choices("Economy, yes", AREAS) == ("Economy", "yes")
    assert split_choices("Roads, rail and paths", areas) == ("Roads, rail and paths",)
