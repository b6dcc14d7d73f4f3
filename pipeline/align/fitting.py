"""Find how one flat page lies on another from points that may or may not belong together: robustly, and the same each time.

A guess from three pairs of points is right where no pair is wrong; the guess that most phrases agree with is made better by all of them.

Source: Fischler and Bolles, "Random sample consensus", CACM 24(6), 1981; Hartley and Zisserman, Multiple View Geometry, 2nd ed., 4.1
and 4.4.4 (points are centred and scaled before a projection is solved for).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""n × 2."""
Matrix = npt.NDArray[np.float64]
"""3 × 3, for points as columns (x, y, 1)."""

_GUESSES = 600
_NEAR, _NEARER = 9.0, 5.0
"""Points by which words may stand off where they belong: for a guess, and in the end."""
_ROUNDS = 6
_FEWEST = 5
"""Groups that must agree."""
_PROJECTED = 12
"""Groups without which nothing is said of perspective: with fewer it would follow every error."""
_BETTER = 0.8
"""Of the error without perspective: what an error with it must stay below, to be worth its two numbers more."""
_SMALLEST, _LARGEST = 0.5, 2.0
"""Times as large: other guesses are none of pages that were straightened."""
_LOPSIDED = 1.2
"""Times as much enlarged one way as the other."""


class Fit(NamedTuple):
    """How one page lies on another."""

    matrix: Matrix
    """From the first page to the second."""
    agreeing: dict[int, int]
    """For each group that agrees, the pair that does best."""
    residual: float
    """The root of the mean square of how far they are off, in points of the second page."""


def fit(here: Points, there: Points, groups: npt.NDArray[np.int64]) -> Fit | None:
    """Return how one page lies on another.

    Args:
        here: points on the first page.
        there: for each, where it may be on the second page.
        groups: for each, what it is a guess for: at most one of a group is right. In ascending order.

    Returns:
        The way that most groups agree with; None where fewer than five do.
    """
    if len(np.unique(groups)) < _FEWEST:
        return None
    best = _best_guess(here, there, groups)
    if best is None:
        return None
    level = _improved(best, here, there, groups, perspective=False)
    if level is None or len(level.agreeing) < _PROJECTED:
        return level
    deep = _improved(level.matrix, here, there, groups, perspective=True)
    if deep is None or len(deep.agreeing) < len(level.agreeing):
        return level
    return deep if len(deep.agreeing) > len(level.agreeing) or deep.residual < _BETTER * level.residual else level


def _best_guess(here: Points, there: Points, groups: npt.NDArray[np.int64]) -> Matrix | None:
    """Return the guess that most groups agree with. The dice are the same each time."""
    guesses = _guesses(here, there, groups)
    if not len(guesses):
        return None
    level = np.c_[here, np.ones(len(here))]
    off = np.linalg.norm(level @ guesses.transpose(0, 2, 1) - there, axis=2)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    agree = np.maximum.reduceat(off < _NEAR, starts, axis=1).sum(axis=1)
    best = int(np.argmax(agree))
    return np.vstack([guesses[best], [0.0, 0.0, 1.0]]) if agree[best] >= _FEWEST else None


def _guesses(here: Points, there: Points, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return guesses (k × 2 × 3), each from pairs of three groups, that may be a page's; groups with fewer pairs come up more often."""
    chance = np.random.default_rng(0)
    _, which, counts = np.unique(groups, return_inverse=True, return_counts=True)
    weights = 1.0 / counts[which] ** 2
    picked = chance.choice(len(here), size=(_GUESSES, 3), p=weights / weights.sum())
    chosen = groups[picked]
    apart = (chosen[:, 0] != chosen[:, 1]) & (chosen[:, 1] != chosen[:, 2]) & (chosen[:, 0] != chosen[:, 2])
    corners = np.concatenate([here[picked], np.ones((_GUESSES, 3, 1))], axis=2)
    apart &= np.abs(np.linalg.det(corners)) > 2000.0  # twice the area of the triangle: slender ones tell nothing
    solved = np.linalg.solve(corners[apart], there[picked][apart]).transpose(0, 2, 1)
    sizes = np.linalg.svd(solved[:, :, :2], compute_uv=False) if len(solved) else np.zeros((0, 2))
    whole = (sizes[:, 0] < _LARGEST) & (sizes[:, 1] > _SMALLEST) & (sizes[:, 0] < _LOPSIDED * sizes[:, 1])
    whole &= np.linalg.det(solved[:, :, :2]) > 0
    return np.asarray(solved[whole], dtype=np.float64)


def _improved(matrix: Matrix, here: Points, there: Points, groups: npt.NDArray[np.int64], *, perspective: bool) -> Fit | None:
    """Return a guess made better by all the groups that agree with it, time and again; None where they become too few."""
    for at in range(_ROUNDS):
        off = np.linalg.norm(moved(here, matrix) - there, axis=1)
        agreeing = _agreeing(off, groups, _NEAR if at < _ROUNDS // 2 else _NEARER)
        if len(agreeing) < _FEWEST:
            return None
        own = np.array(list(agreeing.values()))
        matrix = (_projection if perspective else _affine)(here[own], there[own])
    off = np.linalg.norm(moved(here, matrix) - there, axis=1)
    agreeing = _agreeing(off, groups, _NEARER)
    if len(agreeing) < _FEWEST:
        return None
    return Fit(matrix, agreeing, float(np.sqrt(np.mean(off[list(agreeing.values())] ** 2))))


def _agreeing(off: npt.NDArray[np.float64], groups: npt.NDArray[np.int64], near: float) -> dict[int, int]:
    """Return for each group the nearest of its pairs that are near enough."""
    found: dict[int, int] = {}
    for at in np.flatnonzero(off < near).tolist():
        group = int(groups[at])
        if group not in found or off[at] < off[found[group]]:
            found[group] = at
    return found


def _affine(here: Points, there: Points) -> Matrix:
    solved, *_ = np.linalg.lstsq(np.c_[here, np.ones(len(here))], there, rcond=None)
    return np.asarray(np.vstack([solved.T, [0.0, 0.0, 1.0]]), dtype=np.float64)


def _projection(here: Points, there: Points) -> Matrix:
    """Return the projection with the least algebraic error."""
    one, other = _centring(here), _centring(there)
    (x, y), (u, v) = moved(here, one).T, moved(there, other).T
    none, unit = np.zeros_like(x), np.ones_like(x)
    rows = np.concatenate(
        [np.stack([x, y, unit, none, none, none, -u * x, -u * y, -u], 1), np.stack([none, none, none, x, y, unit, -v * x, -v * y, -v], 1)]
    )
    solved = np.linalg.svd(rows)[2][-1].reshape(3, 3)
    matrix = np.linalg.inv(other) @ solved @ one
    return np.asarray(matrix / matrix[2, 2], dtype=np.float64)


def _centring(points: Points) -> Matrix:
    """Return the matrix that puts points around the origin, at a distance of about 1."""
    middle = points.mean(axis=0)
    size = max(float(np.linalg.norm(points - middle, axis=1).mean()), 1.0)
    return np.array([[1 / size, 0, -middle[0] / size], [0, 1 / size, -middle[1] / size], [0, 0, 1.0]])


def moved(points: Points, matrix: Matrix) -> Points:
    """Return where a matrix takes points."""
    there = np.c_[points, np.ones(len(points))] @ matrix.T
    return np.asarray(there[:, :2] / there[:, 2:], dtype=np.float64)
