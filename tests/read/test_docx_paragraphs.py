"""Paragraphs of Word documents: headings, lists, characters, emphasis, links and fields."""

import pytest

from pipeline.model.documents import Mark, Paragraph
from tests.documents import Level, Xml, bold, docx, field, para, read, run, texts


def only(data: bytes) -> Paragraph:
    (paragraph,) = read(data).paragraphs()
    return paragraph


# -- headings ------------------------------------------------------------------------------------------------------------

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="County heading"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Level"><w:name w:val="Band"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="About"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="About"><w:name w:val="About"/><w:basedOn w:val="Round"/></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Away"><w:name w:val="Away"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [
        ("H2", "", 2),
        ("Ours", "", 2),
        ("Level", "", 3),
        ("", '<w:outlineLvl w:val="0"/>', 1),
        ("H2", '<w:outlineLvl w:val="9"/>', 0),
        ("Nobody knows it", "", 0),
        ("Round", "", 0),
        ("", '<w:outlineLvl w:val="high"/>', 0),
    ],
)
def test_a_heading_is_known_by_its_style_its_base_or_its_outline_level(style: str, properties: str, level: int) -> None:
    assert only(docx(para("Chair", style=style, properties=properties), styles=STYLES)).heading == level


# -- lists ---------------------------------------------------------------------------------------------------------------


