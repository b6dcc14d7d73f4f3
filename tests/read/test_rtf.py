"""RTF is read as Word shows it: words and their looks, headings, lists, fields, changes, and what stands beside the text."""

import pytest

from pipeline.model.documents import Aside, Control, Mark, Note, Paragraph
from tests.documents import read, texts
from tests.read.rtf import Code, Level, bold, field, group, para, row, rtf, run, shape, table


def only(data: bytes) -> Paragraph:
    """Return the one paragraph of a document."""
    (paragraph,) = read(data).paragraphs()
    return paragraph


def asides(data: bytes) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in read(data).asides]


def codes(data: bytes) -> list[str]:
    return [note.code for note in read(data).notes]


# -- characters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (r"caf\'e9", "café"),
        (r"\'93Met\'94 \'96 \'80250", "“Met” – €250"),
        (r"{\f3 \'b3\'f3d\'9f}", "łódź"),
        (r"{\f4 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f1 \'b7}", "•"),
        (r"{\f2 \'fe \'a8}", "☑ ☐"),
        (r"\u8211?x", "–x"),
        (r"\u-4051?x", "\uf02dx"),
        (r"\u-3913 ?x", "•x"),
        (r"\u-10180?\u-8383?", "🍁"),
        (r"\uc0\u8211x", "–x"),
        (r"\uc3\u8211\'96??x", "–x"),
        (r"{\uc0\u233}\u8211?x", "é–x"),
        (r"\u8211\b x", "–x"),
        (r"a\~b\_c\-d", "a\u00a0b\u2011c\u00add"),
        (r"a\emdash b\endash c\lquote d\rquote\ldblquote e\rdblquote\bullet", "a—b–c‘d’“e”•"),
        ("a\\tab b\\line c", "a\tb\nc"),
        (r"a\{b\}\\", "a{b}\\"),
        ("a\r\nb\nc", "abc"),
        (r"{\upr{caf?}{\*\ud{caf\u233?}}}", "café"),
        (r"{\*\unknown{never seen}}x", "x"),
        (r"{\unknownword x}", "x"),
        (r"\ud x", "x"),
    ],
)
def test_characters_are_those_that_word_shows(code: str, said: str) -> None:
    assert texts(rtf(para(Code(code)))) == [said]


@pytest.mark.parametrize(("page", "said"), [(r"\ansicpg1250", "ł"), (r"\mac", "≥"), (r"\ansicpg65001", "�"), (r"\ansicpg4711", "³")])
def test_characters_of_no_known_font_are_in_the_code_page_of_the_file(page: str, said: str) -> None:
    assert texts(rtf(para(Code(r"{\f99 \'b3}")), page=page, fonts="")) == [said]


def test_characters_of_several_bytes_are_put_together_across_tokens() -> None:
    assert texts(rtf(para(Code("{\\f4 \\'93\n\\'fa}")))) == ["日"]


def test_a_font_table_without_groups_is_read() -> None:
    fonts = r"{\fonttbl\f0\fnil\fcharset0 Arial;\f5\fnil\fcharset161 Arial Greek;}"
    assert texts(rtf(para(Code(r"{\f5 \'e1}")), fonts=fonts)) == ["α"]


# -- looks and paragraphs ------------------------------------------------------------------------------------------------


def test_emphasis_is_marked_and_ends_where_it_ends() -> None:
    paragraph = only(rtf(para("a ", bold("b"), run("c", r"\b\ul"), Code(r"\i d\i0 e\plain f"))))
    assert paragraph.text == "a bcdef"
    assert paragraph.marks == (
        Mark(2, 4, "bold"),
        Mark(3, 4, "underline"),
        Mark(4, 5, "italic"),
    )


@pytest.mark.parametrize(
    ("settings", "level"),
    [(r"\s1", 1), (r"\s2", 2), (r"\s3", 0), (r"\s4", 3), (r"\outlinelevel1", 2), (r"\s1\outlinelevel9", 0), (r"\s77", 0), ("", 0)],
)
def test_headings_are_told_by_style_or_outline_level(settings: str, level: int) -> None:
    styles = r"{\s1\b heading 1;}{\s2\i Heading 2{\*\keycode 0};}{\s3 Body;}{\s4\outlinelevel2 Minor;}{\*\cs5 heading 5;}"
    assert only(rtf(para("x", settings=settings), styles=styles)).heading == level


@pytest.mark.parametrize(
    ("marker", "bullet"),
    [(r"\f1\'b7", "•"), (r"\u-3913 ?", "•"), (r"\f5 o", "•"), ("1.", "1."), ("(b)", "(b)"), (r"\u8211 ?", "•"), ("iv)", "iv)")],
)
def test_list_markers_are_those_that_were_shown(marker: str, bullet: str) -> None:
    first, second = read(rtf(para("x", settings=r"\ilvl1\ls2", marker=marker), "y")).paragraphs()
    assert (first.text, first.bullet, first.level) == ("x", bullet, 1)
    assert (second.text, second.bullet, second.level) == ("y", "", 0)


def test_old_list_markers_are_read_too() -> None:
    assert only(rtf(para(Code(r"{\pntext\f1\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}x")))).bullet == "•"


