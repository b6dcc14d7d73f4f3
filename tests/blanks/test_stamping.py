"""A blank is the master with everything written out, prefilled and locked around the answers."""

import io
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.controls import CONTENT, TABLE, controls, setting, tag, text
from pipeline.blanks.stamping import Master
from pipeline.errors import SetupError
from pipeline.model.forms import FieldType, schema_path
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from tests.blanks.documents import body, changed, shown
from tests.builders import FOCUS_AREAS, PLEDGES, a_partnership, a_round, sample_form


@pytest.fixture(scope="module")
def master() -> Master:
    return compile_master(a_round())


@pytest.fixture(scope="module")
def blank(master: Master) -> bytes:
    return master.stamp(a_partnership())


def test_the_same_round_and_partnership_give_the_same_bytes(blank: bytes) -> None:
    assert compile_master(a_round()).stamp(a_partnership()) == blank


def test_word_would_open_it_without_repair(blank: bytes, tmp_path: Path) -> None:
    path = tmp_path / "blank.docx"
    path.write_bytes(blank)
    assert OpenXmlValidator().validate(path).errors == []


def test_python_docx_opens_it(blank: bytes) -> None:
    document = docx.Document(io.BytesIO(blank))
    assert document.core_properties.title == "Medium-term priorities 2011-14: Oxfordshire 2030 Refresh"
    assert document.core_properties.author == "Alex Byrne"
    section = document.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210


def test_what_the_register_knows_is_filled_in(blank: bytes) -> None:
    """A002-23."""
    found = shown(blank)
    said = {path: found[path].words for path in ("partnership", "chair", "cabinet_member", "contact_officer.email")}
    assert said == {
        "partnership": "Spatial Planning & Infrastructure Partnership",
        "chair": "Cllr Jo Penrose",
        "cabinet_member": "Cllr Siobhán O’Dowd",
        "contact_officer.email": "morgan.lee@example.org",
    }
    assert not any(found[path].prompt for path in said)


def test_what_the_register_does_not_know_shows_its_prompt(master: Master) -> None:
    found = shown(master.stamp(a_partnership(columns={"chair": "", "default_focus": ""})))
    assert found["chair"].prompt
    assert found["chair"].words == "The name of your chair"
    assert found["priorities[1].focus"].words == "Choose the area of focus"


def test_every_pledge_has_a_row_and_one_is_empty(blank: bytes) -> None:
    """A002-23, A002-P5."""
    found = shown(blank)
    rows = [(found[f"pledges[{row}].pledge"].words, found[f"pledges[{row}].pledge"].prompt) for row in range(1, 5)]
    assert rows == [*((pledge, False) for pledge in PLEDGES), ("Any other pledge of your partnership", True)]
    assert "pledges[5].pledge" not in found


def test_each_partnership_gets_as_many_rows_as_it_has_pledges(master: Master) -> None:
    found = shown(master.stamp(a_partnership(lists={"pledges": ("One pledge",)})))
    assert found["pledges[1].pledge"].words == "One pledge"
    assert found["pledges[2].pledge"].prompt
    assert "pledges[3].pledge" not in found


def test_a_longer_list_than_any_in_the_round_is_refused(master: Master) -> None:
    with pytest.raises(SetupError, match="more pledges"):
        master.stamp(a_partnership(lists={"pledges": (*PLEDGES, "A fourth")}))


def test_usual_focus_and_objective_are_chosen_for_every_priority_and_only_once(blank: bytes) -> None:
    found = shown(blank)
    for number in range(1, 5):
        assert found[f"priorities[{number}].focus"].words == "Housing and Infrastructure"
        assert found[f"priorities[{number}].objectives[1]"].words == "World Class Economy"
        assert found[f"priorities[{number}].objectives[2]"].prompt


def test_another_way_to_write_a_choice_is_filled_in_as_the_list_has_it(master: Master) -> None:
    found = shown(master.stamp(a_partnership(columns={"default_focus": "economy"})))
    assert found["priorities[1].focus"].words == FOCUS_AREAS[2].name


def test_drop_downs_offer_the_words_of_the_round(blank: bytes) -> None:
    """A002-15."""
    offered = {
        tag(control): [item.get(q("w:displayText")) or item.get(q("w:value")) for item in control.iter(q("w:listItem"))]
        for control in controls(body(blank))
    }
    assert offered["priorities[2].focus"] == ["Choose the area of focus", *(term.name for term in FOCUS_AREAS)]
    assert offered["pledges[1].status"] == ["Choose", "Already met", "Not yet met"]


def test_every_field_has_as_many_controls_as_the_form_has_copies(blank: bytes) -> None:
    counts: dict[str, int] = {}
    for control in controls(body(blank)):
        counts[schema_path(tag(control))] = counts.get(schema_path(tag(control)), 0) + 1
    assert counts["priorities.deliverables.due"] == 16
    assert counts["priorities.objectives"] == 8
    assert counts["priorities.title"] == 8, "once in the list of priorities and once over the block"
    leaves = {path for path, field in sample_form().walk() if field.is_leaf and not field.gathers}
    assert leaves <= counts.keys()


