"""Files appear whole or not at all, and one that would be the same is left alone."""

import filecmp
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pipeline.errors import SetupError


def put(path: Path, write: Callable[[IO[bytes]], None]) -> Path:
    """Write a file under a passing name and give it its own when it is whole.

    Args:
        path: where it goes; its folder is made.
        write: writes the content to an open file.

    Returns:
        The path.

    Raises:
        SetupError: the folder or the disk does not take it. What lay there before is untouched.
    """
    passing = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with passing.open("wb") as target:
                write(target)
            if not (path.exists() and filecmp.cmp(path, passing, shallow=False)):
                passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)
    except OSError as error:
        hint = "Close the file if it is open, check that the folder may be written to and that the disk has room, then publish again."
        raise SetupError(f"{path}: cannot be written: {error.strerror or error}.", hint) from error
    return path