def test_each_paragraph_says_where_it_stands() -> None:
    document = read(rtf("a", "", table(row("b", "c")), "d"))
    assert [(one.text, str(one.place)) for one in document.paragraphs()] == [
        ("a", "paragraph 1"),
        ("", "paragraph 2"),
        ("b", "table 1, row 1, column 1, paragraph 1"),
        ("c", "table 1, row 1, column 2, paragraph 1"),
        ("d", "paragraph 3"),
    ]


def test_a_page_break_parts_words_and_no_paragraphs() -> None:
    assert texts(rtf(para(Code(r"\page a\page b\sect c")))) == ["a\nb", "c"]


# -- fields --------------------------------------------------------------------------------------------------------------


def test_a_field_shows_its_result_and_not_its_code() -> None:
    assert texts(rtf(para("on ", field(r"DATE \@ dd", "4 March"), "!"))) == ["on 4 March!"]


def test_a_link_is_marked_with_where_it_points() -> None:
    paragraph = only(rtf(para("see ", field('HYPERLINK "https://example.org/a b"', "here"), ".")))
    assert paragraph.text == "see here."
    assert paragraph.marks == (Mark(4, 8, "link", "https://example.org/a b"),)


def test_a_field_in_a_field_shows_both_results() -> None:
    assert texts(rtf(para(field("IF", "a ", field("PAGE", "7"), " b")))) == ["a 7 b"]


def test_a_symbol_field_shows_its_sign() -> None:
    assert texts(rtf(para(field('SYMBOL 252 \\f "Wingdings"', "")))) == ["✓"]


@pytest.mark.parametrize(
    "code", ['INCLUDEPICTURE "https://example.org/x.png"', 'INCLUDETEXT "C:\\\\x.doc"', "DDEAUTO cmd /c", "LINK Excel x"]
)
def test_a_field_that_leads_out_of_the_document_is_noted(code: str) -> None:
    document = read(rtf(para(field(code, "shown"))))
    assert [note.code for note in document.notes] == ["external-relationship"]
    assert "not followed" in document.notes[0].message
    assert [one.text for one in document.paragraphs()] == ["shown"]


@pytest.mark.parametrize(
    ("form", "text", "checked"),
    [
        (r"\fftype1\ffres1{\*\ffname Met}", "☒", True),
        (r"\fftype1\ffres0\ffdefres1{\*\ffname Met}", "☐", False),
        (r"\fftype1\ffres25\ffdefres1{\*\ffname Met}", "☒", True),
        (r"\fftype2\ffres1\ffhaslistbox1{\*\ffname Met}{\*\ffl yes}{\*\ffl no}", "no", None),
        (r"\fftype2\ffres25\ffdefres0{\*\ffname Met}{\*\ffl yes}", "yes", None),
    ],
)
def test_legacy_form_fields_are_controls_that_show_their_state(form: str, text: str, checked: bool | None) -> None:
    paragraph = only(rtf(para("x ", field("FORM", form=form))))
    assert paragraph.text == f"x {text}"
    assert paragraph.controls == (Control(2, 2 + len(text), 1, "", "Met", "legacy", False, checked),)


def test_a_legacy_text_field_lies_over_its_result() -> None:
    form = r"\fftype0{\*\ffname Chair}{\*\ffdeftext never seen}{\*\ffhelptext nor this}"
    paragraph = only(rtf(para("Chair: ", field("FORMTEXT", "Jo", bold(" P"), form=form), " (x)")))
    assert paragraph.text == "Chair: Jo P (x)"
    assert paragraph.controls == (Control(7, 11, 1, "", "Chair", "legacy"),)


# -- changes and what is hidden ------------------------------------------------------------------------------------------


def test_both_views_of_tracked_changes_are_read() -> None:
    document = read(rtf(para("due ", run("May", r"\deleted\revauthdel1"), run("June", r"\revised\revauth1"), " 2012")))
    (paragraph,) = document.paragraphs()
    assert (paragraph.text, paragraph.before) == ("due June 2012", "due May 2012")
    assert [(aside.kind, aside.text, str(aside.place)) for aside in document.asides] == [("deleted", "May", "paragraph 1")]
    assert document.tracked_changes


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    paragraph = only(rtf(Code(r"\pard a{\deleted\par}b\par", Level.BLOCK)))
    assert (paragraph.text, paragraph.before) == ("ab", "a\nb")


def test_words_inserted_and_deleted_again_were_never_there() -> None:
    paragraph = only(rtf(para("a", run("x", r"\revised\deleted"))))
    assert (paragraph.text, paragraph.before) == ("a", "a")


def test_a_document_without_changes_has_none() -> None:
    assert not read(rtf("a")).tracked_changes
    assert only(rtf("a")).before is None


def test_hidden_words_stand_beside_the_text() -> None:
    data = rtf(para("a", run("secret ", r"\v"), run("words", r"\v\b"), "b"))
    assert texts(data) == ["ab"]
    assert asides(data) == [("hidden", "secret words")]


# -- beside the text -----------------------------------------------------------------------------------------------------


