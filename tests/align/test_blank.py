"""Returns of the blank that was issued, damaged as returns are: what was answered is read all the same."""

from copy import deepcopy

import pytest
from lxml import etree

from pipeline.blanks.controls import controls, tag
from pipeline.model.outcomes import Outcome
from pipeline.ooxml.names import W, q
from tests.align.returns import (
    PLAIN,
    Change,
    answered,
    blocks,
    edited,
    given,
    heading,
    issued,
    left,
    record,
    section,
    uncontrolled,
    untagged,
)
from tests.documents import Xml, para, row, run, table

REVIEW = "Review of your partnership’s pledges in the current 2030 Delivery Plan"
WHOLE: list[tuple[Change, ...]] = [(), (untagged,), (uncontrolled,)]
KEPT = ["with its tags", "without its tags", "without its controls"]


def elements(piece: Xml) -> list[etree._Element]:
    """Return the elements of a piece, to be put into a document."""
    return list(etree.fromstring(f'<x xmlns:w="{W}">{piece.xml}</x>'))


def control(root: etree._Element, name: str) -> etree._Element:
    """Return the last control of a tag: in the item's own block where it has one."""
    return [found for found in controls(root) if tag(found) == name][-1]


def around(element: etree._Element, name: str) -> etree._Element:
    """Return the nearest element of a kind around or in another."""
    outer = next(element.iterancestors(q(name)), None)
    return next(element.iter(q(name))) if outer is None else outer


def row_of(root: etree._Element, name: str) -> etree._Element:
    """Return what stands in a table for the row of a control: the row, or the control around it."""
    found = around(control(root, name), "w:tr")
    while (outer := found.getparent()) is not None and outer.tag != q("w:tbl"):
        found = outer
    return found


def retyped(element: etree._Element, words: dict[str, str]) -> None:
    """Type other words into tagged controls."""
    for found in controls(element):
        if tag(found) in words:
            first, *others = list(found.iter(q("w:t")))
            first.text = words[tag(found)]
            for other in others:
                other.text = ""


def differs(data: bytes) -> dict[str, str | None]:
    """Return what a return says that the plain one does not, and None for what only the plain one says."""
    plain, said = given(record(answered())), given(record(data))
    return {path: said.get(path) for path in plain.keys() | said.keys() if plain.get(path) != said.get(path)}


# -- carriers lost -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_return_says_the_same_with_and_without_its_controls(changes: tuple[Change, ...]) -> None:
    said = record(edited(answered(), *changes))
    assert given(said) == given(record(answered()))
    assert left(said) == [] and said.outcome is Outcome.READ and said.partnership == "spatial-planning-infrastructure"


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_an_answer_stands_where_its_words_stand(changes: tuple[Change, ...]) -> None:
    """Design, law 3."""
    said = record(edited(answered(), *changes))
    (due,) = [answer for answer in said.answers if answer.field == "priorities[2].deliverables[1].due"]
    assert (due.value, due.quote) == ("2012-06-30", "Q1 2012/13")
    assert (due.place.table, due.place.row, due.place.column, due.place.paragraph) == (9, 2, 2, 1)


def test_the_way_an_answer_was_found_is_said_and_gives_its_confidence() -> None:
    ways = {}
    for kept, changes in zip(KEPT, WHOLE, strict=True):
        answers = {answer.field: answer for answer in record(edited(answered(), *changes)).answers}
        ways[kept] = answers["chair"].method, answers["chair"].confidence
    assert ways == {KEPT[0]: ("control", 0.99), KEPT[1]: ("cell", 0.95), KEPT[2]: ("cell", 0.95)}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_prompts_left_in_are_blank(changes: tuple[Change, ...]) -> None:
    """A002-T8."""
    said = record(edited(issued(), *changes))
    assert said.values["priorities"] == [] and said.values["introduction"] is None
    assert left(said) == []
    assert [answer.quote for answer in said.answers if answer.field == "pledges[1].relevance"] == [""]


# -- rows and words added ------------------------------------------------------------------------------------------------

