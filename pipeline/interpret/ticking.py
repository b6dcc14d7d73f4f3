"""Ticked boxes: of choices that stand in a row, each with its box, only those that are ticked were chosen.

Where a passage is asked for and nothing but the boxes of a choice stands there, it is that choice that was answered. Words beside a
box that nobody ticked were not chosen; they are left over, unless they are the vocabulary's own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.grammar.choices import match_choice, tick_boxes
from pipeline.model.alignments import Alignment, Match, Piece
from pipeline.model.forms import FieldType, Form, Term, schema_path
from pipeline.model.rounds import Round


class _Option(NamedTuple):
    """A choice that was offered, without its box."""

    piece: Piece
    chosen: bool


def ticked(alignment: Alignment, round_: Round) -> Alignment:
    """Return an alignment in which boxes have become what was chosen with them."""
    ticking = _Ticking(alignment, round_)
    matches = tuple(ticking.matches())
    return alignment._replace(matches=matches, unplaced=(*alignment.unplaced, *ticking.left))


class _Ticking:
    """One return whose boxes are read."""

    def __init__(self, alignment: Alignment, round_: Round) -> None:
        self._all, self._round = alignment.matches, round_
        self._answered = {_listed(match.path) for match in self._all if match.pieces}
        self._chosen: Counter[str] = Counter()
        """How many values a field that may have several has so far."""
        self.left: list[Piece] = []
        """Words beside boxes that nobody ticked, and that are no word of the vocabulary."""

    def matches(self) -> Iterator[Match]:
        """Yield what answers which field, in the order of the form but for choices in place of passages."""
        for match in self._all:
            field = self._round.form.field(match.path)
            options = tuple(_options(match.pieces)) if field.type in (FieldType.CHOICE, FieldType.PASSAGE) else ()
            choice = match.path if field.type is FieldType.CHOICE else self._meant(match.path, options)
            if options and choice:
                yield from self._ticked(match, choice, options)
                if choice != match.path:
                    yield match._replace(pieces=())
            else:
                yield self._after(match)

    def _ticked(self, match: Match, path: str, options: Sequence[_Option]) -> Iterator[Match]:
        """Yield what was chosen; where nothing was, that the choice was left blank."""
        field = self._round.form.field(path)
        chosen = [option.piece for option in options if option.chosen]
        terms = self._round.vocabularies.get(field.choices, ())
        self.left += [piece for piece, ticked_ in options if not ticked_ and not match_choice(piece.text, terms)]
        if not field.many:
            yield match._replace(path=path, pieces=tuple(chosen))
            return
        for piece in chosen:
            self._chosen[_listed(path)] += 1
            yield self._numbered(match._replace(path=path, pieces=(piece,), place=piece.place))

    def _after(self, match: Match) -> Match:
        """Count on where a value has no box and those before it were ticked."""
        listed = _listed(match.path)
        if not self._chosen[listed] or match.path == listed:
            return match
        self._chosen[listed] += 1
        return self._numbered(match)

    def _numbered(self, match: Match) -> Match:
        """Give the value of a field that may have several the number it has."""
        listed = _listed(match.path)
        return match._replace(path=f"{listed}[{self._chosen[listed]}]")

    def _meant(self, path: str, options: Sequence[_Option]) -> str:
        """Return the choice whose words stand beside all the boxes in place of a passage, and that nothing answers itself."""
        if not options:
            return ""
        words = [option.piece.text for option in options]
        return next((own for own, terms in self._choices_near(path) if all(match_choice(said, terms) for said in words)), "")

    def _choices_near(self, path: str) -> Iterator[tuple[str, Sequence[Term]]]:
        """Yield the choices without an answer in the same item."""
        form, item = self._round.form, path[: path.rfind("].") + 2] if "]." in path else ""
        for schema, field in form.walk():
            if field.type is FieldType.CHOICE and _item_of(schema, form) == schema_path(item.rstrip(".")):
                own = item + schema.removeprefix(f"{_item_of(schema, form)}.")
                if own not in self._answered:
                    yield own, self._round.vocabularies.get(field.choices, ())


def _options(pieces: Iterable[Piece]) -> Iterator[_Option]:
    """Yield the choices that pieces offer, each without its box; none where a piece has words without one."""
    found: list[_Option] = []
    for piece in pieces:
        boxes = tick_boxes(piece.text)
        if not boxes and piece.text.strip():
            return
        found += [_Option(piece._replace(start=piece.start + one.start, end=piece.start + one.end), one.chosen) for one in boxes]
    yield from found


def _item_of(schema: str, form: Form) -> str:
    """Return the innermost repeat that a field is in."""
    return max((repeat for repeat in form.repeats if schema.startswith(f"{repeat}.")), key=len, default="")


def _listed(path: str) -> str:
    """Return the path of a field without the number of one of its values."""
    return path.rpartition("[")[0] if path.endswith("]") else path
