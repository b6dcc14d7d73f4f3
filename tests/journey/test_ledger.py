"""Nothing vanishes: every word of a return that is not the blank's own is in an answer, unplaced, or in a note with a reason."""

import io
import re
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.flow import read_return
from pipeline.model.records import Record
from pipeline.ooxml.names import W, q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import parse, serialise
from tests.journey.rounds import a_desk
from tests.journey.test_round_trip import returns, the_blank, without_tags
from tests.sample.typed import lines
from tests.sample.word import fill

TOKEN = re.compile(r"zq\d+x")


def paragraph(text: str) -> etree._Element:
    """Return a paragraph that somebody typed outside every control."""
    return parse(f'<w:p xmlns:w="{W}"><w:r><w:t>{text}</w:t></w:r></w:p>'.encode())


def kept(record: Record) -> str:
    """Return all the words that a record keeps, wherever it keeps them."""
    said = [answer.quote for answer in record.answers]
    left = [left.quote for left in record.unplaced]
    noted = [note.quote for note in record.notes]
    return "\n".join([*said, *left, *noted])


def vandalised(document: bytes, wild: st.DataObject) -> tuple[bytes, set[str]]:
    """Damage a return as respondents do: type anywhere, copy and delete rows and paragraphs, delete and hide words.

    Returns:
        The document and the tokens that were typed into what is left of it.
    """
    package = Package(document)
    root = parse(package.read("word/document.xml"))
    for number in range(wild.draw(st.integers(1, 12), "how many changes")):
        change = wild.draw(st.sampled_from(["type", "beside", "copy", "delete", "undo", "strike", "hide"]), "change")
        wanted = q("w:tr") if change in ("copy", "delete") else q("w:p")
        found = list(root.iter(wanted))
        at = found[wild.draw(st.integers(0, len(found) - 1), "where")]
        _change(at, change, f"zq{number}x")
    tokens = set(TOKEN.findall("".join(map(str, root.itertext()))))
    stream = io.BytesIO()
    with Writer(stream) as out:
        for name in package.names:
            out.add(name, serialise(root) if name == "word/document.xml" else package.read(name))
    return stream.getvalue(), tokens


def _change(at: etree._Element, change: str, token: str) -> None:
    parent = at.getparent()
    assert isinstance(parent, etree._Element)
    if change == "type":
        at.addnext(paragraph(f"{token} was typed here"))
    elif change == "beside":
        at.append(parse(f'<w:r xmlns:w="{W}"><w:t xml:space="preserve"> {token}</w:t></w:r>'.encode()))
    elif change == "copy":
        at.addnext(deepcopy(at))
    elif change == "delete":
        parent.remove(at)
    elif change == "strike":
        at.append(parse(f'<w:r xmlns:w="{W}"><w:rPr><w:strike/></w:rPr><w:t>{token}</w:t></w:r>'.encode()))
    elif change == "undo":
        at.append(parse(f'<w:del xmlns:w="{W}" w:id="9"><w:r><w:delText>{token}</w:delText></w:r></w:del>'.encode()))
    else:
        at.append(parse(f'<w:r xmlns:w="{W}"><w:rPr><w:vanish/></w:rPr><w:t>{token}</w:t></w:r>'.encode()))


@settings(max_examples=40)
@given(returns(), st.booleans(), st.data())
def test_every_word_typed_into_a_return_is_kept(typed: dict[str, str], tagged: bool, wild: st.DataObject) -> None:
    """Law 4, whatever the respondent did to the document."""
    filled = fill(the_blank(), {tag: lines((text,)) for tag, text in typed.items()}, "Jo Penrose")
    document, tokens = vandalised(filled if tagged else without_tags(filled), wild)
    record, _ = read_return(document, "reply.docx", a_desk())
    lost = {token for token in tokens if token not in kept(record)}
    assert not lost
