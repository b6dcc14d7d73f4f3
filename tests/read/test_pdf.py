"""PDFs with a text layer are read: words, tables, fields, what is laid over the page and what stands beside it."""

import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import read
from pipeline.blanks.code import picture
from pipeline.errors import UnreadableError
from pipeline.model.documents import Document, Paragraph, Table
from pipeline.read.pdf import PdfReader
from tests.read.pdf import Page, filled, line, page, pdf, string, table, text


def document(data: bytes) -> Document:
    return read.document(read.Source(data))


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in document(data).paragraphs()]


def asides(data: bytes) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in document(data).asides]


def codes(data: bytes) -> list[str]:
    return [note.code for note in document(data).notes]


def test_the_bytes_say_that_it_is_a_pdf() -> None:
    data = pdf(page(text(72, 700, "Chair")))
    assert PdfReader().claims(read.Source(data))
    assert PdfReader().claims(read.Source(b"\0" * 900 + data))
    assert not PdfReader().claims(read.Source(b"PK\x03\x04"))
    assert texts(b"Received: by post\n" + data) == ["Chair"]


def test_words_have_their_place() -> None:
    (paragraph,) = document(pdf(page(text(72, 700, "Chair: Jo")))).paragraphs()
    assert (paragraph.text, paragraph.place.page, paragraph.place.paragraph) == ("Chair: Jo", 1, 1)
    assert paragraph.place.box is not None
    assert round(paragraph.place.box.left) == 72
    assert paragraph.place.box.top < 842 - 700 < paragraph.place.box.bottom


def test_strokes_and_thin_rectangles_make_tables() -> None:
    strokes = table([70, 200, 400], [700, 680, 660], ("Chair", "Jo Penrose"), ("E-mail", "jo@example.org"))
    thin = [filled(70, y, 330, 0.7) for y in (700, 680)] + [filled(x, 680, 0.7, 20) for x in (70, 200, 400)]
    for drawn in (strokes, "\n".join([*thin, text(75, 688, "Chair"), text(205, 688, "Jo Penrose")])):
        (found,) = document(pdf(page(drawn))).blocks
        assert isinstance(found, Table)
        assert [paragraph.text for paragraph in document(pdf(page(drawn))).paragraphs()][:2] == ["Chair", "Jo Penrose"]
        assert [(cell.column, cell.columns) for cell in found.rows[0].cells] == [(1, 1), (2, 1)]


def test_a_rectangle_that_is_outlined_is_a_cell() -> None:
    (found,) = document(pdf(page("70 680 300 20 re S", text(75, 686, "Chair")))).blocks
    assert isinstance(found, Table)


def test_words_on_both_sides_of_a_line_are_in_two_cells_though_they_were_drawn_at_once() -> None:
    wide = "BT /F1 11 Tf 1 0 0 1 75 688 Tm [<4368616972> -9000 <4a6f>] TJ ET"
    drawn = table([70, 150, 400], [700, 680]) + wide
    assert texts(pdf(page(drawn))) == ["Chair", "Jo"]


def test_bold_words_are_marked_and_large_ones_are_headings() -> None:
    heading, paragraph, _ = document(
        pdf(page(text(72, 760, "Priorities", 18), text(72, 700, "Chair", font="F2"), text(105, 700, "Jo"), text(72, 600, "Words " * 12)))
    ).paragraphs()
    assert (heading.heading, heading.text) == (1, "Priorities")
    assert [(mark.kind, paragraph.text[mark.start : mark.end]) for mark in paragraph.marks] == [("bold", "Chair")]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_read_as_it_is_shown(quarters: int) -> None:
    drawn = {1: "0 1 -1 0 300 100", 2: "-1 0 0 -1 400 500", 3: "0 -1 1 0 200 700"}[quarters]
    written = f"BT /F1 11 Tf {drawn} Tm {string('Chair: Jo Penrose')} Tj 0 -14 Td {string('of the board')} Tj ET"
    for turned in (f"/Rotate {90 * quarters}", ""):
        found = document(pdf(page(written, entries=turned)))
        assert [paragraph.text for paragraph in found.paragraphs()] == ["Chair: Jo Penrose of the board"]
        box = next(iter(found.paragraphs())).place.box
        assert box is not None and box.right - box.left > 2 * (box.bottom - box.top)


def test_places_count_from_the_corner_of_what_is_shown() -> None:
    (paragraph,) = document(pdf(page(text(172, 600, "Chair"), entries="/CropBox [100 100 500 700]"))).paragraphs()
    assert paragraph.place.box is not None and round(paragraph.place.box.left) == 72


