"""Plain text is read as a person reads it: broken lines are whole again, labels stand alone, typed tables are tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.model.documents import Paragraph, Table
from pipeline.read import Source, document
from pipeline.read.text import TextReader, blocks_of
from tests.documents import read


def said(text: str, *, is_flowed: bool = False) -> list[str | list[list[str]]]:
    """Return the text of each paragraph, and for each table its rows of cells."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [["/".join(line.text for line in cell.blocks if isinstance(line, Paragraph)) for cell in row.cells] for row in block.rows]
        for block in blocks_of(text, is_flowed=is_flowed)
    ]


# -- lines ---------------------------------------------------------------------------------------------------------------

WRAPPED = """\
Oxfordshire has the lowest crime rate of the counties around it, but what
people say that they fear has not changed since 2008. The partnership will
therefore put its money where people told it to.

Second paragraph.
Chairman: Cllr Jo Penrose, who has been the chair of this partnership for
three years
Cabinet member: Cllr Al Byrne
"""


def test_lines_that_were_broken_to_fit_are_put_together_and_labels_stand_alone() -> None:
    assert said(WRAPPED) == [
        "Oxfordshire has the lowest crime rate of the counties around it, but what people say that they fear has not changed since 2008. "
        "The partnership will therefore put its money where people told it to.",
        "Second paragraph.",
        "Chairman: Cllr Jo Penrose, who has been the chair of this partnership for three years",
        "Cabinet member: Cllr Al Byrne",
    ]


def test_a_label_after_a_full_line_stands_alone() -> None:
    text = "The partnership agreed that it would meet four times in each year, and it\nChairman: Jo Penrose\n"
    assert said(text) == ["The partnership agreed that it would meet four times in each year, and it", "Chairman: Jo Penrose"]


def test_short_lines_are_not_put_together() -> None:
    assert said("Jo Penrose\nChief Executive\nCounty Hall\nOxford") == ["Jo Penrose", "Chief Executive", "County Hall", "Oxford"]


def test_a_text_with_a_line_for_each_paragraph_was_not_broken() -> None:
    assert said("x" * 400 + "\n" + "y " * 38 + "y\nzz zz") == ["x" * 400, "y " * 38 + "y", "zz zz"]


ITEMS = """\
 - Open a family centre in every one of the fourteen towns of the county by
   the end of March 2012
   - with a garden
 * Appoint a co-ordinator
1. Train 40 volunteers
(a) Publish the map of services
o  Hold one meeting
"""


def test_typed_markers_stay_and_say_how_deep_an_item_stands() -> None:
    assert [(block.text, block.level, block.bullet) for block in blocks_of(ITEMS) if isinstance(block, Paragraph)] == [
        ("- Open a family centre in every one of the fourteen towns of the county by the end of March 2012", 0, ""),
        ("- with a garden", 1, ""),
        ("* Appoint a co-ordinator", 0, ""),
        ("1. Train 40 volunteers", 0, ""),
        ("(a) Publish the map of services", 0, ""),
        ("o  Hold one meeting", 0, ""),
    ]


def test_flowed_lines_are_put_together_as_the_mail_says() -> None:
    text = "Chair: Jo \nPenrose\n From here on\n> quoted \nnot quoted\n-- \nAl"
    assert said(text, is_flowed=True) == ["Chair: Jo Penrose", "From here on", "> quoted", "not quoted", "--", "Al"]


def test_lines_end_as_on_any_system() -> None:
    assert said("a\r\nb\rc\n\n\fd\u2028e") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(("line", "level"), [("=====", 1), ("-----", 2), ("- - -", 0), ("*****", 0)])
def test_underlined_headings_have_their_level(line: str, level: int) -> None:
    first, rule = blocks_of(f"Priority one\n{line}")
    assert isinstance(first, Paragraph) and isinstance(rule, Paragraph)
    assert (first.heading, rule.text) == (level, line)


# -- tables --------------------------------------------------------------------------------------------------------------

PIPES = """\
What                  | By when
----------------------|---------
Open a family centre  | May 2012
Train volunteers      |
"""
BOX = """\
Priorities
+-----------+--------------+
| Name of   | Councillor   |
| thematic  | Jo Penrose   |
| partner:  |              |
+-----------+--------------+
| Cabinet   | - one        |
| Member:   | - two        |
+-----------+--------------+
"""
LINES = """\
┌───────┬──────┐
│ What  │ When │
├───────┼──────┤
│ Open  │ May  │
└───────┴──────┘
after
"""


def test_tables_of_bars_are_tables() -> None:
    assert said(PIPES) == [[["What", "By when"], ["Open a family centre", "May 2012"], ["Train volunteers", ""]]]
    (table,) = blocks_of(PIPES)
    assert isinstance(table, Table)
    assert [row.heading for row in table.rows] == [True, False, False]


