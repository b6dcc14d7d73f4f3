"""Names, job titles and organisations."""

import pytest

from pipeline.grammar.people import Person, read_people, read_person, same_person, without_job


@pytest.mark.parametrize(
    ("text", "name", "detail"),
    [
        ("Zoë Hargreaves, Head of Partnerships", "Zoë Hargreaves", "Head of Partnerships"),
        ("Dr Stephen Richards (Oxfordshire PCT)", "Dr Stephen Richards", "Oxfordshire PCT"),
        ("Hilary Simpson (Corporate Change Manager, County Council)", "Hilary Simpson", "Corporate Change Manager, County Council"),
        ("Martin St. John-Hyde – Strategic Lead", "Martin St. John-Hyde", "Strategic Lead"),
        ("Cabinet Lead: Cllr John Howell OBE", "Cllr John Howell OBE", ""),
        ("Tom Smith, OBE", "Tom Smith, OBE", ""),
        ("Frank Nigriello (Unipart", "Frank Nigriello", "Unipart"),
        ("John Pickard. OCC", "John Pickard", "OCC"),
        ("Lowelle Bryan, SODC", "Lowelle Bryan", "SODC"),
        ("Cllr Mrs J. Heathcoat", "Cllr Mrs J. Heathcoat", ""),
        ("Cllr. SMITH", "Cllr. SMITH", ""),
    ],
)
def test_a_name_is_parted_from_what_is_said_of_the_person(text: str, name: str, detail: str) -> None:
    """A003-T2, A003-T3, A003-T16."""
    assert read_person(text) == Person(name, detail)


def test_people_who_share_a_role_are_told_apart() -> None:
    """A003-T1."""
    people = read_people("Co-Chairmen: Cllr Jim Couchman and Dr Stephen Richards (Oxfordshire PCT)")
    assert people == (Person("Cllr Jim Couchman", ""), Person("Dr Stephen Richards", "Oxfordshire PCT"))


def test_titles_letters_and_accents_do_not_make_another_person() -> None:
    assert same_person("Cllr Keith R Mitchell CBE", "Keith R. Mitchell")
    assert same_person("Zoë Hargreaves, Head of Partnerships", "zoe hargreaves")
    assert not same_person("Tom Pettifer", "Tom Pettigrew")
    assert not same_person("", "")


@pytest.mark.parametrize(
    ("text", "name", "job"),
    [
        ("Priya Raman Partnership Development Manager", "Priya Raman", "Partnership Development Manager"),
        ("Peter van der Meer Flood Risk Engineer", "Peter van der Meer", "Flood Risk Engineer"),
        ("Dr Keith R Mitchell Head of Housing Officer", "Dr Keith R Mitchell", "Head of Housing Officer"),
        ("Priya Raman", "Priya Raman", ""),
        ("Maria Luisa de la Cruz", "Maria Luisa de la Cruz", ""),
    ],
)
def test_a_job_title_is_told_from_the_name_it_was_run_together_with(text: str, name: str, job: str) -> None:
    assert without_job(text) == (name, job)
