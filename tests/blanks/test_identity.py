"""Whose blank it is can be told from each of several carriers."""

import zipfile
from pathlib import Path

import zxingcpp

from pipeline.blanks.code import picture
from pipeline.blanks.compiling import compile_master
from pipeline.blanks.controls import text
from pipeline.blanks.identity import BLANK
from pipeline.ooxml.package import Package
from tests.blanks.documents import bits, changed
from tests.builders import a_partnership, a_round

REFERENCE = "OX2030-11-SPI-X"


def blank() -> Package:
    return Package(compile_master(a_round()).stamp(a_partnership()))


def test_the_custom_xml_part_says_round_form_and_partnership() -> None:
    said = {str(child.tag).removeprefix(f"{{{BLANK}}}"): child.text for child in blank().xml("customXml/item1.xml")}
    assert said == {
        "round": "oxfordshire-2030-2011-14",
        "form": "priorities",
        "version": "1",
        "partnership": "spatial-planning-infrastructure",
        "reference": REFERENCE,
    }


def test_the_document_properties_say_it_too() -> None:
    said = {child.get("name"): str(child.xpath("string()")) for child in blank().xml("docProps/custom.xml")}
    assert said == {
        "proforma.reference": REFERENCE,
        "proforma.round": "oxfordshire-2030-2011-14",
        "proforma.partnership": "spatial-planning-infrastructure",
    }


def test_the_reference_stands_at_the_foot_of_every_page() -> None:
    assert text(blank().xml("word/footer1.xml")).startswith(f"Reference {REFERENCE}")


def test_the_square_code_at_the_top_says_the_reference() -> None:
    found = zxingcpp.read_barcodes(bits(blank().read("word/media/reference.png")))
    assert [(str(code.format), code.text) for code in found] == [("QR Code", REFERENCE)]


def test_a_square_code_of_any_length_can_be_read() -> None:
    for reference in ("A-B-0", "OX2030-11-SPI-X", "A-LONG-NAME-FOR-A-ROUND-OF-2011-14-WITH-MANY-PARTS-XY9"):
        assert [code.text for code in zxingcpp.read_barcodes(bits(picture(reference)))] == [reference]


def test_a_master_that_has_custom_xml_of_its_own_keeps_it(tmp_path: Path) -> None:
    """SharePoint puts parts of its own into every document."""
    master = changed(tmp_path / "proforma.docx", lambda core: core.replace("en-GB", "cy-GB"), part="docProps/core.xml")
    with zipfile.ZipFile(master, "a") as package:
        package.writestr("customXml/item1.xml", "<own/>")
    blank = Package(compile_master(a_round(kit=tmp_path)).stamp(a_partnership()))
    assert blank.read("customXml/item1.xml") == b"<own/>"
    assert blank.xml("customXml/item2.xml").tag == f"{{{BLANK}}}blank"
    assert b"../customXml/item2.xml" in blank.read("word/_rels/document.xml.rels")


def test_who_edited_the_master_is_not_told(tmp_path: Path) -> None:
    author = "<cp:lastModifiedBy>A. N. Officer</cp:lastModifiedBy></cp:coreProperties>"
    changed(tmp_path / "proforma.docx", lambda core: core.replace("</cp:coreProperties>", author), part="docProps/core.xml")
    blank = Package(compile_master(a_round(kit=tmp_path)).stamp(a_partnership()))
    assert b"Officer" not in blank.read("docProps/core.xml")
