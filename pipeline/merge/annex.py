"""The annex: a row for each partnership and each combination of the merged columns' values.

Source: document 001, Annex 1 (A001-12 to A001-15).
"""

from collections.abc import Iterable, Sequence

from pipeline.merge.columns import Columns
from pipeline.merge.vocabulary import text, words
from pipeline.model.forms import Annex, AnnexColumn
from pipeline.model.plans import AnnexCell, AnnexItem, AnnexRow, Entry, Group
from pipeline.model.records import Answer, Passage

MISSING = "[not given]"
"""Stands where an item has no name: the reader sees that something is there and that something is missing."""


def annex_rows(annex: Annex, entries: Iterable[Entry], columns: Columns) -> tuple[AnnexRow, ...]:
    """Make the rows of the annex.

    Args:
        annex: the form's annex.
        entries: in the order of the register.
        columns: what the cells show.

    Returns:
        Rows in the order of the vocabulary that arranges the plan, in the order of the register within it; rows that name none last.
    """
    merged = [column for column in annex.columns if column.merge]
    ranked = []
    for entry in entries:
        together: dict[tuple[str, ...], list[Group]] = {}
        for item in entry.items:
            together.setdefault(tuple(columns.agreed(column, entry, item) for column in merged), []).append(item)
        ranked += [(columns.chapters.rank(columns.chapter(entry, items[0])), entry, items) for items in together.values()]
    ranked.sort(key=lambda row: row[0])
    introduced: set[str] = set()
    rows = []
    for _, entry, items in ranked:
        rows.append(_row(annex, entry, items, columns, entry.partnership.id not in introduced))
        introduced.add(entry.partnership.id)
    return _merged(rows, [column.merge for column in annex.columns])


def _row(annex: Annex, entry: Entry, items: Sequence[Group], columns: Columns, first: bool) -> AnnexRow:
    cells = tuple(AnnexCell("" if column.listed else _cell(column, entry, items, columns)) for column in annex.columns)
    listed = next(column for column in annex.columns if column.listed)
    inside = listed.introduction.startswith(annex.of + ".")
    introduction = _introduction(listed, entry, items, columns) if first or inside else ()
    return AnnexRow(cells, introduction, _gathered(_item(listed, entry, item, columns) for item in items), entry)


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


def _merged(rows: Sequence[AnnexRow], mergeable: Sequence[bool]) -> tuple[AnnexRow, ...]:
    """Merge equal neighbours of the merged columns, from the left, only where the merged columns before them are merged too."""
    cells = [list(row.cells) for row in rows]
    top = [0] * len(mergeable)
    for number in range(1, len(rows)):
        together = True
        for column, merge in enumerate(mergeable):
            here, above = cells[number][column], cells[top[column]][column]
            if merge and together and here.text and here.text == above.text:
                cells[top[column]][column] = above._replace(rows=above.rows + 1)
                cells[number][column] = here._replace(rows=0)
            else:
                top[column] = number
                together = together and not merge
    return tuple(row._replace(cells=tuple(made)) for row, made in zip(rows, cells, strict=True))