THIRD = {
    "priorities[1].deliverables[3].what": "Plant 400 trees",
    "priorities[1].deliverables[3].due": "2013-05-31",
    "priorities[1].deliverables[3].measure": "All alive in a year",
    "priorities[1].measures[3]": "All alive in a year",
}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_row_that_was_added_without_controls_is_an_item(changes: tuple[Change, ...]) -> None:
    def add(root: etree._Element) -> None:
        row_of(root, "priorities[1].deliverables[2].what").addnext(elements(row("Plant 400 trees", "May 2013", "All alive in a year"))[0])

    assert differs(edited(answered(), add, *changes)) == THIRD


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_row_that_was_copied_is_an_item_of_its_own(changes: tuple[Change, ...]) -> None:
    """A copy brings the tags of its original."""

    def copy(root: etree._Element) -> None:
        original = row_of(root, "priorities[1].deliverables[2].what")
        twin = deepcopy(original)
        name = "priorities[1].deliverables[2]."
        retyped(twin, {f"{name}what": "Plant 400 trees", f"{name}due": "May 2013", f"{name}measure": "All alive in a year"})
        original.addnext(twin)

    said = list(given(record(edited(answered(), copy, *changes))).values())
    assert {"Plant 400 trees", "2013-05-31", "All alive in a year", "Run a bus every ten minutes", "2013-06-30"} <= set(said)
    assert left(record(edited(answered(), copy, *changes))) == []


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_words_typed_beside_a_control_belong_to_its_answer(changes: tuple[Change, ...]) -> None:
    def add(root: etree._Element) -> None:
        list(around(control(root, "priorities[1].lead_officer"), "w:tc").iter(q("w:p")))[-1].extend(elements(run(" (from May)")))

    assert differs(edited(answered(), add, *changes)) == {"priorities[1].lead_officer": "Aoife Keane (from May)"}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_paragraph_typed_below_a_control_belongs_to_its_answer(changes: tuple[Change, ...]) -> None:
    def add(root: etree._Element) -> None:
        around(control(root, "priorities[1].context.objectives_link"), "w:tc").extend(elements(para("Buses too.")))

    said = given(record(edited(answered(), add, *changes)))
    assert said["priorities[1].context.objectives_link"] == "Goods and people arrive on time.\nBuses too."


@pytest.mark.parametrize("changes", WHOLE[:2], ids=KEPT[:2])
def test_a_title_typed_beside_its_prompt_in_both_places_is_said_once(changes: tuple[Change, ...]) -> None:
    def add(root: etree._Element) -> None:
        for found in [found for found in controls(root) if tag(found) == "priorities[3].title"]:
            list(around(found, "w:tc").iter(q("w:p")))[-1].extend(elements(run(" Look after the rivers")))

    assert given(record(edited(answered(), add, *changes)))["priorities[3].title"] == "Look after the rivers"


@pytest.mark.parametrize("where", [0, 1], ids=["in the list", "in its block"])
def test_a_title_typed_in_one_place_alone_is_the_title(where: int) -> None:
    def leave(root: etree._Element) -> None:
        found = [found for found in controls(root) if tag(found) == "priorities[1].title"][1 - where]
        for words in found.iter(q("w:t")):
            words.text = ""

    said = record(edited(answered(), leave))
    assert given(said)["priorities[1].title"] == "Reduce congestion on the A40"
    assert differs(edited(answered(), leave)) == {}


def test_a_title_that_was_said_twice_differently_is_kept_and_the_other_noted() -> None:
    def change(root: etree._Element) -> None:
        retyped(around(control(root, "priorities[1].title"), "w:tbl"), {"priorities[1].title": "Less traffic on the A40"})

    said = record(edited(answered(), change))
    assert differs(edited(answered(), change)) == {}
    assert [(note.code, note.quote, note.field) for note in said.notes] == [
        ("said-twice", "Less traffic on the A40", "priorities[1].title")
    ]


# -- blocks --------------------------------------------------------------------------------------------------------------

FIFTH = {
    "priorities[4].title": "Plan for floods",
    "priorities[4].context.policies": "The flood plan.",
    "priorities[4].deliverables[1].what": "Raise the wall",
    "priorities[5].title": "Look after the rivers",
    "priorities[5].context.policies": "The river plan.",
    "priorities[5].deliverables[1].what": "Clean the Cherwell",
}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_block_that_was_copied_at_the_end_is_a_priority_of_its_own(changes: tuple[Change, ...]) -> None:
    """A002-T10. The blank has room for four."""
    data = edited(answered({**PLAIN, **FIFTH, "priorities[3].title": "x"}, "priorities[4]", 1), *changes)
    said = given(record(data))
    assert {path: said.get(path) for path in FIFTH} == FIFTH
    assert left(record(data)) == []


