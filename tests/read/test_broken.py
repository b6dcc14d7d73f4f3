"""Files that are broken, locked, hostile or no documents at all: each is refused with its reason, and nothing else ever escapes."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document
from pipeline.read import Source, document
from pipeline.settings import Limits
from tests.documents import control, docx, field, inserted, package, para, read, row, run, table, text_box
from tests.read import odt

USUAL = Limits()
SMALL = Limits(bytes=100_000, unpacked_bytes=60_000, part_bytes=50_000, members=20)


def refused(data: bytes, limits: Limits = USUAL) -> str:
    """Return the reason that a file is refused with."""
    with pytest.raises(UnreadableError) as caught:
        document(Source(data, "reply.docx", limits))
    assert str(caught.value) and caught.value.hint
    return caught.value.reason


def zipped(*members: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip, whatever its members are called."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as out:
        for name, data in members:
            out.writestr(name, data)
    return stream.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


# -- no document ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b" \r\n\t\n"])
def test_an_empty_file_is_empty(data: bytes) -> None:
    assert refused(data) == "empty"


@pytest.mark.parametrize("data", [b"\x89PNQ\r\n\x1a\n", b"PK\x05\x06" + b"\0" * 18, zipped(("a.txt", b"hello")), b"\xff" * 99])
def test_bytes_that_are_no_document_are_unsupported(data: bytes) -> None:
    assert refused(data) == "unsupported"


def test_a_large_file_is_refused_before_it_is_opened() -> None:
    assert refused(b"x" * 200_000, SMALL) == "too-large"


# -- damaged -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("data", [docx("a", para("b" * 3000)), odt.odt("a" * 3000)], ids=["docx", "odt"])
def test_a_file_that_was_cut_short_is_corrupt(data: bytes, share: float) -> None:
    assert refused(data[: int(len(data) * share)]) == "corrupt"


@pytest.mark.parametrize(
    "parts",
    [
        {"_rels/.rels": "<Relationships/>"},
        {"_rels/.rels": "not xml"},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": ""},
        {"word/document.xml": "<html/>"},
    ],
    ids=str,
)
def test_a_package_with_a_broken_text_is_corrupt(parts: dict[str, str]) -> None:
    assert refused(docx("a", parts=parts)) == "corrupt"


@pytest.mark.parametrize(
    "part",
    [
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/numbering.xml",
        "word/header.xml",
        "word/comments.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
    ],
)
def test_a_broken_part_beside_the_text_costs_what_it_says_and_not_the_return(part: str) -> None:
    sound = docx(
        "Chair: Jo",
        styles="<w:style/>",
        lists="<w:num/>",
        beside={"header": para("x").xml, "comments": "<w:comment/>"},
        properties={"a": "b"},
        parts={"customXml/item1.xml": "<a/>"},
    )
    parts = members(sound)
    assert part in parts
    found = read(package({**parts, part: b"<x></y>"}))
    assert [paragraph.text for paragraph in found.paragraphs()] == ["Chair: Jo"]
    assert [(note.code, note.place.part) for note in found.notes] == [("damaged", part)]


@pytest.mark.parametrize("part", ["styles.xml", "meta.xml"])
def test_so_it_is_in_an_opendocument_text(part: str) -> None:
    parts = members(odt.odt("Chair: Jo", margins="<style:header/>", properties={"a": "b"}))
    assert part in parts
    found = read(package({**parts, part: b"<x></y>"}))
    assert [paragraph.text for paragraph in found.paragraphs()] == ["Chair: Jo"]
    assert [(note.code, note.place.part) for note in found.notes] == [("damaged", part)]


def test_a_bomb_is_one_wherever_it_lies() -> None:
    parts = {**members(docx("a")), "docProps/custom.xml": b"<a>" + b" " * 70_000 + b"</a>"}
    assert refused(package(parts), SMALL) == "bomb"


def test_a_part_that_is_missing_though_it_is_referred_to_does_no_harm() -> None:
    relationships = docx("a", beside={"header": para("b").xml, "styles": "<w:style/>"})
    with zipfile.ZipFile(io.BytesIO(relationships)) as whole:
        kept = {name: whole.read(name) for name in whole.namelist() if name not in ("word/header.xml", "word/styles.xml")}
    assert [paragraph.text for paragraph in read(package(kept)).paragraphs()] == ["a"]


def test_two_parts_of_one_name_are_refused() -> None:
    data = docx("a")
    with pytest.warns(UserWarning, match="Duplicate name"):
        stream = io.BytesIO(data)
        with zipfile.ZipFile(stream, "a") as out:
            out.writestr("word/document.xml", "another")
    assert refused(stream.getvalue()) == "corrupt"


def test_elements_inside_one_another_a_thousand_times_are_refused() -> None:
    deep = "<w:smartTag>" * 1000 + "</w:smartTag>" * 1000
    assert refused(docx("a", parts={"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{deep}</w:body></w:document>'})) == "corrupt"


def test_elements_inside_one_another_as_often_as_the_parser_lets_through_are_read() -> None:
    deep = "<w:smartTag>" * 240 + "<w:r><w:t>x</w:t></w:r>" + "</w:smartTag>" * 240
    data = docx("a", parts={"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p>{deep}</w:p></w:body></w:document>'})
    assert [paragraph.text for paragraph in read(data).paragraphs()] == ["x"]


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# -- hostile -------------------------------------------------------------------------------------------------------------

ENTITIES = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "lol">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "customXml/item1.xml", "word/styles.xml", "word/header.xml", "_rels/.rels"])
def test_a_document_type_is_refused_wherever_it_stands(part: str, encoding: str) -> None:
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES}<d><c>&e;&l;</c>&l;</d>'
    data = docx("a", beside={"header": para("b").xml, "styles": "<w:style/>"}, parts={part: hostile.encode(encoding)})
    assert refused(data) == "corrupt"


def test_a_part_that_unpacks_to_far_more_than_it_is_packed_is_a_bomb() -> None:
    assert refused(docx("a", "b" * 3_000_000)) == "bomb"


def test_a_part_beyond_the_bound_is_a_bomb() -> None:
    assert refused(docx(*(str(number**9) for number in range(1500))), SMALL) == "bomb"


def test_parts_that_are_small_alone_and_large_together_are_a_bomb() -> None:
    parts = {f"customXml/item{at}.xml": f"<x>{'y' * 20_000}</x>" for at in range(4)}
    assert refused(docx("a", parts=parts), SMALL) == "bomb"


def test_a_package_of_very_many_parts_is_a_bomb() -> None:
    assert refused(docx("a", parts={f"word/{at}": b"" for at in range(30)}), SMALL) == "bomb"


def test_a_locked_part_is_encrypted() -> None:
    data = bytearray(docx("a"))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert refused(bytes(data)) == "encrypted"


def test_a_document_with_a_password_is_encrypted() -> None:
    """Word puts a document that it locks into a compound file (MS-OFFCRYPTO 2.3.4.4)."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refused(locked) == "encrypted"


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_no_office_program_uses_does_no_harm(packed: int) -> None:
    with zipfile.ZipFile(io.BytesIO(docx("a"))) as whole:
        data = bytearray(zipped(*((name, whole.read(name)) for name in whole.namelist()), packed=packed))
    at = data.find(b"_rels/.rels") + 11
    data[at + 12 : at + 60] = b"\xff" * 48
    assert refused(bytes(data)) == "corrupt"


