"""What went out to every partnership, as the public may have it: the form with nobody's details in it, and the letter that came with it."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from pipeline.blanks.compiling import compile_master
from pipeline.desk.deadlines import deadline
from pipeline.grammar.contacts import without_contacts
from pipeline.model.post import MessageKind
from pipeline.model.rounds import Round
from pipeline.post.bodies import page
from pipeline.post.facts import partnership_facts, round_facts
from pipeline.post.letters import render
from pipeline.publish.files import put
from pipeline.publish.publication import public_round

_READER = "Your partnership"
"""Whom the letter speaks to."""


def public_copies(round_: Round) -> tuple[Path, Path]:
    """Write the form and the guidance letter for the council's website into outbox/publication. One that would not change is left alone.

    Returns:
        The form as a Word file, which opens as a blank does, and the letter as a page of HTML.

    Raises:
        SetupError: the master of the form or the text of the letter cannot be used, or the folder cannot be written to.
    """
    shown = public_round(round_)
    (nobody,) = shown.partnerships
    folder = round_.outbox / "publication"
    form = put(folder / "Proforma.docx", _writing(compile_master(shown).stamp(nobody)))
    return form, put(folder / "Guidance letter.html", _writing(_letter(shown).encode()))


def _letter(shown: Round) -> str:
    """Return the guidance letter, as a page; it names the deadline of all, and no day on which it is written."""
    (nobody,) = shown.partnerships
    due = deadline(shown, nobody.id, ())
    known = partnership_facts(shown, nobody, due, due or shown.period.start)
    reader = {"partnership": {**nobody.columns, **nobody.lists, "id": "", "name": _READER, "code": "", "reference": ""}}
    subject, body = render(shown.kit, MessageKind.PROFORMA, {**round_facts(shown), **known, **reader})
    return page(without_contacts(subject), without_contacts(body))


def _writing(data: bytes) -> Callable[[IO[bytes]], None]:
    def write(target: IO[bytes]) -> None:
        target.write(data)

    return write
