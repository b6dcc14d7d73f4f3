"""Turn what the walk found into matches, in the order of the form."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.align.entries import spread
from pipeline.align.items import Item, Slot
from pipeline.align.layout import Layout, without_digits
from pipeline.align.parts import AREAS
from pipeline.align.prose import told_in_prose
from pipeline.align.views import joined
from pipeline.align.walk import Walk
from pipeline.grammar.texts import fold, strip_marker
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.documents import Aside, Document, Note
from pipeline.model.forms import Field, FieldType

_MISREAD = 92.0
"""From 0 to 100: as alike a line of a scan and a line of the blank are where only letters were misread."""
_LONG_ENOUGH = 12
"""Letters; of shorter words a few letters are the whole difference."""
BY_HAND = 0.5
"""The most that an answer is sure in whose box somebody wrote by hand: it always goes to a person."""
_NAMES_LOST = "The answer boxes have lost their names, as LibreOffice leaves them; answers were found by the form's words."
_BOXES_LOST = "The answer boxes are gone, as when a form is retyped; answers were found by the form's words."


def align(document: Document, layout: Layout) -> Alignment:
    """Say which words of a return answer which field.

    Args:
        document: the return, as read.
        layout: the form and the blank that was issued.
    """
    return laid(document, layout).alignment


class Aligned(NamedTuple):
    """A return laid against the blank, and where the boxes of the printed blank came to lie in it."""

    alignment: Alignment
    paths: dict[str, str]
    """For the tag of each box that was met, the path of its field in the return."""


def laid(document: Document, layout: Layout) -> Aligned:
    """Say which words of a return answer which field; paragraphs may have the boxes of the printed blank as their controls."""
    lost = _lost(document, layout)
    walk = Walk(layout.lenient if lost else layout)
    walk.blocks(document.blocks)
    root = walk.filling.root
    root.name_by_headings(layout)
    joined(root, layout)
    walk.finish()
    told_in_prose(root, layout)
    spread(root, layout)
    root.let_go()
    root.without_prompts(layout)
    dropped: list[Piece] = []
    root.without_blanks(layout, dropped)
    unplaced = walk.filling.unplaced + [piece for piece in dropped if fold(piece.text) not in layout.brought]
    unplaced += _besides(root, layout)
    unplaced = [piece for piece in unplaced if not _is_misread(piece, layout)]
    earlier = [piece for piece in unplaced if _is_issued(piece, layout)]
    matches = tuple(_matches(root, layout.form.fields, "", ""))
    alignment = Alignment(
        matches=matches,
        unplaced=tuple(_in_order([piece for piece in unplaced if piece not in earlier], document)),
        beside=tuple(aside for aside in document.asides if not _is_margin(aside, layout)),
        notes=(*(note for note in document.notes if (note.code, note.quote) not in layout.notes), *_reworded(walk), *_issued(earlier)),
        anchors=walk.anchors,
        damage=tuple(_damage(document, layout, walk, lost)),
        repeated=tuple(_repeated(root, "")),
    )
    return Aligned(alignment, dict(_tagged(root, "")))


def _tagged(item: Item, instance: str) -> Iterator[tuple[str, str]]:
    """Yield the tag of each box of the printed blank that is a slot of an item, and the path of its field."""
    for path, slot in (*item.slots.items(), *item.further):
        if slot.tag:
            yield slot.tag, instance + path.removeprefix(f"{item.repeat}.")
    for repeat, items in item.children.items():
        for at, child in enumerate(items, 1):
            yield from _tagged(child, f"{instance}{repeat.removeprefix(f'{item.repeat}.')}[{at}].")


def _reworded(walk: Walk) -> Iterator[Note]:
    """Yield the labels in other words than the form's, which may hold more than a label does."""
    for words, piece in walk.filling.reworded.items():
        yield Note("reworded", "This was taken for a label of the form in other words.", piece.place, words)


def _is_issued(piece: Piece, layout: Layout) -> bool:
    """Say whether a whole line is a sentence of the blank as it was before the round's deadline or contact changed."""
    return piece.text.strip() == piece.paragraph.text.strip() and any(like.fullmatch(fold(piece.text)) for like in layout.issued)


