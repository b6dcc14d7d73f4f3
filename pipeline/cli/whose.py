"""Which partnerships a person means."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.show import plain

if TYPE_CHECKING:
    from pipeline.model.rounds import Partnership, Round


def the_partnership(round_: "Round", said: str) -> "Partnership":
    """Return the one partnership that is meant.

    Args:
        round_: the round.
        said: a name, alias, code or id of the register.

    Raises:
        click.UsageError: it is none of the register.
    """
    from pipeline.interpret.identity import named

    coded = next((one for one in round_.partnerships if one.code.casefold() == said.casefold()), None)
    known = round_.by_id.get(said) or coded or named(said, round_)
    if known is None:
        ids = ", ".join(one.id for one in round_.partnerships)
        raise click.UsageError(f"{plain(said)} is no partnership of the register. It has: {ids}.")
    return known
