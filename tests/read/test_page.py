"""Words and ruled lines of a page become paragraphs and tables, wherever they come from."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.documents import Block, Document, Paragraph, Table
from pipeline.model.places import Box
from pipeline.read.page import Page, Rule, Word, lay

_WIDTH = 5.5
"""Points of a letter."""


def word(left: float, top: float, said: str, size: float = 11.0, sure: float = 1.0, bold: bool = False) -> Word:
    """Return words that begin at a place."""
    return Word(said, Box(left, top, left + _WIDTH * len(said) * size / 11, top + size), sure, size=size, bold=bold)


def ruled(xs: list[float], ys: list[float]) -> tuple[Rule, ...]:
    """Return the lines of a table."""
    level = [Rule(Box(xs[0], y - 0.3, xs[-1], y + 0.3)) for y in ys]
    return (*level, *(Rule(Box(x - 0.3, ys[0], x + 0.3, ys[-1])) for x in xs))


def page(*words: Word, rules: tuple[Rule, ...] = (), number: int = 1) -> Page:
    return Page(number, 595, 842, words, rules)


def shown(blocks: tuple[Block, ...]) -> list[object]:
    """Return paragraphs as text and tables as rows of cells."""
    return [
        block.text if isinstance(block, Paragraph) else [[shown(cell.blocks) for cell in row.cells] for row in block.rows]
        for block in blocks
    ]


def laid(*pages: Page) -> list[object]:
    return shown(lay(pages).blocks)


def test_lines_that_touch_are_a_table() -> None:
    rules = ruled([50, 200, 400], [100, 120, 140])
    words = (word(55, 104, "Chair"), word(205, 104, "Jo Penrose"), word(55, 124, "E-mail"), word(205, 124, "jo@example.org"))
    assert laid(page(*words, rules=rules)) == [[[["Chair"], ["Jo Penrose"]], [["E-mail"], ["jo@example.org"]]]]


def test_a_cell_says_which_columns_and_rows_it_covers() -> None:
    rules = (
        *(Rule(Box(50, y, 400, y + 0.5)) for y in (100, 120, 160)),
        Rule(Box(200, 140, 400, 140.5)),
        *(Rule(Box(x, 100, x + 0.5, 160)) for x in (50, 400)),
        Rule(Box(200, 120, 200.5, 160)),
    )
    words = (word(55, 104, "across"), word(55, 124, "down"), word(205, 124, "one"), word(205, 144, "two"))
    (table,) = lay([page(*words, rules=rules)]).blocks
    assert isinstance(table, Table)
    assert [[(cell.column, cell.columns, cell.rows) for cell in row.cells] for row in table.rows] == [
        [(1, 2, 1)],
        [(1, 1, 2), (2, 1, 1)],
        [(2, 1, 1)],
    ]


def test_an_empty_cell_has_an_empty_paragraph() -> None:
    assert laid(page(word(55, 104, "Chair"), rules=ruled([50, 200, 400], [100, 120]))) == [[[["Chair"], [""]]]]


def test_a_side_without_a_line_is_closed() -> None:
    rules = (*(Rule(Box(50, y, 400, y + 0.5)) for y in (100, 120)), Rule(Box(200, 100, 200.5, 120)))
    assert laid(page(word(55, 104, "Chair"), word(205, 104, "Jo"), rules=rules)) == [[[["Chair"], ["Jo"]]]]


def test_a_table_in_a_cell_is_a_table_of_that_cell() -> None:
    rules = (*ruled([50, 400], [100, 200]), *ruled([60, 200, 300], [120, 140]))
    words = (word(55, 104, "What"), word(65, 124, "by"), word(205, 124, "when"), word(55, 160, "End"))
    assert laid(page(*words, rules=rules)) == [[[["What", [[["by"], ["when"]]], "End"]]]]


def test_a_table_in_a_cell_may_touch_its_lines() -> None:
    rules = (*ruled([50, 150, 400], [100, 140]), *(Rule(Box(156, y, 380, y + 0.5)) for y in (100, 120, 140)))
    rules = (*rules, *(Rule(Box(x, 100, x + 0.5, 140)) for x in (156, 270, 380)))
    words = (word(55, 104, "Plan"), word(160, 104, "by"), word(275, 104, "when"), word(160, 124, "May"), word(275, 124, "June"))
    assert laid(page(*words, rules=rules)) == [[[["Plan"], [[[["by"], ["when"]], [["May"], ["June"]]], ""]]]]


def test_a_frame_around_the_page_is_no_table() -> None:
    assert laid(page(word(60, 104, "Chair"), rules=ruled([20, 575], [20, 822]))) == ["Chair"]


def test_a_box_to_tick_is_no_table() -> None:
    assert laid(page(word(80, 100, "Yes"), rules=ruled([60, 70], [100, 110]))) == ["Yes"]


FULL = "These words go on as far as the line is long enough for them to reach"


def test_a_wrapped_line_is_joined() -> None:
    words = (word(50, 100, FULL), word(50, 113, "and then they end."), word(50, 126, "Another begins."))
    assert laid(page(*words)) == [f"{FULL} and then they end.", "Another begins."]


def test_a_line_that_somebody_ended_ends_a_paragraph() -> None:
    assert laid(page(word(50, 100, "Jo Penrose"), word(50, 113, "Chair of the board"), word(50, 126, FULL))) == [
        "Jo Penrose",
        "Chair of the board",
        FULL,
    ]


def test_a_gap_ends_a_paragraph() -> None:
    words = (word(50, 100, FULL), word(50, 113, FULL), word(50, 140, FULL))
    assert laid(page(*words)) == [f"{FULL} {FULL}", FULL]


def test_a_hyphen_at_the_end_of_a_line_stays_and_a_soft_one_goes() -> None:
    long = FULL + " medium-"
    assert laid(page(word(50, 100, long), word(50, 113, "term"))) == [f"{long}term"]
    assert laid(page(word(50, 100, FULL + " part\u00ad"), word(50, 113, "nership"))) == [f"{FULL} partnership"]


def test_list_items_begin_paragraphs() -> None:
    words = (
        word(50, 100, "1. " + FULL),
        word(50, 113, "which goes on here"),
        word(50, 126, "2. Another"),
        word(50, 139, "• A bullet"),
    )
    assert laid(page(*words)) == [f"1. {FULL} which goes on here", "2. Another", "• A bullet"]


def test_a_marker_that_stands_apart_is_the_programs_own() -> None:
    (paragraph,) = lay([page(word(50, 100, "•"), word(70, 100, "Seven hubs open"))]).blocks
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.bullet, paragraph.text) == ("•", "Seven hubs open")


def test_words_far_apart_on_a_line_have_a_tabulator_between_them() -> None:
    assert laid(page(word(50, 100, "Chair:"), word(200, 100, "Jo"))) == ["Chair:\tJo"]


def test_a_crooked_line_is_one_line() -> None:
    words = [word(50 + 40 * at, 100 + 2 * at, f"word{at}", sure=0.9 - at / 100) for at in range(8)]
    below = [word(50 + 40 * at, 116 + 2 * at, f"more{at}") for at in range(8)]
    (paragraph,) = lay([page(*words, *below)]).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == " ".join([f"word{at}" for at in range(8)] + [f"more{at}" for at in range(8)])
    assert round(paragraph.sure, 2) == 0.83


def test_larger_letters_are_a_heading_and_bold_ones_are_marked() -> None:
    title = word(50, 60, "Our priorities", 18)
    words = (title, word(50, 100, "Chair", bold=True), word(85, 100, "Jo"), word(50, 140, FULL))
    heading, chair, _ = lay([page(*words)]).blocks
    assert isinstance(heading, Paragraph) and isinstance(chair, Paragraph)
    assert heading.heading == 1
    assert [(mark.kind, chair.text[mark.start : mark.end]) for mark in chair.marks] == [("bold", "Chair")]


def test_what_every_page_repeats_is_beside_the_text() -> None:
    pages = [
        page(word(50, 40, "Our form"), word(50, 300, said), word(50, 800, f"Page {number} of 3"), number=number)
        for number, said in enumerate(("one", "two", "three"), 1)
    ]
    document = lay(pages)
    assert shown(document.blocks) == ["one", "two", "three"]
    assert [(aside.kind, aside.text, aside.place.page) for aside in document.asides] == [
        (kind, text, number) for number in (1, 2, 3) for kind, text in (("header", "Our form"), ("footer", f"Page {number} of 3"))
    ]


def test_labels_that_some_pages_share_are_no_header() -> None:
    pages = [page(word(50, 80, f"Priority {number}"), word(50, 300, "x"), number=number) for number in (1, 2)]
    pages += [page(word(50, 200, "Pledges"), number=number) for number in (3, 4, 5)]
    assert "Priority 1" in laid(*pages)


def test_a_table_goes_on_over_the_page_and_its_repeated_row_is_set_aside() -> None:
    head = (word(55, 704, "What"), word(205, 704, "When"))
    first = page(*head, word(55, 724, "Hubs"), word(205, 724, "May"), rules=ruled([50, 200, 400], [700, 720, 740]))
    again = (word(55, 54, "What"), word(205, 54, "When"))
    second = page(*again, word(55, 74, "Jobs"), word(205, 74, "June"), rules=ruled([50, 200, 400], [50, 70, 90]), number=2)
    document = lay([first, second])
    assert shown(document.blocks) == [[[["What"], ["When"]], [["Hubs"], ["May"]], [["Jobs"], ["June"]]]]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("header", "What\nWhen")]
    (table,) = document.blocks
    assert isinstance(table, Table) and [row.heading for row in table.rows] == [True, False, False]


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    first = page(word(55, 724, "Agree a memorandum on the"), word(305, 724, "May"), rules=ruled([50, 300, 400], [720, 740]))
    second = page(word(55, 54, "duty to co-operate"), rules=ruled([50, 300, 400], [50, 70]), number=2)
    assert laid(first, second) == [[[["Agree a memorandum on the duty to co-operate"], ["May"]]]]


def test_footnotes_are_beside_the_text_and_so_are_the_numbers_that_point_to_them() -> None:
    words = (
        word(50, 600, "Seven hubs"),
        word(106, 598, "1", 6),
        word(50, 700, "1", 6),
        word(57, 700, "As agreed in 2010."),
        word(50, 300, FULL),
    )
    document = lay([page(*words, rules=(Rule(Box(50, 690, 150, 690.5)),))])
    assert shown(document.blocks) == [FULL, "Seven hubs"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("footnote", "1 As agreed in 2010.")]


def test_places_say_table_row_column_paragraph_page_and_box() -> None:
    rules = (*ruled([50, 400], [100, 200]), *ruled([60, 200, 300], [120, 140]))
    words = (word(50, 80, "Before"), word(65, 124, "by"), word(205, 124, "when"), word(55, 160, "End"))
    found = list(Document("pdf", lay([page(*words, rules=rules)]).blocks).paragraphs())
    assert [paragraph.place[1:6] for paragraph in found] == [
        (None, None, None, 1, 1),
        (2, 1, 1, 1, 1),
        (2, 1, 2, 1, 1),
        (1, 1, 1, 1, 1),
    ]
    assert found[0].place.box == Box(50, 80, 83, 91)


_Words = list[tuple[int, int, str]]
_TEXT = st.text("abcdefgh. :•-1", min_size=1, max_size=12).map(lambda said: " ".join(said.split())).filter(bool)
_WORDS = st.lists(st.tuples(st.integers(0, 560), st.integers(0, 830), _TEXT), max_size=40)
_EDGES = st.lists(st.integers(0, 590), min_size=2, max_size=5, unique=True).map(sorted)


@given(st.lists(st.tuples(_WORDS, _EDGES, _EDGES), min_size=1, max_size=3))
def test_every_word_is_in_a_paragraph_or_beside_the_text_once(
    drawn: list[tuple[list[tuple[int, int, str]], list[float], list[float]]],
) -> None:
    pages = [
        page(*(word(left, top, said) for left, top, said in words), rules=ruled(xs, ys), number=number)
        for number, (words, xs, ys) in enumerate(drawn, 1)
    ]
    document = lay(pages)
    told = Counter[str]()
    for paragraph in Document("pdf", document.blocks).paragraphs():
        told.update((paragraph.bullet + paragraph.text).replace(" ", "").replace("\t", ""))
    for aside in document.asides:
        told.update("".join(aside.text.split()))
    written = Counter("".join("".join(found.text.split()) for each in pages for found in each.words))
    assert told == written
