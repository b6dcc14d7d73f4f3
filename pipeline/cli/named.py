"""Partnerships as people name them on the command line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from pipeline.cli.show import plain

if TYPE_CHECKING:
    from pipeline.model.rounds import Partnership, Round


def partnerships(round_: "Round", said: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the partnerships that are meant.

    Raises:
        click.UsageError: the register has no such partnership.
    """
    return tuple(partnership(round_, one).id for one in said)


def partnership(round_: "Round", said: str) -> "Partnership":
    """Return the one partnership that is meant: by its id, code, name or alias.

    Raises:
        click.UsageError: the register has no such partnership.
    """
    from pipeline.interpret.identity import named

    coded = next((one for one in round_.partnerships if one.code.casefold() == said.casefold()), None)
    known = round_.by_id.get(said) or coded or named(said, round_)
    if known is None:
        ids = ", ".join(one.id for one in round_.partnerships)
        raise click.UsageError(f"{plain(said)} is no partnership of the register. It has: {ids}.")
    return known
