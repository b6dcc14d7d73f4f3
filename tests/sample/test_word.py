"""A blank that is filled in as Word leaves it is still that blank: whole for Word, every tag in its place."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.controls import controls, setting, shows_prompt, tag, text
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from tests.blanks.documents import DOCUMENT, body
from tests.builders import a_partnership, a_round
from tests.sample import word
from tests.sample.typed import Line

TITLE, POLICIES, FIFTH = "priorities[2].title", "priorities[2].context.policies", "priorities[5].title"
LONG = "Keeping every child and young person in the county safe, at home and at school and on the way"
TYPED = {
    TITLE: (Line(LONG),),
    POLICIES: (Line("The plan of 2010, ch. 2.", bold=("of 2010",)), Line("the Munro review", bullet=True), Line("the Bill", bullet=True)),
    "pledges[1].status": (Line("Already met"),),
}


@pytest.fixture(scope="module")
def blank() -> bytes:
    return compile_master(a_round()).stamp(a_partnership())


@pytest.fixture(scope="module")
def filled(blank: bytes) -> bytes:
    return word.fill(blank, TYPED, "Ruth Pemberton")


@pytest.fixture(scope="module")
def longer(blank: bytes) -> bytes:
    """A blank with two more blocks, the first of them filled in."""
    return word.fill(blank, {FIFTH: (Line("Reduce waste"),)}, "Isla Drummond", copied="priorities[4]", copies=2)


def tags(document: bytes) -> Counter[str]:
    return Counter(tag(control) for control in controls(body(document)) if tag(control))


def said(document: bytes, path: str) -> list[str]:
    return [text(control) for control in controls(body(document)) if tag(control) == path and not shows_prompt(control)]


def test_every_control_keeps_its_tag(blank: bytes, filled: bytes) -> None:
    assert tags(filled) == tags(blank)


def test_what_is_typed_stands_in_every_control_of_its_tag(filled: bytes) -> None:
    assert said(filled, TITLE) == [LONG, LONG]
    assert said(filled, "pledges[1].status") == ["Already met"]
    assert said(filled, "priorities[1].title") == []


def test_a_sentence_lies_in_several_runs_between_proofing_marks(filled: bytes) -> None:
    title = next(control for control in controls(body(filled)) if tag(control) == TITLE)
    assert len(list(title.iter(q("w:r")))) == 4
    assert len(list(title.iter(q("w:proofErr")))) == 4
    assert all(run.get(q("w:rsidR")) for run in title.iter(q("w:r")))


def test_a_passage_has_paragraphs_bullets_and_bold_words(filled: bytes) -> None:
    passage = next(control for control in controls(body(filled)) if tag(control) == POLICIES)
    numbered = [paragraph.find(f"{q('w:pPr')}/{q('w:numPr')}") is not None for paragraph in passage.iter(q("w:p"))]
    bold = [shown(run) for run in passage.iter(q("w:r")) if run.find(f"{q('w:rPr')}/{q('w:b')}") is not None]
    assert (numbered, [words.strip() for words in bold]) == ([False, True, True], ["of 2010"])


def test_a_copied_block_keeps_the_tags_of_its_original(blank: bytes, longer: bytes) -> None:
    """As Word's copy and paste gives it: only the control's id is new."""
    own = Counter({path: number for path, number in tags(blank).items() if path.startswith("priorities[4].")})
    assert tags(longer) == tags(blank) + own + own + Counter({"priorities[4].deliverables": 0})
    assert said(longer, "priorities[4].title") == ["Reduce waste", "Reduce waste"]
    ids = Counter(setting(control, "w:id") for control in controls(body(longer)))
    assert set(ids.values()) == {1}


def test_a_copied_block_has_a_heading_and_a_row_of_its_own(longer: bytes) -> None:
    headings = [words for paragraph in body(longer).iter(q("w:p")) if (words := shown(paragraph)).startswith("Priority ")]
    assert headings == [f"Priority {number}" for number in range(1, 7)]
    items = next(table for table in body(longer).iter(q("w:tbl")) if shown(table).startswith("No."))
    assert [shown(row)[0] for row in items.iter(q("w:tr"))] == ["N", *"123456"]


def shown(element: etree._Element) -> str:
    return "".join(words.text or "" for words in element.iter(q("w:t")))


def test_who_copies_blocks_has_taken_the_protection_off(filled: bytes, longer: bytes) -> None:
    for document, enforced in ((filled, "1"), (longer, "0")):
        protection = Package(document).xml("word/settings.xml").find(q("w:documentProtection"))
        assert protection is not None
        assert protection.get(q("w:enforcement")) == enforced


def test_word_would_open_them_without_repair(filled: bytes, longer: bytes, tmp_path: Path) -> None:
    for document in (filled, longer):
        path = tmp_path / "return.docx"
        path.write_bytes(document)
        assert OpenXmlValidator().validate(path).errors == []


def test_the_same_answers_give_the_same_bytes(blank: bytes, filled: bytes) -> None:
    assert word.fill(blank, TYPED, "Ruth Pemberton") == filled


def test_only_the_parts_that_word_writes_differ_from_the_blank(blank: bytes, filled: bytes) -> None:
    before, after = Package(blank), Package(filled)
    assert after.names == before.names
    written = {DOCUMENT, "word/settings.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml"}
    assert {name for name in before.names if before.read(name) != after.read(name)} == written


def test_an_answer_that_has_no_control_is_a_mistake(blank: bytes) -> None:
    with pytest.raises(KeyError, match=r"no control for priorities\[9\]"):
        word.fill(blank, {"priorities[9].title": (Line("Too many"),)}, "Isla Drummond")