# -- anything at all -----------------------------------------------------------------------------------------------------

WHOLE = docx(
    para("Chair: ", control("chair", "Jo"), style="H"),
    table(row("a", inserted("b")), row(text_box("c"), field("DATE", "d"))),
    para(run("e", "<w:vanish/>"), item=(1, 0)),
    styles='<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>',
    lists='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    beside={"comments": f'<w:comment w:id="1">{para("f").xml}</w:comment>'},
    properties={"proforma.reference": "OX"},
)


def outcome(data: bytes) -> Document | str:
    """Return the document, or the reason that it is refused with."""
    try:
        return document(Source(data))
    except UnreadableError as error:
        return error.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([WHOLE, odt.WHOLE]), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=12))
@example(WHOLE, [(0.0, 80)])
def test_bytes_changed_anywhere_in_a_file_are_read_or_refused(whole: bytes, changes: list[tuple[float, int]]) -> None:
    data = bytearray(whole)
    for share, byte in changes:
        data[int(share * len(data))] = byte
    assert outcome(bytes(data)) is not None


def _parts(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([WHOLE, odt.WHOLE]))
def test_words_of_the_xml_changed_anywhere_are_read_or_refused(data: st.DataObject, whole: bytes) -> None:
    """Elements go missing, come twice or change places; values become other values."""
    parts = _parts(whole)
    name = data.draw(st.sampled_from([name for name, said in parts.items() if said.endswith(b">")]))
    said = parts[name].split(b"<")
    for _ in range(data.draw(st.integers(1, 4))):
        at, other = data.draw(st.integers(1, len(said) - 1)), data.draw(st.integers(1, len(said) - 1))
        change = data.draw(st.sampled_from(["swap", "value", "empty"]))
        if change == "swap":
            said[at], said[other] = said[other], said[at]
        elif change == "value":
            said[at] = data.draw(st.sampled_from([b"-1", "²".encode(), b"9" * 12, b"x", b""])).join(said[at].split(b"1"))
        elif b" " in said[at]:
            said[at] = said[at].partition(b" ")[0] + (b"/>" if said[at].rstrip().endswith(b"/>") else b">" + said[at].partition(b">")[2])
    parts[name] = b"<".join(said)
    assert outcome(package(parts)) is not None
