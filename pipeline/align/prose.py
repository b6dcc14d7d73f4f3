"""Take prose for prose: sentences under the label of a list are no items of it."""

from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout
from pipeline.grammar.texts import strip_marker
from pipeline.model.alignments import Piece

_FEWEST_WORDS = 8
"""Words of the shortest sentence that is prose and no entry of a list."""
_MANY_WORDS = 25
"""Words from which a paragraph is prose whatever its punctuation."""


def told_in_prose(root: Item, layout: Layout) -> None:
    """Move what was written in place of a list's items to the passage that the form has for it, in place."""
    for path in layout.form.repeats:
        beside = layout.form.by_path[path].prose
        items = root.children.get(path, [])
        name = layout.names[path]
        if not beside or not items or any(set(item.slots) != {name} for item in items):
            continue
        pieces = [piece for item in items for _, piece in item.slots[name].pieces]
        if all(_is_prose(piece) for piece in pieces[:1]) and not any(_is_listed(piece) for piece in pieces):
            slot = root.slots.setdefault(beside, Slot(pieces[0].place, items[0].slots[name].method, items[0].slots[name].confidence))
            slot.pieces = [*enumerate(pieces, -len(pieces) - len(slot.pieces)), *slot.pieces]
            root.children[path] = []


def _is_prose(piece: Piece) -> bool:
    text = piece.text.strip()
    return len(text.split()) >= _MANY_WORDS or (len(text.split()) >= _FEWEST_WORDS and (". " in text or text.endswith(".")))


def _is_listed(piece: Piece) -> bool:
    return bool(piece.paragraph.bullet or strip_marker(piece.text)[0])
