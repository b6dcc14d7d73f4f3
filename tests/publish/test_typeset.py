"""The PDF that Typst sets, where LibreOffice is not installed: PDF/UA-1 with the words of the Word file, each in its place and as typed."""

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pipeline.merge import merge
from pipeline.ooxml.names import C
from pipeline.publish import portable as made_portable
from pipeline.publish.papers import publish
from pipeline.publish.portable import outdated, portable
from pipeline.publish.setting.body import content_of
from pipeline.publish.setting.content import Chart, Contents, Paragraph, Picture, Run, Section, Table
from pipeline.publish.setting.typeset import typeset
from tests.documents import Xml, bold, cell, docx, field, para, row, run, table
from tests.needs import needs
from tests.publish.heard import heard, written
from tests.publish.returns import NARRATIVE, a_record, a_round_of_nine, nine_records
from tests.publish.test_papers import HOSTILE, a_plan, a_return
from tests.publish.vera import failures

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MARKUP = r"# $x^2$ *bold* _it_ @ref <label> \ `raw` // no comment /* none */ #panic() [x] {{ 7*7 }} {% for %} <b> = Heading - item"


@pytest.fixture(autouse=True)
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test find this machine without LibreOffice."""
    monkeypatch.setattr(made_portable, "found", lambda: "")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Return the Word papers of nine returns, one of them with all that a partnership can say."""
    folder = tmp_path_factory.mktemp("papers")
    records = [*nine_records()[:-1], a_record("safer-communities", a_return())]
    written_ = publish(merge(a_round_of_nine(narrative=NARRATIVE), records), folder)
    return tuple(paper for paper in written_ if paper.suffix == ".docx")


def pdf_of(data: bytes, folder: Path) -> Path:
    """Return the PDF of a Word file."""
    paper = folder / "paper.docx"
    paper.write_bytes(data)
    return portable([paper])[0]


def one_section(data: bytes) -> Section:
    """Return the only section of a Word file."""
    (section,) = content_of(data).sections
    return section


def paragraphs(data: bytes) -> list[Paragraph]:
    return [block for block in one_section(data).blocks if isinstance(block, Paragraph)]


def test_headings_and_titles_are_as_large_as_their_styles_say(papers: tuple[Path, ...]) -> None:
    """Typst makes headings larger than the text around them by itself."""
    (paper,) = [pdf for pdf in portable(papers) if pdf.stem == "Committee paper"]
    with pdfplumber.open(paper) as pdf:
        lines = {line["text"]: {round(char["size"], 1) for char in line["chars"]} for line in pdf.pages[0].extract_text_lines()}
    assert next(sizes for text, sizes in lines.items() if text.startswith("Oxfordshire Partnership and")) == {22}
    assert lines["1. Purpose of report"] == {15}


def test_a_bullet_stands_at_the_beginning_of_its_room(papers: tuple[Path, ...]) -> None:
    (paper,) = [pdf for pdf in portable(papers) if pdf.stem == "Committee paper"]
    with pdfplumber.open(paper) as pdf:
        chars = pdf.pages[0].chars
    at = next(number for number, char in enumerate(chars) if char["text"] == "•")
    following = next(char for char in chars[at + 1 :] if char["text"].strip())
    assert following["x0"] - chars[at]["x0"] == pytest.approx(17, abs=0.5)


# -- whole papers --------------------------------------------------------------------------------------------------------


def test_a_screen_reader_hears_the_words_of_the_word_file_in_their_order(papers: tuple[Path, ...]) -> None:
    for pdf in portable(papers):
        assert heard(pdf) == written(pdf.with_suffix(".docx").read_bytes()), pdf.name


@needs("java", "default-jre-headless")
def test_every_pdf_is_pdf_ua_as_verapdf_judges_it(papers: tuple[Path, ...]) -> None:
    made = portable(papers)
    assert failures(made) == {pdf.name: [] for pdf in made}


