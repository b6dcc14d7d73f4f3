"""How one page lies on another is found again, whatever else was taken for a pair of points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.fitting import Matrix, Points, fit, moved

PAGE = np.array([595.0, 842.0])


def spread(count: int, seed: int) -> Points:
    """Return points all over a page."""
    return np.asarray(np.random.default_rng(seed).uniform(0.05, 0.95, (count, 2)) * PAGE, dtype=np.float64)


def leaning(degrees: float, size: float, across: float, down: float) -> Matrix:
    """Return the way of a page that leans, is a little larger and lies elsewhere."""
    turn = np.deg2rad(degrees)
    cosine, sine = size * np.cos(turn), size * np.sin(turn)
    return np.array([[cosine, -sine, across], [sine, cosine, down], [0.0, 0.0, 1.0]])


ways = st.builds(leaning, st.floats(-8, 8), st.floats(0.8, 1.25), st.floats(-60, 60), st.floats(-60, 60))
seeds = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(way=ways, count=st.integers(8, 40), seed=seeds)
def test_a_page_that_leans_is_found_again(way: Matrix, count: int, seed: int) -> None:
    here = spread(count, seed)
    found = fit(here, moved(here, way), np.arange(count))
    assert found is not None
    assert len(found.agreeing) == count
    assert np.abs(moved(PAGE * spread(20, 1) / PAGE, found.matrix) - moved(spread(20, 1), way)).max() < 0.01


@settings(max_examples=40, deadline=None)
@given(way=ways, wrong=st.integers(0, 14), seed=seeds)
def test_a_third_of_the_pairs_may_be_wrong(way: Matrix, wrong: int, seed: int) -> None:
    here, chance = spread(30 + wrong, seed), np.random.default_rng(seed)
    there = moved(here, way)
    there[:wrong] += chance.choice([-1, 1], (wrong, 2)) * chance.uniform(30, 300, (wrong, 2))
    there[wrong:] += chance.normal(0, 0.7, (30, 2))
    found = fit(here, there, np.arange(30 + wrong))
    assert found is not None
    assert set(range(wrong, 30 + wrong)) <= set(found.agreeing)
    assert np.linalg.norm(moved(spread(20, 1), found.matrix) - moved(spread(20, 1), way), axis=1).max() < 3


def test_of_several_guesses_for_a_phrase_the_right_one_is_taken() -> None:
    here, way, chance = spread(20, 3), leaning(2, 1.1, 20, -10), np.random.default_rng(8)
    groups = np.repeat(np.arange(20), 3)
    there = np.repeat(moved(here, way), 3, axis=0)
    there[0::3] += chance.uniform(40, 200, (20, 2))
    there[2::3] -= chance.uniform(40, 200, (20, 2))
    found = fit(np.repeat(here, 3, axis=0), there, groups)
    assert found is not None
    assert found.agreeing == {group: 3 * group + 1 for group in range(20)}


def test_a_page_in_perspective_is_found_where_there_is_enough_to_tell_it_by() -> None:
    way = np.array([[0.95, 0.03, 10.0], [-0.02, 0.97, 5.0], [0.00006, 0.00009, 1.0]])
    here = spread(30, 5)
    found = fit(here, moved(here, way), np.arange(30))
    assert found is not None
    assert found.residual < 0.1
    assert np.abs(moved(spread(20, 2), found.matrix) - moved(spread(20, 2), way)).max() < 1


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_points_tell_nothing(count: int) -> None:
    here = spread(count, 1)
    assert fit(here, here, np.arange(count)) is None


def test_points_that_belong_together_by_nothing_tell_nothing() -> None:
    found = fit(spread(12, 1), spread(12, 2), np.arange(12))
    assert found is None or len(found.agreeing) < 8


def test_points_in_one_line_tell_nothing() -> None:
    here = np.stack([np.linspace(50, 500, 12), np.full(12, 300.0)], axis=1)
    assert fit(here, here, np.arange(12)) is None


def test_the_same_points_give_the_same_way() -> None:
    here, chance = spread(25, 9), np.random.default_rng(4)
    there = moved(here, leaning(1, 1, 3, 4)) + chance.normal(0, 1, (25, 2))
    one, other = fit(here, there, np.arange(25)), fit(here, there, np.arange(25))
    assert one is not None and other is not None
    assert (one.matrix == other.matrix).all()
