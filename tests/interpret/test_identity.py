"""Whose return it is: what each carrier says, which one is believed, and when a return is held instead."""

import pytest

from pipeline.flow import Desk, read_return
from pipeline.interpret.identity import Identity, identify, named
from pipeline.model.documents import Aside, Document
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Method, Passage, State
from tests.builders import a_partnership, a_round
from tests.documents import docx

SPIP = a_partnership()
TRUST = a_partnership(
    id="childrens-trust",
    code="CT",
    name="Children’s Trust",
    lists={"aliases": ("CYP Board",), "lineage": ("Children & Young People’s Partnership",)},
)
ROUND = a_round(partnerships=(SPIP, TRUST))
REFERENCE = ROUND.reference_of(SPIP)


def says(name: str, method: Method = "cell") -> tuple[Answer, ...]:
    """Return the answer that names the partnership."""
    return (Answer("partnership", name, State.GIVEN, (Passage(name, Place("word/document.xml")),), method, 0.9),)


def whose(*answers: Answer, file: str = "reply.docx", printed: str = "", **properties: str) -> Identity:
    """Ask for the identity of a document with these answers, properties and footer."""
    asides = (Aside("footer", printed, Place("word/footer1.xml")),) if printed else ()
    found = {name.replace("_", "."): said for name, said in properties.items()}
    return identify(Document("docx", (), asides, properties=found), answers, ROUND, file)


def believed(identity: Identity) -> tuple[str | None, list[str]]:
    """Return the partnership and the carriers that are believed."""
    return identity.partnership.id if identity.partnership else None, [claim.carrier for claim in identity.claims if claim.believed]


# -- each carrier alone --------------------------------------------------------------------------------------------------


def test_a_document_property_says_whose_it_is() -> None:
    assert believed(whose(proforma_reference=REFERENCE)) == (SPIP.id, ["property"])


def test_the_reference_printed_at_the_foot_says_whose_it_is() -> None:
    assert believed(whose(printed=f"Reference {REFERENCE}\tPage 1 of 9")) == (SPIP.id, ["code"])


def test_a_square_code_says_whose_it_is() -> None:
    document = Document("scan", (), barcodes=(REFERENCE,))
    assert believed(identify(document, (), ROUND, "scan.pdf")) == (SPIP.id, ["barcode"])


@pytest.mark.parametrize(
    "name",
    ["Spatial Planning & Infrastructure Partnership", "spatial planning and infrastructure partnership", "SPIP", "SPI", "The SPIP"],
)
def test_a_name_a_code_or_an_alias_of_the_register_says_whose_it_is(name: str) -> None:
    assert believed(whose(*says(name))) == (SPIP.id, ["name"])


def test_an_earlier_name_says_whose_it_is() -> None:
    """A-X2."""
    assert believed(whose(*says("Children and Young People's Partnership"))) == (TRUST.id, ["name"])


def test_a_name_in_its_own_control_is_a_carrier_of_its_own() -> None:
    assert believed(whose(*says("CYP Board", "control"))) == (TRUST.id, ["control"])


def test_carriers_that_agree_are_all_believed() -> None:
    assert believed(whose(*says("SPIP"), proforma_reference=REFERENCE, printed=REFERENCE)) == (SPIP.id, ["property", "code", "name"])


def test_a_file_name_is_a_claim_and_decides_nothing() -> None:
    """Anybody may call a file anything."""
    said = whose(file=f"{REFERENCE} final (2).docx")
    assert (said.partnership, [(claim.carrier, claim.believed) for claim in said.claims]) == (None, [("file-name", False)])
    agreed = whose(*says("SPIP"), file=f"{REFERENCE}.docx")
    assert believed(agreed) == (SPIP.id, ["name", "file-name"])


# -- held ----------------------------------------------------------------------------------------------------------------


def test_two_carriers_that_disagree_hold_the_return() -> None:
    held = whose(*says("Children’s Trust"), proforma_reference=REFERENCE)
    assert (believed(held), held.reason) == ((None, []), Reason.TWO_PARTNERSHIPS)
    assert held.message and SPIP.name in held.message and TRUST.name in held.message


