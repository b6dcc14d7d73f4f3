"""Draw the first Word master of this kit: `python templates/priorities/draw_proforma.py [TARGET]`.

After that the master belongs to the officer, who edits it in Word; drawing it again overwrites what was changed there.
Labels and prompts come from form.yaml, so that the two agree. Words in `round.…`, `words.…` and `blank.…` controls are samples:
stamping puts the round's own facts there, and what it calls things.
"""

import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from house_style import FONTS, NUMBERING, SETTINGS, STYLES, THEME, WIDTH
from ruamel.yaml import YAML

from pipeline.blanks.code import picture
from pipeline.grammar.words import capital
from pipeline.model.forms import FieldType, Form
from pipeline.ooxml.names import MC, W15, WP, A, R, W
from pipeline.ooxml.package import Writer
from pipeline.rounds.kit import read_form

KIT = Path(__file__).parent
FORM = Form.model_validate(YAML(typ="safe").load((KIT / "form.yaml").read_text(encoding="utf-8")))
CALLED = read_form(KIT)[0]

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w15="{W15}" xmlns:mc="{MC}" mc:Ignorable="w15"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

FACTS = {
    "round.title": "Medium-term priorities",
    "round.name": "Name of the round",
    "round.period": "the period",
    "round.due": "the due day",
    "round.contact": "Name of the contact",
    "round.contact_role": "role of the contact",
    "round.contact_email": "contact@example.org",
    "round.contact_phone": "01632 960000",
    "blank.number": "1",
    "blank.reference": "REFERENCE",
}


def run(text: str, style: str = "") -> str:
    """Return a run of text."""
    dressed = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, *runs: str, settings: str = "") -> str:
    """Return a paragraph of runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}</w:pPr>{"".join(runs)}</w:p>'


def sentence(style: str, text: str) -> str:
    """Return a paragraph in which `{round.due}` stands for a fact and `*word*` for a strong word."""
    runs = []
    for index, part in enumerate(text.split("*")):
        for piece in part.replace("{", "\0{").replace("}", "}\0").split("\0"):
            if piece.startswith("{"):
                runs.append(fact(piece[1:-1], "Strong" if index % 2 else ""))
            elif piece:
                runs.append(run(piece, "Strong" if index % 2 else ""))
    return paragraph(style, *runs)


def control(tag: str, kind: str, content: str, alias: str = "", *, empty: bool = False) -> str:
    """Return a content control that can be filled in and not deleted."""
    title = f"<w:alias w:val={quoteattr(alias)}/>" if alias else ""
    flag = "<w:showingPlcHdr/>" if empty else ""
    settings = f'{title}<w:tag w:val="{tag}"/><w:lock w:val="sdtLocked"/>{flag}{kind}'
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def fact(tag: str, style: str = "") -> str:
    """Return a fact of the round, or of the blank, inside a sentence."""
    return control(tag, "<w:text/>", run(FACTS[tag], style), tag)


def worded(text: str) -> str:
    """Return runs of a text in which `{words.plan}` stands for what a round calls something."""
    pieces = [piece for piece in text.replace("{", "\0{").replace("}", "}\0").split("\0") if piece]
    return "".join(word(piece[1:-1], first=number == 0) if piece.startswith("{") else run(piece) for number, piece in enumerate(pieces))


def word(tag: str, *, first: bool) -> str:
    """Return what a round calls something, as a sample of it."""
    sample = CALLED.words[tag.removeprefix("words.")][0]
    return control(tag, "<w:text/>", run(capital(sample) if first else sample), tag)


def answer(path: str) -> str:
    """Return the paragraph or block that takes a field's answer."""
    field = FORM.field(path)
    prompt = run(field.prompt, "PlaceholderText")
    if field.type is FieldType.PASSAGE:
        return control(path, "<w:richText/>", paragraph("TableText", prompt), field.label, empty=True) + paragraph("CellEnd")
    kinds = {FieldType.CHOICE: "<w:dropDownList/>", FieldType.TEXT: '<w:text w:multiLine="1"/>'}
    return paragraph("TableText", control(path, kinds.get(field.type, "<w:text/>"), prompt, field.label, empty=True))


def repeating(path: str, row: str) -> str:
    """Return a row that repeats: in Word it has a + to add another."""
    item = f"<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    return control(path, "<w15:repeatingSection/>", item)


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


