"""The words of an answer as they stand in the return, and as one text."""

from itertools import groupby

from pipeline.model.alignments import Piece
from pipeline.model.documents import Mark
from pipeline.model.records import Passage


def passages(pieces: tuple[Piece, ...]) -> tuple[Passage, ...]:
    """Return one passage for each piece that says something, with the emphasis and the list marker it has there."""
    return tuple([_passage(piece) for piece in pieces if piece.text.strip()])


def _passage(piece: Piece) -> Passage:
    paragraph, start, end = piece
    text = paragraph.text[start:end]
    stripped = text.strip()
    if not paragraph.marks:
        return Passage(stripped, paragraph.place, (), paragraph.bullet, paragraph.level)
    start += text.index(stripped)
    end = start + len(stripped)
    marks = tuple(
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind, mark.target)
        for mark in paragraph.marks
        if mark.start < end and mark.end > start
    )
    return Passage(stripped, paragraph.place, marks, paragraph.bullet, paragraph.level)


def text_of(said: tuple[Passage, ...]) -> str:
    """Join the passages of an answer, a line a paragraph."""
    if len(said) == 1:
        return said[0].text
    return "\n".join(" ".join(passage.text for passage in group) for _, group in groupby(said, key=lambda passage: passage.place))
