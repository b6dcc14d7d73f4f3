"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from pipeline.cli.app import App

Command = Callable[..., Any]


def round_option(command: Command) -> Command:
    """Give a command `--round DIR` and the app of that round as its first argument."""

    @click.option("--round", "round_", metavar="DIR", help="The round's folder.  [default: the folder you stand in]")
    @click.pass_obj
    @wraps(command)
    def with_round(app: App, /, *args: Any, round_: str | None, **options: Any) -> Any:
        return command(app.at(round_), *args, **options)

    return with_round


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead of tables for people.")
