"""A round whose inbox holds every shape that a return comes in: alone, again, changed, in a mail, in a zip, damaged."""

import io
import zipfile
from functools import cache
from pathlib import Path

from pipeline.blanks.compiling import compile_master
from pipeline.model.rounds import Round
from tests.builders import a_partnership, a_round
from tests.envelopes.mails import mail
from tests.hostile.zips import zipped

NAMES = ("roads", "schools", "health", "housing")
FILES = 6
"""In the inbox."""
DOCUMENTS = 9
"""In the store when all is taken in: five returns, the mail, the zip, and what was cut short, alone and in the zip."""


def the_round(folder: Path) -> Round:
    """Return a round with four partnerships in a folder."""
    return a_round(
        folder=folder, partnerships=tuple(a_partnership(id=name, code=name[:3].upper(), name=f"{name.title()} Board") for name in NAMES)
    )


@cache
def a_return(partnership: str, chair: str = "Cllr Jo Penrose") -> bytes:
    """Return the blank of a partnership as it comes back with another chair."""
    round_ = the_round(Path())
    (whose,) = (one for one in round_.partnerships if one.id == partnership)
    blank = compile_master(round_).stamp(whose)
    said = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank)) as old, zipfile.ZipFile(said, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b"Cllr Jo Penrose", chair.encode()))
    return said.getvalue()


@cache
def returns() -> dict[str, bytes]:
    """Return the files of the inbox by name; within one run of the tests they have the same bytes."""
    roads, health = a_return("roads"), a_return("health")
    in_the_mail = (("schools.docx", a_return("schools")), ("health.docx", health))
    in_the_zip = (("health.docx", health), ("housing.docx", a_return("housing")), ("cut.docx", health[: len(health) // 2]))
    return {
        "1 roads.docx": roads,
        "2 roads again.docx": a_return("roads", "Cllr Ada Swift"),
        "3 copy.docx": roads,
        "4 two.eml": mail("Please find both attached.", *in_the_mail),
        "5 three.zip": zipped(*in_the_zip),
        "6 cut.docx": roads[: len(roads) * 2 // 3],
    }


def fill(inbox: Path) -> None:
    """Put the returns into an inbox."""
    inbox.mkdir()
    for name, data in returns().items():
        (inbox / name).write_bytes(data)
