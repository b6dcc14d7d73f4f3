"""Word 97 documents are read through a converter that the record names; what else comes in a compound file is told by a sentence."""

import re
import sys
from functools import cache
from uuid import UUID

import pytest

from pipeline.bounded import Nursery, Work
from pipeline.errors import UnreadableError
from pipeline.model.documents import Document, Paragraph
from pipeline.read import doc
from pipeline.read.reading import Source, document
from pipeline.tools import libreoffice
from tests.documents import docx, read
from tests.needs import needs
from tests.read.compound import compound, fib
from tests.read.rtf import para, row, rtf, run, table


@cache
def old() -> bytes:
    """Return a document that LibreOffice saved for Word 97."""
    tracked = para("Chair: ", run("Al", r"\deleted\revauthdel1"), run("Jo", r"\revised\revauth1"))
    people = r"{\*\revtbl{Unknown;}{Al;}}"
    data = rtf(tracked, table(row("a", "b"), row("c", "d")), "e", head=people)
    return libreoffice.convert(data, "rtf", "Rich Text Format", "doc:MS Word 97")


def refused(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) and caught.value.hint
    return caught.value


def cells(document: Document) -> list[list[str]]:
    (one,) = document.tables()
    return [["/".join(block.text for block in cell.blocks if isinstance(block, Paragraph)) for cell in line.cells] for line in one.rows]


@needs("soffice", "libreoffice-writer")
def test_a_word_97_document_is_read_through_libreoffice() -> None:
    document = read(old())
    assert (document.format, document.tracked_changes) == ("doc", True)
    assert next(document.paragraphs()).text == "Chair: Jo"
    assert cells(document) == [["a", "b"], ["c", "d"]]
    assert [note.code for note in document.notes] == ["converted"]
    assert re.match(r"Read through LibreOffice \d+\.\d+", document.notes[0].message)


@needs("soffice", "libreoffice-writer")
def test_a_word_97_document_is_read_through_libreoffice_behind_the_wall_too() -> None:
    """A child may write to its own folder alone, where LibreOffice's starter gives up and bubblewrap is not allowed."""
    with Nursery(Work("builtins:str", f"{__name__}:converter", "")) as nursery:
        assert nursery.run(old(), "reply.doc").startswith(b"Read through LibreOffice ")


def converter(_: str, data: bytes, name: str) -> bytes:
    """Return what the first note says, of a document read in a child."""
    return document(Source(data, name)).notes[0].message.encode()


def test_macros_that_the_converter_took_along_are_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"word/vbaProject.bin": b"x"}
    monkeypatch.setattr(doc, "_converted", lambda *_: (docx("Chair: Jo", parts=parts), "LibreOffice"))
    held = compound({"WordDocument": fib(), "Macros/VBA/dir": b"x"})
    assert [note.code for note in read(held).notes].count("macros") == 1


@needs("soffice", "libreoffice-writer")
def test_without_libreoffice_it_is_read_through_msdoc2docx(monkeypatch: pytest.MonkeyPatch) -> None:
    data = old()
    monkeypatch.setattr(libreoffice, "found", lambda: "")
    document = read(data)
    assert (document.format, cells(document)) == ("doc", [["a", "b"], ["c", "d"]])
    assert document.notes[0].message.startswith("Read through msdoc2docx ")


@needs("soffice", "libreoffice-writer")
def test_without_any_converter_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = old()
    monkeypatch.setattr(libreoffice, "found", lambda: "")
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    error = refused(data)
    assert error.reason == "unsupported"
    assert libreoffice.INSTALL in error.hint


@needs("soffice", "libreoffice-writer")
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_word_97_document_that_was_cut_short_is_corrupt_or_read(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    data = old()
    monkeypatch.setattr(libreoffice, "found", lambda: "")
    try:
        assert read(data[: int(len(data) * share)]).format == "doc"
    except UnreadableError as error:
        assert error.reason == "corrupt"


def test_one_that_took_too_long_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: object) -> bytes:
        raise UnreadableError("timeout", "too long", "hint")

    monkeypatch.setattr(libreoffice, "convert", too_long)
    assert refused(compound({"WordDocument": fib()})).reason == "timeout"


def test_one_that_no_converter_opens_is_corrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "found", lambda: "")
    assert refused(compound({"WordDocument": fib(), "1Table": b""})).reason == "corrupt"


def test_macros_are_noted_and_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "convert", lambda *_: docx("a"))
    document = read(compound({"WordDocument": fib(), "Macros/VBA/dir": b"x"}))
    assert [note.code for note in document.notes] == ["converted", "macros"]
    assert [note.code for note in read(compound({"WordDocument": fib(), "1Table": b""})).notes] == ["converted"]


@pytest.mark.parametrize("streams", [{"WordDocument": fib(encrypted=True)}, {"EncryptedPackage": b"x", "EncryptionInfo": b"y"}])
def test_a_document_with_a_password_is_encrypted(streams: dict[str, bytes]) -> None:
    assert refused(compound(streams)).reason == "encrypted"


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        ({"Workbook": b"x"}, "Excel"),
        ({"Book": b"x"}, "Excel"),
        ({"PowerPoint Document": b"x"}, "PowerPoint"),
        ({"__properties_version1.0": b"x"}, "Outlook"),
        ({"Contents": b"x", "Quill/QuillSub/CONTENTS": b"y"}, "Publisher"),
        ({"anything": b"x"}, "not read"),
        ({"WordDocument": fib(0xA59B)}, "older"),
    ],
)
def test_other_compound_files_are_told_by_a_sentence(streams: dict[str, bytes], kind: str) -> None:
    error = refused(compound(streams))
    assert error.reason == "unsupported"
    assert kind in str(error)


def test_an_installer_is_told_by_its_class() -> None:
    installer = UUID("000C1084-0000-0000-C000-000000000046").bytes_le
    assert "installer" in str(refused(compound({"x": b"y"}, installer)))


@pytest.mark.parametrize(
    "data",
    [compound({"WordDocument": fib()})[:600], bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 5000, bytes.fromhex("d0cf11e0a1b11ae1")],
)
def test_a_broken_compound_file_is_corrupt(data: bytes) -> None:
    assert refused(data).reason == "corrupt"
