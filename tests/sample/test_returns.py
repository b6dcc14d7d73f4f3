"""The returns in inbox/ say what returns.yaml says, however they were filled in and saved."""

from pathlib import Path

import pytest

from pipeline.blanks.compiling import compile_master
from pipeline.flow import Desk, read_return
from pipeline.grammar.choices import match_choice
from pipeline.grammar.texts import tidy
from pipeline.model.forms import FieldType, schema_path
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Answer, Record
from pipeline.model.rounds import Round
from pipeline.rounds.loading import load_round
from tests.sample.answers import Answers, sample_answers
from tests.sample.make_returns import INSTALL, RETURNS, ROOT, Return, make, missing
from tests.sample.typed import ITEMS, leaves, slots

INBOX = ROOT / "inbox"
ANSWERS = sample_answers()

each_return = pytest.mark.parametrize("one", RETURNS, ids=[one.partnership for one in RETURNS])


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(load_round(ROOT))


def reading(desk: Desk, one: Return, folder: Path = INBOX) -> Record:
    return read_return((folder / one.file).read_bytes(), one.file, desk)[0]


def of(partnership: str) -> Return:
    return next(one for one in RETURNS if one.partnership == partnership)


def answers_of(record: Record) -> dict[str, Answer]:
    return {answer.field: answer for answer in record.answers}


def said(record: Record, round_: Round) -> dict[str, str]:
    """Return what a record says, field by field, without what is gathered from other fields."""
    gathered = {path for path, field in round_.form.walk() if field.gathers}
    return {path: tidy(text) for path, text in leaves(record.values) if schema_path(path) not in gathered}


def meant(one: Return, answers: Answers, round_: Round) -> dict[str, str]:
    """Return what a reading must find: what was typed, and what stood in the blank already."""
    blank = compile_master(round_).stamp(round_.by_id[one.partnership])
    found = {slot.tag: slot.text for slot in slots(blank) if not slot.prompt and not slot.tag.startswith(f"{ITEMS}[")}
    typed = dict(leaves(answers))
    days = {path.removesuffix("_date"): text for path, text in typed.items() if path.endswith(".due_date")}
    for path, text in typed.items():
        if path.endswith(".due_date"):
            continue
        field = round_.form.field(schema_path(path))
        if field.type is FieldType.CHOICE:
            term = match_choice(text, round_.vocabularies[field.choices])
            assert term is not None
            found[path] = term.name
        elif field.type is not FieldType.DATE:
            found[path] = tidy(" ".join(line.removeprefix("- ") for line in text.split("\n")))
        elif path in days:
            found[path] = days[path]
    return found


@each_return
def test_a_return_gives_back_every_answer_and_nothing_else(one: Return, desk: Desk) -> None:
    """A002-2..14: tags whole and tags lost, .docx and .odt, more blocks than the blank has room for."""
    record = reading(desk, one)
    assert (record.outcome, record.message, record.partnership) == (Outcome.READ, None, one.partnership)
    assert said(record, desk.round) == meant(one, ANSWERS[one.partnership], desk.round)
    assert record.unplaced == ()


@each_return
def test_the_quote_of_a_date_is_what_was_typed(one: Return, desk: Desk) -> None:
    found = answers_of(reading(desk, one))
    dates = {path: text for path, text in leaves(ANSWERS[one.partnership]) if path.endswith(".due")}
    assert {path: found[path].quote for path in dates} == dates


@each_return
def test_bullets_and_bold_words_are_kept(one: Return, desk: Desk) -> None:
    found = answers_of(reading(desk, one))
    long = {path: text.split("\n") for path, text in leaves(ANSWERS[one.partnership]) if "\n" in text}
    bold: set[str] = set()
    for path, paragraphs in long.items():
        passages = found[path].passages
        assert [passage.text for passage in passages] == [text.removeprefix("- ") for text in paragraphs]
        assert [bool(passage.bullet) for passage in passages] == [text.startswith("- ") for text in paragraphs]
        bold |= {passage.text[mark.start : mark.end] for passage in passages for mark in passage.marks if mark.kind == "bold"}
    assert bold == set(one.bold)


def test_tracked_changes_are_read_as_accepted_and_said(desk: Desk) -> None:
    one = of("safer-communities")
    record = reading(desk, one)
    assert record.tracked_changes
    assert [note for note in record.notes if note.code == "deleted"]
    assert not any(before in answer.quote for _, before in one.before for answer in record.answers)
    others = [reading(desk, other) for other in RETURNS if other != one]
    assert not any(other.tracked_changes for other in others)


def test_an_overtyped_objective_keeps_the_words_that_were_typed(desk: Desk) -> None:
    answer = answers_of(reading(desk, of("chief-executives-group")))["priorities[1].objectives[1]"]
    assert (answer.value, answer.quote) == ("World Class Economy", "World class Economy")


def test_the_inbox_holds_these_returns_and_its_list_names_each() -> None:
    assert {path.name for path in INBOX.iterdir() if not path.name.startswith(".")} == {*(one.file for one in RETURNS), "README.md"}
    table = (INBOX / "README.md").read_text(encoding="utf-8")
    assert all(f"| {one.file} |" in table for one in RETURNS)


@pytest.mark.skipif(bool(missing()), reason=f"no LibreOffice with its bridge to Python: {INSTALL}")
def test_writer_makes_the_returns_again_with_the_same_answers(desk: Desk, tmp_path: Path) -> None:
    """The files differ in the times that Writer puts into them; what they say does not."""
    wanted = (of("oxfordshire-local-enterprise"), of("safer-communities"), of("health-wellbeing-board"))
    make(tmp_path, wanted)
    for one in wanted:
        again, kept = reading(desk, one, tmp_path), reading(desk, one)
        assert (again.values, again.notes) == (kept.values, kept.notes)
