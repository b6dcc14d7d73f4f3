"""Registers as officers keep them, in Excel and as CSV."""

from pathlib import Path

import pytest

from pipeline.errors import SetupError
from pipeline.rounds.loading import load_round
from pipeline.rounds.register import read_register
from tests.rounds.folders import CSV, FORM_YAML, a_folder, a_workbook, mistakes_of

HEADINGS = ("Name", "Code", "Contact e-mail", "Theme", "Aliases")
FIRST = ("Spatial Planning Partnership", "SPI", "a@example.org", "Environment", "SPIP")
SECOND = ("Safer Communities", "SCP", "b@example.org", "World Class Economy", "")


def _with_workbook(folder: Path, *rows: tuple[object, ...], **sheets: tuple[tuple[object, ...], ...]) -> Path:
    """Write a round folder whose register is a workbook with the usual headings and further sheets."""
    a_folder(folder, csv=None)
    a_workbook(folder / "partnerships.xlsx", {"Register": [HEADINGS, *rows], **sheets})
    return folder


def test_a_workbook_gives_the_partnerships_in_its_order(tmp_path: Path) -> None:
    first, second = load_round(_with_workbook(tmp_path, FIRST, SECOND)).partnerships
    assert (first.id, first.code, first.name) == ("spatial-planning", "SPI", "Spatial Planning Partnership")
    assert first.columns["contact_email"] == "a@example.org"
    assert first.names == ("Spatial Planning Partnership", "SPIP")
    assert second.lists == {"aliases": (), "lineage": (), "promises": ()}


def test_a_choice_is_kept_under_its_agreed_name(tmp_path: Path) -> None:
    """A-X1."""
    assert load_round(a_folder(tmp_path)).partnerships[0].columns["theme"] == "Climate Change & Environment"


def test_a_csv_file_does_as_well_with_commas_or_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    commas = load_round(a_folder(tmp_path / "a", csv="\ufeff" + CSV))
    semicolons = load_round(a_folder(tmp_path / "b", csv="Name;Code\nSpatial Planning;SPI\n"))
    assert commas.partnerships[0].lists["promises"] == ("First", "Second")
    assert semicolons.partnerships[0].code == "SPI"


def test_headings_are_found_whatever_their_case_order_and_spaces(tmp_path: Path) -> None:
    csv = "CODE ,  contact   E-Mail,name\nSPI,a@example.org,Spatial Planning\n"
    (partnership,) = load_round(a_folder(tmp_path, csv=csv)).partnerships
    assert (partnership.code, partnership.columns["contact_email"]) == ("SPI", "a@example.org")


def test_columns_that_nobody_asked_for_are_kept(tmp_path: Path) -> None:
    (partnership,) = load_round(a_folder(tmp_path, csv="Name,Meets in\nSpatial Planning,County Hall\n")).partnerships
    assert partnership.columns["meets_in"] == "County Hall"


def test_a_list_may_have_a_sheet_of_its_own(tmp_path: Path) -> None:
    """A002-23."""
    promises = (("Partnership", "Promise"), ("SPIP", "One"), ("", "Two"), ("Safer Communities", "Three"))
    round_ = load_round(_with_workbook(tmp_path, FIRST, SECOND, Promises=promises, Notes=(("anything", "goes"),)))
    assert [partnership.lists["promises"] for partnership in round_.partnerships] == [("One", "Two"), ("Three",)]


def test_a_list_that_names_nobody_we_know_says_who_may_be_meant(tmp_path: Path) -> None:
    promises = (("Partnership", "Promise"), ("Safer Comunities", "One"))
    (mistake,) = mistakes_of(_with_workbook(tmp_path, FIRST, SECOND, Promises=promises))
    assert mistake == (
        "partnerships.xlsx, sheet Promises, cell A2: “Safer Comunities” is not in the register – did you mean “Safer Communities”?"
    )


def test_a_partnership_without_a_code_gets_its_initials(tmp_path: Path) -> None:
    csv = "Name\nHealth and Wellbeing Board\nPolice\n"
    assert [partnership.code for partnership in load_round(a_folder(tmp_path, csv=csv)).partnerships] == ["HWB", "POL"]


def test_an_annex_name_left_empty_prints_nothing(tmp_path: Path) -> None:
    """A001-T2, A001-T10."""
    csv = "Name,Annex name\nLocal Enterprise Partnership,Local Enterprise\nStronger Communities,\n"
    round_ = load_round(a_folder(tmp_path, csv=csv))
    assert [partnership.columns["annex_name"] for partnership in round_.partnerships] == ["Local Enterprise", ""]
    assert "partnerships.csv: no annex name for “Stronger Communities” – the annex names no partnership in their rows" in round_.warnings


@pytest.mark.parametrize("csv", ["Name\nSafer Communities\n", "Name,Annex name\nSafer Communities,\n"])
def test_without_any_annex_name_the_name_is_printed(tmp_path: Path, csv: str) -> None:
    assert load_round(a_folder(tmp_path, csv=csv)).partnerships[0].columns["annex_name"] == "Safer Communities"


def test_an_id_of_ones_own_outlives_a_change_of_name(tmp_path: Path) -> None:
    (partnership,) = load_round(a_folder(tmp_path, csv="Name,Id\nHealth and Wellbeing Board,health-wellbeing\n")).partnerships
    assert partnership.id == "health-wellbeing"


def test_names_in_any_script_have_an_id(tmp_path: Path) -> None:
    csv = "Name,Code\nPartneriaeth Iechyd Môn,PIM\nشراكة الصحة,ARA\n"
    assert [partnership.id for partnership in load_round(a_folder(tmp_path, csv=csv)).partnerships] == ["partneriaeth-iechyd-mon", "ara"]


