"""Lay a scan over the printed blank as well as against its words: what stands in which box, and whether labels say the same.

Labels and boxes are two witnesses. Where both say so, an answer is as sure as one in its table cell. What only stands in a box, because its
label could not be read, is less sure; where they contradict each other, the box is believed and a person is asked. A page on which
they contradict each other often is none of the blank's after all.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.align.alignment import Aligned, align, laid
from pipeline.align.boxes import in_boxes, noted
from pipeline.align.layout import Layout
from pipeline.align.registering import Registered, register
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.documents import Document
from pipeline.model.forms import schema_path
from pipeline.model.pages import PrintedBlank
from pipeline.model.places import Place

_ALONE = 0.8
"""How sure an answer is that stands in a field's box and has no label that says so; an estimate."""
_CONTRADICTED = 0.5
"""How sure it is where a label says that it answers another field."""
_MOST = 0.2
"""Of the answers of a page: where labels contradict more of them, the page is not believed to be the blank's."""
_FEW = 2
"""Answers that may be contradicted all the same."""

_Where = tuple[object, ...]


class _Said(NamedTuple):
    """What labels alone say of the words of a return."""

    paths: Mapping[_Where, set[str]]
    """By place and first character, the fields that the words answer."""

    @classmethod
    def of(cls, alignment: Alignment) -> "_Said":
        paths: dict[_Where, set[str]] = defaultdict(set)
        for match in alignment.matches:
            for piece in match.pieces:
                paths[_where(piece)].add(schema_path(match.path))
        return cls(paths)


def align_over(document: Document, layout: Layout, blank: PrintedBlank) -> Alignment:
    """Say which words of a scan answer which field, by their labels and by the boxes that they stand in.

    Args:
        document: the scan, with the pages that were recognised.
        layout: the form and the blank that was issued.
        blank: that blank, as it is printed.
    """
    by_labels = align(document, layout)
    pages = register(document.seen, blank)
    if not pages:
        return by_labels
    said = _Said.of(by_labels)
    found = laid(in_boxes(document, pages, layout.form), layout)
    if doubted := _contradicted(found.alignment.matches, said, layout):
        pages = tuple(page for page in pages if page.page not in doubted)
        found = laid(in_boxes(document, pages, layout.form), layout)
    return _weighed(found, document, pages, said, layout)


def _weighed(found: Aligned, document: Document, pages: Sequence[Registered], said: _Said, layout: Layout) -> Alignment:
    """Return what was found, each answer as sure as labels and boxes together make it."""
    areas = [(page, area) for page in pages for area in page.areas if area.tag in found.paths]
    boxes = {found.paths[area.tag]: Place(page=page.page, box=page.onto.around(area.box)) for page, area in areas}
    matches = tuple(_sure(_placed(match, boxes), said, layout) for match in found.alignment.matches)
    own = set(document.notes)
    notes = tuple(note for note in found.alignment.notes if note not in own)
    of_reader = tuple(note for note in noted(document, pages, layout.form, found.paths) if (note.code, note.quote) not in layout.notes)
    return found.alignment._replace(matches=matches, notes=(*of_reader, *notes))


def _placed(match: Match, boxes: Mapping[str, Place]) -> Match:
    """Return a field that nothing was read for with the whole of its box, so that a person sees all of it."""
    there = boxes.get(match.path)
    return match if there is None or match.pieces else match._replace(place=match.place._replace(page=there.page, box=there.box))


def _sure(match: Match, said: _Said, layout: Layout) -> Match:
    if match.method != "ocr" or not match.pieces:
        return match
    agreed = [_agree(match, said.paths.get(_where(piece), set()), layout) for piece in match.pieces]
    least = _CONTRADICTED if False in agreed else _ALONE if None in agreed else 1.0
    return match._replace(confidence=min(match.confidence, least))


def _agree(match: Match, paths: set[str], layout: Layout) -> bool | None:
    """Say whether labels put words into the field in whose box they stand; None where they put them nowhere."""
    if not paths:
        return None
    own = schema_path(match.path)
    others = {other for path in paths for other in (path, layout.twins.get(path, path), layout.names.get(path, path))}
    near = (own, layout.twins.get(own, own))
    return any(other == path or path.startswith(f"{other}.") or other.startswith(f"{path}.") for other in others for path in near)


def _contradicted(matches: Sequence[Match], said: _Said, layout: Layout) -> set[int]:
    """Return the pages of a scan on which labels contradict boxes too often."""
    words: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    for match in matches:
        for piece in match.pieces if match.method == "ocr" else ():
            page = piece.place.page or 0
            words[page] += 1
            wrong[page] += _agree(match, said.paths.get(_where(piece), set()), layout) is False
    return {page for page, count in wrong.items() if count > max(_FEW, _MOST * words[page])}


def _where(piece: Piece) -> _Where:
    return (piece.place, piece.paragraph.text[: piece.end], piece.start)
