"""A master and its form are proved to agree, both ways, in words that an officer can act on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.masters import check_master
from pipeline.errors import ExitCode, SetupError
from pipeline.model.forms import Form
from tests.blanks.documents import changed
from tests.builders import KIT, a_round, sample_form


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda document: document.replace(old, new, 1)


def mistakes(tmp_path: Path, change: Callable[[str], str], part: str = "word/document.xml") -> tuple[str, ...]:
    return check_master(changed(tmp_path / "proforma.docx", change, part), sample_form())


def test_the_master_of_the_kit_agrees_with_its_form() -> None:
    assert check_master(KIT / "proforma.docx", sample_form()) == ()


def test_a_tag_that_the_form_does_not_know_is_named_with_its_place_and_the_nearest_one(tmp_path: Path) -> None:
    found = mistakes(tmp_path, swap('<w:tag w:val="chair"/>', '<w:tag w:val="chairman"/>'))
    assert found == (
        "proforma.docx, under “Your partnership”, “Chair” – form.yaml knows nothing tagged “chairman” – "
        "put the path of a field, such as “chair” (in Word: Developer, Properties), or delete the control",
        "proforma.docx – there is no answer for “Chair” – put a control tagged “chair” there, or take chair out of form.yaml",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<w:tag w:val="chair"/>', "", "the control has no tag"),
        (">Chair</w:t>", ">Chairman</w:t>", "the label is “Chairman” – write “Chair”"),
        (">What will be delivered</w:t>", ">Outputs</w:t>", "the label is “Outputs” – write “What will be delivered”"),
        ('<w:alias w:val="Chair"/>', '<w:alias w:val="Chairman"/>', "the title of the control is “Chairman” – write “Chair”"),
        (">The name of your chair<", ">Type here<", "its prompt is not “The name of your chair”"),
        ('<w:tag w:val="chair"/><w:lock w:val="sdtLocked"/>', '<w:tag w:val="chair"/>', "a partner could delete this control"),
        ('<w:tag w:val="chair"/>', '<w:tag w:val="contact_officer"/>', "“contact_officer” is a group"),
        ("<w:dropDownList/>", "<w:text/>", "it is a plain text control – put a drop-down list there"),
        (">Deliverables<", ">What comes of it<", "“Deliverables” stands nowhere"),
        ('<w:tag w:val="pledges"/>', '<w:alias w:val="Pledges"/><w:tag w:val="pledges"/>', "rows that repeat have a title"),
        ('<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>', "", "touches the one above"),
    ],
)
def test_each_disagreement_is_said_with_what_to_do(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = mistakes(tmp_path, swap(old, new))
    assert any(said in line for line in found), found
    assert all(line.startswith("proforma.docx") and line.count(" – ") >= 2 for line in found)


def test_a_drop_down_that_covers_a_cell_is_refused(tmp_path: Path) -> None:
    """LibreOffice 7.4 draws drop-downs at the level of a cell in the wrong place."""

    def around_the_cell(document: str) -> str:
        at = document.index('<w:tag w:val="priorities.focus"/>')
        start, cell = document.rindex("<w:sdt>", 0, at), document.rindex("<w:tc>", 0, at)
        end = document.index("</w:sdt>", at)
        inner = document.index("<w:sdtContent>", at) + len("<w:sdtContent>")
        close = document.index("</w:tc>", end) + len("</w:tc>")
        run = document[inner : document.index("</w:sdtContent>", inner)]
        plain = document[cell:start] + run + document[end + len("</w:sdt>") : close]
        return document[:cell] + document[start:inner] + plain + "</w:sdtContent></w:sdt>" + document[close:]

    assert any("it covers a whole table cell" in line for line in mistakes(tmp_path, around_the_cell))


def test_a_field_without_a_control_is_named() -> None:
    data = sample_form().model_dump(by_alias=True)
    data["fields"]["budget"] = {"label": "Budget"}
    found = check_master(KIT / "proforma.docx", Form.model_validate(data))
    told = "there is no answer for “Budget” – put a control tagged “budget” there, or take budget out of form.yaml"
    assert found == (f"proforma.docx – {told}",)


def test_a_repeat_without_its_part_is_named_and_its_controls_too(tmp_path: Path) -> None:
    found = mistakes(tmp_path, swap('<w:tag w:val="pledges"/>', ""))
    assert any("no part repeats for “Review of your partnership’s pledges" in line for line in found)
    assert any("it stands outside the part that repeats" in line for line in found)


def test_a_blank_that_would_not_say_whose_it_is_is_refused(tmp_path: Path) -> None:
    found = mistakes(tmp_path, swap('<w:tag w:val="blank.reference"/>', '<w:tag w:val="blank.refrence"/>'), "word/footer1.xml")
    assert any("the reference is not on every page" in line for line in found)
    assert any("header or footer – form.yaml knows nothing tagged “blank.refrence”" in line for line in found)
    found = mistakes(tmp_path, swap('<w:tag w:val="blank.code"/>', ""), "word/header1.xml")
    assert any("the square code is missing" in line for line in found)


def test_compiling_lists_every_mistake_at_once(tmp_path: Path) -> None:
    changed(tmp_path / "proforma.docx", lambda document: document.replace(">Chair<", ">Head<").replace(">E-mail<", ">Mail<"))
    with pytest.raises(SetupError) as caught:
        compile_master(a_round(kit=tmp_path))
    assert len(caught.value.mistakes) == 2
    assert caught.value.exit_code is ExitCode.SETUP


@pytest.mark.parametrize("data", [None, b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_master_that_is_no_word_document_ends_in_one_sentence(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "proforma.docx").write_bytes(data)
    with pytest.raises(SetupError, match="The Word master") as caught:
        compile_master(a_round(kit=tmp_path))
    assert "draw_proforma.py" in caught.value.hint


def test_a_master_with_broken_xml_ends_in_one_sentence(tmp_path: Path) -> None:
    changed(tmp_path / "proforma.docx", swap("</w:body>", "</w:boddy>"))
    with pytest.raises(SetupError, match="is no Word document"):
        compile_master(a_round(kit=tmp_path))