def test_notes_and_comments_stand_beside_the_text_where_they_are_anchored() -> None:
    data = rtf(
        "x",
        para(
            "a",
            group(r"\super\chftn{\footnote", Code(r"\pard\plain\chftn  one\par two}")),
            group(r"\footnote\ftnalt", "end"),
            Code(r"{\*\atnid AB}{\*\atnauthor Al}\chatn{\*\annotation{\*\atnref 1}{\*\atndate 123}why?}"),
            "b",
        ),
    )
    assert texts(data) == ["x", "ab"]
    document = read(data)
    assert [(aside.kind, aside.text) for aside in document.asides] == [("footnote", " one\ntwo"), ("endnote", "end"), ("comment", "why?")]
    assert {str(aside.place) for aside in document.asides} == {"paragraph 2"}


def test_headers_and_footers_stand_beside_the_text_once() -> None:
    head = r"{\header\pard top\par}{\headerf\pard top\par}{\footer\trowd\cellx1\pard\intbl a\cell\row}{\headerl }"
    assert asides(rtf("x", head=head)) == [("header", "top"), ("footer", "a")]


def test_a_text_box_is_read_once_after_the_paragraph_that_it_hangs_on() -> None:
    document = read(rtf(para("a", shape("b", bold("c")), "d"), "e"))
    assert [one.text for one in document.paragraphs()] == ["ad", "b", "c", "e"]
    assert [one.place.paragraph for one in document.paragraphs()] == [1, 2, 3, 4]
    assert not document.notes


def test_a_text_box_of_word_6_is_read() -> None:
    assert texts(rtf(para("a", Code(r"{\*\do\dobxcolumn{\dptxbxtext\pard b\par}}")))) == ["a", "b"]


def test_a_shape_that_only_its_fallback_tells_is_read_from_there() -> None:
    assert texts(rtf(para("a", Code(r"{\shp{\*\shpinst}{\shprslt{\*\do{\dptxbxtext\pard b\par}}}}")))) == ["a", "b"]


def test_what_stands_beside_a_text_box_has_the_place_of_the_box() -> None:
    document = read(rtf("x", para("a", shape(para("b", run("h", r"\v"))))))
    assert document.asides == (Aside("hidden", "h", next(p.place for p in document.paragraphs() if p.text == "a")),)


def test_pictures_are_noted_once_with_what_they_are_said_to_show() -> None:
    described = r"{\*\picprop{\sp{\sn wzDescription}{\sv A map}}}"
    data = rtf(para("a", Code(rf"{{\*\shppict{{\pict{described}\pngblip 89504e47}}}}{{\nonshppict{{\pict\wmetafile8 0100}}}}")))
    document = read(data)
    assert [(note.code, note.quote, str(note.place)) for note in document.notes] == [("picture", "A map", "paragraph 1")]
    assert texts(data) == ["a"]


def test_word_art_and_shapes_without_words_are_noted() -> None:
    art = r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv DRAFT}}{\sp{\sn pib}{\sv {\pict 89}}}}}"
    assert [(note.code, note.quote) for note in read(rtf(para(Code(art)))).notes] == [("picture", "DRAFT")]


def test_an_embedded_object_is_noted_and_never_opened() -> None:
    ole = r"{\object\objemb{\*\objclass Package}{\*\objdata 0105000002000000}{\result{\pict 89}{\rtlch seen}}}"
    document = read(rtf(para(Code(ole))))
    assert [(note.code, note.quote) for note in document.notes] == [("embedded-object", "Package")]
    assert [one.text for one in document.paragraphs()] == ["seen"]


def test_a_linked_object_and_a_template_from_elsewhere_are_noted() -> None:
    linked = rtf(para(Code(r"{\object\objautlink{\*\objclass Excel.Sheet}{\*\objdata 01}}")))
    assert codes(linked) == ["external-relationship", "embedded-object"]
    assert codes(rtf("x", head=r"{\*\template https://example.org/t.dotm}")) == ["external-relationship"]


def test_the_users_own_properties_are_read_and_the_others_are_not_text() -> None:
    info = r"{\info{\title never seen}{\author nor this}{\creatim\yr2011}}"
    own = r"{\*\userprops{\propname proforma.reference}\proptype30{\staticval OX2030-11-SPI-X}}"
    document = read(rtf("x", head=info + own))
    assert document.properties == {"proforma.reference": "OX2030-11-SPI-X"}
    assert [one.text for one in document.paragraphs()] == ["x"]


def test_it_says_that_it_is_rtf() -> None:
    assert read(rtf("x")).format == "rtf"
    assert read(b"\xef\xbb\xbf \n" + rtf("x")).format == "rtf"


def test_what_comes_after_the_last_group_is_not_read() -> None:
    assert texts(rtf("x") + b"never seen") == ["x"]


def test_a_document_that_ends_in_the_middle_is_read_as_far_as_it_goes() -> None:
    document = read(rtf("a", "b", "c")[:-9])
    assert [one.text for one in document.paragraphs()][:2] == ["a", "b"]
    assert [note.code for note in document.notes] == ["truncated"]
    assert isinstance(document.notes[0], Note)