def answers_table(name: str, *paths: str, height: int = 0, optional: bool = False) -> str:
    """Return a table of labels on the left and answers on the right; `height` is what a row has at least."""
    widths = (2900, WIDTH - 2900)
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    rows = []
    for path in paths:
        label = paragraph("TableLabel", worded(FORM.field(path).label + " (optional)" * optional))
        rows.append(f"<w:tr><w:trPr>{least}</w:trPr>{cell(widths[0], label)}{cell(widths[1], answer(path))}</w:tr>")
    return table(name, widths, "".join(rows), headed=False)


def columns_table(repeat: str, columns: dict[str, int], *, numbered: bool = False) -> str:
    """Return a table with a row of labels and one row that repeats."""
    headings, answers = [], []
    if numbered:
        headings.append(cell(700, paragraph("TableLabel", run("No."))))
        answers.append(cell(700, paragraph("TableText", fact("blank.number"))))
    for key, width in columns.items():
        field = FORM.field(f"{repeat}.{key}")
        headings.append(cell(width, paragraph("TableLabel", worded(field.label + " (optional)" * field.optional))))
        answers.append(cell(width, answer(f"{repeat}.{key}")))
    widths = ((700,) if numbered else ()) + tuple(columns.values())
    heading = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(headings)}</w:tr>"
    row = f'<w:tr><w:trPr><w:trHeight w:val="560" w:hRule="atLeast"/></w:trPr>{"".join(answers)}</w:tr>'
    return table(FORM.field(repeat).label, widths, heading + repeating(repeat, row), headed=True)


GUIDANCE = """
Subtitle: {round.name}: proforma for partnerships
Heading1: What we ask
Normal: The county’s delivery plan is being written anew for {round.period}. It will say what each partnership puts first, who leads,
  what will be in place by when, and how everybody will be able to tell that it worked. Those words are yours: what you write here goes
  into the plan and to the committee under your partnership’s name.
Normal: Please send the form to {round.contact} by *{round.due}*. A draft sent early is welcome; a later one takes its place.
Heading1: How to fill it in
ListNumber: *Your partnership.* We have filled in what we know. Please correct whatever is out of date.
ListNumber: *Key priorities.* List them in order, with the officer who leads on each. Four is as many as most plans can carry.
ListNumber: *One page for each priority.* Choose the area of focus and at least one long-term objective, then say in a few lines which
  policies stand behind it, how it moves the objective forward, and which business plan pays for it.
ListNumber: *Deliverables.* One to a row, each with a date – a month or a quarter will do – and with the measure that belongs to it.
ListNumber: *Earlier pledges.* The last page lists what you promised before. Tell us whether each has been met and, if not, what it is
  worth now.
Normal: Grey words show what goes where and vanish as you type. Leave what you do not need as it is. The wording around the answers is
  locked; if you need another row or one more priority, unlock it in Word with Review, Restrict Editing, Stop Protection (there is no
  password), or write it on a sheet of its own and send that along.
Heading1: Where to send it
Normal: By e-mail to {round.contact}, {round.contact_role}, at *{round.contact_email}*, as a Word document if you can; a scan of a
  printed form is fine too. For any question, or to have somebody come to your next meeting, call {round.contact_phone}.
Normal: The reference at the foot of every page and the square code at the top tell us whose form it is. Please leave both where they are.
"""
"""The first page: a style and its words a paragraph, in our own wording."""


def guidance() -> str:
    """Return the first page: what is asked, how to answer, where and when to send it."""
    lines = GUIDANCE.strip().replace("\n  ", " ").splitlines()
    title = paragraph("Title", fact("round.title"), run(" "), fact("round.period"))
    return title + "".join(sentence(*line.split(": ", 1)) for line in lines)


def priority() -> str:
    """Return the page of one priority."""
    context = (f"priorities.context.{key}" for key in ("policies", "objectives_link", "business_plans"))
    page = "".join(
        (
            paragraph("Heading2", run("Priority "), fact("blank.number"), settings="<w:pageBreakBefore/>"),
            answers_table("The priority", "priorities.title", "priorities.focus", "priorities.objectives"),
            paragraph("Heading3", worded(FORM.field("priorities.context").label)),
            answers_table("Context", *context, height=1500),
            paragraph("Heading3", worded(FORM.field("priorities.deliverables").label)),
            columns_table("priorities.deliverables", {"what": 3938, "due": 2200, "measure": 3500}),
            paragraph("Normal"),
        )
    )
    return control("priorities", "<w:richText/>", page)