def test_cells_of_a_drawn_box_may_have_several_lines() -> None:
    assert said(BOX) == ["Priorities", [["Name of thematic partner:", "Councillor Jo Penrose"], ["Cabinet Member:", "- one/- two"]]]


def test_boxes_of_line_characters_are_tables() -> None:
    assert said(LINES) == [[["What", "When"], ["Open", "May"]], "after"]


def test_lines_with_the_same_tabs_are_a_table() -> None:
    assert said("Chair:\tJo\nMember:\tAl\n\nPledge\tMet\tWhy\nOne\tYes\t\n") == [
        [["Chair:", "Jo"], ["Member:", "Al"]],
        [["Pledge", "Met", "Why"], ["One", "Yes", ""]],
    ]


@pytest.mark.parametrize(
    "text", ["1.\tOne\n2.\tTwo", "•\tOne\n•\tTwo", "Chair:\tJo", "a | b", "a | b\nc | d | e", "\tx\n\ty", "-----\na\n-----"]
)
def test_what_is_not_clear_is_no_table(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks_of(text))


def test_paragraphs_and_cells_say_where_they_stand() -> None:
    document = read(b"a\n\nb\tc\nd\te\n\nf")
    assert [str(one.place) for one in document.paragraphs()] == [
        "paragraph 1",
        "table 1, row 1, column 1, paragraph 1",
        "table 1, row 1, column 2, paragraph 1",
        "table 1, row 2, column 1, paragraph 1",
        "table 1, row 2, column 2, paragraph 1",
        "paragraph 2",
    ]


# -- files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_windows(encoding: str) -> None:
    document = read("Siobhán – “met”".encode(encoding))
    assert (document.format, [one.text for one in document.paragraphs()]) == ("text", ["Siobhán – “met”"])


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"%!PS x",
        b"<?xml version='1.0'?><a/>",
        b"MZ\x90\x00\x03",
        b"GIF89a x",
        b"\x7fELF",
        b"\x1b[31m",
        b"\x80\x81\x82 x",
        "日本語のテキスト".encode("shift_jis"),
        b"a\x00b\x00c\x00",
        b"... --- ...",
        b"From jo@example.org Fri\nReceived: x\n\nDear all",
        b"Subject: x\r\nTo: y\r\n z\r\nMessage-ID: <1@example.org>\r\n\r\nDear all",
        b"BEGIN:VCALENDAR\r\n",
        b"\xfe\xff\xd8\x00\x00a",
    ],
)
def test_other_files_are_no_text(data: bytes) -> None:
    assert not TextReader().claims(Source(data))


def test_a_mail_that_was_pasted_into_a_file_is_text() -> None:
    assert read(b"From: Jo Penrose\nSent: Friday\nTo: Al\nSubject: reply\n\nChair: Jo\n").format == "text"


def test_a_text_longer_than_any_form_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        document(Source(b"a line\n" * 1_000_000))
    assert caught.value.reason == "too-large"


# -- anything at all -----------------------------------------------------------------------------------------------------


def _seen(text: str) -> list[str]:
    """Return the letters and digits of a text, in order: what is left of it when every line that was drawn is gone."""
    return sorted(character for character in text if character.isalnum())


_TYPED = (
    "a ",
    "b\t",
    "|",
    "x: y",
    "- c",
    "1. ",
    "\n",
    "\n\n",
    "+--+",
    "═══",
    "│",
    " ",
    "é",
    "ſ",
    "²",
    "Chair: ",
    ">",
    "=====",
    "\r\n",
    "┌─┐",
)
_TEXTS = st.lists(st.sampled_from(_TYPED) | st.text(max_size=12), max_size=40)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, st.booleans())
def test_every_letter_of_a_text_is_in_a_paragraph_and_every_place_leads_back(pieces: list[str], is_flowed: bool) -> None:
    text = "".join(pieces)
    blocks = blocks_of(text, is_flowed=is_flowed)
    words = [line for block in blocks for line in _lines(block)]
    assert _seen("".join(line.text for line in words)) == _seen(text)
    assert len({line.place for line in words}) == len(words)
    assert blocks == blocks_of(text, is_flowed=is_flowed)


def _lines(block: object) -> list[Paragraph]:
    if isinstance(block, Table):
        return [line for row in block.rows for cell in row.cells for inner in cell.blocks for line in _lines(inner)]
    return [block] if isinstance(block, Paragraph) else []


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60))
def test_a_line_of_any_characters_is_the_paragraph(text: str) -> None:
    blocks = blocks_of(text)
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [text.replace("\ufeff", "").strip()][: len(blocks)]
    assert blocks or not text.replace("\ufeff", "").strip()
