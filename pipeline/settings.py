"""The one place where a setting gets its value: option > environment (`PROFORMA_…`) > round file > default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Counted on what is really read, never on what a file says of itself."""

    bytes: int = 50 * 2**20
    """Of the file as received."""
    unpacked_bytes: int = 200 * 2**20
    """Of all the parts of a package together."""
    part_bytes: int = 64 * 2**20
    members: int = 5_000
    ratio: int = 200
    """Unpacked to packed, for XML parts of more than 1 MiB."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside, resolved once at the start of a command."""

    round: Path = Path()
    database: str = ""
    """A database URL; empty for the SQLite file in the round's store folder."""
    limits: Limits = Limits()
    by: str = ""
    """Who decides; empty for the officer whom the round names, or whoever is at the keyboard."""

    @classmethod
    def resolve(cls, options: Mapping[str, object], environment: Mapping[str, str] | None = None) -> "Settings":
        """Return the settings of a command.

        Args:
            options: what the command line gave, by field name; None where an option was not given.
            environment: variables such as `PROFORMA_ROUND`; the process's own where None.
        """
        environment = os.environ if environment is None else environment
        chosen: dict[str, object] = {}
        for setting in fields(cls):
            said = options.get(setting.name)
            if said is None:
                said = environment.get(f"PROFORMA_{setting.name.upper()}")
            if said is not None:
                kind = type(getattr(cls(), setting.name))
                chosen[setting.name] = Path(str(said)) if issubclass(kind, Path) else kind(said)
        return cls(**chosen)  # type: ignore[arg-type]