def body() -> str:
    """Return the document from top to bottom."""
    officer = (f"contact_officer.{key}" for key in ("name", "email", "phone"))
    labels = {path: FORM.field(path).label for path in ("priorities", "pledges")}
    return "".join(
        (
            guidance(),
            paragraph("Heading1", run("Your partnership"), settings="<w:pageBreakBefore/>"),
            answers_table("Your partnership", "partnership", "chair", "cabinet_member", *officer),
            paragraph("Heading1", worded(labels["priorities"])),
            columns_table("priorities", {"title": 4038, "lead_officer": 2400, "group": 2500}, numbered=True),
            paragraph("Gap"),
            answers_table("Introduction", "introduction", height=1000, optional=True),
            priority(),
            paragraph("Heading1", worded(labels["pledges"]), settings="<w:pageBreakBefore/>"),
            columns_table("pledges", {"pledge": 4038, "status": 2100, "relevance": 3500}),
            paragraph("Gap"),
            answers_table("Pledges in your own words", "pledges_text", height=1600, optional=True),
            paragraph("Normal"),
        )
    )


def code_picture() -> str:
    """Return the QR code, 18 mm square, as an inline picture in a locked control."""
    side = 18 * 36000
    words = "Square code that holds the reference printed at the foot of this page"
    drawing = (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
        f'<wp:docPr id="1" name="Reference code" descr="{words}"/><a:graphic xmlns:a="{A}"><a:graphicData uri="{PICTURE}">'
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr id="1" name="reference.png" descr="{words}"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return control("blank.code", "<w:picture/>", drawing, "blank.code")


def field_of(instruction: str) -> str:
    """Return a number that Word works out."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run("1")}</w:fldSimple>'


TAB = "<w:r><w:tab/></w:r>"
HEADER = paragraph("Header", fact("round.title"), run(" "), fact("round.period"), TAB, code_picture())
PAGES = run("Page ") + field_of("PAGE") + run(" of ") + field_of("NUMPAGES")
FOOTER = paragraph("Footer", run("Reference "), fact("blank.reference", "Strong"), TAB, PAGES)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1900" w:right="1134" w:bottom="1250" w:left="1134" w:header="480" w:footer="560" w:gutter="0"/></w:sectPr>'
)


def relationships(**targets: str) -> str:
    """Return a part of relationships: kind and target, numbered in order."""
    kinds = {"core": f"{PACKAGE}/relationships/metadata/core-properties"}
    lines = (
        f'<Relationship Id="rId{number}" Type="{kinds.get(kind, f"{OFFICE}/relationships/{kind}")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def content_types() -> str:
    """Return the list of what each part is."""
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "numbering": "numbering", "fontTable": "fontTable"}
    kinds |= {"header1": "header", "footer1": "footer"}
    lines = [f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{kind}+xml"/>' for name, kind in kinds.items()]
    lines.append('<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>')
    lines.append('<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>')
    usual = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", "png": "image/png"}
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in usual.items())
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{defaults}{"".join(lines)}</Types>'


def draw(target: Path) -> None:
    """Write the master."""
    title = f"<dc:title>{escape(FORM.title)}</dc:title><dc:language>en-GB</dc:language>"
    core = f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</cp:coreProperties>'
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(officeDocument="word/document.xml", core="docProps/core.xml"),
        "docProps/core.xml": XML + core,
        "word/document.xml": f"{XML}<w:document {NAMESPACES}><w:body>{body()}{SECTION}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            styles="styles.xml",
            settings="settings.xml",
            numbering="numbering.xml",
            header="header1.xml",
            footer="footer1.xml",
            fontTable="fontTable.xml",
            theme="theme/theme1.xml",
        ),
        "word/styles.xml": f"{XML}<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/settings.xml": f"{XML}<w:settings {NAMESPACES}>{SETTINGS}</w:settings>",
        "word/numbering.xml": f"{XML}<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/fontTable.xml": f"{XML}<w:fonts {NAMESPACES}>{FONTS}</w:fonts>",
        "word/theme/theme1.xml": XML + THEME,
        "word/header1.xml": f"{XML}<w:hdr {NAMESPACES}>{HEADER}</w:hdr>",
        "word/_rels/header1.xml.rels": relationships(image="media/reference.png"),
        "word/footer1.xml": f"{XML}<w:ftr {NAMESPACES}>{FOOTER}</w:ftr>",
    }
    with target.open("wb") as stream, Writer(stream) as package:
        for name, text in parts.items():
            package.add(name, text.encode())
        package.add("word/media/reference.png", picture("SAMPLE"), stored=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else KIT / "proforma.docx")
