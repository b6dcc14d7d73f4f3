"""Web pages are read as a browser shows them, and what a browser does not show stands beside the text."""

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.documents import Control, Mark, Paragraph, Table
from pipeline.read.html import blocks_of
from tests.documents import read, texts


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>never seen</title>{head}</head><body>{body}</body></html>".encode()


def only(body: str) -> Paragraph:
    """Return the one paragraph of a page."""
    (paragraph,) = read(page(body)).paragraphs()
    return paragraph


def asides(body: str, head: str = "") -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in read(page(body, head)).asides]


# -- paragraphs and white space ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>a<p>b", ["a", "b"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("a<br>b", ["a\nb"]),
        ("a<br><br>b", ["a", "b"]),
        ("a<br> <br/>\n<br>b<br>", ["a", "b"]),
        ("<p>\n  a\n\tb  </p>", ["a b"]),
        ("<p>a <b> b</b> c</p>", ["a b c"]),
        ("<p>a<b>b</b>c</p>", ["abc"]),
        ("<p>a</p>  <p>&nbsp;</p><p></p><p><br></p><p>b</p>", ["a", "b"]),
        ("<p>a&nbsp; b&#8211;c &amp;lt; &eacute;</p>", ["a\u00a0 b–c &lt; é"]),
        ("<pre>a  b\n  c</pre>", ["a  b\n  c"]),
        ('<p style="white-space:pre-wrap">a\n b</p>', ["a\n b"]),
        ("<h1>a</h1>b<hr>c", ["a", "b", "c"]),
        ("<p>a<o:p></o:p><st1:place>b</st1:place></p>", ["ab"]),
        ("<script>x</script><style>y</style><template>z</template>a<!-- b --><noscript>c</noscript>", ["ac"]),
        ("<!--[if gte mso 9]><xml><w:View>x</w:View></xml><![endif]-->a<![if !vml]>b<![endif]>", ["ab"]),
        ("a\x00\x01\x04b", ["ab"]),
        ("<blockquote>a</blockquote>b", ["a", "b"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
    ],
)
def test_paragraphs_and_white_space_are_those_that_a_browser_shows(body: str, said: list[str]) -> None:
    assert texts(page(body)) == said


def test_emphasis_and_links_are_marked() -> None:
    paragraph = only('x <b>a <i>b</i></b> <span style="font-weight:700">c</span> <a href="https://example.org/">d e</a><u>f</u>')
    assert paragraph.text == "x a b c d ef"
    assert paragraph.marks == (
        Mark(2, 3, "bold"),
        Mark(4, 5, "bold"),
        Mark(4, 5, "italic"),
        Mark(6, 7, "bold"),
        Mark(8, 11, "link", "https://example.org/"),
        Mark(11, 12, "underline"),
    )


def test_classes_of_the_style_sheet_are_believed_as_google_docs_writes_them() -> None:
    head = "<style>@media print{.c1{display:none}} .c1{font-weight:700}\n.c2,.c3{font-style:italic} p.c4{display:none}</style>"
    paragraph, _ = read(page('<p><span class="c1 x">a</span><span class="c3">b</span></p><p class="c4">c</p>d', head)).paragraphs()
    assert paragraph.marks == (Mark(0, 1, "bold"), Mark(1, 2, "italic"))
    assert asides('<p class="c4">c</p>d', head) == [("hidden", "c")]


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("<h1>x</h1>", 1),
        ("<h6><span>x</span></h6>", 6),
        ('<p style="mso-outline-level:2">x</p>', 2),
        ("<p>x</p>", 0),
        ("<h2><b>x</b></h2>", 2),
    ],
)
def test_headings_have_their_level(body: str, level: int) -> None:
    assert only(body).heading == level


def test_lists_have_the_markers_that_a_browser_shows() -> None:
    body = (
        '<ul><li>a<ul><li><p>b</p><p>c</p></ul><li>d</ul><ol start="3"><li>e<ol type="a"><li>f<li>g</ol></ol>'
        '<ol style="list-style-type:lower-roman"><li value="4">h</ol><ul style="list-style-type:none"><li>i</ul><li>j'
    )
    assert [(one.bullet, one.text, one.level) for one in read(page(body)).paragraphs()] == [
        ("•", "a", 0),
        ("•", "b", 1),
        ("", "c", 0),
        ("•", "d", 0),
        ("3.", "e", 0),
        ("a.", "f", 1),
        ("b.", "g", 1),
        ("iv.", "h", 0),
        ("", "i", 0),
        ("•", "j", 0),
    ]