def test_words_off_the_page_and_words_that_cannot_be_seen_are_hidden() -> None:
    drawn = (
        text(72, 700, "Seen"),
        text(72, 600, "White", colour="1 g"),
        text(72, 500, "Tiny", size=1),
        text(72, 400, "Invisible", mode=3),
        text(700, 300, "Outside"),
    )
    data = pdf(page(*drawn))
    assert texts(data) == ["Seen"]
    assert {said for kind, said in asides(data) if kind == "hidden"} >= {"White", "Tiny", "Invisible"}


def test_white_words_on_a_dark_ground_are_seen() -> None:
    assert texts(pdf(page(filled(60, 690, 200, 25, "0 0 0.5 rg"), text(72, 700, "Heading", colour="1 g")))) == ["Heading"]


def test_words_that_are_drawn_twice_to_look_bold_are_read_once() -> None:
    (paragraph,) = document(pdf(page(text(72, 700, "Chair"), text(72.4, 700, "Chair")))).paragraphs()
    assert paragraph.text == "Chair"


def test_words_that_are_struck_out_are_beside_the_text() -> None:
    struck = pdf(page(text(72, 700, "by May"), text(112, 700, "June"), line(72, 703.5, 107, 703.5)))
    assert texts(struck) == ["June"]
    assert asides(struck) == [("struck", "by May")]
    under = pdf(page(text(72, 700, "by May"), line(72, 698, 107, 698)))
    assert texts(under) == ["by May"]


def test_ligatures_are_spelt_out() -> None:
    ranges = "1 begincodespacerange <00> <ff> endcodespacerange"
    unicode = f"/CIDInit /ProcSet findresource begin begincmap {ranges} 1 beginbfchar <41> <fb01> endbfchar endcmap end"
    cmap = f"<< /Length {len(unicode)} >>\nstream\n{unicode}\nendstream"
    own = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>"
    data = pdf(page("BT /F9 11 Tf 72 700 Td <41> Tj ET"), objects=(cmap, own)).replace(b"/Font << ", b"/Font << /F9 11 0 R ")
    assert texts(data) == ["fi"]


# -- what is laid over the page -------------------------------------------------------------------------------------------


def field(name: str, kind: str, value: str, box: str = "/Rect [150 690 400 706]") -> str:
    return f"/Subtype /Widget /FT /{kind} /T ({name}) {value} {box} /F 4"


def form(*over: str) -> bytes:
    """Return a PDF form of one page. Annotations are objects of their own there; the object after them is an empty drawing."""
    numbers = [f"{at} 0 R" for at in range(10, 10 + len(over))]
    objects = [f"<< /Type /Annot {entries} >>" for entries in over]
    objects.append("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream")
    made = page(text(72, 694, "Chair:"), entries=f"/Annots [{' '.join(numbers)}]")
    return pdf(made, catalogue=f"/AcroForm << /Fields [{' '.join(numbers)}] >>", objects=objects)


def test_the_value_of_a_form_field_is_read_where_it_stands() -> None:
    (paragraph,) = document(form(field("chair", "Tx", "/V (Jo Penrose) /TU (Who chairs)"))).paragraphs()
    assert paragraph.text.split() == ["Chair:", "Jo", "Penrose"]
    (control,) = paragraph.controls
    assert paragraph.text[control.start : control.end] == "Jo Penrose"
    assert (control.tag, control.alias, control.kind, control.number) == ("chair", "Who chairs", "text", 1)


def test_an_empty_field_is_a_control_over_nothing() -> None:
    (paragraph,) = document(form(field("chair", "Tx", ""))).paragraphs()
    (control,) = paragraph.controls
    assert control.start == control.end == len(paragraph.text)


def test_the_lines_of_a_value_are_paragraphs_of_one_control() -> None:
    data = form(field("context", "Tx", "/V (One.\\nTwo.) /Ff 4096", "/Rect [72 500 400 600]"))
    found = [paragraph for paragraph in document(data).paragraphs() if paragraph.controls]
    assert [paragraph.text for paragraph in found] == ["One.", "Two."]
    assert {paragraph.controls[0].number for paragraph in found} == {1}


def test_a_ticked_box_says_so() -> None:
    ticked = field("met", "Btn", "/V /Yes /AS /Yes /AP << /N << /Yes 12 0 R /Off 12 0 R >> >>", "/Rect [72 600 84 612]")
    blank = field("unmet", "Btn", "/V /Off /AS /Off /AP << /N << /Yes 12 0 R /Off 12 0 R >> >>", "/Rect [72 560 84 572]")
    found = [paragraph for paragraph in document(form(ticked, blank)).paragraphs() if paragraph.controls]
    assert [(paragraph.text, paragraph.controls[0].kind, paragraph.controls[0].checked) for paragraph in found] == [
        ("☒", "checkbox", True),
        ("☐", "checkbox", False),
    ]


