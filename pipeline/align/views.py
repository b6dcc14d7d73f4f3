"""Join two views of the same items: a list of their names, and a block for each further down."""

from rapidfuzz import fuzz

from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout
from pipeline.grammar.texts import fold

_SAME = 75.0
"""Names at least this alike (0 to 100) are one item's; respondents shorten a title over its block."""


def joined(item: Item, layout: Layout) -> None:
    """Make one item of the views of it, below `item`, in place. What has no partner stays an item of its own."""
    for repeat, items in item.children.items():
        regions: dict[int, list[Item]] = {}
        for child in items:
            regions.setdefault(child.region, []).append(child)
        views = list(regions.values())
        whole = views[0] if views else []
        for view in views[1:]:
            whole = _join(whole, view, layout.names[repeat]) if _are_views(whole, view, layout.names[repeat]) else whole + view
        item.children[repeat] = whole
        for child in whole:
            joined(child, layout)


def _are_views(first: list[Item], second: list[Item], name: str) -> bool:
    """Say whether two lists show the same items: beyond the name, they answer different fields."""
    return not (_answered(first) & _answered(second)) - {name}


def _answered(items: list[Item]) -> set[str]:
    slots = {path for item in items for path, slot in item.slots.items() if slot.pieces}
    return slots | {repeat for item in items for repeat, children in item.children.items() if children}


def _join(first: list[Item], second: list[Item], name: str) -> list[Item]:
    free = list(first)
    alone = []
    for item in second:
        partner = _partner(item, free, name)
        if partner is None and not item.said(name) and free:
            partner = free[0]
        if partner is None:
            alone.append(item)
        else:
            free.remove(partner)
            _merge(partner, item)
    for item in alone:
        if len(alone) == len(free) and free:
            _merge(free.pop(0), item)
        else:
            first.append(item)
    return first


def _partner(item: Item, free: list[Item], name: str) -> Item | None:
    said = fold(item.said(name))
    scored = [(fuzz.ratio(said, fold(other.said(name))), -at) for at, other in enumerate(free)] if said else []
    best = max(scored, default=(0.0, 0))
    if best[0] >= _SAME:
        return free[-best[1]]
    return next((other for other in free if item.number and other.number == item.number), None) if not said else None


def _merge(into: Item, other: Item) -> None:
    for path, slot in other.slots.items():
        mine: Slot | None = into.slots.get(path)
        if mine is None or (not mine.pieces and slot.pieces):
            into.slots[path] = slot
        elif slot.pieces:
            into.further.append((path, slot))
    into.further += other.further
    into.number = into.number or other.number
    for repeat, items in other.children.items():
        into.children.setdefault(repeat, []).extend(items)
        for item in items:
            item.parent = into