def test_markers_that_word_wrote_out_are_markers() -> None:
    body = (
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>(b)"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>a</p>"
        "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore;font-family:Symbol'>·<span>&nbsp;</span></span>b</p>"
    )
    first, second = read(page(body)).paragraphs()
    assert (first.bullet, first.text, first.level) == ("(b)", "a", 1)
    assert (second.bullet, second.text, second.level) == ("•", "b", 0)


# -- tables --------------------------------------------------------------------------------------------------------------


def shape(table: Table) -> list[list[tuple[str, int, int, int]]]:
    """Return words, column, columns and rows of each cell."""
    return [
        [
            ("/".join(b.text if isinstance(b, Paragraph) else "(table)" for b in one.blocks), one.column, one.columns, one.rows)
            for one in row.cells
        ]
        for row in table.rows
    ]


def test_cells_lie_where_those_above_leave_room() -> None:
    body = (
        "<table><thead><tr><td colspan=2>a<td rowspan=3>b</thead><tbody><tr><td rowspan=2>c<td>d<tr><td>e</tbody>"
        "<tr><th>f</th><th></th><td><p>g<p>h</table>"
    )
    (table,) = read(page(body)).tables()
    assert shape(table) == [
        [("a", 1, 2, 1), ("b", 3, 1, 3)],
        [("c", 1, 1, 2), ("d", 2, 1, 1)],
        [("e", 2, 1, 1)],
        [("f", 1, 1, 1), ("", 2, 1, 1), ("g/h", 3, 1, 1)],
    ]
    assert [row.heading for row in table.rows] == [True, False, False, False]


@pytest.mark.parametrize(("said", "columns", "rows"), [("99999999", 63, 1), ("0", 1, 1), ("-4", 1, 1), ("x", 1, 1), ("²", 1, 1)])
def test_a_cell_covers_no_more_than_can_be_believed(said: str, columns: int, rows: int) -> None:
    (table,) = read(page(f"<table><tr><td colspan='{said}' rowspan='{said}'>a</table>")).tables()
    assert shape(table) == [[("a", 1, columns, rows)]]


def test_tables_stand_in_tables_with_their_places() -> None:
    document = read(page("<table><tr><td>a<td>b<table><tr><td>c<td>d</table>e</table>f"))
    outer, inner = document.tables()
    assert shape(outer) == [[("a", 1, 1, 1), ("b/(table)/e", 2, 1, 1)]]
    assert shape(inner) == [[("c", 1, 1, 1), ("d", 2, 1, 1)]]
    assert [str(one.place) for one in document.paragraphs()] == [
        "table 1, row 1, column 1, paragraph 1",
        "table 1, row 1, column 2, paragraph 1",
        "table 2, row 1, column 1, paragraph 1",
        "table 2, row 1, column 2, paragraph 1",
        "table 1, row 1, column 2, paragraph 2",
        "paragraph 1",
    ]


def test_a_table_that_only_holds_others_in_place_is_taken_away() -> None:
    body = "<table><tr><td>a<table><tr><td>b<td>c</table><span hidden>h</span><tr><td>d</table>e"
    document = read(page(body))
    (inner,) = document.tables()
    assert shape(inner) == [[("b", 1, 1, 1), ("c", 2, 1, 1)]]
    assert [(one.text, str(one.place)) for one in document.paragraphs() if one.text in "ade"] == [
        ("a", "paragraph 1"),
        ("d", "paragraph 2"),
        ("e", "paragraph 3"),
    ]
    assert all(aside.place.table is None for aside in document.asides)


@pytest.mark.parametrize("body", ["<td>a<td>b", "<tr><td>a<td>b</tr>", "<table>a<tr>b</table>", "<table><caption>a</caption><td>b</table>"])
def test_tables_that_do_not_add_up_keep_their_words(body: str) -> None:
    assert "".join(texts(page(f"x{body}y"))) == "xaby"


