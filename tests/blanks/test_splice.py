"""Packages put together from pieces are what any zip program reads."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ooxml.splice import Piece, archive, deflated, join, plain, stored


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@given(st.lists(st.tuples(st.sampled_from((deflated, stored)), st.binary(max_size=300)), max_size=8))
def test_pieces_in_any_order_give_their_bytes(made: list[tuple[object, bytes]]) -> None:
    pieces = [Piece(*kind(raw)) for kind, raw in made if callable(kind)]
    assert unzipped(archive([join("a.xml", pieces)])) == {"a.xml": b"".join(raw for _, raw in made)}


def test_a_piece_can_be_used_twice_and_between_others() -> None:
    same, other = deflated(b"<w:p>the same words</w:p>" * 50), stored(b"something else")
    assert unzipped(archive([join("a", [same, other, same])]))["a"] == same.raw + other.raw + same.raw


def test_stored_pieces_may_be_longer_than_a_block() -> None:
    raw = bytes(range(256)) * 1_000
    assert unzipped(archive([join("a", [stored(raw)]), plain("b.png", b"\x89PNG")])) == {"a": raw, "b.png": b"\x89PNG"}


def test_an_archive_of_nothing_is_a_zip() -> None:
    assert unzipped(archive([])) == {}
