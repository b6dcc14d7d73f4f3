"""Documents of programs that are not Word, or that name no styles: headings, lists and tables are told all the same.

Each is written as that program writes it: Google Docs and pandoc have styles of odd names and lists with their markers spelled out,
Pages says outline levels, and people make a heading of ordinary text with a larger, bold letter.
"""

import io

import docx as python_docx
import pytest
from docx.shared import Pt

from pipeline.model.documents import Paragraph, Table
from tests.documents import Xml, bold, docx, para, read, row, run, table

GOOGLE = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
)
GOOGLE_LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="○"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
PANDOC = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Compact"><w:name w:val="Compact"/><w:basedOn w:val="BodyText"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="Heading 1"/><w:basedOn w:val="Normal"/></w:style>'
)
PAGES = (
    '<w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/></w:style>'
)


def shown(data: bytes) -> list[tuple[int, str, int, str]]:
    """Return heading, marker, level and text of each paragraph."""
    return [(one.heading, one.bullet, one.level, one.text) for one in read(data).paragraphs()]


def large(text: str, half_points: int = 32) -> Xml:
    return run(text, f'<w:b w:val="1"/><w:sz w:val="{half_points}"/>')


def test_a_document_of_google_docs_keeps_its_headings_and_lists() -> None:
    data = docx(
        para("Priority one", style="Heading2"),
        para("a", item=(1, 0)),
        para("b", item=(1, 1)),
        para("c", item=(2, 0)),
        para("d", item=(2, 0)),
        styles=GOOGLE,
        lists=GOOGLE_LISTS,
    )
    assert shown(data) == [(2, "", 0, "Priority one"), (0, "•", 0, "a"), (0, "•", 1, "b"), (0, "1.", 0, "c"), (0, "2.", 0, "d")]


def test_a_document_of_pandoc_keeps_its_headings_and_tables() -> None:
    head = row(para("What", style="Compact"), para("When", style="Compact"))
    data = docx(para("Priorities", style="Heading1"), table(head, row(para("Open", style="Compact"), "May")), styles=PANDOC)
    first, made = read(data).blocks
    assert isinstance(first, Paragraph) and first.heading == 1
    assert isinstance(made, Table)
    assert [["".join(b.text for b in one.blocks if isinstance(b, Paragraph)) for one in line.cells] for line in made.rows] == [
        ["What", "When"],
        ["Open", "May"],
    ]


def test_a_document_of_pages_keeps_its_headings() -> None:
    assert shown(docx(para("Priorities", style="Heading"), para("a", style="Body"), styles=PAGES)) == [
        (1, "", 0, "Priorities"),
        (0, "", 0, "a"),
    ]


def test_a_document_of_python_docx_keeps_its_headings_lists_and_tables() -> None:
    made = python_docx.Document()
    made.add_heading("Priorities", 1)
    made.add_paragraph("a", style="List Bullet")
    made.add_paragraph("b", style="List Number")
    letters = made.add_paragraph().add_run("Priority one")
    letters.bold, letters.font.size = True, Pt(16)
    made.add_table(1, 2).cell(0, 1).text = "c"
    stream = io.BytesIO()
    made.save(stream)
    assert shown(stream.getvalue()) == [
        (1, "", 0, "Priorities"),
        (0, "•", 0, "a"),
        (0, "1.", 0, "b"),
        (1, "", 0, "Priority one"),
        (0, "", 0, ""),
        (0, "", 0, "c"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        (para(large("Priority one")), 1),
        (para(large("Priority"), " ", large("one")), 1),
        (para(large("Priority one", 25)), 1),
        (para(large("Priority one", 24)), 0),
        (para(bold("Priority one")), 0),
        (para(run("Priority one", '<w:sz w:val="32"/>')), 0),
        (para(large("Priority one"), bold(": x")), 0),
        (para(large("Priority one"), ": x"), 0),
        (para(large("x" * 200)), 0),
        (para(large("Priority one"), properties='<w:outlineLvl w:val="9"/>'), 0),
        (para(large("a"), item=(1, 0)), 0),
        (para(" "), 0),
    ],
)
def test_a_short_paragraph_all_in_large_bold_letters_is_a_heading(paragraph: Xml, heading: int) -> None:
    assert shown(docx(paragraph, styles=GOOGLE, lists=GOOGLE_LISTS))[0][0] == heading


def test_without_any_style_letters_are_large_against_what_word_takes_for_usual() -> None:
    assert [one[0] for one in shown(docx(para(large("a", 23)), para(large("b", 22))))] == [1, 0]
