"""Draw the first Word master of this kit: `python templates/update/draw_proforma.py [TARGET]`.

After that the master belongs to the officer, who edits it in Word; drawing it again overwrites what was changed there. Its look,
header and footer are those of the master of the `priorities` kit, of which this one takes every part but the text itself. Labels and
prompts come from form.yaml, so that the two agree.
"""

import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ruamel.yaml import YAML

from pipeline.model.forms import FieldType, Form
from pipeline.ooxml.names import MC, W15, R, W
from pipeline.ooxml.package import Package, Writer

KIT = Path(__file__).parent
FORM = Form.model_validate(YAML(typ="safe").load((KIT / "form.yaml").read_text(encoding="utf-8")))
LOOK = KIT.parent / "priorities" / "proforma.docx"
"""The master whose styles, header and footer this one has."""

NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w15="{W15}" xmlns:mc="{MC}" mc:Ignorable="w15"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTH, LABELS = 9638, 2900
"""Of the text and of the column of labels, in twentieths of a point."""

FACTS = {
    "round.title": FORM.title,
    "round.period": "the period",
    "round.due": "the due day",
    "round.contact": "Name of the contact",
    "round.contact_email": "contact@example.org",
    "round.contact_phone": "01632 960000",
}
"""Samples: stamping puts the round's own facts there."""

GUIDANCE = (
    ("Title", "{round.title}"),
    ("Subtitle", "{round.period}"),
    (
        "Normal",
        "Please correct what we have filled in, add what has moved, and send the form to {round.contact} at *{round.contact_email}* by "
        "*{round.due}*. Where a question does not apply, write “N/A”. For anything unclear, call {round.contact_phone}.",
    ),
)


def run(text: str, style: str = "") -> str:
    """Return a run of text."""
    dressed = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, *runs: str) -> str:
    """Return a paragraph of runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def control(tag: str, kind: str, content: str, alias: str = "", *, empty: bool = False) -> str:
    """Return a content control that can be filled in and not deleted."""
    title = f"<w:alias w:val={quoteattr(alias)}/>" if alias else ""
    flag = "<w:showingPlcHdr/>" if empty else ""
    settings = f'{title}<w:tag w:val="{tag}"/><w:lock w:val="sdtLocked"/>{flag}{kind}'
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def sentence(style: str, text: str) -> str:
    """Return a paragraph in which `{round.due}` stands for a fact and `*word*` for a strong word."""
    runs = []
    for index, part in enumerate(text.split("*")):
        strong = "Strong" if index % 2 else ""
        for piece in part.replace("{", "\0{").replace("}", "}\0").split("\0"):
            if piece.startswith("{"):
                runs.append(control(piece[1:-1], "<w:text/>", run(FACTS[piece[1:-1]], strong), piece[1:-1]))
            elif piece:
                runs.append(run(piece, strong))
    return paragraph(style, *runs)


def answer(path: str) -> str:
    """Return the paragraph or block that takes a field's answer."""
    field = FORM.field(path)
    prompt = run(field.prompt, "PlaceholderText")
    if field.type is FieldType.PASSAGE:
        return control(path, "<w:richText/>", paragraph("TableText", prompt), field.label, empty=True) + paragraph("CellEnd")
    kind = '<w:text w:multiLine="1"/>' if field.type is FieldType.TEXT else "<w:text/>"
    return paragraph("TableText", control(path, kind, prompt, field.label, empty=True))


def cell(width: int, content: str) -> str:
    """Return a table cell; its width is in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def table(name: str, widths: tuple[int, ...], rows: str, *, headed: bool) -> str:
    """Return a table; `headed` where its first row holds labels, otherwise its first column does."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'w:val="{"0620" if headed else "0680"}" w:firstRow="{int(headed)}" w:firstColumn="{int(not headed)}"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {look} w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(name)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def answers_table(name: str, *paths: str) -> str:
    """Return a table of labels on the left and answers on the right."""
    rows = []
    for path in paths:
        field = FORM.field(path)
        label = paragraph("TableLabel", run(field.label + " (optional)" * field.optional))
        room = '<w:trPr><w:trHeight w:val="1400" w:hRule="atLeast"/></w:trPr>' if field.type is FieldType.PASSAGE else ""
        rows.append(f"<w:tr>{room}{cell(LABELS, label)}{cell(WIDTH - LABELS, answer(path))}</w:tr>")
    return table(name, (LABELS, WIDTH - LABELS), "".join(rows), headed=False)


def columns_table(repeat: str, columns: dict[str, int]) -> str:
    """Return a heading, and below it a table with a row of labels and one row that repeats."""
    headings, answers = [], []
    for key, width in columns.items():
        field = FORM.field(f"{repeat}.{key}")
        headings.append(cell(width, paragraph("TableLabel", run(field.label + " (optional)" * field.optional))))
        answers.append(cell(width, answer(f"{repeat}.{key}")))
    item = f"<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent><w:tr>{''.join(answers)}</w:tr></w:sdtContent></w:sdt>"
    heading = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(headings)}</w:tr>"
    label = FORM.field(repeat).label
    rows = heading + control(repeat, "<w15:repeatingSection/>", item)
    return paragraph("Heading1", run(label)) + table(label, tuple(columns.values()), rows, headed=True)


def body() -> str:
    """Return the document from top to bottom."""
    return "".join(
        (
            *(sentence(style, text) for style, text in GUIDANCE),
            answers_table(FORM.title, "partnership", "chair", "cabinet_member"),
            columns_table("year_priorities", {"title": 6638, "led_by": 3000}),
            paragraph("Gap"),
            answers_table("Progress and issues", "achievements", "issues_to_note"),
            columns_table("laa_targets", {"indicator": 6638, "latest_figure": 3000}),
            columns_table("sub_groups", {"name": 6638, "led_by": 3000}),
            columns_table("meeting_dates", {"what": 6638, "held_on": 3000}),
            paragraph("Normal"),
        )
    )


def draw(target: Path) -> None:
    """Write the master."""
    look = Package(LOOK.read_bytes())
    document = look.read("word/document.xml").decode()
    section = document[document.index("<w:sectPr") : document.index("</w:body>")]
    core = look.read("docProps/core.xml").decode()
    title = core[core.index("<dc:title>") : core.index("</dc:title>")]
    changed = {
        "word/document.xml": f"{XML}<w:document {NAMESPACES}><w:body>{body()}{section}</w:body></w:document>",
        "docProps/core.xml": core.replace(title, f"<dc:title>{escape(FORM.title)}"),
    }
    with target.open("wb") as stream, Writer(stream) as package:
        for name in look.names:
            package.add(name, changed[name].encode() if name in changed else look.read(name), stored=name.endswith(".png"))


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else KIT / "proforma.docx")
