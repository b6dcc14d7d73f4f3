"""How results look: tables for people, a JSON object a line for programs, and what to do next."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.model.findings import Finding, Severity

_HIDDEN = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Unicode categories that a terminal may obey instead of showing: controls, broken characters, line separators."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the reading order around. Source: Unicode Standard Annex 9, table 4."""


_WIDEST_WORD = 16
"""Characters of a word for which a column is made wide enough; paths and longer words are broken."""


_SEVERITIES = {
    Severity.ERROR: ("error", "errors"),
    Severity.QUERY: ("query", "queries"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("info", "info"),
}


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table as wide as the terminal; text from returns is never markup, and nothing is cut off."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(title=Text(plain(title)) if title else None, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    shown = [[plain(str(cell)) for cell in row] for row in rows]
    for number, heading in enumerate(headings):
        grid.add_column(heading, overflow="fold", min_width=_widest_word([heading, *(row[number] for row in shown)]))
    for row in shown:
        grid.add_row(*map(Text, row))
    Console(soft_wrap=False, highlight=False).print(grid)


def _widest_word(cells: Iterable[str]) -> int:
    """Return the room that a column needs so that no ordinary word of it is broken."""
    return min(max((len(word) for cell in cells for word in cell.split()), default=1), _WIDEST_WORD)


def paths(made: Iterable[tuple[str, Path]]) -> None:
    """Print files, each with its name over it and on a line of its own, so that it can be copied whole."""
    for name, path in made:
        click.echo(f"  {plain(name)}")
        click.echo(f"    {plain(relative(path))}")


def counted(findings: Iterable[Finding]) -> str:
    """Say how many findings there are of each severity: "1 error, 4 queries, 2 info"; "nothing" where there is none."""
    severities = [finding.severity for finding in findings]
    counts = ((severities.count(severity), words) for severity, words in _SEVERITIES.items())
    return ", ".join(f"{count} {words[count != 1]}" for count, words in counts if count) or "nothing"


def plain(text: str) -> str:
    """Return text from a return so that it cannot steer the terminal: what is not seen is shown escaped."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\n" or (unicodedata.category(character) not in _HIDDEN and character not in _TURNING):
        return character
    return character.encode("unicode_escape").decode()


def line(said: object) -> None:
    """Print one JSON object on a line of its own."""
    click.echo(json.dumps(said, ensure_ascii=False, default=_plain_value))


def next_step(*steps: str) -> None:
    """Say what to do next, on standard error, so that piped output stays clean."""
    click.echo(err=True)
    click.secho("Next: " + " · ".join(steps), bold=True, err=True)


def relative(path: Path) -> str:
    """Return a path as short as it can be said from the folder one stands in."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _plain_value(value: Any) -> Any:
    return str(value)
