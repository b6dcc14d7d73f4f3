"""Tesseract, which reads words in pictures: is it there, and what does it see.

Called once for a picture, through pipes: it writes no files and opens none but its own language data. Knows nothing of pages or forms.

Source: tesseract(1), 5.3 (`--psm`, `--dpi`, `-` for pipes, configuration `tsv`); OMP_THREAD_LIMIT as its FAQ advises, for with threads of
its own it takes ten times as long where cores are few.
"""

import os
import shutil
import subprocess
from typing import NamedTuple

from pipeline.errors import ToolMissingError

PROGRAM = "tesseract"
_ONE_COLUMN = "4"
"""A column of text of several sizes: its own idea of columns keeps it from seeing words of tables, and "sparse text" drops points."""
_PROBE_SECONDS = 20
_WORD_LEVEL = "5"
_COLUMNS = 12
_LONGEST_WORD = 200
"""Characters; what is longer is a pattern, not a word."""


class Seen(NamedTuple):
    """A word in a picture, in pixels from its top left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    """What Tesseract says of it, from 0 to 100: not a likelihood."""


def installed() -> bool:
    """Say whether the program is there, and its English."""
    if shutil.which(PROGRAM) is None:
        return False
    try:
        said = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, timeout=_PROBE_SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return b"eng" in said.stdout.split()


def recognise(picture: bytes, dpi: int, timeout_seconds: float, words: int) -> tuple[Seen, ...]:
    """Return the words of a picture, in no particular order.

    Args:
        picture: a file that Tesseract reads: PNM, PNG or TIFF.
        dpi: pixels an inch.
        timeout_seconds: after which it is stopped.
        words: the most that are returned.

    Raises:
        ToolMissingError: the program or its English language data is not there.
        TimeoutError: it took too long.
    """
    command = [PROGRAM, "-", "-", "--psm", _ONE_COLUMN, "--dpi", str(dpi), "-l", "eng", "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=picture, capture_output=True, env=environment, timeout=timeout_seconds, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TimeoutError("Tesseract took too long.") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ToolMissingError("Tesseract cannot be used.", "Install it: apt install tesseract-ocr") from error
    return _words(done.stdout.decode("utf-8", "replace"), words)


def _words(table: str, most: int) -> tuple[Seen, ...]:
    """Read the table that it prints: one line for each page, block, paragraph, line and word."""
    found = []
    for line in table.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) != _COLUMNS or fields[0] != _WORD_LEVEL or not fields[-1].strip():
            continue
        left, top, width, height = map(int, fields[6:10])
        found.append(Seen(fields[-1].strip()[:_LONGEST_WORD], left, top, left + width, top + height, float(fields[10])))
        if len(found) == most:
            break
    return tuple(found)