def _issued(earlier: list[Piece]) -> Iterator[Note]:
    """Yield the sentences of a blank that was issued with other facts: somebody may have written into them."""
    for piece in earlier:
        yield Note("issued-before", "The form's own sentence, from before the round changed.", piece.place, piece.text)


def _is_misread(piece: Piece, layout: Layout) -> bool:
    """Say whether words that were recognised in a picture are the blank's own, a letter or two misread: "How to 0 fill it in"."""
    said = fold(piece.text)
    if piece.paragraph.sure == 1 or len(said) < _LONG_ENOUGH:
        return False
    return process.extractOne(said, layout.known, scorer=fuzz.ratio, score_cutoff=_MISREAD) is not None


def _in_order(pieces: list[Piece], document: Document) -> list[Piece]:
    """Return pieces in reading order."""
    if not pieces:
        return pieces
    order = {id(paragraph): at for at, paragraph in enumerate(document.paragraphs())}
    return sorted(pieces, key=lambda piece: (order[id(piece.paragraph)], piece.start))


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


def _besides(item: Item, layout: Layout) -> list[Piece]:
    """Take out the words of a group as a whole where the first of its fields has an answer of its own: they answer none of them."""
    left: list[Piece] = []
    for path in [path for path in item.slots if layout.form.field(path).type is FieldType.GROUP]:
        if f"{path}.{next(iter(layout.form.field(path).fields))}" in item.slots:
            left += [piece for _, piece in item.slots.pop(path).pieces]
    for children in item.children.values():
        left += [piece for child in children for piece in _besides(child, layout)]
    return left


def _match(slot: Slot, field: Field, path: str) -> Iterator[Match]:
    several = field.many or field.type is FieldType.LIST
    if not several or not slot.pieces:
        yield Match(path, tuple([piece for _, piece in slot.pieces]), slot.method, _sure(slot), slot.place, slot.says)
        return
    for at, (_, values) in enumerate(groupby(slot.pieces, key=lambda value: value[0]), 1):
        pieces = tuple(piece for _, piece in values)
        yield Match(f"{path}[{at}]", pieces, slot.method, _sure(slot), pieces[0].place)


def _sure(slot: Slot) -> float:
    """Return how sure a slot's answer is: not, where something stands in its box that nobody read."""
    return min(slot.confidence, BY_HAND) if slot.written else slot.confidence


def _repeated(item: Item, instance: str) -> Iterator[tuple[str, Piece]]:
    """Yield what further slots of a field say that its answer does not."""
    for path, slot in item.further:
        for _, piece in slot.pieces:
            if _bare(piece.text) != _bare(item.said(path)):
                yield instance + path.removeprefix(f"{item.repeat}."), piece
    for repeat, items in item.children.items():
        for at, child in enumerate(items, 1):
            yield from _repeated(child, f"{instance}{repeat.removeprefix(f'{item.repeat}.')}[{at}].")


def _bare(text: str) -> str:
    """Fold a text without the number or bullet that was typed before it."""
    return fold(strip_marker(text)[1])


def _damage(document: Document, layout: Layout, walk: Walk, lost: list[str]) -> Iterator[str]:
    """Say in words what differs from the blank that was issued."""
    missing = layout.tags - walk.tags
    if missing == layout.tags:
        kept = any(control.kind not in AREAS for paragraph in document.paragraphs() for control in paragraph.controls)
        yield _NAMES_LOST if kept else _BOXES_LOST
    elif missing:
        yield f"{len(missing)} of {len(layout.tags)} answer boxes are gone: {_some(sorted(missing))}"
    if lost:
        yield f"Words of the form that are gone or changed: {_some(lost)}"


def _lost(document: Document, layout: Layout) -> list[str]:
    """Return the labels of the blank that stand nowhere in the return."""
    texts = {paragraph.text for paragraph in document.paragraphs()}
    doubtful = [label for label in layout.shown if label not in texts]
    if not doubtful:
        return doubtful
    lines = {line for text in texts for line in text.splitlines()}
    doubtful = [label for label in doubtful if label not in lines]
    folded = {fold(line) for line in lines} if doubtful else set()
    return [label for label in doubtful if not any(fold(label) in line for line in folded)]


def _some(words: list[str]) -> str:
    """Name the first few, and say that there are more."""
    return "; ".join(words[:5]) + (" …" if len(words) > 5 else "")
