"""Write the blanks of a round into its outbox."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.blanks.compiling import compile_master
from pipeline.errors import SetupError
from pipeline.model.rounds import Partnership, Round

_LONGEST = 60
"""Characters of a partnership's name in a file name: what a path on a council's shared drive has room for."""


def generate(round_: Round) -> Iterator[tuple[Partnership, Path]]:
    """Write one blank a partnership into outbox/blanks, and yield each with its path.

    A blank that lies there and would not change is left alone. A reader never sees half a file.

    Raises:
        SetupError: the master cannot be used, or the folder cannot be written.
    """
    master = compile_master(round_)
    folder = round_.outbox / "blanks"
    for partnership in round_.partnerships:
        path = folder / blank_name(round_, partnership)
        try:
            _write(path, master.stamp(partnership))
        except OSError as error:
            raise SetupError(
                f"The blank for {partnership.name} could not be written to {path}: {error.strerror}.",
                "Make room on the disk, close the file if it is open in Word, or give yourself the right to write there; then try again.",
            ) from error
        yield partnership, path


def blank_name(round_: Round, partnership: Partnership) -> str:
    """Return the file name of a partnership's blank: its reference and its name, in ASCII.

    For example `OX2030-11-SPI-X spatial-planning.docx`.
    """
    plain = unicodedata.normalize("NFKD", partnership.name).encode("ascii", "ignore").decode().lower()
    words = "".join(character if character.isalnum() else " " for character in plain).split()
    short = "-".join(words)[:_LONGEST].rstrip("-")
    return f"{round_.reference_of(partnership)} {short}".rstrip() + ".docx"


def _write(path: Path, data: bytes) -> None:
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
