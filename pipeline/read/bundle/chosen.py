"""Which pages of a bundle are read, and in which order: by their printed numbers; of a page that came twice, the later one.

Knows numbers only, nothing of what pages say.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.page.numbers import Number, completed


class Chosen(NamedTuple):
    """Pages of a bundle, by where they stand in the order in which they came, from 0."""

    order: tuple[int, ...]
    """Those that are read, in the order of the form."""
    again: tuple[tuple[int, int], ...]
    """Those of which a later one is read, each with that one."""
    numbers: tuple[Number | None, ...]
    """Of every page: what is printed on it, or what follows from the others."""


def chosen(printed: Sequence[Number | None]) -> Chosen:
    """Choose among pages.

    Args:
        printed: the number on each page, in the order in which they came. Where they disagree of how many, they are all read as they came.
    """
    if len({number.of for number in printed if number}) != 1:
        return Chosen(tuple(range(len(printed))), (), tuple(printed))
    latest = {number: at for at, number in enumerate(printed) if number}
    again = tuple((at, latest[number]) for at, number in enumerate(printed) if number and latest[number] != at)
    dropped = {at for at, _ in again}
    left = [at for at in range(len(printed)) if at not in dropped]
    told = dict(zip(left, completed([printed[at] for at in left]), strict=True))
    return Chosen(_in_order(left, told), again, tuple(told.get(at, number) for at, number in enumerate(printed)))


def _in_order(left: Sequence[int], told: dict[int, Number | None]) -> tuple[int, ...]:
    """Put pages in the order of their numbers; one without a number stays behind the one that it came behind."""
    keys: dict[int, tuple[int, int]] = {}
    last = 0
    for at in left:
        number = told[at]
        last = number.number if number else last
        keys[at] = (last, at)
    return tuple(sorted(left, key=lambda at: keys[at]))