def test_the_same_paper_gives_the_same_bytes_and_is_not_set_twice(papers: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    before = {pdf: pdf.read_bytes() for pdf in portable(papers)}
    for pdf in before:
        pdf.unlink()
    assert {pdf: pdf.read_bytes() for pdf in portable(papers)} == before
    monkeypatch.setattr(made_portable, "typeset", lambda content: pytest.fail("set again"))
    assert set(portable(papers)) == set(before)


def test_a_pdf_is_set_again_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What sets it is changed more often than the number of its version."""
    pdf = pdf_of(docx(para(run("Words."))), tmp_path)
    before = pdf.read_bytes()
    monkeypatch.setattr(made_portable, "program", lambda: "another")
    portable([pdf.with_suffix(".docx")])
    assert pdf.read_bytes() != before


def test_an_odt_of_an_earlier_paper_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice it cannot be made anew, and says what the paper said before."""
    paper = tmp_path / "paper.docx"
    paper.write_bytes(docx(para(run("As it is now."))))
    assert list(outdated([paper])) == []
    paper.with_suffix(".odt").write_bytes(b"as it was")
    assert list(outdated([paper])) == [paper.with_suffix(".odt")]
    monkeypatch.setattr(made_portable, "odt_mark", lambda path: made_portable._mark(paper.read_bytes(), "LibreOffice"))
    assert list(outdated([paper])) == []


def test_a_pdf_tells_title_language_and_bookmarks_and_nothing_of_the_clock(papers: tuple[Path, ...]) -> None:
    for path in portable(papers):
        pdf = PdfReader(path)
        assert pdf.metadata is not None and pdf.metadata.title
        assert str(pdf.root_object["/Lang"]) == "en-GB"
        assert "/CreationDate" not in pdf.metadata and "/ModDate" not in pdf.metadata
        assert b"2026" not in pdf.xmp_metadata.stream.get_data() if pdf.xmp_metadata else True
        assert bool(pdf.outline) == (path.name != "Annex 1.pdf")


def test_a_row_is_headed_by_its_first_cell_where_the_word_file_says_so(papers: tuple[Path, ...]) -> None:
    pdf = next(pdf for pdf in portable(papers) if pdf.name == "Delivery plan.pdf")
    root = structure(pdf)
    said = [one for one in elements(root, "/TH") if any(part.get_object().get("/Scope") == "/Row" for part in one["/A"])]
    wanted = [block for section in content_of(pdf.with_suffix(".docx").read_bytes()).sections for block in section.blocks]
    assert len(said) == sum(len(block.rows) for block in wanted if isinstance(block, Table) and block.heading_column) > 0
    told = [part.get_object().get("/Summary") for one in elements(root, "/Table") for part in one["/A"]]
    assert [text for text in told if text] == [block.caption for block in wanted if isinstance(block, Table)]


def structure(pdf: Path) -> Any:
    """Return the root of what a screen reader follows."""
    return PdfReader(pdf).root_object["/StructTreeRoot"]


def elements(parent: Any, kind: str) -> list[dict[str, Any]]:
    """Return the elements of a kind, in reading order."""
    parent = parent.get_object() if hasattr(parent, "get_object") else parent
    if isinstance(parent, list):
        return [found for one in parent for found in elements(one, kind)]
    if not isinstance(parent, dict):
        return []
    return ([parent] if parent.get("/S") == kind else []) + elements(parent.get("/K"), kind)


def test_what_a_return_typed_comes_out_as_typed(tmp_path: Path) -> None:
    hostile = f"{MARKUP} {HOSTILE}"
    said = {"priorities": [{"title": hostile, "lead_officer": hostile, "context": {"text": hostile}, "deliverables": [{"what": hostile}]}]}
    written_ = publish(a_plan(said, narrative={**NARRATIVE, "background": hostile}), tmp_path)  # type: ignore[arg-type]
    for pdf in portable(paper for paper in written_ if paper.suffix == ".docx"):
        words = heard(pdf)
        assert words == written(pdf.with_suffix(".docx").read_bytes())
        assert "".join(MARKUP.split()) in words


# -- anything ------------------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), min_codepoint=0x21, max_codepoint=0x17F, exclude_characters="\xad–")
TEXTS = st.text(LETTERS | st.sampled_from(r"#$*_@\<>{}[]`~=+-/'’“”—… łżęąćńóśź ŵŷŴŶâêîôû"), min_size=1, max_size=200).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_any_words_come_out_in_their_order(tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, bool, bool]]) -> None:
    blocks = [
        table(row("Heading", text), row(bold(text), "x")) if tabled else para(bold(text) if strong else text)
        for text, tabled, strong in said
    ]
    data = docx(*blocks)
    assert heard(pdf_of(data, tmp_path_factory.mktemp("any"))) == written(data)


