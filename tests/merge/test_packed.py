"""What is held packed is what it was, and a plan of which everything is packed prints what one prints of which nothing is."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.merge import merge
from pipeline.model import packed as packing
from pipeline.model.documents import Mark
from pipeline.model.packed import Each, Held, Packing, packed
from pipeline.model.places import Box, Place
from pipeline.model.plans import Plan
from pipeline.model.records import Answer, Passage, State, Unplaced
from pipeline.publish.masters.master import Master
from pipeline.publish.papers import Report
from pipeline.publish.publication import publication
from pipeline.publish.workbook import write_workbook
from tests.builders import a_partnership, a_round, sample_form
from tests.publish.returns import NARRATIVE, Said, a_record

TEXTS = some.text(some.characters(exclude_categories=()), max_size=30)
PLACES = some.builds(
    Place, part=TEXTS, table=some.none() | some.integers(1, 9), page=some.none(), box=some.none() | some.just(Box(0.5, 1.25, 2.0, 3.0))
)
PASSAGES = some.builds(
    Passage, TEXTS, PLACES, some.just((Mark(0, 1, "bold"),)) | some.just(()), some.sampled_from(["", "•"]), some.integers(0, 3)
)
ANSWERS = some.builds(
    Answer,
    TEXTS,
    some.none() | TEXTS,
    some.sampled_from(State),
    some.lists(PASSAGES, max_size=2).map(tuple),
    some.just("cell"),
    some.floats(0, 1),
)


@given(some.lists(ANSWERS, max_size=20), some.integers(0, 12))
def test_what_is_held_comes_back_as_it_was_in_its_order_packed_or_not(answers: list[Answer], open_: int) -> None:
    held = packed(iter(answers), open_)
    assert list(held) == answers
    assert list(held) == answers, "it can be gone through again"
    assert held == tuple(answers)
    assert [held[at] for at in range(-len(answers), len(answers))] == 2 * answers
    assert held[2:7] == tuple(answers[2:7])


def test_what_is_held_as_it_is_is_no_copy_and_what_is_packed_is_one() -> None:
    thing = Unplaced("By the way, thank you.", Place())
    packer: Packing[Unplaced] = Packing(open_=1)
    assert packer.hold(thing).get() is thing
    assert (packer.hold(thing).get() is thing, packer.hold(thing).get() == thing) == (False, True)


def test_things_that_say_the_same_take_little_room() -> None:
    """Later things need not repeat the words of the first ones."""
    packer: Packing[Sequence[str]] = Packing(open_=0)
    words = [f"{number} of the words that every return says" for number in range(40)]
    sizes = [len(held._thing) for held in map(packer.hold, [words] * 10) if isinstance(held._thing, bytes)]
    assert len(sizes) == 10
    assert 2 * sizes[-1] < sizes[0]


def test_what_was_held_by_two_is_equal_where_it_says_the_same() -> None:
    assert Packing[str](0).hold("one") == Held("one")
    assert Packing[str](0).hold("one") != Held("two")
    assert Held("one") != "one"


def test_what_is_made_of_each_thing_is_made_as_its_turn_comes() -> None:
    asked: list[int] = []

    def squared(number: int) -> int:
        asked.append(number)
        return number * number

    each = Each(range(5), squared)
    assert asked == []
    assert (each[3], list(each[1:3]), len(each), 16 in each) == (9, [1, 4], 5, True)
    assert asked == [3, 1, 2, 0, 1, 2, 3, 4]


def a_plan() -> Plan:
    """Return a plan of three partnerships with everything that is held."""
    bodies = tuple(a_partnership(id=f"body-{number}", code=f"B{number}", name=f"Body {number}") for number in range(3))
    said: dict[str, Said] = {
        "chair": "Jo Penrose",
        "priorities": [
            {
                "title": f"Safer & greener {number}",
                "focus": focus,
                "deliverables": [{"what": "Lights", "due": "2012-03-31"}],
                "measures": ["Fewer <falls>"],
            }
            for number, focus in enumerate(("World Class Economy", "", "World Class Economy"))
        ],
        "pledges": [{"pledge": "Halve burglary", "status": "met"}],
    }
    records = [a_record(body.id, said) for body in bodies]
    return merge(a_round(partnerships=bodies, narrative=NARRATIVE), records)


def outputs(plan: Plan) -> list[bytes]:
    """Return every paper of a plan."""
    made = []
    for name in ("plan.docx", "annex.docx", "paper.docx"):
        target = io.BytesIO()
        Report(name, Master(plan.round.kit / name), "A paper").write(target, plan)
        made.append(target.getvalue())
    target = io.BytesIO()
    write_workbook(target, plan)
    return [*made, target.getvalue()]


def test_a_plan_of_which_everything_is_packed_prints_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is = a_plan()
    monkeypatch.setattr(packing, "OPEN", 0)
    all_packed = a_plan()
    assert all_packed.entries == as_it_is.entries
    assert all_packed.annex == as_it_is.annex
    assert all_packed.entries[0].answers.parts.keys() <= sample_form().fields.keys()
    assert outputs(all_packed) == outputs(as_it_is)
    assert outputs(publication(all_packed)) == outputs(publication(as_it_is))