def test_a_choice_is_read_and_a_hidden_field_is_beside_the_text() -> None:
    hidden = "/Subtype /Widget /FT /Tx /T (x) /V (secret) /F 2"
    data = form(field("focus", "Ch", "/V (Housing) /Opt [(Housing) (Roads)] /Ff 131072"), hidden)
    (paragraph,) = document(data).paragraphs()
    assert paragraph.controls[0].kind == "choice"
    assert ("hidden", "secret") in asides(data)


def test_text_that_was_typed_over_the_page_is_read_and_notes_on_it_are_comments() -> None:
    free = "/Subtype /FreeText /Rect [150 690 400 706] /Contents (Jo Penrose)"
    note = "/Subtype /Text /Rect [300 300 320 320] /Contents (Is that right?)"
    data = pdf(page(text(72, 694, "Chair:"), over=(free, note)))
    assert [" ".join(said.split()) for said in texts(data)] == ["Chair: Jo Penrose"]
    assert asides(data) == [("comment", "Is that right?")]


def test_words_that_a_reviewer_struck_out_are_beside_the_text() -> None:
    strike = "/Subtype /StrikeOut /Rect [72 695 108 712] /QuadPoints [72 711 108 711 72 697 108 697]"
    data = pdf(page(text(72, 700, "by May"), text(112, 700, "June"), over=(strike,)))
    assert texts(data) == ["June"]


def test_a_link_is_marked_and_never_followed() -> None:
    link = "/Subtype /Link /Rect [70 695 200 712] /A << /S /URI /URI (https://example.org/plan) >>"
    (paragraph,) = document(pdf(page(text(72, 700, "our plan"), over=(link,)))).paragraphs()
    assert [(mark.kind, mark.target) for mark in paragraph.marks] == [("link", "https://example.org/plan")]


# -- what a person should know ----------------------------------------------------------------------------------------------


def test_scripts_programs_and_files_inside_are_noted_and_left_alone() -> None:
    names = "/Names << /JavaScript << /Names [(a) 10 0 R] >> /EmbeddedFiles << /Names [(plan.xls) 11 0 R] >> >>"
    script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    inside = "<< /Type /Filespec /F (plan.xls) /UF (plan.xls) /EF << /F 12 0 R >> >>"
    launch = "/Subtype /Link /Rect [70 695 200 712] /A << /S /Launch /F (calc.exe) >>"
    data = pdf(
        page(text(72, 700, "Chair"), over=(launch,)), catalogue=names, objects=(script, inside, "<< /Length 1 >>\nstream\nx\nendstream")
    )
    assert texts(data) == ["Chair"]
    assert {"macros", "launch", "embedded-document"} <= set(codes(data))


def test_properties_are_those_that_may_say_whose_it_is() -> None:
    data = pdf(page(text(72, 700, "x")), info="/Title (Our form) /Author (Jo) /proforma.reference (OX2030-11-SPI-X) /Producer (Made)")
    assert document(data).properties == {"Title": "Our form", "proforma.reference": "OX2030-11-SPI-X"}


def test_the_square_code_of_a_page_is_read() -> None:
    png = picture("OX2030-11-SPI-X")
    width = int.from_bytes(png[16:20], "big")
    rows = png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8]
    kind = f"/Type /XObject /Subtype /Image /Width {width} /Height {width} /ColorSpace /DeviceGray /BitsPerComponent 1"
    packed = f"/DecodeParms [null << /Predictor 15 /Columns {width} /BitsPerComponent 1 >>] /Length {2 * len(rows)}"
    body = f"<< {kind} /Filter [/ASCIIHexDecode /FlateDecode] {packed} >>\nstream\n{rows.hex()}\nendstream"
    shown = Page(f"q 60 0 0 60 500 760 cm /X1 Do Q {text(72, 700, 'Chair')}", forms=())
    data = pdf(shown, objects=(body,)).replace(b"/XObject <<  >>", b"/XObject << /X1 10 0 R >>")
    assert document(data).barcodes == ("OX2030-11-SPI-X",)


_SCANNED = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"


def test_where_nothing_reads_pictures_one_alone_is_refused_and_one_page_among_others_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pipeline.read.scan.pages", None)
    with pytest.raises(UnreadableError) as caught:
        document(pdf(page(_SCANNED)))
    assert caught.value.reason == "unsupported" and caught.value.hint
    mixed = pdf(page(text(72, 700, "Chair")), page(_SCANNED))
    assert (texts(mixed), codes(mixed)) == (["Chair"], ["picture-page"])


