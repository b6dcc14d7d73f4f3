"""Start a round: a new folder from a kit, with everything an officer fills in and an explanation of each file."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.errors import SetupError
from pipeline.model.forms import Form
from pipeline.rounds.kit import find_kit, read_form
from pipeline.rounds.loading import ROUND
from pipeline.rounds.mistakes import validated
from pipeline.rounds.pages import schemas
from pipeline.rounds.register import EXAMPLE, WORKBOOK
from pipeline.rounds.register_book import Row, columns_of, write_register
from pipeline.rounds.round_file import RoundFile
from pipeline.rounds.yaml_file import read_yaml

README = "README.txt"

_NOT_FOR_OFFICERS = (".py", ".pyc")
"""Scripts that draw the first masters stay with the program."""

_EXPLAINED = """\
{name}

This folder is one round: one form that goes to all partnerships, and what comes back.

round.yaml              The round: its name, period, vocabularies, timetable, meeting and your words for the paper.
                        A text file; edit it in any editor. Every mistake is reported with its line.
partnerships.xlsx       The register: who is asked. Keep it in Excel; its headings explain themselves.
                        The sheet "Explained" says what goes into each column.
{kit}  The form of the kit, its Word masters and its mail texts (mail/). Edit the masters in Word: the layout is yours.
inbox/                  Put here what comes back, as it came: nothing in it is ever changed or deleted.
outbox/                 What the program makes: blanks, drafts of mails, and the plan, the annex and the paper.
docs/schemas/           Helps editors such as VS Code to complete round.yaml and form.yaml while you type.

What to do next

1. Write your round into round.yaml.
2. Write your partnerships into partnerships.xlsx, over the example.
3. In this folder:  proforma generate       a blank for each partnership, in outbox/blanks/
                    proforma send           who would get which letter; with --yes, drafts in outbox/mail/
4. When returns are in inbox/:  proforma run    reads, checks and publishes them

At any time:        proforma status         where each partnership stands, and what to do next
"""


def init_round(folder: Path, kit: str, kits: Path | None = None) -> tuple[Path, ...]:
    """Make a new round folder.

    Args:
        folder: the new round; it may exist and hold other files.
        kit: the kit's name.
        kits: where kits are found; the program's own where None.

    Returns:
        The files made, in the order in which an officer meets them.

    Raises:
        SetupError: there is no such kit, a file is already there (nothing is overwritten), or the folder cannot be written.
    """
    _refuse_to_overwrite(folder, (ROUND,))
    source = find_kit(folder, kit, kits)
    files = _files(source)
    _refuse_to_overwrite(folder, files)
    made: list[Path] = []
    try:
        for name, write in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            write(path)
        for empty in ("inbox", "outbox"):
            (folder / empty).mkdir(exist_ok=True)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        hint = "Choose a folder that you may write to, on a disk with room."
        raise SetupError(f"The round could not be started in {folder}: {error.strerror}.", hint) from error
    return tuple(made)


def _files(kit: Path) -> dict[str, Callable[[Path], object]]:
    """Return what a new round holds: for each file its path in the folder and how it is written."""
    entries = validated(RoundFile, read_yaml(kit / ROUND, f"templates/{kit.name}/{ROUND}"))
    form = read_form(kit, entries.words)[0]
    files: dict[str, Callable[[Path], object]] = {
        README: _text(_EXPLAINED.format(name=entries.name, kit=f"templates/{kit.name}/".ljust(22))),
        ROUND: _copy(kit / ROUND),
        WORKBOOK: lambda path: write_register(path, form, entries.terms(), [_example(form)]),
    }
    for part in sorted(kit.rglob("*")):
        if part.is_file() and part != kit / ROUND and part.suffix not in _NOT_FOR_OFFICERS:
            files[f"templates/{kit.name}/{part.relative_to(kit).as_posix()}"] = _copy(part)
    return files | {f"docs/schemas/{name}": _text(text) for name, text in schemas().items()}


def _example(form: Form) -> Row:
    """Return a row that shows how a row looks."""
    entries = {column.name: ("An example",) for column in columns_of(form)[1]}
    return {"name": EXAMPLE, "code": "EXA", "annex_name": EXAMPLE, "aliases": ("EP", "The Example"), **entries}


def _refuse_to_overwrite(folder: Path, names: Iterable[str]) -> None:
    there = [name for name in names if (folder / name).exists()]
    if there:
        mistakes = tuple(f"{name}: it is already there – move it away, or start the round in another folder" for name in there)
        raise SetupError(f"A round was not started in {folder}: nothing is overwritten.", "Name a new folder.", mistakes)


def _copy(source: Path) -> Callable[[Path], object]:
    return lambda path: shutil.copyfile(source, path)


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8", newline="\n")
