"""A stranger's name is text: composed, bounded, and with nothing hidden in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.names import LONGEST, shown_name

ANY_TEXT = st.text(st.characters(), max_size=400)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("reply.docx", "reply.docx"),
        ("Antwort – Straße £.docx", "Antwort – Straße £.docx"),
        ("Siobha\u0301n.docx", "Siobhán.docx"),
        ("annex\u202excod.exe", r"annex\u202excod.exe"),
        ("a\nb\x00\x1b[31m.docx", r"a\u000ab\u0000\u001b[31m.docx"),
        ("latin\udce9.docx", r"latin\udce9.docx"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("tag\U000e0041.docx", r"tag\U000e0041.docx"),
    ],
)
def test_what_cannot_be_seen_is_written_out(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    shown = shown_name("é" * 300 + ".docx")
    assert shown.startswith("é" * 90)
    assert shown.endswith("é.docx")
    assert len(shown.encode()) <= LONGEST


@given(ANY_TEXT)
def test_any_name_becomes_bounded_visible_text_and_then_stays_as_it_is(name: str) -> None:
    shown = shown_name(name)
    assert len(shown.encode()) <= LONGEST
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown_name(shown) == shown
