"""Nothing on a web page vanishes, and no page does harm: it is read or refused (design, laws 4 and 11)."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document
from pipeline.ooxml.xml import MOST_TAGS
from tests.documents import read
from tests.read.test_everything import WORDS, check

SPOTS: dict[str, Callable[[str], str]] = {
    "a paragraph": lambda said: f"<p>x<p>{said}<p>y",
    "bare": lambda said: f"x<br>{said}",
    "a heading": lambda said: f"<h3>{said}</h3>",
    "a span": lambda said: f"<p>x <b><i>{said}</i></b> y",
    "a link": lambda said: f"<a href=x>{said}</a>",
    "an item": lambda said: f"<ul><li>x<ol><li>{said}</ol></ul>",
    "a cell": lambda said: f"<table><tr><td>x<td>{said}</table>",
    "a table in a table": lambda said: f"<table><tr><td>x<td>y<table><tr><td>z<td>{said}</table>u</table>",
    "a table that is taken away": lambda said: f"<table><tr><td>x<table><tr><td>y<td>z</table>{said}</table>",
    "between cells": lambda said: f"<table><tr><td>x</td>{said}<td>y</table>",
    "a caption": lambda said: f"<table><caption>{said}</caption><tr><td>x<td>y</table>",
    "an insertion": lambda said: f"<p>x <ins>{said}</ins>",
    "a deletion": lambda said: f"<p>x <del>{said}</del>",
    "hidden words": lambda said: f"<table><tr><td>x<span hidden>{said}</span><td>y</table>",
    "a text area": lambda said: f"<textarea>{said}</textarea>",
    "a value": lambda said: f"<input value='{said}'>",
    "a choice": lambda said: f"<select><option>x<option selected>{said}</select>",
    "a footnote": lambda said: f"<p>x<div id=sdfootnote1>{said}</div>",
    "a quotation": lambda said: f"<blockquote type=cite>x<div>{said}</div></blockquote>",
    "an unknown element": lambda said: f"<o:p>x<foo>{said}</foo></o:p>",
    "what a frame shows instead": lambda said: f"x<object>{said}</object>",
}


@pytest.mark.parametrize("spot", SPOTS)
@settings(max_examples=15, deadline=None)
@given(said=WORDS)
def test_words_anywhere_on_a_page_are_read_with_their_place(spot: str, said: str) -> None:
    data = f"<html><meta charset=utf-8><body>{SPOTS[spot](escape(said))}</body></html>".encode()
    document = read(data)
    check(document, said)
    assert read(data) == document


def outcome(data: bytes) -> Document | str:
    """Return the document, or the reason that it is refused with."""
    try:
        return read(data)
    except UnreadableError as error:
        assert str(error) and error.hint
        return error.reason


def test_elements_inside_one_another_are_read_as_deep_as_any_mail_nests_them() -> None:
    document = outcome(b"<html>" + b"<div><blockquote>" * 500 + b"x" + b"<table><tr><td>y<td>" * 100)
    assert isinstance(document, Document)
    assert [one.text for one in document.paragraphs() if one.text] == ["x", *["y"] * 100]


def test_elements_inside_one_another_deeper_than_that_are_refused() -> None:
    assert outcome(b"<html>" + b"<div>" * 50_000 + b"x") == "bomb"


def test_more_tags_than_any_form_are_refused() -> None:
    assert outcome(b"<html>" + b"<b>x</b>" * MOST_TAGS) == "bomb"


def test_entities_are_characters_and_nothing_else() -> None:
    hostile = b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "lol">]><html><p>&e;&l;&amp;'
    document = outcome(hostile)
    assert isinstance(document, Document)
    assert "root:" not in repr(document)


@pytest.mark.parametrize(
    "body",
    [
        "<table>" * 300 + "x",
        "</td></tr></table>x",
        "<li>" * 3000 + "x",
        "<ol start=99999999999><li>x",
        "<select>x",
        "<p style='" + "a:b;" * 9000 + "'>x",
    ],
)
def test_pages_that_make_no_sense_keep_their_words(body: str) -> None:
    document = outcome(f"<html><body>{body}".encode())
    assert isinstance(document, Document)
    assert any("x" in one.text for one in document.paragraphs()) or body.startswith("<select>")


_TAGS = "<p>|</p>|<table>|<tr>|<td rowspan=3 colspan=2>|</td>|</table>|<th>|<li>|<ul>|</ul>|<br>|<b>|</b>|<del>|</del>|<input value=v>"
_MORE = "<textarea>|</textarea>|<pre>|</pre>|<div hidden>|</div>|<!--|-->|a| |\n|&nbsp;"
_PIECES = st.sampled_from(f"{_TAGS}|{_MORE}".split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_tags_in_any_order_are_read_with_places_that_lead_back(pieces: list[str]) -> None:
    document = outcome(f"<html><body>w{''.join(pieces)}".encode())
    assert isinstance(document, Document)
    check(document, "w")