def test_a_reference_of_another_round_holds_the_return() -> None:
    held = whose(proforma_reference="OX2030-08-SPI-Q")
    assert (held.partnership, held.reason) == (None, Reason.OTHER_ROUND) and held.message and "OX2030-08-SPI-Q" in held.message


def test_a_reference_with_a_wrong_character_is_not_believed() -> None:
    wrong = REFERENCE[:-1] + ("A" if REFERENCE[-1] != "A" else "B")
    assert whose(printed=wrong).partnership is None


def test_a_name_that_nobody_knows_holds_the_return_and_the_nearest_are_suggested() -> None:
    held = whose(*says("Spatial Infrastructure and Planning group"))
    assert (held.partnership, held.reason) == (None, Reason.UNKNOWN_PARTNERSHIP)
    assert held.message and SPIP.name in held.message and TRUST.name not in held.message


def test_a_likeness_of_names_never_decides() -> None:
    assert named("Spatial Planning & Infrastructure", ROUND) is None


@pytest.mark.parametrize("text", ["{name} (SPIP)", "{name} – formerly SPIP", "{name} (Oxford and Banbury)", "SPIP ({name})"])
def test_an_abbreviation_or_a_former_name_may_stand_beside_a_known_name(text: str) -> None:
    assert named(text.format(name=SPIP.name), ROUND) == SPIP


@pytest.mark.parametrize("text", ["Bridges group ({name})", "{name} ({other})", "{other} – formerly {name}"])
def test_a_known_name_beside_another_does_not_decide(text: str) -> None:
    """A sub-group is not its partnership, and two names are two partnerships."""
    assert named(text.format(name=SPIP.name, other=TRUST.name), ROUND) is None


def test_a_name_that_two_partnerships_have_decides_nothing() -> None:
    twins = a_round(partnerships=(SPIP, a_partnership(id="other", code="OT", name="Other", lists={"aliases": ("SPIP",)})))
    assert named("SPIP", twins) is None


def test_a_document_that_does_not_say_whose_it_is_is_held() -> None:
    held = whose()
    assert (held.partnership, held.reason) == (None, Reason.UNKNOWN_PARTNERSHIP) and held.message


def test_a_held_return_keeps_its_answers() -> None:
    blocks = ("Name of partnership: Nobody at all", "Chair: Jo Penrose", "Cabinet member: Al Ash", "Telephone: 01632 960100")
    said, findings = read_return(docx(*blocks), "reply.docx", Desk(ROUND))
    assert (said.outcome, said.reason, said.partnership, findings) == (Outcome.HELD, Reason.UNKNOWN_PARTNERSHIP, None, ())
    assert said.values["chair"] == "Jo Penrose"


# -- the name over a form that asks for none -----------------------------------------------------------------------------


def over(*lines: str, answers: tuple[Answer, ...] = ()) -> Identity:
    """Ask for the identity of a document in which these lines answer nothing."""
    return identify(Document("docx", ()), answers, ROUND, "reply.docx", unplaced=lines)


def test_a_line_that_is_a_name_and_nothing_else_says_whose_it_is_where_no_label_does() -> None:
    """A003-1: document 003 has the bare name over each table."""
    assert believed(over("Update", "Children’s Trust", "Our notes")) == (TRUST.id, ["name"])
    assert believed(over("We met the Children’s Trust")) == (None, [])


def test_two_such_lines_of_two_partnerships_hold_the_return() -> None:
    assert over("SPIP", "Children’s Trust").reason is Reason.TWO_PARTNERSHIPS


def test_a_labelled_name_comes_before_such_lines() -> None:
    assert believed(over("Children’s Trust", answers=says("SPIP"))) == (SPIP.id, ["name"])


def test_a_name_that_was_written_twice_is_one_and_two_names_are_two() -> None:
    """A003-P1: nine forms in one document."""

    def twice(*names: str) -> Identity:
        passages = tuple(Passage(name, Place("word/document.xml")) for name in names)
        return whose(Answer("partnership", " ".join(names), State.GIVEN, passages, "cell", 0.9))

    assert believed(twice("SPIP", "Spatial Planning & Infrastructure Partnership")) == (SPIP.id, ["name", "name"])
    assert twice("SPIP", "Children’s Trust").reason is Reason.TWO_PARTNERSHIPS
