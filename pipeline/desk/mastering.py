"""Everything of a kit that an officer can edit, checked at once: the form in Word, the report masters, the mail texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pipeline.blanks.masters import MASTER, check_master
from pipeline.desk.other_rounds import of_other_rounds
from pipeline.desk.specimen import specimen, specimen_board
from pipeline.errors import SetupError
from pipeline.model.rounds import Round
from pipeline.post.checking import check_mails
from pipeline.publish.interim import board_facts
from pipeline.publish.masters.checking import INTERIM, Checked, check_reports
from pipeline.publish.masters.compiling import TagError


class Fault(NamedTuple):
    """Something about a kit: a mistake keeps a paper or a mail from being made, a warning is a fact that is forgotten."""

    kind: str
    """mistake or warning."""
    of: str
    """form, report or mail; words where it is about what any of them says."""
    line: str
    """Where – what is wrong – what to do."""


def check_kit(round_: Round) -> Iterator[Fault]:
    """Yield what is wrong with the kit of a round, mistakes first.

    Raises:
        SetupError: the form's master is missing or no Word document.
    """
    reports = _reports(round_)
    yield from (Fault("mistake", "form", line) for line in check_master(round_.kit / MASTER, round_.form))
    yield from (Fault("mistake", "report", line) for line in reports.mistakes)
    yield from (Fault("mistake", "mail", line) for line in check_mails(round_))
    yield from (Fault("warning", "report", line) for line in reports.warnings)
    yield from (Fault("warning", "words", line) for line in of_other_rounds(round_))


@contextmanager
def naming_tags(round_: Round) -> Iterator[None]:
    """Say of a tag that stops a paper what `proforma masters` says of it: where it stands, what is wrong, what to write.

    Raises:
        SetupError: a tag cannot be filled; with every mistake of the report masters.
    """
    try:
        yield
    except TagError as error:
        mistakes = _reports(round_).mistakes
        if not mistakes:
            raise
        told = "A master of the kit cannot be filled, so no paper was made of it."
        raise SetupError(told, "Mend the tags in Word; proforma masters looks at all of them.", mistakes) from error


def _reports(round_: Round) -> Checked:
    plan = specimen(round_)
    board = specimen_board(plan)
    return check_reports(plan, {INTERIM: {"board": lambda: board_facts(plan, board)}})
