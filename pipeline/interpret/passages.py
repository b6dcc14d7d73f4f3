"""The words of an answer as they stand in the return, and as one text."""

from itertools import groupby

from pipeline.grammar.texts import tidy
from pipeline.model.alignments import Piece
from pipeline.model.documents import Mark
from pipeline.model.forms import Field, FieldType
from pipeline.model.records import Passage


def passages(pieces: tuple[Piece, ...]) -> tuple[Passage, ...]:
    """Return one passage for each piece that says something, with the emphasis and the list marker it has there."""
    return tuple(_passage(piece) for piece in pieces if piece.text.strip())


def _passage(piece: Piece) -> Passage:
    paragraph, start, end = piece
    text = paragraph.text[start:end]
    inset = len(text) - len(text.lstrip())
    start += inset
    text = text.strip()
    end = start + len(text)
    marks = tuple(
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind, mark.target)
        for mark in paragraph.marks
        if mark.start < end and mark.end > start
    )
    return Passage(text, paragraph.place, marks, paragraph.bullet, paragraph.level)


def text_of(said: tuple[Passage, ...], field: Field) -> str:
    """Join the passages of an answer: those of a long text a line a paragraph, others into one line."""
    lines = [" ".join(tidy(passage.text) for passage in group) for _, group in groupby(said, key=lambda passage: passage.place)]
    return ("\n" if field.type is FieldType.PASSAGE else " ").join(line for line in lines if line)
