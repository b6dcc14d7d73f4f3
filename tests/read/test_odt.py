"""OpenDocument texts: what a person sees, where it stands, and what stands beside it."""

import io
import zipfile

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.documents import Control, Document, Mark, Paragraph
from tests.documents import read, texts
from tests.read.odt import COVERED, Level, Xml, cell, control, field, flat, heading, items, odt, para, row, span, table, text_box

STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T4" style:family="text" style:parent-style-name="T3"/>'
    '<style:style style:name="T5" style:family="text"><style:text-properties style:text-underline-style="solid"/></style:style>'
    '<style:style style:name="T6" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
)


def only(data: bytes) -> Paragraph:
    (paragraph,) = read(data).paragraphs()
    return paragraph


def beside(document: Document) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in document.asides]


def bullets(data: bytes) -> list[str]:
    return [paragraph.bullet for paragraph in read(data).paragraphs()]


# -- paragraphs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "level"), [("1", 1), ("3", 3), ("high", 1), ("²", 1), ("", 1), ("99", 10)])
def test_a_heading_has_its_level(said: str, level: int) -> None:
    paragraph = only(odt(heading("Chair", said)))
    assert (paragraph.text, paragraph.heading) == ("Chair", level)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('a<text:s text:c="3"/>b', "a   b"),
        ('a<text:s text:c="1000000"/>b', f"a{' ' * 64}b"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("a\nb", "a b"),
        ("<text:page-number>7</text:page-number> of <text:page-count>9</text:page-count>", "7 of 9"),
        ('<text:bookmark-start text:name="x"/>a<text:bookmark-end text:name="x"/>', "a"),
    ],
)
def test_characters_are_those_that_a_person_sees(inside: str, shown: str) -> None:
    assert only(odt(para(Xml(inside)))).text == shown


@pytest.mark.parametrize(("style", "kinds"), [("T1", ["bold"]), ("T2", ["bold", "italic"]), ("T5", ["underline"]), ("T9", [])])
def test_emphasis_is_marked_where_it_stands(style: str, kinds: list[str]) -> None:
    marks = only(odt(para("We ", span("will", style), " try"), styles=STYLES)).marks
    assert sorted(mark.kind for mark in marks) == kinds
    assert all((mark.start, mark.end) == (3, 7) for mark in marks)


def test_emphasis_inside_emphasis_of_the_same_kind_is_one_mark() -> None:
    twice = Xml(f'<text:span text:style-name="T1">{span("x", "T1").xml}</text:span>')
    assert only(odt(para(twice), styles=STYLES)).marks == (Mark(0, 1, "bold"),)


def test_a_link_keeps_its_target_and_is_not_followed() -> None:
    link = Xml('<text:a xlink:href="http://www.example.org/plan">our plan</text:a>')
    assert only(odt(para("See ", link))).marks == (Mark(4, 12, "link", "http://www.example.org/plan"),)


@pytest.mark.parametrize("style", ["T3", "T4"])
def test_hidden_words_are_beside_the_text(style: str) -> None:
    document = read(odt(para("Seen", span("unseen", style)), styles=STYLES))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Seen"] and beside(document) == [("hidden", "unseen")]


def test_a_paragraph_style_can_hide_its_words() -> None:
    document = read(odt(para("unseen", style="P1"), styles=STYLES))
    assert [paragraph.text for paragraph in document.paragraphs()] == [""] and beside(document) == [("hidden", "unseen")]


# -- lists ---------------------------------------------------------------------------------------------------------------


def numbered(*formats: str) -> str:
    """Return a list style with a number format for each level; none for a bullet."""
    levels = (
        f'<text:list-level-style-number text:level="{at}" style:num-format="{form}" style:num-suffix="."/>'
        if form
        else f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="•"/>'
        for at, form in enumerate(formats, 1)
    )
    return f'<text:list-style style:name="L1">{"".join(levels)}</text:list-style>'


