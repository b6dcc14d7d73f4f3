"""A blank with what a return said in it, read back, says the same."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from openxml_audit import OpenXmlValidator

from pipeline.blanks.prefilling import prefilled
from pipeline.flow import read_return
from pipeline.model.records import Record
from tests.asking.returns import TYPED, a_return, read
from tests.journey.rounds import a_desk
from tests.journey.test_round_trip import returns, the_blank
from tests.sample.typed import lines
from tests.sample.word import fill


def again(record: Record) -> Record:
    round_ = a_desk().round
    return read_return(prefilled(round_, round_.partnerships[0], record), "blank.docx", a_desk())[0]


@settings(max_examples=25)
@given(returns())
def test_any_return_put_into_a_blank_reads_back_the_same(typed: dict[str, str]) -> None:
    record = read(fill(the_blank(), {tag: lines((text,)) for tag, text in typed.items()}, "Jo Penrose"))
    assert again(record).values == record.values


def test_a_repeat_has_as_many_items_as_the_return() -> None:
    """A partnership that copied the page of a priority twice gets as many pages."""
    record = read(fill(the_blank(), {tag: lines((text,)) for tag, text in TYPED.items()}, "Jo Penrose", copied="priorities[4]", copies=2))
    priorities = record.values["priorities"]
    assert isinstance(priorities, list)
    back = again(record).values["priorities"]
    assert isinstance(back, list)
    assert len(back) == len(priorities)


def test_several_lines_stay_several(tmp_path: Path) -> None:
    said = ("The corporate plan", "The transport plan")
    document = fill(the_blank(), {"priorities[1].context.policies": lines(said), "priorities[1].title": lines(("Homes",))}, "Jo")
    assert again(read(document)).values == read(document).values


def test_what_the_register_would_fill_in_and_the_return_left_empty_stays_empty() -> None:
    record = read(a_return())
    emptied = tuple(one._replace(value=None, state=type(one.state)("blank")) if one.field == "chair" else one for one in record.answers)
    assert again(replace(record, answers=emptied)).values["chair"] is None


def test_word_would_open_it_without_repair(tmp_path: Path) -> None:
    round_ = a_desk().round
    (tmp_path / "blank.docx").write_bytes(prefilled(round_, round_.partnerships[0], read(a_return())))
    assert OpenXmlValidator().validate(tmp_path / "blank.docx").errors == []
