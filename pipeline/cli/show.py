"""How results look: tables for people, a JSON object a line for programs, and what to do next."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table as wide as the terminal; text from returns is never markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*headings, title=title or None, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for row in rows:
        grid.add_row(*(Text(plain(str(cell))) for cell in row))
    Console(soft_wrap=False, highlight=False).print(grid)


def plain(text: str) -> str:
    """Return text from a return so that it cannot steer the terminal: control characters are shown escaped."""
    return "".join(character if character >= " " or character == "\n" else repr(character)[1:-1] for character in text).replace(
        "\x7f", "\\x7f"
    )


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