@pytest.mark.parametrize(
    ("form", "shown"),
    [("", ["•", "•"]), ("1", ["1.", "2."]), ("a", ["a.", "b."]), ("A", ["A.", "B."]), ("i", ["i.", "ii."]), ("I", ["I.", "II."])],
)
def test_a_list_item_shows_its_marker(form: str, shown: list[str]) -> None:
    assert bullets(odt(items("x", "y", style="L1"), styles=numbered(form))) == shown


def test_inner_lists_count_anew_below_each_outer_item() -> None:
    data = odt(items(("a", items("b", "c")), ("d", items("e")), style="L1"), styles=numbered("1", "a"))
    assert bullets(data) == ["1.", "a.", "b.", "2.", "a."]
    assert [paragraph.level for paragraph in read(data).paragraphs()] == [0, 1, 1, 0, 1]


def test_a_second_list_counts_anew_unless_it_goes_on() -> None:
    data = odt(
        items("a", "b", style="L1"),
        items("c", style="L1"),
        items("d", style="L1", settings='text:continue-numbering="true"'),
        styles=numbered("1"),
    )
    assert bullets(data) == ["1.", "2.", "1.", "2."]


def test_an_item_that_only_holds_a_deeper_list_is_not_counted() -> None:
    """LibreOffice writes a deeper paragraph that goes on with a list in that way."""
    goes_on = 'text:continue-numbering="true"'
    data = odt(
        items("a", style="L1"),
        items(items("b"), style="L1", settings=goes_on),
        items("c", style="L1", settings=goes_on),
        styles=numbered("1", "a"),
    )
    assert bullets(data) == ["1.", "a.", "2."]


def test_the_second_paragraph_of_an_item_has_no_marker() -> None:
    assert bullets(odt(items(("a", "b"), style="L1"), styles=numbered("1"))) == ["1.", ""]


def test_a_table_inside_a_list_item_is_read() -> None:
    assert texts(odt(items(("a", table(row("b")))))) == ["a", "b"]


# -- controls and text boxes ---------------------------------------------------------------------------------------------


def test_an_input_field_is_a_control_over_its_words() -> None:
    assert only(odt(para("Chair: ", field("Jo"), "!"))).controls == (Control(7, 9, 1),)


def test_a_content_control_is_a_control_without_a_name() -> None:
    assert only(odt(para("Chair: ", control("Jo"), "!"))).controls == (Control(7, 9, 1, kind="rich"),)


def test_controls_inside_controls_are_given_outermost_first() -> None:
    assert [(found.start, found.end) for found in only(odt(para(control("a", field("b"), "c")))).controls] == [(0, 3), (1, 2)]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    assert texts(odt(para("before", text_box("boxed", "twice"), " after"), "next")) == ["before after", "boxed", "twice", "next"]


def test_a_text_box_of_the_page_is_read() -> None:
    assert texts(odt(Xml(text_box("boxed").xml, Level.BLOCK), "next")) == ["boxed", "next"]


# -- tables --------------------------------------------------------------------------------------------------------------


def test_every_paragraph_knows_its_table_row_column_and_number() -> None:
    data = odt("before", table(row("a", cell("b", "c")), row("d")), table(row("e")), "after")
    assert [(p.text, p.place.table, p.place.row, p.place.column, p.place.paragraph) for p in read(data).paragraphs()] == [
        ("before", None, None, None, 1),
        ("a", 1, 1, 1, 1),
        ("b", 1, 1, 2, 1),
        ("c", 1, 1, 2, 2),
        ("d", 1, 2, 1, 1),
        ("e", 2, 1, 1, 1),
        ("after", None, None, None, 2),
    ]


def test_cells_that_cover_others_say_how_many() -> None:
    data = odt(table(row(cell("a", number_columns_spanned="2", number_rows_spanned="2"), COVERED, "b"), row(COVERED, COVERED, "c")))
    (found,) = read(data).tables()
    assert [[(one.column, one.columns, one.rows) for one in line.cells] for line in found.rows] == [[(1, 2, 2), (3, 1, 1)], [(3, 1, 1)]]


def test_words_in_a_covered_cell_are_kept_beside_the_text() -> None:
    covered = Xml("<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>", Level.CELL)
    document = read(odt(table(row(cell("a", number_columns_spanned="2"), covered))))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["a"] and beside(document) == [("hidden", "under")]


