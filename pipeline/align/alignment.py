"""Turn what the walk found into matches, in the order of the form."""

from collections.abc import Iterator
from itertools import groupby

from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout, without_digits
from pipeline.align.views import joined
from pipeline.align.walk import Walk
from pipeline.grammar.texts import fold
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.documents import Aside, Document
from pipeline.model.forms import Field, FieldType

_NAMES_LOST = "The answer boxes have lost their names, as LibreOffice leaves them; answers were found by the form's words."
_BOXES_LOST = "The answer boxes are gone, as when a form is retyped; answers were found by the form's words."


def align(document: Document, layout: Layout) -> Alignment:
    """Say which words of a return answer which field.

    Args:
        document: the return, as read.
        layout: the form and the blank that was issued.
    """
    walk = Walk(layout)
    walk.blocks(document.blocks)
    joined(walk.root, layout)
    walk.root.without_blanks(layout)
    matches = tuple(_matches(walk.root, layout.form.fields, "", ""))
    return Alignment(
        matches=matches,
        unplaced=tuple(walk.unplaced),
        beside=tuple(aside for aside in document.asides if not _is_margin(aside, layout)),
        anchors=walk.anchors,
        damage=tuple(_damage(document, layout, walk)),
        repeated=tuple(_repeated(walk.root, "")),
    )


def _is_margin(aside: Aside, layout: Layout) -> bool:
    """Say whether an aside is a header or footer that the blank brought."""
    return aside.kind in ("header", "footer") and all(without_digits(line) in layout.margins for line in aside.text.splitlines())


def _matches(item: Item, fields: dict[str, Field], schema: str, instance: str) -> Iterator[Match]:
    for key, field in fields.items():
        path, own = schema + key, instance + key
        if field.type is FieldType.REPEAT:
            for at, child in enumerate(item.children.get(path, ()), 1):
                yield from _matches(child, field.fields, f"{path}.", f"{own}[{at}].")
            continue
        if path in item.slots:
            yield from _match(item.slots[path], field, own)
        if field.type is FieldType.GROUP:
            yield from _matches(item, field.fields, f"{path}.", f"{own}.")


def _match(slot: Slot, field: Field, path: str) -> Iterator[Match]:
    several = field.many or field.type is FieldType.LIST
    if not several or not slot.pieces:
        yield Match(path, tuple(piece for _, piece in slot.pieces), slot.method, slot.confidence, slot.place)
        return
    for at, (_, values) in enumerate(groupby(slot.pieces, key=lambda value: value[0]), 1):
        pieces = tuple(piece for _, piece in values)
        yield Match(f"{path}[{at}]", pieces, slot.method, slot.confidence, pieces[0].place)


def _repeated(item: Item, instance: str) -> Iterator[tuple[str, Piece]]:
    """Yield what further slots of a field say that its answer does not."""
    for path, slot in item.further:
        for _, piece in slot.pieces:
            if fold(piece.text) != fold(item.said(path)):
                yield instance + path.removeprefix(f"{item.repeat}."), piece
    for repeat, items in item.children.items():
        for at, child in enumerate(items, 1):
            yield from _repeated(child, f"{instance}{repeat.removeprefix(f'{item.repeat}.')}[{at}].")


def _damage(document: Document, layout: Layout, walk: Walk) -> Iterator[str]:
    """Say in words what differs from the blank that was issued."""
    missing = layout.tags - walk.tags
    if missing == layout.tags:
        kept = any(control for paragraph in document.paragraphs() for control in paragraph.controls)
        yield _NAMES_LOST if kept else _BOXES_LOST
    elif missing:
        yield f"{len(missing)} of {len(layout.tags)} answer boxes are gone: {', '.join(sorted(missing)[:5])}{' …' if len(missing) > 5 else ''}"
    present = {fold(line) for paragraph in document.paragraphs() for line in paragraph.text.splitlines()}
    lost = [label for label in layout.shown if label not in present and not any(label in line for line in present)]
    if lost:
        yield f"Words of the form that are gone or changed: {'; '.join(lost[:5])}{' …' if len(lost) > 5 else ''}"
