"""Whatever a partnership typed into a return, wherever, is an answer, left over, or noted (design, law 4)."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.records import Record
from pipeline.ooxml.names import W, q
from tests.align.returns import Change, answered, edited, issued, record, uncontrolled, untagged
from tests.documents import Xml, para, run

KINDS: dict[str, tuple[Change, ...]] = {"tagged": (), "untagged": (untagged,), "uncontrolled": (uncontrolled,)}
TYPED = [
    "zebra",
    "1. zebra",
    "Chair: zebra",
    "zebra: Chair",
    "Priority 2: zebra",
    "Deliverables zebra",
    "zebra by May 2012",
    "Context - zebra",
]


def said(reading: Record) -> str:
    """Return every word that a reading kept."""
    quotes = (
        [answer.quote for answer in reading.answers] + [left.quote for left in reading.unplaced] + [note.quote for note in reading.notes]
    )
    return "\n".join(quotes)


def elements(piece: Xml) -> list[etree._Element]:
    return list(etree.fromstring(f'<x xmlns:w="{W}">{piece.xml}</x>'))


def in_a_paragraph(at: int, words: str) -> Change:
    """Type into one of the paragraphs."""

    def change(root: etree._Element) -> None:
        paragraphs = list(root.iter(q("w:p")))
        paragraphs[at % len(paragraphs)].extend(elements(run(words)))

    return change


def below_a_paragraph(at: int, words: str) -> Change:
    """Type a paragraph below one of the paragraphs."""

    def change(root: etree._Element) -> None:
        paragraphs = list(root.iter(q("w:p")))
        paragraphs[at % len(paragraphs)].addnext(elements(para(words))[0])

    return change


@pytest.mark.parametrize("place", [in_a_paragraph, below_a_paragraph])
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(filled=st.booleans(), at=st.integers(0, 999), words=st.sampled_from(TYPED))
def test_words_typed_anywhere_are_kept(kind: str, place: Callable[[int, str], Change], filled: bool, at: int, words: str) -> None:
    data = edited(answered() if filled else issued(), place(at, words), *KINDS[kind])
    assert "zebra" in said(record(data))
