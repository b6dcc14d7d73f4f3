"""Tables that were typed or drawn: lines with the same separators, or boxes of line characters. Only where it is clear.

Lines drawn around cells are how the table looks; every word is in a cell.
"""

import re
from itertools import islice
from typing import NamedTuple

from pipeline.read.text.lines import is_item

_BORDER = re.compile(r"\s*[+|├┌└╔╚╠┏┣┗:=─━═-][\s+|:=─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯-]*")
_BARS = re.compile(r"[|│┃║]")
_JOINTS = re.compile(r"[+|┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╭╮╰╯]")
_LAST = re.compile(r"[┘╝┛╯]")
_LEAST_BORDER, _LEAST_CELLS, _LEAST_ROWS = 3, 2, 2


class Drawn(NamedTuple):
    """A table as typed."""

    rows: tuple[tuple[tuple[str, ...], ...], ...]
    """Rows of cells of lines."""
    lines: int
    """How many lines of the text it takes."""
    heading: bool
    """True where a drawn line parts the first row from the others."""


def table(lines: list[str], at: int) -> Drawn | None:
    """Return the table that begins in a line; None where none does, or it is not clear.

    Args:
        lines: of the text.
        at: the number of the line, from 0.
    """
    if "\t" in lines[at]:
        return _barred(lines, at) or _tabbed(lines, at)
    return _barred(lines, at) if _is_border(lines[at]) or _BARS.search(lines[at]) else None


def _is_border(line: str) -> bool:
    return len(line.strip()) >= _LEAST_BORDER and _BORDER.fullmatch(line) is not None and not _words(line)


def _words(line: str) -> bool:
    return any(character.isalnum() for character in line)


def _barred(lines: list[str], at: int) -> Drawn | None:
    """Read lines that bars part into cells, with or without lines drawn between them."""
    taken: list[list[str] | None] = []
    wide = 0
    for line in islice(lines, at, None):
        if _is_border(line):
            if taken and taken[-1] is None:
                break
            taken.append(None)
            if _LAST.search(line):
                break
            continue
        cells = _between_bars(line)
        if len(cells) < _LEAST_CELLS or (wide and len(cells) != wide):
            break
        wide = len(cells)
        taken.append(cells)
    if taken and taken[-1] is None and not _drawn(lines[at + len(taken) - 1]):
        taken.pop()
    if sum(cells is not None for cells in taken) < _LEAST_ROWS or (taken[0] is None and not _drawn(lines[at])):
        return None
    return Drawn(tuple(_rows(taken)), len(taken), _heading(taken))


def _drawn(line: str) -> bool:
    """Say whether a border has corners or joints: a plain rule over a text is none."""
    return _JOINTS.search(line) is not None


def _between_bars(line: str) -> list[str]:
    if not _BARS.search(line):
        return []
    cells = _BARS.split(line.strip())
    if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip():
        return cells[1:-1]
    return cells


def _rows(taken: list[list[str] | None]) -> list[tuple[tuple[str, ...], ...]]:
    """Put lines into rows: those between two borders where borders part the rows, otherwise each by itself."""
    inner = [at for at, cells in enumerate(taken) if cells is None and 0 < at < len(taken) - 1]
    boxed = taken[0] is None and taken[-1] is None
    parted = len(inner) > 1 or (len(inner) == 1 and boxed)
    rows: list[list[list[str]]] = []
    fresh = True
    for at, cells in enumerate(taken):
        if cells is None:
            fresh = True
            continue
        heads = len(inner) == 1 and at < inner[0]
        goes_on = rows and not fresh and (parted or heads or (boxed and not cells[0].strip()))
        if not goes_on:
            rows.append([[] for _ in cells])
        for cell, said in zip(rows[-1], cells, strict=True):
            if said.strip():
                cell.append(said.strip())
        fresh = False
    return [tuple(tuple(cell) for cell in row) for row in rows]


def _heading(taken: list[list[str] | None]) -> bool:
    """Say whether the first border between rows is the only one: it parts a heading from what stands under it."""
    rows = [at for at, cells in enumerate(taken) if cells is not None]
    inner = [at for at, cells in enumerate(taken) if cells is None and rows[0] < at < rows[-1]]
    return len(inner) == 1 and inner[0] == rows[0] + 1


def _tabbed(lines: list[str], at: int) -> Drawn | None:
    """Read lines that the same number of tabs part into cells, as Word writes tables into plain text."""
    rows: list[tuple[tuple[str, ...], ...]] = []
    wide = 0
    for line in islice(lines, at, None):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < _LEAST_CELLS or (wide and len(cells) != wide) or not cells[0].strip() or is_item(f"{cells[0].strip()} "):
            break
        wide = len(cells)
        rows.append(tuple((cell.strip(),) if cell.strip() else () for cell in cells))
    return Drawn(tuple(rows), len(rows), False) if len(rows) >= _LEAST_ROWS else None
