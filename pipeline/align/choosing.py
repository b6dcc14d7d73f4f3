"""Choose the field that a label names here, among those it may stand for, and the item it belongs to."""

from typing import NamedTuple

from pipeline.align.items import Item
from pipeline.align.layout import Layout


class Choice(NamedTuple):
    """The field that a label names."""

    item: Item
    """The item it belongs to, or where one of its own has still to begin, the item around it."""
    path: str
    begins: bool
    """True where the label begins a new item."""


def choose(layout: Layout, scope: Item, candidates: tuple[str, ...], entry: Item | None) -> Choice:
    """Return the field that a label names.

    Args:
        layout: the form.
        scope: the innermost item that is being described.
        candidates: the fields that the label may stand for.
        entry: the last entry of a list that is being read: its own fields go first.
    """
    for path in candidates:
        if entry is not None and layout.owners[path] == entry.repeat and path not in entry.slots:
            return Choice(entry, path, False)
    best: tuple[tuple[int, int, int], Item, str] | None = None
    for path in candidates:
        own = layout.owners[path]
        for distance, item in enumerate(scope.chain()):
            if item.repeat == own or not item.repeat or own.startswith(f"{item.repeat}."):
                again = int(item.repeat == own and _has(layout, item, path))
                rank = again, own.removeprefix(item.repeat).count(".") + (item.repeat != own), distance
                if best is None or rank < best[0]:
                    best = rank, item, path
    assert best is not None  # the record itself is in every chain
    (again, _, _), item, path = best
    own = layout.owners[path]
    begins = item.repeat != own or bool(again and own)
    return Choice(item.parent if begins and item.repeat == own and item.parent else item, path, begins)


def untwinned(layout: Layout, scope: Item, candidates: tuple[str, ...], entry: Item | None, *, beside: bool) -> tuple[str, ...]:
    """Choose between a field of an entry and the list whose label reads alike, for a label such as "Measure of success".

    It asks for the entry's own where the answer stands beside it, or where the entry has other labelled answers already; a label
    over lines of its own asks for the list, once an item.
    """
    twin = next((layout.twins[path] for path in candidates if path in layout.twins), None)
    if twin is None or beside or (entry is not None and len(entry.slots) > 1):
        return candidates
    item = enclosing(scope, layout.owners[twin])
    return candidates if item is None or twin in item.slots or item.children.get(twin) else (twin,)


def enclosing(scope: Item, repeat: str) -> Item | None:
    """Return the item of a repeat that is being described; None where there is none."""
    return next((item for item in scope.chain() if item.repeat == repeat), None)


def steps_to(layout: Layout, outer: str, repeat: str) -> list[str]:
    """Return the repeats on the way from the items of one down to those of another, outermost first."""
    steps: list[str] = []
    while repeat != outer:
        steps.insert(0, repeat)
        repeat = layout.owners[repeat]
    return steps


def _has(layout: Layout, item: Item, path: str) -> bool:
    """Say whether an item has had a label before."""
    path = layout.names.get(path, path) if path not in layout.form.repeats else path
    return path in item.slots or bool(item.children.get(path))