def levels(*said: tuple[str, str], number: int = 1, override: str = "") -> str:
    """Return a list definition: for each level, its number format and its text."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(said)
    )
    abstract = f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{override}</w:num>'


def bullets(data: bytes) -> list[str]:
    return [paragraph.bullet for paragraph in read(data).paragraphs()]


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperLetter", "%1", ["A", "B", "C"]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("upperRoman", "%1", ["I", "II", "III"]),
        ("none", "", ["", "", ""]),
        ("chineseCounting", "%1", ["1", "2", "3"]),
    ],
)
def test_a_list_item_shows_the_marker_that_word_shows(form: str, text: str, shown: list[str]) -> None:
    assert bullets(docx(*(para("x", item=(1, 0)) for _ in range(3)), lists=levels((form, text)))) == shown


def test_inner_lists_count_anew_below_each_outer_item() -> None:
    said = [0, 1, 1, 0, 1]
    data = docx(*(para("x", item=(1, depth)) for depth in said), lists=levels(("decimal", "%1."), ("lowerLetter", "%1.%2)")))
    assert bullets(data) == ["1.", "1.a)", "1.b)", "2.", "2.a)"]
    assert [paragraph.level for paragraph in read(data).paragraphs()] == said


def test_a_list_that_was_restarted_counts_from_where_it_was_told() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    lists = levels(("decimal", "%1.")) + levels(("decimal", "%1."), number=2, override=restart)
    assert bullets(docx(para("a", item=(1, 0)), para("b", item=(2, 0)), para("c", item=(1, 0)), lists=lists)) == ["1.", "4.", "2."]


def test_a_style_can_make_its_paragraphs_list_items() -> None:
    style = '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    data = docx(para("a", style="L"), para("b", style="L", item=(0, 0)), styles=style, lists=levels(("decimal", "%1.")))
    assert bullets(data) == ["1.", ""]


@pytest.mark.parametrize("said", ["-1", "²", "two", "99999999999", ""])
def test_list_levels_that_are_no_numbers_are_taken_for_the_outermost(said: str) -> None:
    properties = f'<w:numPr><w:ilvl w:val="{said}"/><w:numId w:val="1"/></w:numPr>'
    wrong = levels(("decimal", "%1.")).replace('w:start w:val="1"', f'w:start w:val="{said}"')
    wrong = wrong.replace("</w:abstractNum>", f'<w:lvl w:ilvl="{said}"/></w:abstractNum>').replace(
        "</w:num>", f'<w:lvlOverride w:ilvl="{said}"><w:startOverride w:val="{said}"/></w:lvlOverride></w:num>'
    )
    style = f'<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:ilvl w:val="{said}"/></w:numPr></w:pPr></w:style>'
    assert only(docx(para("x", properties=properties), lists=wrong, styles=style)).text == "x"


# -- characters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<w:t>by</w:t><w:tab/><w:t>when</w:t>", "by\twhen"),
        ("<w:t>by</w:t><w:br/><w:t>when</w:t><w:cr/>", "by\nwhen\n"),
        ("<w:t>re</w:t><w:softHyphen/><w:t>new</w:t>", "re\u00adnew"),
        ("<w:t>2011</w:t><w:noBreakHyphen/><w:t>14</w:t>", "2011\u201114"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Dingbats of nobody" w:char="F0FC"/>', "\ufffd"),
        ('<w:sym w:font="Wingdings" w:char="zebra"/>', "\ufffd"),
        ('<w:t xml:space="preserve"> two  spaces </w:t>', " two  spaces "),
    ],
)
def test_characters_are_those_that_a_person_sees(inside: str, shown: str) -> None:
    assert only(docx(para(run(Xml(inside))))).text == shown


def test_the_tab_stops_of_a_paragraph_are_not_tabs() -> None:
    assert only(docx(para("x", properties='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'))).text == "x"


# -- emphasis and links --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "kinds"),
    [
        ("<w:b/>", ["bold"]),
        ('<w:b w:val="0"/>', []),
        ("<w:i/><w:b/>", ["bold", "italic"]),
        ('<w:u w:val="single"/>', ["underline"]),
        ('<w:u w:val="none"/>', []),
        ('<w:rStyle w:val="Loud"/>', ["bold"]),
        ('<w:rStyle w:val="Loud"/><w:b/>', ["bold"]),
        ('<w:rStyle w:val="Loud"/><w:b w:val="false"/>', []),
        ("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>", []),
    ],
)
def test_emphasis_is_marked_where_it_stands(properties: str, kinds: list[str]) -> None:
    marks = only(docx(para("We ", run("will", properties), " try"), styles=STYLES)).marks
    assert sorted(mark.kind for mark in marks) == kinds
    assert all((mark.start, mark.end) == (3, 7) for mark in marks)


def test_emphasis_over_several_runs_is_one_mark() -> None:
    assert only(docx(para(bold("one "), bold("two"), " three"))).marks == (Mark(0, 7, "bold"),)


def test_a_link_keeps_its_target_and_is_not_followed() -> None:
    link = Xml('<w:hyperlink r:id="rId9"><w:r><w:t>our plan</w:t></w:r></w:hyperlink>')
    document = read(docx(para("See ", link, "."), links={"rId9": "http://www.example.org/plan"}))
    (paragraph,) = document.paragraphs()
    assert paragraph.text == "See our plan."
    assert paragraph.marks == (Mark(4, 12, "link", "http://www.example.org/plan"),)
    assert document.notes == ()


# -- fields and wrappers -------------------------------------------------------------------------------------------------


def test_the_code_of_a_field_is_not_shown_and_its_result_is() -> None:
    assert only(docx(para("By ", field('DATE \\@ "yyyy"', "2012"), "."))).text == "By 2012."


def test_a_field_inside_the_result_of_another_shows_its_result() -> None:
    inner = field("PAGEREF x", "7")
    outer = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("TOC").xml}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert only(docx(para(Xml(outer), "Plan ", inner, Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'), "!"))).text == "Plan 7!"


def test_words_after_a_field_that_never_ends_are_kept_beside_the_text() -> None:
    """Design, law 4."""
    document = read(docx(para(Xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), "lost?"), para("And this?")))
    assert [aside.text for aside in document.asides if aside.kind == "hidden"] == ["lost?", "And this?"]


def test_simple_fields_smart_tags_and_custom_xml_are_transparent() -> None:
    wrapped = (
        '<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Jo</w:t></w:r></w:fldSimple>'
        '<w:smartTag w:element="place"><w:smartTagPr/><w:r><w:t> of </w:t></w:r></w:smartTag>'
        '<w:customXml w:element="x"><w:r><w:t>Banbury</w:t></w:r></w:customXml>'
    )
    assert only(docx(para(Xml(wrapped)))).text == "Jo of Banbury"


def test_the_words_of_a_formula_are_read() -> None:
    assert only(docx(para("Rate: ", Xml("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")))).text == "Rate: x=2"


def test_words_where_word_allows_none_are_kept() -> None:
    """Design, law 4."""
    inner = para("inner").xml
    loose = Xml(f"<w:r><w:t>loose</w:t></w:r><w:p><w:r><w:t>outer</w:t></w:r>{inner}<w:r><w:t>rest</w:t></w:r></w:p>", Level.BLOCK)
    document = read(docx(loose, "x"))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["outer", "inner", "x"]
    assert [aside.text for aside in document.asides] == ["loose", "rest"]


# -- hidden text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        para("Seen", run(" unseen", "<w:vanish/>")),
        para("Seen", run(" unseen", '<w:rStyle w:val="Away"/>')),
    ],
)
def test_hidden_words_are_beside_the_text(words: Xml) -> None:
    document = read(docx(words, styles=STYLES))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Seen"]
    assert [(aside.kind, aside.text, aside.place.paragraph) for aside in document.asides] == [("hidden", " unseen", 1)]


def test_a_paragraph_style_can_hide_its_words() -> None:
    document = read(docx(para("Seen"), para("Unseen", run(" but here", '<w:vanish w:val="0"/>'), style="Gone"), styles=STYLES))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Seen", " but here"]
    assert [aside.text for aside in document.asides] == ["Unseen"]


def test_a_formula_after_hidden_words_is_not_hidden() -> None:
    assert texts(docx(para(run("unseen", "<w:vanish/>"), Xml("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")))) == ["x"]
