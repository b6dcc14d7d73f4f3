"""What every command starts from: the settings, and the round and store that they name, opened when first needed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import click

from pipeline.cli.show import plain
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.flow import Desk
    from pipeline.model.rounds import Round
    from pipeline.store.store import Store


class App:
    """The command's view of the world.

    Args:
        round_: the folder given with `--round`, if any.
    """

    def __init__(self, round_: str | None = None) -> None:
        self._folder = round_

    def at(self, round_: str | None) -> "App":
        """Return the app for a round given after the command's name, where one is."""
        return App(round_) if round_ else self

    @cached_property
    def settings(self) -> Settings:
        """The settings of this command."""
        return Settings.resolve({"round": self._folder})

    @cached_property
    def round(self) -> "Round":
        """The round, loaded and checked."""
        from pipeline.rounds.loading import load_round

        return load_round(self.settings.round)

    def tell_what_is_odd(self) -> None:
        """Say what is odd in the round's files: for the commands with which one looks whether all is understood."""
        _note(self.round.warnings)

    def tell_of_names_to_write(self) -> None:
        """Say where round.yaml still names somebody whom the kit came with: before anything goes out under that name."""
        from pipeline.rounds.scaffold import left_over

        _note(left_over(self.round))

    @cached_property
    def desk(self) -> "Desk":
        """The round with what reading its returns needs."""
        from pipeline.flow import Desk

        return Desk(self.round)

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """Open the round's store for the length of a command."""
        from pipeline.store.store import Store

        with Store.open(self.round.folder, self.settings.database) as store:
            yield store

    @property
    def now(self) -> datetime:
        """The time now, UTC: the only place where the program reads the clock."""
        return datetime.now(UTC)


def _note(lines: Iterable[str]) -> None:
    for said in lines:
        click.secho(plain(f"Note: {said}"), fg="yellow", err=True)
