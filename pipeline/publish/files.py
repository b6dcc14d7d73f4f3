"""Files appear whole or not at all, one that would be the same is left alone, and what a person wrote into one is never lost.

A folder of papers has a hidden list of what this program wrote into it and what each paper was made from. So a paper whose makings are the
same is not made again, and one whose bytes are none of ours was changed by hand: it is kept beside the new one under a name that says so.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import IO, NamedTuple

from pipeline.errors import SetupError

LIST = ".papers"
"""The name of the list: a line for each time that a paper was written, with its SHA-256, what it was made from, and its name."""
_NEWEST = 20
"""Lines of a paper that the list keeps."""
BY_HAND = " – edited by hand"
"""Stands behind the name of what a person changed."""


class _Line(NamedTuple):
    sha256: str
    made_from: str
    """A hyphen where that is not told."""


def put(path: Path, write: Callable[[IO[bytes]], None], made_from: str = "", *, listed: bool = False) -> Path:
    """Write a file under a passing name and give it its own when it is whole.

    Args:
        path: where it goes; its folder is made.
        write: writes the content to an open file. It is not called where the file there is the one that would be written.
        made_from: a word that names all that the content depends on. Empty where that cannot be told, or where it is the same as of
            the file whose place it takes.
        listed: whether a list is begun where the folder has none; one that is there is always kept up.

    Returns:
        The path.

    Raises:
        SetupError: the folder or the disk does not take it. What lay there before is untouched.
    """
    passing = path.with_name(f".{path.name}.{os.getpid()}.part")  # another program may be publishing too
    try:
        lines = _lines(path)
        there = _sha256(path)
        if made_from and lines and lines[-1] == (there, made_from):
            return path
        listed = listed or bool(made_from) or (path.parent / LIST).exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with passing.open("wb") as target:
                write(target)
            new = _Line(_sha256(passing), made_from or (lines[-1].made_from if lines else "-"))
            if listed and (not lines or lines[-1] != new):
                _note(path, new)
            if new.sha256 != there:
                if listed and there and there not in {line.sha256 for line in lines}:
                    path.rename(_beside(path))
                passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)
    except OSError as error:
        hint = "Close the file if it is open, check that the folder may be written to and that the disk has room, then publish again."
        raise SetupError(f"{path}: cannot be written: {error.strerror or error}.", hint) from error
    return path


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file; empty where there is none."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _lines(path: Path) -> list[_Line]:
    """Return what the list says of a file, the newest last."""
    try:
        text = (path.parent / LIST).read_text("utf-8", "replace")
    except FileNotFoundError:
        return []
    parts = (line.split(" ", 2) for line in text.splitlines())
    return [_Line(*part[:2]) for part in parts if len(part) == 3 and part[2] == path.name]


def _note(path: Path, line: _Line) -> None:
    """Add to the list what is about to lie there: before it does, so that nothing of ours is ever taken for a person's."""
    with (path.parent / LIST).open("a", encoding="utf-8") as file:
        file.write(f"{line.sha256} {line.made_from} {path.name}\n")


def shorten(folder: Path) -> None:
    """Let the list of a folder keep the newest lines of each paper, where it has become long.

    A paper whose line is gone would count as edited by hand if it came back from an old copy: too much is kept then, never too little.

    Raises:
        SetupError: the folder cannot be written to.
    """
    path = folder / LIST
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
        kept = _newest(lines)
        if len(lines) - len(kept) > _NEWEST:
            passing = path.with_name(f"{LIST}.{os.getpid()}.part")
            passing.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
            passing.replace(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SetupError(f"{path}: cannot be written: {error.strerror or error}.", "Check that the folder may be written to.") from error


def _newest(lines: list[str]) -> list[str]:
    """Return the newest lines of each name, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for line in reversed(lines):
        name = line.split(" ", 2)[-1]
        seen[name] += 1
        if seen[name] <= _NEWEST:
            kept.append(line)
    return kept[::-1]


def _beside(path: Path) -> Path:
    """Return the name for what a person changed: the first that is free."""
    name, number = path.with_stem(path.stem + BY_HAND), 1
    while name.exists():
        number += 1
        name = path.with_stem(f"{path.stem}{BY_HAND} {number}")
    return name


# -- what became of them -------------------------------------------------------------------------------------------------

Stand = Mapping[Path, tuple[int, int]]
"""The files of a folder, each with what changes when it is written."""


def stand(folder: Path) -> Stand:
    """Return how a folder stands; to be asked before papers are written into it."""
    there = ((path, path.stat()) for path in folder.glob("*") if path.is_file())
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in there}


def left_alone(papers: Iterable[Path], before: Stand) -> frozenset[Path]:
    """Return those of some papers that lie there as they did before."""
    return frozenset(path for path in papers if path in before and before[path] == stand(path.parent).get(path))


def kept(folder: Path, before: Stand) -> Iterator[Path]:
    """Yield what a person had changed, where it was kept since, by name."""
    yield from sorted(path for path in stand(folder) if path not in before and BY_HAND in path.stem)
