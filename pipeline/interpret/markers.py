"""Markers that only their sequence gives away: "D1", "D2", "D3" number a list, "A40" and "M4" are roads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.model.alignments import Match
from pipeline.model.forms import FieldType, Form

_LETTERED = re.compile(r"\s*([A-Z])(\d{1,2})[.):]?\s+(?=\S)")

_FEWEST = 2
"""Entries of the shortest sequence."""


def lettered(matches: Iterable[Match], form: Form) -> frozenset[str]:
    """Return the paths of the list entries whose first word is a letter and their number in the list, as it is of all the others.

    Args:
        matches: of one return, in the order of the form.
        form: says which fields are lists, and which name the items of a repeat.
    """
    lists: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if match.pieces and (of := _list_of(match.path, form)):
            lists[of].append(match)
    return frozenset(match.path for entries in lists.values() if _is_sequence(entries) for match in entries)


def _list_of(path: str, form: Form) -> str:
    """Return the list that an answer is an entry of: its own, or that of the items it names."""
    type_ = form.field(path).type
    if type_ is FieldType.LIST:
        return path.rpartition("[")[0]
    head, _, last = path.rpartition(".")
    if type_ is FieldType.TEXT and head.endswith("]") and last == next(iter(form.field(head).fields)):
        return head.rpartition("[")[0]
    return ""


def _is_sequence(entries: list[Match]) -> bool:
    """Say whether the entries are numbered one after the other; a list in two boxes may begin anew, with another letter, in the second."""
    found = list(_letters(entries))
    if len(found) < max(len(entries), _FEWEST) or found[0][1] != 1:
        return False
    return all(after[1] == 1 or after == (before[0], before[1] + 1) for before, after in pairwise(found))


def _letters(entries: list[Match]) -> Iterator[tuple[str, int]]:
    for entry in entries:
        match = _LETTERED.match(entry.pieces[0].text)
        if match:
            yield match[1], int(match[2])


def without_letter(text: str) -> str:
    """Return an entry without its letter and number."""
    return _LETTERED.sub("", text, count=1)
