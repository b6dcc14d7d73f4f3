"""The rows of the annex: order, merges, gathered items, wording."""

from dataclasses import replace

from pipeline.merge import merge
from pipeline.model.plans import AnnexRow
from pipeline.model.rounds import Partnership, Round
from tests.builders import a_partnership
from tests.publish.returns import Said, a_record, a_round_of_nine, nine_records

SAFETY, SOCIETY = "Community Safety", "Big Society"
ECONOMY, HEALTH = "World Class Economy", "Healthy & Thriving Communities"


def a_body(id_: str, **columns: str) -> Partnership:
    """Return a partnership that has no defaults unless they are given."""
    return a_partnership(id=id_, name=id_, columns={"annex_name": id_, "default_focus": "", "default_objective": "", **columns})


def rows(*said: tuple[Partnership, list[Said]], **changes: object) -> tuple[AnnexRow, ...]:
    """Return the annex of some partnerships' priorities."""
    round_ = a_round_of_nine(partnerships=tuple(body for body, _ in said), **changes)
    records = [a_record(body.id, {"introduction": "Over the list", "priorities": list(items)}) for body, items in said]
    return tuple(merge(round_, records).annex)


def priority(title: str, focus: str | None = None, objective: str | None = None, group: str | None = None) -> Said:
    """Return a priority."""
    return {"title": title, "focus": focus, "objectives": [objective], "group": group}


def texts(row: AnnexRow) -> list[str]:
    """Return the texts of a row's cells and of its items."""
    return [cell.text for cell in row.cells[:3]] + [item.text for item in row.items]


def test_a_partnership_has_a_row_for_each_combination_of_the_merged_columns() -> None:
    first, second = rows((a_body("A"), [priority("1", SOCIETY, HEALTH), priority("2", SAFETY, HEALTH), priority("3", SOCIETY, HEALTH)]))
    assert texts(first) == [SAFETY, HEALTH, "A", "2"]
    assert texts(second) == [SOCIETY, HEALTH, "A", "1", "3"]


def test_the_introduction_stands_in_a_partnerships_first_row_only() -> None:
    """A001-15."""
    first, second = rows((a_body("A"), [priority("1", SOCIETY), priority("2", SAFETY)]))
    assert [passage.text for passage in first.introduction] == ["Over the list"]
    assert second.introduction == ()


def test_equal_neighbours_merge_only_within_what_is_merged_to_their_left() -> None:
    """A001-13, A001-T4."""
    made = rows(
        (a_body("A"), [priority("1", SAFETY, HEALTH)]),
        (a_body("B"), [priority("2", SAFETY, HEALTH)]),
        (a_body("C"), [priority("3", SAFETY, ECONOMY)]),
        (a_body("D"), [priority("4", SOCIETY, ECONOMY)]),
    )
    assert [[cell.rows for cell in row.cells] for row in made] == [[3, 2, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1]]


def test_rows_that_name_no_focus_come_last_and_do_not_merge() -> None:
    """A001-T3."""
    made = rows((a_body("A"), [priority("1")]), (a_body("B"), [priority("2")]), (a_body("C"), [priority("3", SOCIETY)]))
    assert [row.cells[2].text for row in made] == ["C", "A", "B"]
    assert [row.cells[0].rows for row in made] == [1, 1, 1]


def test_items_of_one_heading_come_together_and_those_without_come_first() -> None:
    """A001-15."""
    (row,) = rows((a_body("A"), [priority("1", group="Waste:"), priority("2"), priority("3", group="Air:"), priority("4", group="Waste:")]))
    assert [(item.group, item.text) for item in row.items] == [("", "2"), ("Waste:", "1"), ("Waste:", "4"), ("Air:", "3")]


def test_a_priority_without_a_title_is_not_hidden() -> None:
    (row,) = rows((a_body("A"), [{"title": None, "lead_officer": "Sam Hill"}]))
    assert [item.text for item in row.items] == ["[not given]"]


def with_defaults(round_: Round) -> Round:
    """Let the register fill an empty focus."""
    annex = round_.form.annex
    focus = annex.columns[0].model_copy(update={"default": "default_focus"})
    columns = (focus, *annex.columns[1:])
    return replace(round_, form=round_.form.model_copy(update={"annex": annex.model_copy(update={"columns": columns})}))


def test_the_registers_default_stands_in_for_an_empty_answer_in_annex_and_chapters() -> None:
    round_ = with_defaults(a_round_of_nine(partnerships=(a_body("A", default_focus=SOCIETY),)))
    plan = merge(round_, [a_record("A", {"priorities": [priority("1")]})])
    assert plan.annex[0].cells[0].text == SOCIETY
    assert [chapter.name for chapter in plan.chapters if chapter.items] == [SOCIETY]


def test_wording_is_as_agreed_unless_the_round_says_as_written() -> None:
    """A001-T5."""

    def themes(wording: str) -> list[str]:
        return [row.cells[1].text for row in merge(a_round_of_nine(options={"annex_wording": wording}), nine_records()).annex]

    assert themes("as-written")[5] == "World class Economy"
    assert themes("as-agreed")[5] == "World Class Economy"
    assert themes("as-agreed") == [row.cells[1].text for row in merge(a_round_of_nine(options={}), nine_records()).annex]


def test_a_word_that_is_in_no_vocabulary_is_printed_as_the_return_wrote_it() -> None:
    (row,) = rows((a_body("A"), [priority("1", "Bees")]))
    assert row.cells[0].text == "Bees"
