"""Any values, typed into a blank and read back, are the same values."""

import io
import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.blanks.compiling import compile_master
from pipeline.flow import read_return
from pipeline.grammar.texts import fold, is_not_applicable, tidy
from pipeline.model.forms import Field, FieldType, schema_path
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Record, Value
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import parse, serialise
from tests.journey.rounds import a_desk
from tests.sample.typed import lines, slots
from tests.sample.word import fill

DATES = {
    "31 March 2012": "2012-03-31",
    "Q3 2012/13": "2012-12-31",
    "autumn 2013": "2013-11-30",
    "Sept '11": "2011-09-30",
    "2012/13": "2013-03-31",
}
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z", "M", "S"))
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=6)


@cache
def the_blank() -> bytes:
    """Return the blank of the small round's one partnership."""
    round_ = a_desk().round
    return compile_master(round_).stamp(round_.partnerships[0])


@cache
def open_tags() -> tuple[str, ...]:
    """Return the tags of the blank's controls that are empty, each once."""
    return tuple(dict.fromkeys(slot.tag for slot in slots(the_blank()) if slot.prompt))


def own_words(words: list[str]) -> str:
    """Make an answer that nothing of the form's own could be mistaken for."""
    return "Wir " + " ".join(words) + " zz"


def answer_for(field: Field) -> st.SearchStrategy[str]:
    """Return answers that a person could give to a field."""
    if field.type is FieldType.CHOICE:
        return st.sampled_from([term.shown for term in a_desk().round.vocabularies[field.choices]])
    if field.type is FieldType.DATE:
        return st.sampled_from(sorted(DATES))
    return WORDS.map(own_words)


@st.composite
def returns(draw: st.DrawFn) -> dict[str, str]:
    """Draw what is typed, by tag. The first priorities are filled in, each with a title, so that none before them is blank."""
    form = a_desk().round.form
    typed = {}
    priorities, pledges = draw(st.integers(1, 4)), draw(st.booleans())
    for tag in open_tags():
        number = re.match(r"priorities\[(\d+)\]", tag)
        if (number and int(number[1]) > priorities) or (tag.startswith("pledges[") and not pledges):
            continue
        wanted = tag.endswith((".title", ".what", ".pledge")) or draw(st.booleans())
        if wanted:
            typed[tag] = draw(answer_for(form.field(tag)))
    return typed


def meant(tag: str, text: str) -> str:
    """Return the value that a typed text means."""
    round_ = a_desk().round
    field = round_.form.field(tag)
    if field.type is FieldType.DATE:
        return DATES[text]
    if field.type is FieldType.CHOICE:
        return next(term.name for term in round_.vocabularies[field.choices] if term.shown == text)
    return tidy(text)


def without_tags(document: bytes) -> bytes:
    """Return a document as LibreOffice leaves it: the controls are there, their names are not."""
    package = Package(document)
    root = parse(package.read("word/document.xml"))
    for name in ("w:tag", "w:showingPlcHdr"):
        for element in list(root.iter(q(name))):
            parent = element.getparent()
            assert isinstance(parent, etree._Element)
            parent.remove(element)
    stream = io.BytesIO()
    with Writer(stream) as out:
        for name in package.names:
            out.add(name, serialise(root) if name == "word/document.xml" else package.read(name))
    return stream.getvalue()


def leaf(values: Value, path: str) -> Value:
    """Return what stands at an instance path; a value of a field with several stands in a list of its own."""
    for step in re.findall(r"[a-z_]+|\[\d+\]", path):
        if values is None:
            return None
        if isinstance(values, list):
            at = int(step[1:-1]) - 1
            values = values[at] if at < len(values) else None
        else:
            assert isinstance(values, dict)
            values = values.get(step)
    return values


def check(record: Record, typed: dict[str, str]) -> None:
    """Assert that a record says what was typed, and nothing else in those fields."""
    assert record.outcome is Outcome.READ, record.message
    assert record.unplaced == ()
    for tag, text in typed.items():
        if not is_not_applicable(text):
            assert leaf(record.values, tag) == meant(tag, text), tag
    for tag in set(open_tags()) - set(typed):
        if schema_path(tag).rpartition(".")[0] not in a_desk().round.form.repeats:
            assert leaf(record.values, tag) in (None, []), tag


@settings(max_examples=25)
@given(returns())
def test_what_is_typed_into_word_is_what_is_read(typed: dict[str, str]) -> None:
    """A002-P2, with the controls and their names whole."""
    document = fill(the_blank(), {tag: lines((text,)) for tag, text in typed.items()}, "Jo Penrose")
    record, _ = read_return(document, "reply.docx", a_desk())
    check(record, typed)


@settings(max_examples=25)
@given(returns())
def test_the_same_values_are_read_where_the_names_of_the_controls_are_gone(typed: dict[str, str]) -> None:
    """Law 2: LibreOffice drops every tag on saving, and the answers are found all the same."""
    known = {fold(text) for text in typed.values()}
    assert not known & a_desk().layout.known
    document = without_tags(fill(the_blank(), {tag: lines((text,)) for tag, text in typed.items()}, "Jo Penrose"))
    record, _ = read_return(document, "reply.docx", a_desk())
    check(record, typed)