# -- boxes of a form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "text", "control"),
    [
        ("<input name=c value='Jo P'>", "Jo P", Control(2, 6, 1, "c", "", "text")),
        ("<input name=c placeholder='Name'>", "Name", Control(2, 6, 1, "c", "", "text", True)),
        ("<input name=c>", "", Control(2, 2, 1, "c", "", "text")),
        ("<input type=checkbox name=m checked>", "☒", Control(2, 3, 1, "m", "", "checkbox", False, True)),
        ("<input type=radio id=m>", "☐", Control(2, 3, 1, "m", "", "checkbox", False, False)),
        ("<input type=date value=2012-03-31>", "2012-03-31", Control(2, 12, 1, "", "", "date")),
        ("<select name=s><option>a<option selected>b c</select>", "b c", Control(2, 5, 1, "s", "", "choice")),
        ("<select name=s><option>a<option>b</select>", "a", Control(2, 3, 1, "s", "", "choice")),
        ("<select multiple><option selected>a<option>b<option selected>c</select>", "a; c", Control(2, 6, 1, "", "", "choice")),
        ("<textarea name=t>\na\n b</textarea>", "a\n b", Control(2, 6, 1, "t", "", "rich")),
    ],
)
def test_boxes_show_their_value_with_a_control_over_it(box: str, text: str, control: Control) -> None:
    paragraph = only(f"x {box}")
    assert paragraph.text == f"x {text}"
    assert paragraph.controls == (control,)


def test_buttons_are_words_and_hidden_boxes_are_nothing() -> None:
    assert texts(page("a<input type=submit value=Send><input type=hidden value=x><input type=password value=y><button>b</button>")) == [
        "aSendb"
    ]


# -- beside the text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hiding", ["hidden", "style='display: none'", "style='DISPLAY:none !important'", "style='mso-hide:all'", "style='visibility:hidden'"]
)
def test_what_is_hidden_stands_beside_the_text(hiding: str) -> None:
    body = f"a<div {hiding}>b<p>c</p></div><span {hiding}>d</span>e"
    assert texts(page(body)) == ["ae"]
    assert asides(body) == [("hidden", "b\nc"), ("hidden", "d")]


def test_both_views_of_insertions_and_deletions_are_read() -> None:
    document = read(page("<p>due <del cite='mailto:x@example.org'>May</del><ins>June</ins> 2012</p>"))
    (paragraph,) = document.paragraphs()
    assert (paragraph.text, paragraph.before) == ("due June 2012", "due May 2012")
    assert [(aside.kind, aside.text) for aside in document.asides] == [("deleted", "May")]
    assert document.tracked_changes


def test_the_notes_comments_and_margins_of_word_and_libreoffice_stand_beside_the_text() -> None:
    body = (
        '<div title="header"><p>top</p></div><p>a<a class="sdfootnoteanc" name="sdfootnote1anc" href="#x"><sup>1</sup></a></p>'
        '<div id="sdfootnote1"><p>one</p></div><p>b<a href="#_ftn1" name="_ftnref1">[1]</a></p>'
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p>[1] two</p></div></div>"
        "<div style='mso-element:comment'><p>why?</p></div>"
    )
    assert texts(page(body)) == ["a", "b"]
    assert asides(body) == [("header", "top"), ("footnote", "one"), ("footnote", "[1] two"), ("comment", "why?")]


def test_nothing_is_fetched_and_what_lies_outside_is_noted_once() -> None:
    body = (
        "<img src=https://example.org/a.png alt='A map'><img src=//example.org/a.png><img src='https://example.org/a.png'><img src=cid:x>"
        "<iframe src=http://example.org/f title=t>x</iframe><object data=file:///etc/passwd></object><script src=https://example.org/s></script>"
    )
    head = "<link rel=stylesheet href='https://example.org/c.css'>"
    notes = read(page(body, head)).notes
    assert [note.code for note in notes].count("external-relationship") == 6
    assert [(note.code, note.quote) for note in notes if note.code == "picture"] == [("picture", "A map"), *[("picture", "")] * 3]
    assert [(note.code, note.quote) for note in notes if note.code == "embedded-object"] == [
        ("embedded-object", "t"),
        ("embedded-object", ""),
    ]


def test_a_picture_in_the_page_itself_is_only_a_picture() -> None:
    (note,) = read(page(f"<img src='data:image/png;base64,{'QUJD' * 100}'>a")).notes
    assert note.code == "picture"


