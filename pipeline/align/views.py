"""Join two views of the same items: a list of their names, and a block for each further down."""

from pipeline.align.entries import likeness
from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout
from pipeline.grammar.texts import fold, strip_marker

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
            name = layout.names[repeat]
            whole = _join(whole, view, name) if _are_views(whole, view, name, renamed=repeat in layout.described) else whole + view
        item.children[repeat] = whole
        for child in whole:
            joined(child, layout)


def _are_views(first: list[Item], second: list[Item], name: str, *, renamed: bool) -> bool:
    """Say whether two lists show the same items: beyond the name, they answer different fields, or at least half the names are the same.

    Args:
        first: the one further up.
        second: the other.
        name: the field that names an item.
        renamed: whether an item may have another name in the second, as a title that is shortened over its block. Otherwise two lists
            with names are views of each other only by their names.
    """
    own, other = _answered(first) - {name}, _answered(second) - {name}
    if not renamed and name in _answered(first) and name in _answered(second):
        own, other = {name}, {name}
    if not own & other and own | other:
        return True
    if own and own < other and len(first) == len(second) and _say_the_same(first, second, own):
        return True
    names = [{fold(strip_marker(item.said(name))[1]) for item in view} - {""} for view in (first, second)]
    return 2 * len(names[0] & names[1]) >= max(1, min(map(len, names)))


def _say_the_same(first: list[Item], second: list[Item], paths: set[str]) -> bool:
    """Say whether all that the items of one list say beside their names, those of the other say too, in the same order."""
    return all(fold(one.said(path)) == fold(other.said(path)) for one, other in zip(first, second, strict=True) for path in paths)


def _answered(items: list[Item]) -> set[str]:
    slots = {path for item in items for path, slot in item.slots.items() if slot.pieces}
    return slots | {repeat for item in items for repeat, children in item.children.items() if children}


def _join(first: list[Item], second: list[Item], name: str) -> list[Item]:
    """Merge each item of the second view into its partner of the first: by name, then by number, then in order."""
    free = list(first)
    partners: dict[int, Item] = {}
    for find in (_by_name, _by_number, _by_place):
        for item in second:
            partner = find(item, free, [other for other in second if id(other) not in partners], name) if id(item) not in partners else None
            if partner is not None:
                partners[id(item)] = partner
                free.remove(partner)
    for item in second:
        if id(item) in partners:
            _merge(partners[id(item)], item)
        else:
            first.append(item)
    return first


def _by_name(item: Item, free: list[Item], waiting: list[Item], name: str) -> Item | None:
    said = item.said(name)
    scored = [(likeness(said, other.said(name)), -at) for at, other in enumerate(free)] if said else []
    alike, at = max(scored, default=(0.0, 0))
    return free[-at] if alike >= _SAME else None


def _by_number(item: Item, free: list[Item], waiting: list[Item], name: str) -> Item | None:
    """Return the item of the same number; respondents who copy a block often leave its number, and then it says nothing."""
    if not item.number or sum(other.number == item.number for other in waiting) > 1:
        return None
    return next((other for other in free if other.number == item.number), None)


def _by_place(item: Item, free: list[Item], waiting: list[Item], name: str) -> Item | None:
    """Return the item in the same place of the order, where as many are left of both views, or as many that anybody filled in."""
    if len(waiting) != len(free):
        free, waiting = ([other for other in view if _answered([other])] for view in (free, waiting))
    return free[0] if free and len(waiting) == len(free) and item is waiting[0] else None


def _merge(into: Item, other: Item) -> None:
    for path, slot in other.slots.items():
        mine: Slot | None = into.slots.get(path)
        if mine is None or (not mine.pieces and slot.pieces):
            into.slots[path] = slot
        elif slot.pieces:
            into.further.append((path, slot))
    into.further += other.further
    into.heading += other.heading
    into.number = into.number or other.number
    for repeat, items in other.children.items():
        into.children.setdefault(repeat, []).extend(items)
        for item in items:
            item.parent = into