def test_words_that_another_program_recognised_are_less_sure() -> None:
    data = pdf(page(_SCANNED, text(72, 700, "Chair", mode=3)))
    (paragraph,) = document(data).paragraphs()
    assert (paragraph.text, paragraph.sure) == ("Chair", 0.8)
    assert codes(data) == ["recognised-elsewhere"]


# -- what cannot be read ----------------------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        document(data)
    assert str(caught.value) and caught.value.hint
    return caught.value.reason


def test_a_broken_pdf_is_refused() -> None:
    assert refused(b"%PDF-1.7\nnothing of the kind\n%%EOF") == "corrupt"
    assert refused(pdf(page(text(72, 700, "Chair")))[:60]) == "corrupt"


def test_a_locked_pdf_is_refused() -> None:
    lock = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
    data = pdf(page(text(72, 700, "x")), objects=(lock,), trailer=f"/Encrypt 10 0 R /ID [<{'00' * 16}> <{'00' * 16}>]")
    assert refused(data) == "encrypted"


def test_a_pdf_of_very_many_pages_is_refused() -> None:
    assert refused(pdf(*[page(text(72, 700, "x"))] * 201)) == "too-large"


def test_a_pdf_without_pages_that_can_be_read_is_not_read_as_an_empty_one() -> None:
    data = pdf(page(text(72, 700, "Chair"))).replace(b"/Type /Page ", b"/Type /Peg ")
    assert texts(data) == ["Chair"] or codes(data) == ["broken-page"]


def test_shapes_within_themselves_do_not_go_on_for_ever() -> None:
    loop = Page(f"/X1 Do {text(72, 700, 'Chair')}", forms=("/Resources << /XObject << /X1 102 0 R >> >>|/X1 Do 70 690 m 300 690 l S",))
    assert texts(pdf(loop)) == ["Chair"]


def test_a_page_of_very_many_lines_is_read_without_its_tables() -> None:
    drawn = " ".join(f"{at % 500} {at % 800} m {at % 500 + 20} {at % 800} l S" for at in range(25_000))
    data = pdf(page(drawn, text(72, 820, "Chair")))
    assert "Chair" in " ".join(texts(data))
    assert "too-many-shapes" in codes(data)


def test_a_very_large_page_is_read() -> None:
    assert texts(pdf(page(text(72, 700, "Chair"), box=(0, 0, 200_000, 200_000)))) in (["Chair"], [])


_LETTERS = st.characters(codec="cp1252", categories=("L", "N", "P", "Sc"))
SAID = st.text(_LETTERS, min_size=1, max_size=20)
SPOTS = st.tuples(st.integers(0, 600), st.integers(0, 850), SAID, st.sampled_from(("0 g", "1 g")), st.sampled_from((0, 3)))


@given(st.lists(st.lists(SPOTS, max_size=12, unique_by=lambda spot: spot[2]), min_size=1, max_size=3), st.booleans())
def test_every_word_of_the_text_layer_is_in_a_block_or_an_aside(pages: list[list[tuple[int, int, str, str, int]]], ruled: bool) -> None:
    lines = table([50, 250, 500], [800, 600, 300]) if ruled else ""
    data = pdf(*(page(lines, *(text(x, y, said, colour=ink, mode=mode) for x, y, said, ink, mode in spots)) for spots in pages))
    found = document(data)
    told = Counter(
        "".join("".join(paragraph.bullet + paragraph.text) for paragraph in found.paragraphs()).replace("\t", "").replace(" ", "")
    )
    told += Counter("".join("".join(aside.text.split()) for aside in found.asides))
    assert not Counter(layer(data)) - told


def layer(data: bytes) -> str:
    """Return the characters of the text layer, as PDFium lists them; words drawn twice at one place count once."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(data)
    whole = "".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))
    opened.close()
    return "".join(whole.replace("\x02", "-").replace("\ufffe", "-").split())


def test_an_item_of_a_list_is_told_from_the_words_around_it() -> None:
    data = pdf(page(text(72, 700, "•"), text(90, 700, "Seven hubs"), text(72, 680, "•"), text(90, 680, "Two fairs")))
    found = list(document(data).paragraphs())
    assert [(paragraph.bullet, paragraph.text) for paragraph in found] == [("•", "Seven hubs"), ("•", "Two fairs")]
    assert all(isinstance(block, Paragraph) for block in document(data).blocks)
