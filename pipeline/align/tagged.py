"""Find the item that a named control belongs to. A copied row or block brings the names of its original."""

from pipeline.align.items import Item
from pipeline.align.layout import Layout, way
from pipeline.align.parts import Part


class Tagged:
    """The items of a return that named controls stand in.

    Args:
        root: the record.
        layout: the blank that was issued.
    """

    def __init__(self, root: Item, layout: Layout) -> None:
        self._root = root
        self._layout = layout
        self._of_control: dict[int, Item] = {}
        self._chosen: dict[tuple[int, str, int, int], int] = {}
        """By parent, repeat, number in the tag and view: the number of the item that such tags lead to just now."""
        self._current: dict[tuple[int, str, int], int] = {}
        """The same, whatever the view: where tags of what is inside the item lead to."""

    def __contains__(self, item: Item) -> bool:
        return item in self._of_control.values()

    def item(self, part: Part, view: int) -> Item:
        """Return the item that a slot belongs to.

        Where the original has the field already, a copy is a new item, numbered after all that the blank has. What follows with the
        same tags belongs to the copy, until it has the field too.
        """
        if part.number in self._of_control:
            return self._of_control[part.number]
        tag, item = part.fields[0], self._root
        path, items = self._layout.ways.get(tag) or way(tag, self._layout.form)
        last = len(items) - 1
        for at, (repeat, number) in enumerate(items):
            item = self._numbered(item, repeat, number, path if at == last else "", view)
        self._of_control[part.number] = item
        return item

    def _numbered(self, parent: Item, repeat: str, number: int, path: str, view: int) -> Item:
        key = id(parent), repeat, number
        if not path:
            at = self._current.get(key, number)
            return parent.numbered(repeat, at) or parent.add(repeat, number=at)
        at = self._chosen.get((*key, view), number)
        item = parent.numbered(repeat, at)
        if item is not None and self._has_slot(item, path, view):
            at = max(self._layout.stamped.get(repeat, 0), number) + 1
            while (item := parent.numbered(repeat, at)) is not None and self._has_slot(item, path, view):
                at += 1
        self._chosen[(*key, view)] = self._current[key] = at
        return item or parent.add(repeat, number=at)

    def _has_slot(self, item: Item, path: str, view: int) -> bool:
        """Say whether an item has a field's slot in a view already; a field that may have several values has room for more."""
        slot = item.slots.get(path)
        if slot is None or self._layout.form.by_path[path].many:
            return False
        return slot.view == view or any(own == path and other.view == view for own, other in item.further)
