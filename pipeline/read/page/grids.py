"""From ruled lines to the cells that they enclose.

Knows nothing of words. Lines that touch belong to one grid. A grid has columns and rows wherever a line begins or ends; where no line
stands between two fields of it they are one cell, so that merged cells come out as what they cover.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.places import Box
from pipeline.read.page.nouns import Rule

TOUCH = 3.0
"""Points: lines that come so near to each other touch, and double lines are one."""
_SHORTEST = 6.0
"""Points: a shorter line is part of a drawing."""
_WIDTH, _HEIGHT = 30.0, 9.0
"""Points: a smaller grid is a box to tick or a drawing."""
_STRIP = 14.0
"""Points: the most that a cell leaves free beside a table in it."""
_FIELDS = 40_000
"""Fields of a grid; more are a drawing or a trap."""


class Line(NamedTuple):
    """A ruled line without its thickness: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float


class Field(NamedTuple):
    """A cell of a grid: the column and row it begins in, from 0, and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int


class Grid(NamedTuple):
    """The cells that ruled lines enclose."""

    xs: tuple[float, ...]
    """The edges of its columns, from left to right; one more than there are columns."""
    ys: tuple[float, ...]
    fields: tuple[Field, ...]
    """By row, then column."""
    owners: tuple[tuple[int, ...], ...]
    """For each row and column the index in `fields` of the cell that covers it."""

    @property
    def box(self) -> Box:
        """Return what it covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def area(self, field: Field) -> Box:
        """Return what a cell covers."""
        return Box(self.xs[field.column], self.ys[field.row], self.xs[field.column + field.columns], self.ys[field.row + field.rows])

    def at(self, x: float, y: float) -> int:
        """Return the index of the cell at a point inside the grid."""
        xs, ys, _, owners = self
        return owners[bisect_right(ys, y, 1, len(ys) - 1) - 1][bisect_right(xs, x, 1, len(xs) - 1) - 1]


def grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the grids of a page, the largest first, so that one that stands inside another comes after it."""
    level, upright = _straight(rules)
    made = (_grid([level[at] for at in across], [upright[at] for at in down]) for across, down in _touching(level, upright))
    found = [part for grid in made if grid is not None for part in _unpacked(grid)]
    return tuple(sorted(found, key=lambda grid: -_area(grid.box)))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _straight(rules: Iterable[Rule]) -> tuple[list[Line], list[Line]]:
    """Return the level and the upright lines, pieces of one line put together."""
    level: list[Line] = []
    upright: list[Line] = []
    for rule in rules:
        left, top, right, bottom = rule.box
        if right - left >= bottom - top:
            level.append(Line((top + bottom) / 2, left, right))
        else:
            upright.append(Line((left + right) / 2, top, bottom))
    return _joined(level), _joined(upright)


def _joined(lines: list[Line]) -> list[Line]:
    """Put together what stands at one place and touches; the result is ordered by place."""
    joined: list[Line] = []
    for group in _near(sorted(lines)):
        at = sum(line.at for line in group) / len(group)
        group.sort(key=lambda line: line.start)
        start = end = group[0].start
        for line in group:
            if line.start > end + TOUCH:
                joined.append(Line(at, start, end))
                start = line.start
            end = max(end, line.end)
        joined.append(Line(at, start, end))
    return [line for line in joined if line.end - line.start >= _SHORTEST]


def _near(lines: list[Line]) -> list[list[Line]]:
    """Gather sorted lines that stand within `TOUCH` of the first of them."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.at - groups[-1][0].at <= TOUCH:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _touching(level: list[Line], upright: list[Line]) -> list[tuple[list[int], list[int]]]:
    """Gather the level and upright lines that hang together, by their indexes."""
    leader = list(range(len(level) + len(upright)))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    heights = [line.at for line in level]
    for number, down in enumerate(upright, len(level)):
        for at in range(bisect_left(heights, down.start - TOUCH), bisect_right(heights, down.end + TOUCH)):
            if level[at].start - TOUCH <= down.at <= level[at].end + TOUCH:
                leader[lead(number)] = lead(at)
    gathered: dict[int, tuple[list[int], list[int]]] = {}
    for at in range(len(leader)):
        across, down_ = gathered.setdefault(lead(at), ([], []))
        if at < len(level):
            across.append(at)
        else:
            down_.append(at - len(level))
    return list(gathered.values())


def _grid(level: list[Line], upright: list[Line]) -> Grid | None:
    """Return the grid of lines that hang together; nothing where they enclose nothing."""
    if not level or not upright:
        return None
    xs = _edges(upright, level)
    ys = _edges(level, upright)
    if len(xs) < 2 or len(ys) < 2 or xs[-1] - xs[0] < _WIDTH or ys[-1] - ys[0] < _HEIGHT or len(xs) * len(ys) > _FIELDS:
        return None
    return Grid(tuple(xs), tuple(ys), *_fields(_walls(upright, xs, ys), _walls(level, ys, xs)))