def test_rows_that_repeat_on_each_page_are_headings() -> None:
    (found,) = read(odt(table(row("x"), head=row("What")))).tables()
    assert [line.heading for line in found.rows] == [True, False]


def test_a_cell_that_is_written_once_for_several_columns_is_shown_in_each() -> None:
    (found,) = read(odt(table(row(cell("x", number_columns_repeated="3"), "y")))).tables()
    assert [one.column for one in found.rows[0].cells] == [1, 2, 3, 4]


@pytest.mark.parametrize("lie", ["1000000000", "2147483648", "-1", "²", "many", ""])
@pytest.mark.parametrize("count", ["number_columns_repeated", "number_columns_spanned", "number_rows_spanned"])
def test_a_count_that_lies_is_not_believed(count: str, lie: str) -> None:
    (found,) = read(odt(table(row(cell("a", **{count: lie}), "b")))).tables()
    assert len(found.rows[0].cells) <= 65 and all(one.columns <= 64 and one.rows <= 64 for one in found.rows[0].cells)


def test_repeated_cells_inside_repeated_cells_do_not_multiply() -> None:
    nested: Xml | str = "x"
    for _ in range(12):
        nested = table(row(cell(nested, number_columns_repeated="64")))
    assert sum(1 for _ in read(odt(nested)).paragraphs()) <= 64


def test_tables_inside_one_another_are_read_as_deep_as_the_parser_goes() -> None:
    nested: Xml | str = "deep"
    for _ in range(70):
        nested = table(row(cell(nested)))
    assert texts(odt(nested)) == ["deep"]
    with pytest.raises(UnreadableError):
        read(odt(*[Xml("<text:section>" * 300 + "</text:section>" * 300, Level.BLOCK)]))


# -- tracked changes -----------------------------------------------------------------------------------------------------


def deletion(name: str, *paragraphs: str) -> str:
    said = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return f'<text:changed-region text:id="{name}"><text:deletion>{said}</text:deletion></text:changed-region>'


def insertion(name: str) -> str:
    return f'<text:changed-region text:id="{name}"><text:insertion/></text:changed-region>'


def test_insertions_are_in_the_text_and_deletions_beside_it() -> None:
    said = '<text:change text:change-id="d"/><text:change-start text:change-id="i"/>June<text:change-end text:change-id="i"/>'
    document = read(odt(para("by ", Xml(said), " 2012"), changes=deletion("d", "May") + insertion("i")))
    (paragraph,) = document.paragraphs()
    assert (paragraph.text, paragraph.before) == ("by June 2012", "by May 2012")
    assert beside(document) == [("deleted", "May")] and document.tracked_changes


def test_paragraphs_inside_an_insertion_were_not_there_before() -> None:
    start, end = (Xml(f'<text:change-{which} text:change-id="i"/>') for which in ("start", "end"))
    document = read(odt(para("a", start), "b", para("c", end, "d"), changes=insertion("i")))
    assert [(paragraph.text, paragraph.before) for paragraph in document.paragraphs()] == [("a", "a"), ("b", ""), ("cd", "d")]


def test_deleted_paragraphs_are_beside_the_text() -> None:
    document = read(odt("a", Xml('<text:change text:change-id="d"/>', Level.BLOCK), "b", changes=deletion("d", "one", "two")))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["a", "b"]
    assert beside(document) == [("deleted", "one\ntwo")] and document.tracked_changes


# -- beside the text -----------------------------------------------------------------------------------------------------


def test_notes_and_comments_are_beside_the_text_at_their_place() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
    comment = "<office:annotation><dc:creator>JP</dc:creator><text:p>Sure?</text:p><text:p>Ask.</text:p></office:annotation>"
    document = read(odt("first", para("a", Xml(note + comment), "b")))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["first", "ab"]
    assert beside(document) == [("footnote", "A note."), ("comment", "Sure?\nAsk.")]
    assert {aside.place.paragraph for aside in document.asides} == {2}


