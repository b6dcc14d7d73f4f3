"""Files that a person names on the command line."""

from pathlib import Path

from pipeline.errors import UnreadableError


def content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableError: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError("unsupported", f"{path} cannot be read: {error.strerror}.", "See that the file can be opened.") from error
