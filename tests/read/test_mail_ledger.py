"""Every word of a mail that a person can see is in its blocks or beside them (design, law 4), and every place leads to its paragraph."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.documents import Document
from pipeline.model.envelopes import Mail, Words
from pipeline.read.mail import own_words
from tests.read.test_everything import found

_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp", "Zs"), blacklist_characters=">")
WORD = st.text(_LETTERS, min_size=1, max_size=12)
USUAL = st.sampled_from(
    [
        *("Dear Claire", "Kind regards", "Regards,", "Jo Smith", "Tel: 01632 960504", "-- ", "", "", "Chairman: Jo", "1. Homes", "• Roads"),
        *("-----Original Message-----", "From: Jo", "Sent: 4 March 2011", "To: Al", "Subject: Pro forma", "On 4 March 2011, Jo wrote:"),
        *(
            "Begin forwarded message:",
            "________________________________",
            "Sent from my iPhone",
            "This e-mail is confidential",
            "see below",
            "FYI",
        ),
        "A line that is so long that some programs would break it in two while they quote it:",
    ]
)
LINE = st.one_of(USUAL, st.lists(WORD, min_size=1, max_size=8).map(" ".join))
LINES = st.lists(st.tuples(st.integers(0, 2), LINE), max_size=25)
SUBJECT = st.sampled_from(["RE: Pro forma", "FW: Pro forma", ""])


def split(text: str) -> list[str]:
    """Return the words of a text; strokes may part the columns of a table."""
    return text.replace("|", " ").split()


def words_in(document: Document) -> list[str]:
    """Return every word in the blocks and beside them."""
    texts = [paragraph.text for paragraph in document.paragraphs()] + [aside.text for aside in document.asides]
    return sorted(word for text in texts for word in split(text))


def check(document: Document) -> None:
    """See that every place leads to its paragraph."""
    for paragraph in document.paragraphs():
        assert [id(one) for one in found(document.blocks, paragraph.place)] == [id(paragraph)]
        assert all(0 <= mark.start <= mark.end <= len(paragraph.text) for mark in paragraph.marks)
    assert all(aside.place.part for aside in document.asides)


@settings(max_examples=400, deadline=None)
@given(LINES, SUBJECT, st.booleans())
def test_no_word_of_a_plain_mail_vanishes(said: list[tuple[int, str]], subject: str, whole: bool) -> None:
    text = "\n".join(f"{'>' * depth} {line}" if depth else line for depth, line in said)
    document = own_words(Mail(subject=subject, body=(Words(text),)), whole=whole)
    assert words_in(document) == sorted(word for _, line in said for word in split(line))
    check(document)


@settings(max_examples=200, deadline=None)
@given(LINES, SUBJECT, st.booleans())
def test_no_word_of_a_page_vanishes(said: list[tuple[int, str]], subject: str, in_table: bool) -> None:
    def shown(depth: int, line: str) -> str:
        within = f"<p>{html.escape(line)}</p>"
        if in_table and depth == 1:
            within = f"<table><tr><td>{within}</td><td><blockquote type=cite>x</blockquote></td></tr></table>"
        return f"{'<blockquote type=cite>' * depth}{within}{'</blockquote>' * depth}"

    page = "<html><body>" + "".join(shown(depth, line) for depth, line in said) + "</body></html>"
    document = own_words(Mail(subject=subject, body=(Words("", page),)))
    seen = re.sub(r"<[^>]+>", " ", page)
    assert words_in(document) == sorted(split(html.unescape(seen)))
    check(document)