# -- what the bytes stand for --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<html><p>é–</p>".encode(), "é–"),
        ("\ufeff<html><p>é–</p>".encode("utf-16"), "é–"),
        ("<html><p>é–</p>".encode("utf-8-sig"), "é–"),
        ("<html><meta charset=utf-8><p>é–</p>".encode(), "é–"),
        ("<html><meta http-equiv='Content-Type' content='text/html; charset=windows-1250'><p>ł</p>".encode("cp1250"), "ł"),
        ("<html><meta charset='iso-8859-1'><p>é–</p>".encode("cp1252"), "é–"),
        ("<html><meta charset=base64><p>é–</p>".encode(), "é–"),
        ("<html><meta charset=nonsense><p>é</p>".encode("cp1252"), "é"),
        ("<?xml version='1.0' encoding='utf-8'?><html xmlns='x'><p>é</p></html>".encode(), "é"),
        ("<html><p>é–</p>".encode("cp1252"), "é–"),
    ],
)
def test_characters_are_read_as_the_page_says_that_it_is_written(data: bytes, said: str) -> None:
    assert texts(data) == [said]


def test_the_charset_of_a_mail_goes_before_that_of_its_page() -> None:
    (block,) = blocks_of("<meta charset=utf-8>ł".encode("cp1250"), "body", "cp1250").blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.place.part) == ("ł", "body")


@pytest.mark.parametrize("data", [b"  <HTML>a", b"<!-- x --><p>a", b"<?xml version='1.0'?>\n<!DOCTYPE html><html>a", b"<div>a", b"<b>a"])
def test_pages_are_known_by_how_they_begin(data: bytes) -> None:
    assert read(data).format == "html"


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><w:wordDocument/>", b"<svg><p>a</svg>", b"\x00<html>"])
def test_other_marked_up_files_are_no_pages(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(data)


# -- single-file pages ---------------------------------------------------------------------------------------------------

MHT = b"""MIME-Version: 1.0\r
Content-Type: multipart/related; boundary="----=_NextPart_1"\r
\r
This document is a Single File Web Page.\r
\r
------=_NextPart_1\r
Content-Location: file:///C:/A/reply.htm\r
Content-Transfer-Encoding: quoted-printable\r
Content-Type: text/html; charset="windows-1252"\r
\r
<html><p>Chair: Siobh=E1n =\r
O'Dowd</p><img src=3D"reply_files/a.png">\r
------=_NextPart_1\r
Content-Location: file:///C:/A/reply_files/header.htm\r
Content-Transfer-Encoding: base64\r
Content-Type: text/html; charset="utf-8"\r
\r
PGRpdiBzdHlsZT0nbXNvLWVsZW1lbnQ6aGVhZGVyJz48cD50b3A8L3A+PC9kaXY+PHA+YmVzaWRlPC9wPg==\r
------=_NextPart_1\r
Content-Type: image/png\r
\r
PNG\r
------=_NextPart_1--\r
"""


def test_a_single_file_page_is_read_with_what_stands_beside_it() -> None:
    document = read(MHT)
    assert (document.format, [one.text for one in document.paragraphs()]) == ("html", ["Chair: Siobhán O'Dowd"])
    assert [(aside.kind, aside.text) for aside in document.asides] == [("alternative", "beside"), ("header", "top")]
    assert [note.code for note in document.notes] == ["picture"]


def test_a_page_that_a_browser_saved_is_no_mail() -> None:
    saved = b"From: <Saved by Blink>\r\nSubject: x\r\n" + MHT
    assert read(saved).format == "html"


def test_a_mail_with_a_page_in_it_is_no_single_file_page() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b"From: jo@example.org\r\nTo: al@example.org\r\n" + MHT)
    assert caught.value.reason == "unsupported"


def test_a_single_file_page_without_a_page_is_corrupt() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(MHT.replace(b"text/html", b"text/css"))
    assert caught.value.reason == "corrupt"


@pytest.mark.parametrize("cut", [700, 500, 300])
def test_a_single_file_page_that_was_cut_short_is_read_as_far_as_it_goes(cut: int) -> None:
    assert read(MHT[:cut]).format == "html"
