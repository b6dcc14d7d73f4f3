"""Zips that somebody packed: names are text, and what cannot be taken out stops nothing else."""

import stat
import struct
import zipfile

import pytest

from pipeline.envelopes import opened
from pipeline.settings import Limits
from tests.documents import docx
from tests.envelopes.looking import documents, held, refusals
from tests.envelopes.zips import zipped
from tests.read import odt

DOCX = docx("Chair: Jo")
ODT = odt.odt("Chair: Jo")


def locked(data: bytes, name: str = "") -> bytes:
    """Return a zip with its members marked as locked: all of them, or the one of a name."""
    out = bytearray(data)
    at = 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        if name.encode() in out[at : at + 46 + len(name)]:
            out[at + 8] |= 1
        at += 4
    return bytes(out)


def test_a_zip_gives_its_files_in_order() -> None:
    data = zipped(("Pro forma returned 6 May.docx", DOCX), ("returns/", b""), ("returns/Proforma.odt", ODT))
    assert [leaf.name for leaf in held(data, "x2.zip").leaves] == [
        "x2.zip › Pro forma returned 6 May.docx",
        "x2.zip › returns/Proforma.odt",
    ]
    assert documents(data) == {"Pro forma returned 6 May.docx": DOCX, "returns/Proforma.odt": ODT}


@pytest.mark.parametrize(
    "data", [DOCX, ODT, DOCX[:-300], ODT[:-300], zipped(("word/document.xml", b"<x/>")), zipped(("xl/workbook.xml", b""))]
)
def test_a_document_of_an_office_program_is_no_envelope(data: bytes) -> None:
    assert opened(data) is None


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.docx", "/etc/passwd", "C:\\Windows\\x.docx", "..\\x.docx", "a" * 200 + ".docx", "CON.docx"]
)
def test_a_name_is_text_and_leads_nowhere(name: str) -> None:
    assert documents(zipped((name, DOCX))) == {name: DOCX}


def test_names_that_hide_what_they_are_are_written_out() -> None:
    assert list(documents(zipped(("annex\u202excod.exe", DOCX), ("a\nb.docx", DOCX)))) == [r"annex\u202excod.exe", r"a\u000ab.docx"]


def test_a_name_with_a_nul_is_written_out_or_refused() -> None:
    data = zipped(("harmlessX.docx", DOCX)).replace(b"harmlessX", b"harmless\0")
    assert [leaf.chain[-1] for leaf in held(data).leaves] == [r"harmless\u0000.docx"]


def test_a_file_whose_name_is_nothing_but_nuls_is_read() -> None:
    data = zipped(("QQQQ", DOCX), ("b.docx", DOCX)).replace(b"QQQQ", b"\0\0\0\0")
    assert documents(data) == {r"\u0000" * 4: DOCX, "b.docx": DOCX}


@pytest.mark.parametrize("name", ["Siobhán – 1.docx", "Łukasz.docx"])
def test_names_are_read_with_and_without_the_sign_for_unicode(name: str) -> None:
    data = zipped((name, DOCX))
    assert list(documents(data)) == [name]
    at = data.find(b"PK\x01\x02")
    without = bytearray(data)
    for place in (6, at + 8):
        without[place + 1] &= ~0x08
    assert list(documents(bytes(without))) == [name]


def test_two_files_of_one_name_are_both_read() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.docx", DOCX), ("a.docx", ODT))
    assert documents(data) == {"a.docx": DOCX, "a (2).docx": ODT}


def test_what_a_macintosh_or_windows_leaves_behind_is_listed_and_not_offered() -> None:
    data = zipped(("__MACOSX/._a.docx", b"\0\5\x16\7"), ("x/._b.docx", b"x"), ("Thumbs.db", b"x"), ("d/.DS_Store", b"x"), ("a.docx", DOCX))
    assert documents(data) == {"a.docx": DOCX}
    assert [note.quote for note in held(data).notes] == ["__MACOSX/._a.docx", "x/._b.docx", "Thumbs.db", "d/.DS_Store"]


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("a.docx")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = zipped((link, b"/etc/passwd"), ("b.docx", DOCX))
    assert documents(data) == {"b.docx": DOCX}
    assert "link" in held(data).notes[0].message


