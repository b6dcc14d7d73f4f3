"""E-mail addresses and telephone numbers."""

import pytest

from pipeline.grammar.contacts import Contact, find_email, find_phone, phone_digits, split_contact


@pytest.mark.parametrize(
    "text", ["01632 960105", "(01632) 960105", "01632-960105", "+44 1632 960105", "+44 (0)1632 960 105", "01632 960105 ext 12"]
)
def test_one_number_has_one_form_however_it_is_typed(text: str) -> None:
    assert find_phone(f"Tel: {text}.") == text
    assert phone_digits(text) == "01632960105"


@pytest.mark.parametrize("text", ["01632 9601055", "01632 9601", "1632 960105", "", "not a number"])
def test_a_number_with_a_digit_too_many_or_too_few_is_none(text: str) -> None:
    """A004-T4."""
    assert phone_digits(text) is None


def test_an_address_is_found_without_what_stands_around_it() -> None:
    assert find_email("Write to <Tom.Pettifer@example.org>.") == "Tom.Pettifer@example.org"
    assert find_email("no address") is None


@pytest.mark.parametrize(
    "text",
    [
        "D’Arcy O’Neill, Policy Officer, 01632 960105, darcy.oneill@example.org",
        "D’Arcy O’Neill (Policy Officer)\nTel: 01632 960105\nE-mail: darcy.oneill@example.org",
        "Name: D’Arcy O’Neill – Policy Officer; 01632 960105; <darcy.oneill@example.org>",
        "D’Arcy O’Neill: Policy Officer: darcy.oneill@example.org\n01632 960105",
    ],
)
def test_a_cell_that_says_everything_is_taken_apart(text: str) -> None:
    """A002-6."""
    assert split_contact(text) == Contact("D’Arcy O’Neill", "darcy.oneill@example.org", "01632 960105", "Policy Officer")


def test_what_a_contact_does_not_say_is_empty() -> None:
    assert split_contact("") == Contact("", "", "", "")
    assert split_contact("sian@example.org") == Contact("", "sian@example.org", "", "")
