"""Answers that follow from others: dates inside sentences, wholes made of their parts, lists laid beside items."""

from pipeline.interpret.record import filled
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.documents import Paragraph
from pipeline.model.places import Place
from pipeline.model.records import Answer, State
from tests.builders import a_round

ROUND = a_round()
ITEM = "priorities[1]"


def match(path: str, *lines: str) -> Match:
    """Return a field's slot with the paragraphs found in it."""
    paragraphs = [Paragraph(line, Place("word/document.xml", paragraph=at)) for at, line in enumerate(lines, 1)]
    return Match(path, tuple(Piece(line, 0, len(line.text)) for line in paragraphs), "cell", 0.95, Place("word/document.xml", paragraph=1))


def found(*matches: Match) -> dict[str, Answer]:
    """Return the answers of a return by path, without what was removed."""
    sheet = filled(Alignment(matches, (), (), 9, ()), ROUND)
    return {answer.field: answer for answer in sheet.answers(ROUND.form.fields) if answer.state is not State.REMOVED}


def of_item(*matches: Match) -> dict[str, str | None]:
    """Return what was answered of the first item, by the rest of its path."""
    return {path.removeprefix(f"{ITEM}."): answer.value for path, answer in found(*matches).items() if answer.value is not None}


# -- dates inside sentences ----------------------------------------------------------------------------------------------


def test_the_date_in_a_sentence_is_its_by_when_and_the_sentence_stays_whole() -> None:
    """A002-18."""
    said = found(match(f"{ITEM}.deliverables[1].what", "Open the new junction by end March 2012"))
    due = said[f"{ITEM}.deliverables[1].due"]
    assert (due.value, due.quote, due.method) == ("2012-03-31", "by end March 2012", "phrase")
    assert said[f"{ITEM}.deliverables[1].what"].value == "Open the new junction by end March 2012"
    assert due.confidence < said[f"{ITEM}.deliverables[1].what"].confidence


def test_a_date_of_its_own_is_kept_whatever_the_sentence_says() -> None:
    said = of_item(match(f"{ITEM}.deliverables[1].what", "Open it by March 2012"), match(f"{ITEM}.deliverables[1].due", "May 2012"))
    assert said["deliverables[1].due"] == "2012-05-31"


def test_a_sentence_without_a_date_has_none() -> None:
    assert "deliverables[1].due" not in of_item(match(f"{ITEM}.deliverables[1].what", "Open the new junction"))


def test_a_date_that_does_not_apply_is_not_looked_for_in_the_sentence() -> None:
    said = found(match(f"{ITEM}.deliverables[1].what", "Open it by March 2012"), match(f"{ITEM}.deliverables[1].due", "N/A"))
    assert said[f"{ITEM}.deliverables[1].due"].state is State.NOT_APPLICABLE


# -- wholes made of their parts ------------------------------------------------------------------------------------------


def test_a_whole_is_its_parts_in_reading_order_with_their_places() -> None:
    """A002-T9."""
    said = found(match(f"{ITEM}.context.policies", "The plan."), match(f"{ITEM}.context.business_plans", "£4m.", "Two years."))
    whole = said[f"{ITEM}.context.text"]
    assert whole.value == whole.quote == "The plan.\n£4m.\nTwo years."
    assert [passage.place.paragraph for passage in whole.passages] == [1, 1, 2]


def test_the_parts_of_a_whole_that_was_written_in_one_are_neither_given_nor_removed() -> None:
    """A002-T9."""
    said = found(match(f"{ITEM}.context.text", "The plan, and £4m."))
    assert [said[f"{ITEM}.context.{part}"].state for part in ("policies", "objectives_link", "business_plans")] == [State.BLANK] * 3


def test_a_whole_without_parts_stays_away() -> None:
    assert f"{ITEM}.context.text" not in found(match(f"{ITEM}.title", "Rivers"))


def test_the_measures_of_the_items_are_the_list_of_measures() -> None:
    said = of_item(
        match(f"{ITEM}.deliverables[1].what", "a"),
        match(f"{ITEM}.deliverables[1].measure", "m"),
        match(f"{ITEM}.deliverables[2].what", "b"),
        match(f"{ITEM}.deliverables[2].measure", "n"),
    )
    assert (said["measures[1]"], said["measures[2]"]) == ("m", "n")


# -- lists beside items --------------------------------------------------------------------------------------------------


def test_as_many_measures_as_deliverables_are_paired() -> None:
    """A002-19."""
    said = of_item(
        match(f"{ITEM}.deliverables[1].what", "a"),
        match(f"{ITEM}.deliverables[2].what", "b"),
        match(f"{ITEM}.measures[1]", "m"),
        match(f"{ITEM}.measures[2]", "n"),
    )
    assert (said["deliverables[1].measure"], said["deliverables[2].measure"]) == ("m", "n")
    assert (said["measures[1]"], said["measures[2]"]) == ("m", "n")


def test_more_measures_than_deliverables_are_not_paired() -> None:
    """A002-19: pairs are never made up."""
    said = of_item(
        match(f"{ITEM}.deliverables[1].what", "Clean the river"),
        match(f"{ITEM}.measures[1]", "Otters"),
        match(f"{ITEM}.measures[2]", "Trams run"),
    )
    assert "deliverables[1].measure" not in said and (said["measures[1]"], said["measures[2]"]) == ("Otters", "Trams run")


def test_measures_of_one_priority_are_not_paired_with_those_of_another() -> None:
    said = found(
        match("priorities[1].deliverables[1].what", "a"),
        match("priorities[2].deliverables[1].what", "b"),
        match("priorities[2].measures[1]", "m"),
    )
    assert "priorities[1].deliverables[1].measure" not in said and said["priorities[2].deliverables[1].measure"].value == "m"