@pytest.mark.parametrize("changes", WHOLE[:1], ids=KEPT[:1])
def test_a_block_that_was_copied_in_the_middle_does_not_take_the_place_of_another(changes: tuple[Change, ...]) -> None:
    """A002-T10. A copy brings the tags of its original, and the heading of it."""

    def copy(root: etree._Element) -> None:
        original = section(root, "Priority 1", "Priority 2")
        for block in original:
            twin = deepcopy(block)
            name = "priorities[1]."
            retyped(twin, {f"{name}title": "Look after the rivers", f"{name}context.policies": "The river plan."})
            blocks(root)[heading(root, "Priority 2")].addprevious(twin)

    said = record(edited(answered(), copy))
    titles = (
        [item["title"] for item in said.values["priorities"] if isinstance(item, dict)]
        if isinstance(said.values["priorities"], list)
        else []
    )
    assert sorted(map(str, titles)) == ["Build affordable homes", "Look after the rivers", "Reduce congestion on the A40"]
    policies = {answer.value for answer in said.answers if answer.field.endswith("context.policies") and answer.value}
    assert policies == {"The local transport plan.", "The river plan.", "The housing strategy."}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_block_that_was_not_needed_and_deleted_changes_nothing(changes: tuple[Change, ...]) -> None:
    """A002-T10."""

    def delete(root: etree._Element) -> None:
        for block in section(root, "Priority 3", "Priority 4"):
            root[0].remove(block)

    assert differs(edited(answered(), delete, *changes)) == {}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_block_that_was_deleted_leaves_its_line_in_the_list(changes: tuple[Change, ...]) -> None:
    def delete(root: etree._Element) -> None:
        for block in section(root, "Priority 1", "Priority 2"):
            root[0].remove(block)

    said = given(record(edited(answered(), delete, *changes)))
    assert said["priorities[1].title"] == "Reduce congestion on the A40" and "priorities[1].deliverables[1].what" not in said
    assert said["priorities[2].deliverables[1].what"] == "Agree a list of sites"


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_blocks_in_another_order_belong_to_their_lines_in_the_list(changes: tuple[Change, ...]) -> None:
    def swap(root: etree._Element) -> None:
        for block in section(root, "Priority 1", "Priority 2"):
            blocks(root)[heading(root, "Priority 3")].addprevious(block)

    assert differs(edited(answered(), swap, *changes)) == {}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_sections_in_another_order_say_the_same(changes: tuple[Change, ...]) -> None:
    def move(root: etree._Element) -> None:
        for block in blocks(root)[heading(root, REVIEW) : -1]:
            blocks(root)[heading(root, "Your partnership")].addprevious(block)

    assert differs(edited(answered(), move, *changes)) == {}


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
def test_a_fifth_priority_typed_as_plain_paragraphs_is_a_priority(changes: tuple[Change, ...]) -> None:
    """A002-T10."""
    typed = (
        *("Priority 5: Look after the rivers", "Lead officer: Zoe Hart", "Context", "Policies and strategies: The river plan."),
        *("Deliverables", "Clean the Cherwell by June 2012", "Measures of success", "Otters are back"),
    )

    def add(root: etree._Element) -> None:
        for line in typed:
            blocks(root)[heading(root, REVIEW)].addprevious(elements(para(line))[0])

    assert differs(edited(answered(), add, *changes)) == {
        "priorities[3].title": "Look after the rivers",
        "priorities[3].lead_officer": "Zoe Hart",
        "priorities[3].context.policies": "The river plan.",
        "priorities[3].context.text": "The river plan.",
        "priorities[3].deliverables[1].what": "Clean the Cherwell by June 2012",
        "priorities[3].deliverables[1].due": "2012-06-30",
        "priorities[3].deliverables[1].measure": "Otters are back",
        "priorities[3].measures[1]": "Otters are back",
    }


# -- what nobody asked for -----------------------------------------------------------------------------------------------

EXTRA = table(row("Year", "Budget", "Spent"), row("2011", "£4m", "£3m"))


@pytest.mark.parametrize("changes", WHOLE, ids=KEPT)
@pytest.mark.parametrize("before", ["Priority 2", REVIEW, "Key priorities for the medium term", ""])
def test_a_table_that_nobody_asked_for_is_left_over_and_no_answer(before: str, changes: tuple[Change, ...]) -> None:
    """A002-T10; design, law 4."""

    def add(root: etree._Element) -> None:
        at = blocks(root)[heading(root, before) if before else -1]
        at.addprevious(elements(EXTRA)[0])
        at.addprevious(elements(para("Thank you all."))[0])

    data = edited(answered(), add, *changes)
    assert differs(data) == {}
    assert left(record(data)) == ["Year", "Budget", "Spent", "2011", "£4m", "£3m", "Thank you all."]


# -- damage --------------------------------------------------------------------------------------------------------------


def test_a_whole_return_has_no_damage() -> None:
    assert record(answered()).damage == ()


def test_lost_names_lost_boxes_and_lost_words_are_said() -> None:
    def delete(root: etree._Element) -> None:
        for block in section(root, "Priority 3", "Priority 4"):
            root[0].remove(block)

    def rename(root: etree._Element) -> None:
        for words in root.iter(q("w:t")):
            if words.text == "Telephone":
                words.text = "Blower"

    assert record(edited(answered(), untagged)).damage[0].startswith("The answer boxes have lost their names")
    assert record(edited(answered(), uncontrolled)).damage[0].startswith("The answer boxes are gone")
    assert record(edited(answered(), delete)).damage[0].startswith("18 of 104 answer boxes are gone: priorities[3].")
    assert record(edited(answered(), rename)).damage == ("Words of the form that are gone or changed: Telephone",)