# -- what a master may hold ----------------------------------------------------------------------------------------------

LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>'
    '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/>'
    '<w:pPr><w:ind w:left="1134" w:hanging="567"/></w:pPr></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%4)"/>'
    '<w:pPr><w:ind w:left="1701" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Arial"/><w:sz w:val="22"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="1D4F5C"/><w:sz w:val="30"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def drawing(graphic: str, alt: str) -> Xml:
    """Return a run with a drawing."""
    return run(
        Xml(
            f'<w:drawing><wp:inline xmlns:wp="{WP}"><wp:extent cx="5400000" cy="2700000"/><wp:docPr id="1" name="x" descr="{alt}"/>'
            f'<a:graphic xmlns:a="{A}"><a:graphicData uri="x">{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def test_paragraphs_get_the_numbers_that_word_works_out() -> None:
    levels = (0, 1, 1, 2, 2, 3, 3, 1, 0, 1)
    data = docx(
        *(para("x", item=(1, level)) for level in levels), para("y", item=(2, 0)), para("z", style="Numbered"), lists=LISTS, styles=STYLES
    )
    labels = ["1.", "1.1", "1.2", "(a)", "(b)", "(i)", "(ii)", "1.3", "2.", "2.1", "1.", "1.1"]
    assert [paragraph.label for paragraph in paragraphs(data)] == labels


def test_a_numbered_heading_is_a_heading_with_its_number(tmp_path: Path) -> None:
    data = docx(para("Purpose", style="Heading1", item=(1, 0)), para("Text.", item=(1, 1)), lists=LISTS, styles=STYLES)
    pdf = pdf_of(data, tmp_path)
    assert heard(pdf) == "1.Purpose1.1Text."
    assert [entry.title for entry in PdfReader(pdf).outline] == ["1.Purpose"]  # type: ignore[union-attr]


def test_a_look_comes_from_the_style_and_what_it_is_based_on() -> None:
    heading, text = paragraphs(docx(para("A", style="Heading1"), para("B"), styles=STYLES))
    assert heading.level == 1 and heading.look["size"] == 15.0 and heading.look["colour"] == "#1D4F5C" and heading.look["bold"]
    assert heading.look["after"] == text.look["after"] == 6.0
    assert text.level == 0 and text.look["size"] == 11.0


def test_runs_keep_emphasis_and_links_lead_only_where_they_may(tmp_path: Path) -> None:
    there = Xml('<w:bookmarkStart w:id="1" w:name="there"/><w:bookmarkEnd w:id="1"/>')
    link = '<w:hyperlink xmlns:r="{}" r:id="{}"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
    out, file = (Xml(link.format(R, id_, word)) for id_, word in (("l1", "out"), ("l2", "file")))
    inside = Xml('<w:hyperlink w:anchor="there"><w:r><w:t>in</w:t></w:r></w:hyperlink>')
    nowhere = Xml('<w:hyperlink w:anchor="gone"><w:r><w:t>nowhere</w:t></w:r></w:hyperlink>')
    data = docx(
        para(out, file, inside, nowhere, bold("b")), para(there, "End"), links={"l1": "https://example.org/", "l2": "file:///etc/passwd"}
    )
    runs = {inline.text: inline for inline in paragraphs(data)[0].inlines if isinstance(inline, Run)}
    assert [runs[word].link for word in ("out", "file", "in")] == ["https://example.org/", "", "#there"]
    assert runs["b"].look == {"bold": True}
    pdf = PdfReader(pdf_of(data, tmp_path))
    uris = [note.get_object().get("/A", {}).get("/URI") for note in pdf.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert uris == ["https://example.org/", None]


def test_the_table_of_contents_lists_the_headings_with_their_own_pages(tmp_path: Path) -> None:
    contents = field(' TOC \\o "1-1" \\h ', "A stale line\t99")
    new = "<w:pageBreakBefore/>"
    headings = [para(f"Part {number}", style="Heading1", properties=new) for number in range(1, 4)]
    data = docx(para(contents), *(block for heading in headings for block in (heading, para("Text."))), styles=STYLES)
    assert any(isinstance(block, Contents) and block.levels == 1 for block in one_section(data).blocks)
    pdf = pdf_of(data, tmp_path)
    words = PdfReader(pdf).pages[0].extract_text()
    assert "stale" not in words
    assert re.findall(r"Part (\d)\D*?(\d)", words) == [("1", "2"), ("2", "3"), ("3", "4")]
    assert len(elements(structure(pdf), "/TOCI")) == 3


def test_merged_cells_span_what_they_span_in_word() -> None:
    data = docx(table(row("a", cell("b", span="2")), row(cell("c", merge="restart"), "d", "e"), row(cell("", merge="continue"), "f", "g")))
    (block,) = one_section(data).blocks
    assert isinstance(block, Table)
    assert [[(one.columns, one.rows) for one in line.cells] for line in block.rows] == [
        [(1, 1), (2, 1)],
        [(1, 2), (1, 1), (1, 1)],
        [(1, 1), (1, 1)],
    ]


def chart_parts() -> dict[str, str]:
    """Return a chart of two series in three quarters, and what relates the document to it."""

    def cached(kind: str, values: list[str]) -> str:
        points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
        return f"<c:{kind}Ref><c:f>x</c:f><c:{kind}Cache>{points}</c:{kind}Cache></c:{kind}Ref>"

    def series(name: str, values: list[str]) -> str:
        quarters = cached("str", ["Q1 2011/12", "Q2 2011/12", "Q3 2011/12"])
        return f"<c:ser><c:tx>{cached('str', [name])}</c:tx><c:cat>{quarters}</c:cat><c:val>{cached('num', values)}</c:val></c:ser>"

    drawn = '<c:barDir val="col"/><c:grouping val="clustered"/>' + series("Due", ["3", "0", "12"]) + series("Done", ["1", "2", "2.5"])
    chart = f'<c:chartSpace xmlns:c="{C}"><c:chart><c:plotArea><c:barChart>{drawn}</c:barChart></c:plotArea></c:chart></c:chartSpace>'
    kind = f"{R}/chart"
    related = f'<Relationship Id="c1" Type="{kind}" Target="charts/chart1.xml"/>'
    return {
        "word/charts/chart1.xml": chart,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
    }


@needs("java", "default-jre-headless")
def test_a_chart_is_drawn_from_its_own_figures_with_its_alternative_text(tmp_path: Path) -> None:
    graphic = f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="c1"/>'
    data = docx(para("Before."), para(drawing(graphic, "Deliverables by quarter")), para("After."), parts=chart_parts())
    chart = next(block for block in one_section(data).blocks if isinstance(block, Chart))
    assert chart.categories == ("Q1 2011/12", "Q2 2011/12", "Q3 2011/12")
    assert [(row_.name, row_.values) for row_ in chart.series] == [("Due", (3.0, 0.0, 12.0)), ("Done", (1.0, 2.0, 2.5))]
    pdf = pdf_of(data, tmp_path)
    assert [one.get("/Alt") for one in elements(structure(pdf), "/Figure")] == ["Deliverables by quarter"]
    assert "12" in PdfReader(pdf).pages[0].extract_text()
    assert heard(pdf) == "Before.After."
    assert failures([pdf]) == {"paper.pdf": []}


def a_png() -> bytes:
    """Return a picture of one red dot."""

    def chunk(kind: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def test_a_picture_is_told_by_its_alternative_text(tmp_path: Path) -> None:
    graphic = f'<a:blip xmlns:a="{A}" xmlns:r="{R}" r:embed="p1"/>'
    related = f'<Relationship Id="p1" Type="{R}/image" Target="media/logo.png"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>'
    parts: dict[str, str | bytes] = {"word/media/logo.png": a_png(), "word/_rels/document.xml.rels": rels}
    data = docx(para(drawing(graphic, "The council&apos;s crest")), parts=parts)
    (picture,) = paragraphs(data)[0].inlines
    assert isinstance(picture, Picture) and (picture.kind, picture.alt) == ("png", "The council's crest")
    root = structure(pdf_of(data, tmp_path))
    assert [one.get("/Alt") for one in elements(root, "/Figure")] == ["The council's crest"]


def test_welsh_polish_and_arabic_letters_are_shown_and_said(tmp_path: Path) -> None:
    arabic = "شراكة أكسفورد"
    data = docx(para("Tŷ ŵyl ŷd. Zażółć gęślą jaźń."), para(run(arabic, "<w:rtl/>"), properties="<w:bidi/>"), para(f"Name: {arabic}"))
    pdf = pdf_of(data, tmp_path)
    words = heard(pdf)
    assert words.startswith("Tŷŵylŷd.Zażółćgęśląjaźń.")
    assert sorted(words) == sorted(written(data)), "every letter, whichever way it runs"


@needs("java", "default-jre-headless")
def test_a_sign_that_no_font_has_stands_as_its_number(tmp_path: Path) -> None:
    data = docx(para("Before \U000f1234 after.", bold(" \U000f1235")))
    pdf = pdf_of(data, tmp_path)
    assert heard(pdf) == "Before[U+F1234]after.[U+F1235]"
    assert failures([pdf]) == {"paper.pdf": []}


@pytest.mark.parametrize(("said", "shown"), [("1\ufe0f\u20e3 first", "1[U+FE0F][U+20E3]first"), ("e\U0001d165", "e[U+1D165]")])
def test_a_letter_under_an_accent_that_no_font_has_costs_no_other_letter(said: str, shown: str, tmp_path: Path) -> None:
    """Typst names the letter too; taking it for unshown put its number into every word of the paper, and no PDF was set."""
    assert heard(pdf_of(docx(para(run(said)), para(run("1 word, said next"))), tmp_path)) == f"{shown}1word,saidnext"


def test_pages_have_the_format_of_their_section_and_count_on(tmp_path: Path) -> None:
    numbers = para("Page ", field(" PAGE ", "9"), " of ", field(" NUMPAGES ", "9")).xml
    set_up = f'<w:sectPr><w:footerReference w:type="default" xmlns:r="{R}" r:id="in0"/><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    wide = Xml(f"<w:p><w:pPr>{set_up}</w:pPr><w:r><w:t>Wide</w:t></w:r></w:p>", para("").level)
    data = docx(wide, para("Upright"), beside={"footer": numbers})
    pdf = PdfReader(pdf_of(data, tmp_path))
    assert [page.mediabox.width > page.mediabox.height for page in pdf.pages] == [True, False]
    assert ["".join(page.extract_text().split()) for page in pdf.pages] == ["WidePage1of2", "UprightPage2of2"]


def test_footnotes_stand_at_the_foot_of_their_page(tmp_path: Path) -> None:
    sign = run(Xml('<w:footnoteReference w:id="2"/>'))
    notes = '<w:footnote w:id="2">' + para("Source: document 001.").xml + "</w:footnote>"
    pdf = pdf_of(docx(para("Said", sign, " here."), beside={"footnotes": notes}), tmp_path)
    assert "Source: document 001." in PdfReader(pdf).pages[0].extract_text()


def test_what_word_does_not_show_is_not_set(tmp_path: Path) -> None:
    gone = Xml('<w:del w:id="1"><w:r><w:delText>deleted</w:delText></w:r></w:del>')
    data = docx(para("Shown", gone, run("hidden", "<w:vanish/>")))
    assert heard(pdf_of(data, tmp_path)) == "Shown"
    pages = PdfReader(io.BytesIO(typeset(content_of(data)))).pages
    assert "hidden" not in "".join(page.extract_text() for page in pages)


def test_a_long_row_that_may_not_be_torn_runs_on_all_the_same(tmp_path: Path) -> None:
    words = "word " * 3000
    data = docx(table(row("Context", words, properties="<w:cantSplit/>")), para(words, properties="<w:keepLines/>"))
    pdf = pdf_of(data, tmp_path)
    assert heard(pdf) == written(data)
    assert len(PdfReader(pdf).pages) >= 4
