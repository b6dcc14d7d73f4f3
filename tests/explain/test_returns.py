"""On the page of a real return, every passage is marked once at its place, and no character of the document is gone."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.align import align
from pipeline.check.rules import check_record
from pipeline.explain import page
from pipeline.explain.entries import entries
from pipeline.flow import Desk
from pipeline.interpret.record import record
from pipeline.model.documents import Document, Note
from pipeline.model.records import Answer, Record, Unplaced
from pipeline.read import Source, document
from pipeline.rounds.loading import load_round
from tests.corpus.cases import SETS, Set, case
from tests.corpus.register import corpus_round
from tests.explain.reading import Seen

ROOT = Path(__file__).parent.parent.parent
INBOX = sorted(path for path in (ROOT / "inbox").iterdir() if path.suffix != ".md")
SAMPLE = range(16)
"""Returns of each set."""


@cache
def sample_desk() -> Desk:
    return Desk(load_round(ROOT))


@cache
def corpus_desk() -> Desk:
    return Desk(corpus_round())


def bare(text: str) -> str:
    """Return a text without white space, which browsers show as they like."""
    return re.sub(r"\s", "", text)


def _words(about: Answer | Unplaced | Note) -> list[str]:
    return [passage.text for passage in about.passages] if isinstance(about, Answer) else [about.quote]


def check(returned: Document, said: Record, desk: Desk) -> None:
    labels = {path: field.label for path, field in desk.round.form.walk()}
    findings = check_record(said, desk.round) if said.partnership else ()
    html = page(returned, said, findings, field_labels=labels)
    shown = Seen.of(html)
    fields = dict(re.findall(r'<tr id="f\d+"[^>]*><td><a[^>]*>(\d+)\??</a></td>\s*<th[^>]*>.*?<code>(.*?)</code>', html))
    assert "not found again" not in shown.text
    marked = {path: shown.marks[label] for label, path in fields.items()}
    expected = {one.field: [passage.text for passage in one.passages if passage.text.strip()] for one in said.answers}
    for path, passages in expected.items():
        assert sorted(map(bare, marked.get(path, []))) == sorted(map(bare, passages)), path
    found = entries(returned, said, ())
    for paragraph in returned.paragraphs():
        for span, entry in found.marked.get(paragraph.place, ()):
            assert paragraph.text[span.start : span.end] in "\n".join(_words(entry.about))
    left = [words for label, words in shown.marks.items() if label.startswith("U")]
    assert sorted(bare("".join(words)) for words in left) == sorted(bare(one.quote) for one in said.unplaced)
    words = "".join(bare(paragraph.bullet + paragraph.text) for paragraph in returned.paragraphs())
    assert bare(shown.returned) == words
    assert all(bare(aside.text) in bare(shown.text) for aside in returned.asides)
    assert len(set(shown.ids)) == len(shown.ids)
    assert {link[1:] for link in shown.links} <= set(shown.ids)
    assert all(after <= before + 1 for before, after in pairwise(shown.levels))


@pytest.mark.parametrize("path", INBOX, ids=lambda path: path.name)
def test_a_return_of_the_sample_round_is_whole_and_marked(path: Path) -> None:
    desk = sample_desk()
    returned = document(Source(path.read_bytes(), path.name))
    check(returned, record(returned, align(returned, desk.layout), desk.round, path.name, ""), desk)


@pytest.mark.parametrize("set_", SETS)
def test_a_return_of_the_corpus_is_whole_and_marked(set_: Set) -> None:
    desk = corpus_desk()
    for number in SAMPLE:
        one = case(set_, number)
        returned = document(Source(one.document, one.name))
        check(returned, record(returned, align(returned, desk.layout), desk.round, one.name, ""), desk)