def test_headers_and_footers_are_beside_the_text() -> None:
    margins = (
        "<style:header><text:p>Reference X</text:p></style:header><style:header-first><text:p>First</text:p></style:header-first>"
        "<style:footer><text:p>Page 1</text:p></style:footer>"
    )
    assert sorted(beside(read(odt("a", margins=margins)))) == [("footer", "Page 1"), ("header", "First"), ("header", "Reference X")]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<draw:image xlink:href="Pictures/1.png"/><svg:desc>A map</svg:desc>', "picture"),
        ('<draw:object xlink:href="./Object 1"/><draw:image xlink:href="x"/><svg:title>A map</svg:title>', "embedded-object"),
    ],
)
def test_what_is_not_text_is_noted_with_its_description(inside: str, code: str) -> None:
    (note,) = read(odt(para(Xml(f"<draw:frame>{inside}</draw:frame>")))).notes
    assert (note.code, note.quote, note.place.paragraph) == (code, "A map", 1)


def test_the_users_own_properties_are_kept() -> None:
    assert read(odt("a", properties={"proforma.reference": "OX-1"})).properties == {"proforma.reference": "OX-1"}


# -- refused -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "encrypted"),
        ({"content.xml": "<office"}, "corrupt"),
        ({"content.xml": "<!DOCTYPE x><x/>"}, "corrupt"),
        ({"content.xml": "<x/>"}, "corrupt"),
    ],
    ids=str,
)
def test_a_package_that_is_broken_or_locked_is_refused(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(odt("a", parts=parts))
    assert refused.value.reason == reason


def test_a_document_type_beside_the_text_is_no_harm() -> None:
    """LibreOffice writes one in its manifest and its macro parts; neither is parsed."""
    parts = {
        "META-INF/manifest.xml": '<!DOCTYPE manifest:manifest PUBLIC "x" "Manifest.dtd"><x/>',
        "Basic/script-lc.xml": "<!DOCTYPE x><x/>",
    }
    assert texts(odt("a", parts=parts)) == ["a"]


def packed_anew(data: bytes, *names: str) -> bytes:
    """Return a package with these parts in this order, all deflated: as a program for zips packs what was unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.mkdir("Configurations2")
        for name in names:
            new.writestr(name, old.read(name))
    return made.getvalue()


MANIFEST = '<manifest:manifest><manifest:file-entry manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>'


@pytest.mark.parametrize("type_", ["mimetype", "META-INF/manifest.xml"])
def test_a_document_that_was_unpacked_and_packed_again_is_read(type_: str) -> None:
    data = odt("Chair: Jo", parts={"META-INF/manifest.xml": MANIFEST})
    assert texts(packed_anew(data, "content.xml", type_)) == ["Chair: Jo"]


@pytest.mark.parametrize("type_", ["application/vnd.oasis.opendocument.spreadsheet", ""])
def test_another_package_with_such_parts_is_none(type_: str) -> None:
    with pytest.raises(UnreadableError, match="no kind of file"):
        read(packed_anew(odt("a", parts={"mimetype": type_}), "content.xml", "mimetype"))


def test_marks_that_are_no_names_or_are_given_twice_do_not_keep_a_document_from_being_read() -> None:
    marked = odt(
        *(Xml(f'<text:p xml:id="{mark}">{said}</text:p>', Level.BLOCK) for mark, said in (("", "a"), ("1 b", "b"), ("c", "c"), ("c", "d")))
    )
    assert texts(marked) == ["a", "b", "c", "d"]


# -- one piece of XML ----------------------------------------------------------------------------------------------------


def test_a_text_in_one_piece_of_xml_says_the_same_as_in_a_package() -> None:
    """.fodt."""
    margins = f"<style:header>{para('Reference X').xml}</style:header>"
    parts = ("Chair: Jo", para("1. ", field("Skills")), table(row("By when", "May 2011")))
    packed, whole = (read(made(*parts, margins=margins, properties={"a": "b"})) for made in (odt, flat))
    assert (whole.format, whole.blocks, whole.asides, whole.properties) == ("odt", packed.blocks, packed.asides, {"a": "b"})


def test_a_piece_of_xml_that_was_cut_is_corrupt() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(flat("Chair: Jo")[:-40])
    assert caught.value.reason == "corrupt"