def test_every_tag_fits_and_names_a_field(blank: bytes) -> None:
    form = sample_form()
    for control in controls(body(blank)):
        path = tag(control)
        assert len(path) <= 64
        assert not path or schema_path(path) in form.by_path


def test_no_two_controls_have_one_number(blank: bytes) -> None:
    numbers = [setting(control, "w:id") for control in controls(body(blank))]
    assert len(set(numbers)) == len(numbers)


def test_priorities_are_numbered_in_headings_and_in_the_list(blank: bytes) -> None:
    paragraphs = [text(paragraph) for paragraph in body(blank).iter(q("w:p"))]
    assert [words for words in paragraphs if words.startswith("Priority ")] == ["Priority 1", "Priority 2", "Priority 3", "Priority 4"]
    assert [words for words in paragraphs if words.isdigit()] == ["1", "2", "3", "4"]


def test_only_the_answers_can_be_changed_and_none_can_be_deleted(blank: bytes) -> None:
    protection = Package(blank).xml("word/settings.xml").find(q("w:documentProtection"))
    assert protection is not None
    assert protection.items() == [(q("w:edit"), "forms"), (q("w:enforcement"), "1")]
    assert {found.lock for found in shown(blank).values()} == {"sdtLocked"}


def test_one_line_answers_stand_in_a_line_and_passages_around_lines(blank: bytes) -> None:
    form = sample_form()
    for control in controls(body(blank)):
        if not tag(control) or schema_path(tag(control)) in form.repeats:
            continue
        around = control.getparent()
        assert around is not None
        passage = form.field(tag(control)).type is FieldType.PASSAGE
        assert (around.tag == q("w:p")) is not passage
        assert control.find(f"{CONTENT}/{q('w:tc')}") is None


def test_rows_repeat_in_word_and_their_sections_have_no_title(blank: bytes) -> None:
    sections = [control for control in controls(body(blank)) if control.find(f"{q('w:sdtPr')}/{q('w15:repeatingSection')}") is not None]
    assert [tag(section) for section in sections] == ["priorities", *(f"priorities[{n}].deliverables" for n in range(1, 5)), "pledges"]
    assert not any(setting(section, "w:alias") for section in sections)


def test_every_table_with_columns_repeats_its_heading_row(blank: bytes) -> None:
    tables = list(body(blank).iter(TABLE))
    headed = [table for table in tables if table.find(f"{q('w:tr')}/{q('w:trPr')}/{q('w:tblHeader')}") is not None]
    assert len(headed) == 6
    assert all(table.find(f"{q('w:tblPr')}/{q('w:tblCaption')}") is not None for table in tables)


def test_the_facts_of_the_round_are_part_of_the_text(blank: bytes) -> None:
    words = text(body(blank))
    assert "Alex Byrne, Performance and Review Officer, at alex.byrne@example.org" in words
    assert "by 6 May 2011" in words
    assert not any(tag(control).startswith(("round.", "blank.")) for control in controls(body(blank)))


def test_a_fact_that_the_round_does_not_say_is_asked_for() -> None:
    with pytest.raises(SetupError) as caught:
        compile_master(a_round(contacts=(), timetable=()))
    assert any("a step of kind due in the timetable of round.yaml" in mistake for mistake in caught.value.mistakes)
    assert len(caught.value.mistakes) == 5


@pytest.mark.parametrize("name", ["<b>&amp;</b> “Quoted”", "Line one\nLine two", "A\x00\x0bB", "]]>", "<?proforma put 0?>", "𝔘nicode – é"])
def test_any_words_of_the_register_come_through_as_words(master: Master, name: str) -> None:
    found = shown(master.stamp(a_partnership(name=name)))
    assert found["partnership"].words == name.replace("\x00", "").replace("\x0b", "")


def test_a_name_longer_than_a_stored_block_comes_through(master: Master) -> None:
    assert shown(master.stamp(a_partnership(name="n" * 200_000)))["partnership"].words == "n" * 200_000


def test_a_master_that_word_has_split_into_runs_gives_the_same_answers(tmp_path: Path) -> None:
    """Word cuts a fact into runs and marks what it takes for misspelt."""

    def as_word_saves(document: str) -> str:
        old = '<w:t xml:space="preserve">Medium-term priorities</w:t></w:r>'
        cut = '<w:t>Medium-</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1"><w:t>term priorities</w:t></w:r>'
        return document.replace(old, cut)

    kit = tmp_path / "priorities"
    kit.mkdir()
    changed(kit / "proforma.docx", as_word_saves)
    blank = compile_master(a_round(kit=kit)).stamp(a_partnership())
    assert text(next(body(blank).iter(q("w:p")))) == "Medium-term priorities 2011-14"


def test_no_gap_is_left_unfilled(blank: bytes) -> None:
    package = Package(blank)
    assert not [name for name in package.names if b"<?proforma" in package.read(name)]
