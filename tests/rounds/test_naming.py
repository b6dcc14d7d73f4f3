"""How names become codes, ids and column names."""

import pytest

from pipeline.rounds.naming import column_name, folded, identifier, initials


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Contact e-mail", "contact_email"), ("  Annex   NAME ", "annex_name"), ("Partnership's chair", "partnerships_chair"), ("", "")],
)
def test_headings_become_column_names(heading: str, column: str) -> None:
    assert column_name(heading) == column


def test_two_writings_of_a_name_are_one_name() -> None:
    """A000-T4, A-X2."""
    assert folded("The Children & Young People’s Trust") == folded("children and young people's TRUST")
    assert folded("Climate Change/Flooding Waste & Environment Partnership)") == "climate change flooding waste and environment partnership"


@pytest.mark.parametrize(
    ("name", "identity", "code"),
    [
        ("Spatial Planning & Infrastructure Partnership", "spatial-planning-infrastructure", "SPIP"),
        ("Breaking the Cycle", "breaking-the-cycle", "BC"),
        ("Partnership", "partnership", "PAR"),
        ("شراكة", "", ""),
    ],
)
def test_names_become_ids_and_codes(name: str, identity: str, code: str) -> None:
    assert (identifier(name), initials(name)) == (identity, code)
