"""Content controls and legacy form fields: which words each lies over, and what it says of itself."""

import pytest

from pipeline.model.documents import Control
from tests.documents import Xml, cell, control, docx, field, para, read, row, table, text_box


def controls(data: bytes) -> list[tuple[str, Control]]:
    """Return each control of a document with the words under it."""
    return [(paragraph.text[c.start : c.end], c) for paragraph in read(data).paragraphs() for c in paragraph.controls]


def tagged(data: bytes) -> list[tuple[str, str]]:
    return [(said.tag, words) for words, said in controls(data)]


# -- where a control may stand -------------------------------------------------------------------------------------------


def test_a_control_around_words_lies_over_those_words() -> None:
    assert tagged(docx(para("Chair: ", control("chair", "Jo"), " (acting)"))) == [("chair", "Jo")]


def test_a_control_around_paragraphs_lies_over_each_with_one_number() -> None:
    found = controls(docx(control("context", para("One."), para("Two."))))
    assert [words for words, _ in found] == ["One.", "Two."]
    assert len({said.number for _, said in found}) == 1


def test_a_control_around_a_row_lies_over_all_its_words() -> None:
    assert tagged(docx(table(control("both", row("a", "b")), row("c")))) == [("both", "a"), ("both", "b")]


def test_a_control_around_a_cell_lies_over_its_words() -> None:
    assert tagged(docx(table(row("Chair", control("chair", cell("Jo")))))) == [("chair", "Jo")]


def test_a_control_around_a_table_lies_over_its_words_and_no_further() -> None:
    assert tagged(docx(control("all", table(row("a"))), "after")) == [("all", "a")]


def test_controls_inside_controls_are_given_outermost_first() -> None:
    nested = control("outer", para(control("inner", "x"), " y"))
    assert tagged(docx(nested)) == [("outer", "x y"), ("inner", "x")]


def test_a_control_in_a_text_box_is_the_boxs_own() -> None:
    assert tagged(docx(para(control("host", "said", text_box(para(control("box", "boxed"))))))) == [("host", "said"), ("box", "boxed")]


def test_an_empty_control_lies_over_nothing_where_it_stands() -> None:
    ((words, said),) = controls(docx(para("Chair: ", control("chair"))))
    assert (words, said.start, said.end) == ("", 7, 7)


# -- what it says of itself ----------------------------------------------------------------------------------------------


def test_a_control_that_shows_its_prompt_says_so() -> None:
    ((_, said),) = controls(docx(para(control("chair", "Click here", placeholder=True, alias="Chair"))))
    assert (said.placeholder, said.alias) == (True, "Chair")


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("<w:text/>", "text"),
        ("", "rich"),
        ('<w:dropDownList><w:listItem w:displayText="Met" w:value="met"/></w:dropDownList>', "choice"),
        ("<w:comboBox/>", "choice"),
        ('<w:date w:fullDate="2012-03-31T00:00:00Z"/>', "date"),
    ],
)
def test_a_control_says_what_it_holds(element: str, kind: str) -> None:
    ((words, said),) = controls(docx(para(control("x", "31 March 2012", kind=element))))
    assert (words, said.kind) == ("31 March 2012", kind)


@pytest.mark.parametrize(("value", "checked"), [("1", True), ("0", False), ("true", True)])
def test_a_check_box_says_whether_it_is_ticked(value: str, checked: bool) -> None:
    ((words, said),) = controls(docx(para(control("met", "☒", kind=f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>'))))
    assert (words, said.kind, said.checked) == ("☒", "checkbox", checked)


def test_the_controls_of_a_repeating_section_group_others_and_are_no_answers() -> None:
    item = control("", control("what", para("Build")), kind="<w15:repeatingSectionItem/>")
    assert tagged(docx(control("list", item, kind="<w15:repeatingSection/>"))) == [("what", "Build")]


# -- legacy form fields --------------------------------------------------------------------------------------------------


def test_a_legacy_text_field_is_a_control_over_its_words() -> None:
    data = docx(para("Chair: ", field("FORMTEXT", "Jo", '<w:name w:val="chair"/><w:textInput/>'), "!"))
    ((words, said),) = controls(data)
    assert (words, said.alias, said.kind, said.checked) == ("Jo", "chair", "legacy", None)


@pytest.mark.parametrize(
    ("settings", "shown", "checked"),
    [
        ('<w:default w:val="0"/><w:checked/>', "☒", True),
        ('<w:default w:val="1"/>', "☒", True),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐", False),
    ],
)
def test_a_legacy_check_box_shows_whether_it_is_ticked(settings: str, shown: str, checked: bool) -> None:
    ((words, said),) = controls(docx(para(field("FORMCHECKBOX", "", f"<w:checkBox>{settings}</w:checkBox>"))))
    assert (words, said.checked) == (shown, checked)


@pytest.mark.parametrize(
    ("settings", "shown"),
    [('<w:result w:val="1"/>', "Not met"), ("", "Met"), ('<w:default w:val="1"/>', "Not met"), ('<w:result w:val="9"/>', "")],
)
def test_a_legacy_list_shows_what_was_chosen(settings: str, shown: str) -> None:
    entries = '<w:listEntry w:val="Met"/><w:listEntry w:val="Not met"/>'
    ((words, _),) = controls(docx(para(field("FORMDROPDOWN", "", f"<w:ddList>{settings}{entries}</w:ddList>"))))
    assert words == shown


@pytest.mark.parametrize(
    "stray",
    ["<w:tag/>", "<w:alias/>", "<w:showingPlcHdr/>", "<w14:checked/>", "<w:result/>", "<w15:repeatingSection/>", '<w:result w:val="²"/>'],
)
def test_what_belongs_into_a_control_is_passed_over_elsewhere(stray: str) -> None:
    (paragraph,) = read(docx(para("x", Xml(stray)))).paragraphs()
    assert (paragraph.text, paragraph.controls) == ("x", ())
