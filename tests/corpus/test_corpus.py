"""The program understands at least as much of the corpus as it did: floors that may rise and never fall.

python -m benchmarks.accuracy        all returns, by field and by what is odd about them
"""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from benchmarks.accuracy import Read, figures, main, read, show_errors
from pipeline.flow import Desk, read_return
from tests.corpus.cases import SETS, VARIED, Set, alone, case, manner
from tests.corpus.office import saved_as
from tests.corpus.register import corpus_round
from tests.corpus.scoring import judge
from tests.needs import needs

SAMPLE = 36
"""Returns of each set; the benchmark reads all."""

FLOORS: dict[Set, tuple[float, float]] = {"development": (0.89, 0.012), "held-out": (0.92, 0.01)}
"""For each set, the least share of values that are right, and the largest share that is wrong and sure of itself."""


@pytest.fixture(scope="module", params=SETS)
def reads(request: pytest.FixtureRequest) -> tuple[Set, list[Read]]:
    set_: Set = request.param
    return set_, [read(set_, number) for number in range(SAMPLE)]


def test_as_much_is_understood_as_before(reads: tuple[Set, list[Read]], capsys: pytest.CaptureFixture[str]) -> None:
    """Layouts, list styles, wordings and habits that the program was not built from."""
    set_, found = reads
    reached = figures(judged for one in found for judged in one.judged)
    least, most = FLOORS[set_]
    if reached.share < least and set_ == "development":
        for one in sorted(found, key=lambda one: -len(one.errors))[:3]:
            show_errors(one)
    assert reached.share >= least, f"{reached.share:.3f} of the values are right"
    assert reached.misleading / reached.total <= most


def test_no_return_is_too_odd_to_be_looked_at(reads: tuple[Set, list[Read]]) -> None:
    """Law 5: strange documents make notes and findings, not exceptions."""
    _, found = reads
    assert [one.case.name for one in found if one.reason == "crashed"] == []


def test_a_return_that_is_read_keeps_what_stands_beside_it_out_of_its_answers(reads: tuple[Set, list[Read]]) -> None:
    """Comments, footnotes, hidden and deleted words are never answers."""
    _, found = reads
    beside = ("comment", "footnote", "hidden", "tracked", "margins")
    for one in found:
        if set(one.case.axes.get("habit", ())) <= set(beside):
            assert [judged for judged in one.errors if judged.field == "stray words"] == [], one.case.name


@pytest.mark.parametrize("set_", SETS)
def test_a_return_is_the_same_each_time_it_is_made(set_: Set) -> None:
    """Same in, same out: a floor means something only where the returns stay."""
    assert case(set_, 7) == case(set_, 7)


def test_every_layout_and_habit_is_tried() -> None:
    """A layout that no return has would be counted as understood."""
    tried = [manner(Random(number), "development", number).axes() for number in range(300)]
    seen = Counter((axis, value) for axes in tried for axis, values in axes.items() for value in values)
    wanted = {(axis.replace("_", "-"), value or "none") for axis, values in VARIED.items() for value in values}
    assert {one for one in wanted if seen[one] < 3} == set()


@needs("soffice", "libreoffice-writer")
def test_a_return_says_the_same_after_libreoffice_has_saved_it() -> None:
    """Law 2: nothing hangs on what one program writes."""
    one = alone("tables", "", "", 1)
    for ending in ("docx", "odt"):
        (data,) = saved_as({one.name: one.document}, ending).values()
        record, _ = read_return(data, f"reply.{ending}", Desk(corpus_round()))
        assert [judged for judged in judge(record, one.truth) if judged.verdict != "right"] == [], ending


def test_an_error_is_seen_as_what_it_is() -> None:
    """The scorer tells a wrong value from one that is missing and one that is too much."""
    one = case("development", 4)
    record, _ = read_return(one.document, "reply.docx", Desk(corpus_round()))
    values = {**one.truth.values, "chair": "Somebody Else", "introduction": "Nobody asked for this", "cabinet_member": None}
    seen = Counter((judged.field, judged.verdict) for judged in judge(replace(record, values=values, answers=()), one.truth))
    errors = {seen_: many for seen_, many in seen.items() if seen_[1] != "right"}
    assert errors == {("chair", "wrong"): 1, ("cabinet_member", "missing"): 1, ("unasked", "extra"): 1}


@pytest.mark.parametrize("asked", [["--list"], ["--json"], ["--worst", "1"], ["--field", "chair"], ["--show", "development-003"], []])
def test_the_benchmark_prints_what_it_is_asked_for(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Its errors come with truth, reading and place, and are of the development set only."""
    main([*asked, "--returns", "4"])
    printed = capsys.readouterr().out
    assert "development" in printed
    assert not any(line.startswith("held-out-") for line in printed.splitlines()) or asked == ["--list"]