def _edges(lines: list[Line], across: list[Line]) -> list[float]:
    """Return where lines stand; where those across reach further, the open side is an edge too."""
    edges = [sum(line.at for line in group) / len(group) for group in _near(sorted(lines))]
    first, last = min(line.start for line in across), max(line.end for line in across)
    before = [first] if len(across) > 1 and first < edges[0] - 2 * TOUCH else []
    after = [last] if len(across) > 1 and last > edges[-1] + 2 * TOUCH else []
    return before + edges + after


def _walls(lines: list[Line], places: list[float], along: list[float]) -> list[list[bool]]:
    """Say for each place, and each stretch between two neighbours of `along`, whether a line runs there."""
    middles = [(start + end) / 2 for start, end in pairwise(along)]
    walls = [[False] * len(middles) for _ in places]
    for line in lines:
        above = bisect_left(places, line.at, 1, len(places) - 1)
        nearest = above - 1 if line.at - places[above - 1] <= places[above] - line.at else above
        for at in range(bisect_left(middles, line.start), bisect_right(middles, line.end)):
            walls[nearest][at] = True
    return walls


def _fields(upright: list[list[bool]], level: list[list[bool]]) -> tuple[tuple[Field, ...], tuple[tuple[int, ...], ...]]:
    """Return the cells, and which of them covers each field: a cell grows to the right, then down, until it meets a wall."""
    rows, columns = len(level) - 1, len(upright) - 1
    owners = [[-1] * columns for _ in range(rows)]
    found: list[Field] = []
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            right, below = column + 1, row + 1
            while right < columns and not upright[right][row] and owners[row][right] < 0:
                right += 1
            while below < rows and _open(upright, level, owners, below, column, right):
                below += 1
            for covered in owners[row:below]:
                covered[column:right] = [len(found)] * (right - column)
            found.append(Field(row, column, below - row, right - column))
    return tuple(found), tuple(map(tuple, owners))


def _open(upright: list[list[bool]], level: list[list[bool]], owners: list[list[int]], row: int, column: int, right: int) -> bool:
    """Say whether a cell of some columns goes on into a row."""
    return (
        not any(level[row][column:right])
        and not any(upright[at][row] for at in range(column + 1, right))
        and all(owner < 0 for owner in owners[row][column:right])
    )


def _unpacked(grid: Grid) -> list[Grid]:
    """Part a grid from the tables in its cells that touch its lines: they stand between strips of padding.

    ┌─────┬─────────────┐
    │     │ ┌────┬────┐ │      what the lines of a table in a cell look like
    │     │ ├────┼────┤ │      where its first and last line touch the cell's
    ├─────┼─┴────┴────┴─┤
    """
    inner: list[Grid] = []
    outer: list[Field] = []
    taken: set[Field] = set()
    for field in grid.fields:
        if field in taken:
            continue
        other = _facing(grid, field) if _is_strip(grid, field) else None
        if other is None:
            outer.append(field)
            continue
        inside = [one for one in grid.fields if _is_between(one, field, other)]
        taken.update(inside, (field, other))
        outer.append(Field(field.row, field.column, field.rows, other.column + 1 - field.column))
        inner.append(_packed(grid, inside))
    return [grid] if not inner else [_packed(grid, outer), *inner]


def _is_strip(grid: Grid, field: Field) -> bool:
    return field.columns == 1 and grid.xs[field.column + 1] - grid.xs[field.column] < _STRIP


def _facing(grid: Grid, strip: Field) -> Field | None:
    """Return what stands on the other side of a table in a cell: the next cell that covers the same rows.

    It is a strip as well, or wider where the table does not fill its cell; then the table has two rows or more.
    """
    for field in grid.fields:
        if (field.row, field.rows, field.columns) == (strip.row, strip.rows, 1) and field.column > strip.column + 1:
            return field if field.rows > 1 or _is_strip(grid, field) else None
    return None


def _is_between(field: Field, left: Field, right: Field) -> bool:
    return left.row <= field.row < left.row + left.rows and left.column < field.column < right.column


def _packed(grid: Grid, fields: list[Field]) -> Grid:
    """Return the grid of some of the cells of another: with those columns and rows only in which one of them begins or ends."""
    across = sorted({at for field in fields for at in (field.column, field.column + field.columns)})
    down = sorted({at for field in fields for at in (field.row, field.row + field.rows)})
    column, row = {at: number for number, at in enumerate(across)}, {at: number for number, at in enumerate(down)}
    packed = tuple(
        Field(
            row[field.row],
            column[field.column],
            row[field.row + field.rows] - row[field.row],
            column[field.column + field.columns] - column[field.column],
        )
        for field in fields
    )
    owners = [[0] * (len(across) - 1) for _ in down[1:]]
    for number, field in enumerate(packed):
        for covered in owners[field.row : field.row + field.rows]:
            covered[field.column : field.column + field.columns] = [number] * field.columns
    return Grid(tuple(grid.xs[at] for at in across), tuple(grid.ys[at] for at in down), packed, tuple(map(tuple, owners)))
