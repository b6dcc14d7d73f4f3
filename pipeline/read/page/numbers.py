"""The number that is printed on a page, and those of pages on which it cannot be read. Knows nothing of what a page says besides."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.documents import Aside, PageNumber
from pipeline.model.places import Place
from pipeline.read.page.lines import lines
from pipeline.read.page.margins import said
from pipeline.read.page.nouns import Page

NUMBER = re.compile(r"\bpage\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\b", re.IGNORECASE)
_MARGIN = 0.14
"""Of the height of a page: how far from its edge its number may stand."""


class Number(NamedTuple):
    """Which page of how many."""

    number: int
    of: int


def printed_number(page: Page) -> Number | None:
    """Return the number that a page has printed in its margin, the foot first."""
    reach = _MARGIN * page.height
    foot = [word for word in page.words if word.box.top > page.height - reach]
    head = [word for word in page.words if word.box.bottom < reach]
    for line in (*lines(foot)[::-1], *lines(head)):
        if number := _stated(NUMBER.search(said(line))):
            return number
    return None


def completed(told: Sequence[Number | None]) -> list[Number | None]:
    """Return the numbers of pages with those that show none given the one that only they can be.

    A page between page 2 and page 4 is page 3; a single page without a number among others is the only one that they lack.

    Args:
        told: as they are printed, in the order of the pages; where they disagree of how many, nothing follows.
    """
    totals = {number.of for number in told if number}
    if len(totals) != 1:
        return list(told)
    (of,) = totals
    found = list(told)
    lacking = {*range(1, of + 1)} - {number.number for number in told if number}
    if found.count(None) == len(lacking) == 1:
        found[found.index(None)] = Number(lacking.pop(), of)
        return found
    known = [(-1, 0), *((at, number.number) for at, number in enumerate(told) if number), (len(told), of + 1)]
    for (before, low), (after, high) in pairwise(known):
        if after - before == high - low and lacking.issuperset(range(low + 1, high)):
            found[before + 1 : after] = [Number(number, of) for number in range(low + 1, high)]
    return found


def page_numbers(pages: Sequence[Page], asides: Sequence[Aside] = ()) -> tuple[PageNumber, ...]:
    """Return the numbers of pages, those included that follow from the others.

    Args:
        pages: in reading order.
        asides: headers and footers that were taken off the pages before.
    """
    margins = {aside.place.page: match for aside in asides if (match := NUMBER.search(aside.text))}
    told = [printed_number(page) or _stated(margins.get(page.number)) for page in pages]
    return tuple(PageNumber(Place(page=page.number), *number) for page, number in zip(pages, completed(told), strict=True) if number)


def _stated(match: re.Match[str] | None) -> Number | None:
    return Number(int(match[1]), int(match[2])) if match and 0 < int(match[1]) <= int(match[2]) else None
