"""Oddities of the committee paper and its annex (source document 001)."""

from pathlib import Path

import pytest

from pipeline.flow import Desk, read_return
from pipeline.model.documents import Table
from pipeline.rounds.loading import load_round
from tests.align.returns import told
from tests.builders import a_round
from tests.documents import cell, docx, read, row, table, texts

ROOT = Path(__file__).parent.parent.parent
NAMED = ("Name of partnership: SPIP", "Chair: Jo Penrose", "Cabinet member: Al Ash")

FRAGMENT = '<ul style="list-style-type: none;"> <li>Increasing the supply of homes</li> <li>Supporting economic growth</li> </ul>'
"""A cell of the annex as it stands in the source's own text."""


def page(cells: str) -> bytes:
    """Return the annex as a web page."""
    heads = "".join(f"<th>{head}</th>" for head in ("Medium Term focus", "Oxon 2030 Theme", "Partnership", "Medium Term Priority"))
    return f"<!DOCTYPE html><html><body><table><tr>{heads}</tr><tr>{cells}</tr></table></body></html>".encode()


def test_list_fragments_in_a_cell_of_a_web_page_are_its_items() -> None:
    """A001-T6."""
    document = read(page(f"<td>Housing</td><td>World Class Economy</td><td>SPIP</td><td><p>In the short term:</p> {FRAGMENT}</td>"))
    assert [paragraph.text for paragraph in document.paragraphs()][-3:] == [
        "In the short term:",
        "Increasing the supply of homes",
        "Supporting economic growth",
    ]


def test_a_list_fragment_whose_items_have_lost_their_tags_keeps_its_words() -> None:
    """A001-T6."""
    bare = '<ul style="list-style-type: none;"> Increasing the supply of homes Supporting economic growth </ul>'
    said = [paragraph.text for paragraph in read(page(f"<td>Housing</td><td></td><td></td><td>{bare}</td>")).paragraphs()]
    assert said[-1] == "Increasing the supply of homes Supporting economic growth"


def test_tags_typed_into_a_word_cell_stay_the_words_that_they_are() -> None:
    """A001-T6: nothing that a person sees is taken for markup."""
    assert texts(docx(table(row("Housing", FRAGMENT)))) == ["Housing", FRAGMENT]
    said = told(*NAMED, "Priority 1: Rivers", "Context", FRAGMENT)
    assert said["priorities[1].context.text"] == FRAGMENT


def test_a_cell_that_covers_two_rows_and_one_that_goes_on_behind_a_page_break_are_read_once() -> None:
    """A001-T4."""
    big = table(
        row(cell("Economy", merge="restart"), "Local Enterprise", "Business support"),
        row(cell("", merge="continue"), cell("Children’s Trust"), cell("Raising achievement", "Narrowing the gap")),
    )
    (read_table,) = (block for block in read(docx(big)).blocks if isinstance(block, Table))
    assert [[len(one.blocks) for one in each.cells] for each in read_table.rows] == [[1, 1, 1], [1, 2]]
    assert read_table.rows[0].cells[0].rows == 2


def test_the_annex_names_six_thematic_partnerships_and_the_officers_group_and_two_rows_name_none() -> None:
    """A001-T11: the paper says seven; the register holds what the annex prints, and says so."""
    round_ = load_round(ROOT)
    asked = [partnership for partnership in round_.partnerships if partnership.code != "OLS"]
    printed = [partnership.columns["annex_name"] for partnership in asked]
    assert len(asked) == 9 and printed.count("") == 2
    assert "Chief Executives Group" in printed and len([name for name in printed if name and "Executives" not in name]) == 6
    assert "The 7 thematic partnerships were asked" in round_.narrative["refresh"]
    assert any("the annex names no partnership in their rows" in warning for warning in round_.warnings)


@pytest.mark.parametrize(("typed", "agreed"), [("World class Economy", "World Class Economy"), ("big society", "Big Society")])
def test_other_capitals_are_the_same_choice_and_the_quote_keeps_them(typed: str, agreed: str) -> None:
    """A001-T5."""
    label = "Oxon 2030 Theme" if "Economy" in typed else "Medium Term focus"
    said, _ = read_return(docx(*NAMED, "Priority 1: Rivers", table(row(label, typed))), "x.docx", Desk(a_round()))
    [answer] = [answer for answer in said.answers if answer.quote == typed]
    assert answer.value == agreed
