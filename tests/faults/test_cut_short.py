"""Row A1: a document that was cut short on its way is refused or says so; it never passes as whole where the cut can be seen."""

from pathlib import Path

import pytest

from pipeline.bounded import Item
from pipeline.desk import Desk, Said, read_files
from pipeline.model.outcomes import Outcome
from tests.envelopes.mails import mail
from tests.faults.rounds import a_return, the_round
from tests.hostile.zips import zipped
from tests.read.odt import odt
from tests.read.pdf import page, pdf, text

PARTS = 12

WHOLE = {
    "reply.docx": a_return("roads"),
    "reply.zip": zipped(("roads.docx", a_return("roads")), ("health.docx", a_return("health"))),
    "reply.eml": mail("Please find both attached.", ("roads.docx", a_return("roads")), ("health.docx", a_return("health"))),
    "reply.odt": odt("Roads Board", "Chair: Jo Penrose"),
    "reply.pdf": pdf(page(text(72, 700, "Roads Board"), text(72, 680, "Chair: Jo Penrose"))),
}


@pytest.fixture(scope="module")
def at_desk() -> Desk:
    """Return the desk of a round with four partnerships."""
    return Desk(the_round(Path()))


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_that_was_cut_short_is_refused_or_says_so(name: str, at_desk: Desk) -> None:
    """Whatever is reported as read without a note says all that it said when it was whole, and nothing beside it is missing."""
    whole = WHOLE[name]
    ends = {len(whole) * part // PARTS for part in range(PARTS)} | {len(whole) - 30, len(whole) - 1}
    if name.endswith(".eml"):
        ends.add(whole.index(b"health.docx") - 150)  # between two attachments: nothing in what is left is damaged
    cuts = [Item(name, whole[:end]) for end in sorted(ends)]
    (sound, *damaged) = read_files((Item(name, whole), *cuts), at_desk)
    for cut, said in zip(cuts, damaged, strict=True):
        assert said, "nothing is left of it"
        assert any(one.record.outcome is not Outcome.READ or one.record.notes for one in said) or _words(said) == _words(sound), len(
            cut.data
        )


def _words(said: tuple[Said, ...]) -> list[tuple[str | None, object]]:
    return [(one.record.partnership, one.record.values) for one in said]
