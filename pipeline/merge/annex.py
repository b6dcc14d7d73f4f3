"""The annex: a row for each partnership and each combination of the merged columns' values.

Source: document 001, Annex 1 (A001-12 to A001-15).
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.merge.columns import Columns
from pipeline.merge.vocabulary import text, words
from pipeline.model.forms import Annex, AnnexColumn
from pipeline.model.packed import Each, Held
from pipeline.model.plans import AnnexCell, AnnexItem, AnnexRow, Entry, Group
from pipeline.model.records import Answer, Passage

MISSING = "[not given]"
"""Stands where an item has no name: the reader sees that something is there and that something is missing."""


class Row(NamedTuple):
    """What stands in a row, before its cells are merged with those above."""

    cells: tuple[str, ...]
    introduction: tuple[Passage, ...]
    items: tuple[AnnexItem, ...]


class Ranked(NamedTuple):
    """A row and where it goes."""

    rank: int
    """Of its word of the vocabulary that arranges the plan; those that name none come last."""
    row: Held[Row]


def rows_of(annex: Annex, entry: Entry, columns: Columns) -> Iterator[tuple[int, Row]]:
    """Yield the rows of one return, each with its rank.

    Args:
        annex: the form's annex.
        entry: the return.
        columns: what the cells show.
    """
    merged = [column for column in annex.columns if column.merge]
    together: dict[tuple[str, ...], list[Group]] = {}
    for item in entry.items:
        together.setdefault(tuple(columns.agreed(column, entry, item) for column in merged), []).append(item)
    ranked = [(columns.chapters.rank(columns.chapter(entry, items[0])), items) for items in together.values()]
    first = min((rank for rank, _ in ranked), default=0)
    introduced = False
    for rank, items in ranked:
        introduces = rank == first and not introduced
        introduced = introduced or introduces
        yield rank, _row(annex, entry, items, columns, introduces)


def annex_rows(annex: Annex, found: Iterable[tuple[Entry, Iterable[Ranked]]]) -> Sequence[AnnexRow]:
    """Put the rows of the annex in order.

    Args:
        annex: the form's annex.
        found: the rows of each return, in the order of the register.

    Returns:
        Rows in the order of the vocabulary that arranges the plan, in the order of the register within it; rows that name none last. Each
        is put together as its turn comes.
    """
    rows = sorted(((ranked, entry) for entry, those in found for ranked in those), key=lambda pair: pair[0].rank)
    merged = [column.merge for column in annex.columns]
    covers = _covers((ranked.row.get().cells for ranked, _ in rows), merged)

    def row(number: int) -> AnnexRow:
        ranked, entry = rows[number]
        texts, introduction, items = ranked.row.get()
        spans = covers[number * len(merged) : (number + 1) * len(merged)]
        return AnnexRow(tuple(map(AnnexCell, texts, spans)), introduction, items, entry)

    return Each(range(len(rows)), row)


def _row(annex: Annex, entry: Entry, items: Sequence[Group], columns: Columns, first: bool) -> Row:
    cells = tuple("" if column.listed else _cell(column, entry, items, columns) for column in annex.columns)
    listed = next(column for column in annex.columns if column.listed)
    inside = listed.introduction.startswith(annex.of + ".")
    introduction = _introduction(listed, entry, items, columns) if first or inside else ()
    return Row(cells, introduction, _gathered(_item(listed, entry, item, columns) for item in items))


def _cell(column: AnnexColumn, entry: Entry, items: Sequence[Group], columns: Columns) -> str:
    """Return the text of a cell; of a merged column, whose items all agree, the wording of the first."""
    shown = dict.fromkeys(columns.shown(column, entry, item) for item in (items[:1] if column.merge else items))
    return "; ".join(text for text in shown if text)


def _introduction(listed: AnnexColumn, entry: Entry, items: Sequence[Group], columns: Columns) -> tuple[Passage, ...]:
    if not listed.introduction:
        return ()
    answers = (columns.answer(listed.introduction, entry, item) for item in items)
    return next((answer.passages for answer in answers if answer), ())


def _item(listed: AnnexColumn, entry: Entry, item: Group, columns: Columns) -> AnnexItem:
    answer: Answer | None = columns.answer(listed.of, entry, item)
    group = text(words(columns.node(listed.group, entry, item))) if listed.group else ""
    return AnnexItem(text(answer) or MISSING, group, answer)


def _gathered(items: Iterable[AnnexItem]) -> tuple[AnnexItem, ...]:
    """Bring items of one heading together, headings in the order in which they first appear."""
    groups: dict[str, list[AnnexItem]] = {"": []}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    return tuple(item for group in groups.values() for item in group)


def _covers(rows: Iterable[Sequence[str]], mergeable: Sequence[bool]) -> "array[int]":
    """Merge equal neighbours of the merged columns, from the left, only where the merged columns before them are merged too.

    Returns:
        How many rows each cell covers, row by row from the left; 0 where it is part of the cell above.
    """
    covers = array("L")
    top = [0] * len(mergeable)
    """Where in `covers` the cell stands that a column's next may be part of."""
    above: Sequence[str] = [""] * len(mergeable)
    for cells in rows:
        together = True
        for column, merge in enumerate(mergeable):
            if merge and together and cells[column] and cells[column] == above[column]:
                covers[top[column]] += 1
                covers.append(0)
            else:
                top[column] = len(covers)
                covers.append(1)
                together = together and not merge
        above = cells
    return covers
