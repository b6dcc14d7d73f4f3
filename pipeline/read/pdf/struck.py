"""Words that are struck out: a line goes through them from end to end.

A person strikes out what no longer holds, and Word prints tracked deletions like that. Such words are set apart.
"""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.read.pdf.shapes import Area
from pipeline.read.pdf.words import Run

_LOW, _HIGH = 0.35, 0.62
"""Of the height of letters, from below: between them a line goes through the words; lower, it stands under them."""
_NEAR = 1.0
"""Points by which the line may be shorter than the words."""


def part(runs: Sequence[Run], lines: Sequence[Area]) -> tuple[list[Run], list[Run]]:
    """Return the words that stand and those that are struck out.

    The word before struck ones reaches as far as they do, so that no gap is left where they were.
    """
    level = sorted(((bottom + top) / 2, left, right) for left, bottom, right, top in lines if right - left > top - bottom)
    if not level:
        return list(runs), []
    standing: list[Run] = []
    struck: list[Run] = []
    after: Run | None = None
    for run in runs:
        if not run.course and _is_struck(run, level):
            struck.append(run)
            after = after if after is not None and run.joined else run
            if standing and _beside(standing[-1], run):
                standing[-1] = standing[-1]._replace(right=run.right)
            continue
        if after is not None:
            run = run._replace(joined=_is_joined(standing, after, run))
            after = None
        standing.append(run)
    return standing, struck


def _is_struck(run: Run, level: list[tuple[float, float, float]]) -> bool:
    height = run.top - run.bottom
    at = bisect_left(level, (run.bottom + _LOW * height, 0.0, 0.0))
    while at < len(level) and level[at][0] < run.bottom + _HIGH * height:
        if level[at][1] <= run.left + _NEAR and level[at][2] >= run.right - _NEAR:
            return True
        at += 1
    return False


def _beside(one: Run, other: Run) -> bool:
    return abs(one.bottom - other.bottom) < 2 * _NEAR and other.right - one.right >= 0 and other.left - one.right < one.top - one.bottom


def _is_joined(standing: list[Run], first: Run, run: Run) -> bool:
    """Say whether no space stands between the words around struck ones: none did on either side, or a bracket opens there."""
    if not standing or not first.joined:
        return False
    return run.joined or standing[-1].text[-1:] in "([‘“"