def test_lineage_that_two_partnerships_share_is_warned_about(tmp_path: Path) -> None:
    """A-X2."""
    csv = "Name,Lineage\nHealth Board,Old Partnership\nCare Board,Old Partnership\n"
    warnings = load_round(a_folder(tmp_path, csv=csv)).warnings
    assert any("“Old Partnership” names “Health Board” and “Care Board”" in warning for warning in warnings)


def test_where_there_are_two_registers_the_workbook_is_used(tmp_path: Path) -> None:
    a_folder(tmp_path)
    a_workbook(tmp_path / "partnerships.xlsx", {"Register": [HEADINGS, FIRST]})
    round_ = load_round(tmp_path)
    assert len(round_.partnerships) == 1
    assert any("only partnerships.xlsx is used" in warning for warning in round_.warnings)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((), "partnerships.xlsx, sheet Register: the register is empty – write one partnership a row below the headings"),
        ((FIRST, ("", "X1", "", "", "")), "cell A3: the row has no name"),
        ((FIRST, FIRST), "cell A3: “Spatial Planning Partnership” already stands for “Spatial Planning Partnership” (cell A2)"),
        ((FIRST, ("Other", "SPI", "", "", "")), "cell B3: “SPI” already stands for “Spatial Planning Partnership” (cell B2)"),
        ((FIRST, ("Other", "OTH", "", "", "spip")), "cell E3: “spip” already stands for “Spatial Planning Partnership” (cell E2)"),
        ((("Other", "a b", "", "", ""),), "cell B2: “a b” is no code – write two to eight capitals and digits, like “SPI”"),
        ((("Other", "OTH", "not an address", "", ""),), "cell C2: “not an address” is not an e-mail address"),
        ((("Other", "OTH", "", "Econmy", ""),), "cell D2: “Econmy” is not in round.yaml – did you mean “World Class Economy”?"),
        ((("Other", "OTH", "", "#REF!", ""),), "cell D2: Excel shows “#REF!”"),
        ((("شراكة", "", "", "", ""),), "no code can be made from “شراكة”"),
    ],
)
def test_each_mistake_names_its_cell(tmp_path: Path, rows: tuple[tuple[object, ...], ...], says: str) -> None:
    mistakes = mistakes_of(_with_workbook(tmp_path, *rows))
    assert any(says in mistake and mistake.startswith("partnerships.xlsx, sheet Register") for mistake in mistakes), mistakes


def test_a_telephone_number_kept_as_a_number_has_lost_its_nought(tmp_path: Path) -> None:
    form = FORM_YAML.replace("  items:\n", "  call: {type: phone, label: Telephone, prefill: phone}\n  items:\n", 1)
    a_folder(tmp_path, csv=None, form_yaml=form)
    a_workbook(tmp_path / "partnerships.xlsx", {"Register": [("Name", "Phone"), ("Police", 1632960100)]})
    (mistake,) = mistakes_of(tmp_path)
    assert mistake == (
        "partnerships.xlsx, sheet Register, cell B2: 1632960100 is kept as a number, so a 0 in front is lost – "
        "format the cell as Text and write “01632960100”"
    )


def test_a_heading_written_twice_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(a_folder(tmp_path, csv="Name,Code,code\nPolice,POL,POX\n"))
    assert mistake.startswith("partnerships.csv, row 1, column C: the heading “code” stands there a second time")


def test_a_register_without_names_says_which_heading_is_missing(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(a_folder(tmp_path, csv="Partnerships,Code\nPolice,POL\n"))
    assert mistake == "partnerships.csv: there is no column “Name” – write “Name” over the column with the names of the partnerships"


def test_of_several_sheets_one_is_the_register(tmp_path: Path) -> None:
    a_folder(tmp_path, csv=None)
    a_workbook(tmp_path / "partnerships.xlsx", {"Sheet1": [HEADINGS, FIRST], "Sheet2": [("x",)]})
    (mistake,) = mistakes_of(tmp_path)
    assert "there is no sheet “Register” (there are: Sheet1; Sheet2)" in mistake


def test_the_only_sheet_is_the_register_whatever_its_name(tmp_path: Path) -> None:
    a_folder(tmp_path, csv=None)
    a_workbook(tmp_path / "partnerships.xlsx", {"Sheet1": [HEADINGS, FIRST]})
    assert len(load_round(tmp_path).partnerships) == 1


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 cut short"])
def test_a_damaged_workbook_is_one_clear_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "partnerships.xlsx").write_bytes(data)
    with pytest.raises(SetupError, match="not a workbook that can be read"):
        read_register(tmp_path)


def test_a_workbook_cut_short_anywhere_is_one_clear_sentence(tmp_path: Path) -> None:
    whole = a_workbook(tmp_path / "whole.xlsx", {"Register": [HEADINGS, FIRST]}).read_bytes()
    for share in range(5, 100, 5):
        (tmp_path / "partnerships.xlsx").write_bytes(whole[: len(whole) * share // 100])
        with pytest.raises(SetupError, match="not a workbook that can be read"):
            read_register(tmp_path)


def test_a_csv_file_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "partnerships.csv").write_bytes("Name\nCafé\n".encode("cp1252"))
    with pytest.raises(SetupError, match="not UTF-8"):
        read_register(tmp_path)


def test_rows_left_empty_are_no_partnerships(tmp_path: Path) -> None:
    round_ = load_round(_with_workbook(tmp_path, FIRST, *[()] * 10_000, SECOND))
    assert [partnership.code for partnership in round_.partnerships] == ["SPI", "SCP"]