def test_a_locked_zip_is_encrypted() -> None:
    assert refusals(locked(zipped(("a.docx", DOCX), ("b.docx", DOCX)))) == {"mail.eml": "encrypted"}
    assert refusals(locked(zipped(("a.docx", DOCX), ("b.docx", ODT)), "a.docx")) == {"a.docx": "encrypted"}


def test_one_broken_file_does_not_stop_the_others() -> None:
    data = bytearray(zipped(("a.docx", DOCX), ("b.odt", ODT), packed=zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    assert refusals(bytes(data)) == {"a.docx": "corrupt"}
    assert documents(bytes(data)) == {"b.odt": ODT}


@pytest.mark.parametrize("percent", range(1, 100))
def test_a_zip_that_was_cut_is_refused(percent: int) -> None:
    whole = zipped(("a.docx", DOCX), ("b.odt", ODT))
    data = whole[: len(whole) * percent // 100]
    assert documents(data) in ({}, {"mail.eml": data})
    assert set(refusals(data).values()) <= {"corrupt"}
    assert refusals(data) or opened(data) is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\0" * 257 + b"ustar\x0000", "tar"),
    ],
)
def test_other_archives_are_not_opened_and_the_officer_is_told_what_to_do(data: bytes, kind: str) -> None:
    (leaf,) = held(zipped(("returns.bin", data))).leaves
    assert leaf.refusal and leaf.refusal.reason == "unsupported"
    assert kind in str(leaf.refusal) and "zip" in leaf.refusal.hint


def test_an_empty_zip_is_empty() -> None:
    assert refusals(zipped()) == {"mail.eml": "empty"}


# -- bombs ---------------------------------------------------------------------------------------------------------------


def test_a_file_that_unpacks_to_too_much_is_a_bomb_and_the_others_are_read() -> None:
    data = zipped(("a.docx", DOCX), ("zeros.doc", b"\0" * (65 * 2**20)), ("b.odt", ODT))
    assert refusals(data) == {"zeros.doc": "bomb"}
    assert documents(data) == {"a.docx": DOCX, "b.odt": ODT}


def test_files_that_are_small_alone_and_large_together_are_bombs_from_where_it_is_too_much() -> None:
    limits = Limits(unpacked_bytes=25_000)
    data = zipped(*((f"{number}.doc", bytes([number + 1]) * 10_000) for number in range(4)))
    assert refusals(data, limits) == {"2.doc": "bomb", "3.doc": "bomb"}


def test_a_zip_of_very_many_files_is_a_bomb() -> None:
    assert refusals(zipped(*((str(number), b"x") for number in range(6_000)))) == {"mail.eml": "bomb"}


def test_a_zip_that_says_it_holds_less_than_it_does_is_counted_as_it_unpacks() -> None:
    """Both sizes of the one member say 10 bytes."""
    data = bytearray(zipped(("a.doc", b"\0" * 2_000_000)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = data[22:26] = struct.pack("<I", 10)
    found = held(bytes(data), limits=Limits(unpacked_bytes=1_000_000)).leaves[0]
    assert found.refusal or len(found.data) <= 10


def test_members_that_lie_over_one_another_cost_no_more_than_the_bound() -> None:
    """Every entry of the directory points to the same packed bytes."""
    one = zipped(("a.doc", b"x" * 1_000_000))
    at, end = one.find(b"PK\x01\x02"), one.find(b"PK\x05\x06")
    entry = one[at:end]
    tail = bytearray(one[end:])
    tail[8:12] = struct.pack("<HH", 300, 300)
    tail[12:20] = struct.pack("<II", len(entry) * 300, at)
    found = held(one[:at] + entry * 300 + bytes(tail), limits=Limits(unpacked_bytes=5_000_000))
    assert sum(len(leaf.data) for leaf in found.leaves) <= 5_000_000
    assert len(found.leaves) == 300
