"""The blanks of a round are printed once, kept, and never needed; what they say of a scan that is laid over them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, ImageDraw

from benchmarks.read import filled
from pipeline import read
from pipeline.blanks.compiling import compile_master
from pipeline.desk.printing import may_hold_pages, print_blanks, printed_blank
from pipeline.desk.said import Said
from pipeline.flow import Desk, explained, read_documents
from pipeline.model.documents import Document
from pipeline.model.pages import PrintedBlank, Projection, SeenPage, SeenWord
from pipeline.model.places import Box
from pipeline.model.records import Answer, State
from pipeline.rounds.loading import load_round
from pipeline.tools import libreoffice
from tests.needs import needs
from tests.read.pdf import page, pdf, printed, text
from tests.read.scans import as_jpeg, as_pdf, as_png, as_tiff, drawn, penned, photographed, scanned

ROOT = Path(__file__).parent.parent.parent
DPI = 200
soffice, program = needs("soffice", "libreoffice-writer"), needs("tesseract", "tesseract-ocr")


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk whose blanks are printed."""
    with TemporaryDirectory() as folder:
        made = Desk(replace(load_round(ROOT), folder=Path(folder)))
        print_blanks(made)
        yield made


def fresh(folder: Path) -> Desk:
    """Return a desk whose blanks are not printed."""
    return Desk(replace(load_round(ROOT), folder=folder))


def of(desk: Desk, at: int = 0) -> PrintedBlank:
    """Return the blank of a partnership as it is printed."""
    code = desk.round.reference_of(desk.round.partnerships[at])
    found = printed_blank(Document("scan", (), barcodes=(code,)), desk)
    assert found is not None
    return found


# -- printing and keeping --------------------------------------------------------------------------------------------------


@soffice
def test_every_box_of_every_blank_is_found_on_its_pages(desk: Desk) -> None:
    master = compile_master(desk.round)
    for at, partnership in enumerate(desk.round.partnerships):
        document = read.document(read.Source(master.stamp(partnership)))
        tags = {control.tag for paragraph in document.paragraphs() for control in paragraph.controls}
        assert {area.tag for one in of(desk, at).pages for area in one.areas} == tags


@soffice
def test_a_box_holds_its_prompt_and_no_word_of_the_form(desk: Desk) -> None:
    for one in of(desk).pages:
        for area in one.areas:
            inside = [phrase for phrase in one.phrases if _holds(area.box, phrase.box)]
            assert inside and not any(phrase.fixed for phrase in inside), area


def _holds(around: Box, box: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return around.left <= x <= around.right and around.top <= y <= around.bottom


@soffice
def test_blanks_are_printed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "convert_all", lambda *given: pytest.fail("printed again"))
    print_blanks(desk)


@soffice
def test_a_blank_that_changes_is_printed_again_and_the_old_one_goes(desk: Desk) -> None:
    first, *others = desk.round.partnerships
    renamed = replace(first, columns={**first.columns, "chair": "Cllr Somebody Else"})
    folder = desk.round.outbox / "printed"
    before = {path.name for path in folder.iterdir()}
    print_blanks(Desk(replace(desk.round, partnerships=(renamed, *others))))
    after = {path.name for path in folder.iterdir()}
    assert len(after) == len(before) == len(desk.round.partnerships)
    assert len(before & after) == len(others)
    print_blanks(desk)
    assert {path.name for path in folder.iterdir()} == before


@soffice
def test_who_reads_finds_them_from_another_folder(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(desk.round.outbox / "printed", tmp_path / "outbox" / "printed")
    monkeypatch.chdir(tmp_path)
    here = fresh(Path())
    monkeypatch.chdir("/")
    assert printed_blank(Document("scan", ()), here) is not None


@soffice
def test_what_was_kept_and_is_damaged_is_not_used(desk: Desk, tmp_path: Path) -> None:
    kept = tmp_path / "outbox" / "printed"
    shutil.copytree(desk.round.outbox / "printed", kept)
    assert printed_blank(Document("scan", ()), fresh(tmp_path)) is not None
    for path in kept.iterdir():
        path.write_text("[[1, ")
    assert printed_blank(Document("scan", ()), fresh(tmp_path)) is None


def test_without_libreoffice_nothing_is_printed_and_nobody_minds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "found", lambda: "")
    desk = fresh(tmp_path)
    print_blanks(desk)
    assert printed_blank(Document("scan", ()), desk) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outbox").write_text("a file where a folder should be")
    monkeypatch.setattr(libreoffice, "convert_all", lambda documents, *given: [b""] * len(documents))
    print_blanks(fresh(tmp_path))


def test_blanks_that_libreoffice_cannot_print_are_not_tried_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "convert_all", lambda documents, *given: [b""] * len(documents))
    print_blanks(fresh(tmp_path))
    monkeypatch.setattr(libreoffice, "convert_all", lambda *given: pytest.fail("printed again"))
    print_blanks(fresh(tmp_path))
    assert printed_blank(Document("scan", ()), fresh(tmp_path)) is None


@soffice
def test_whose_blank_a_scan_is_laid_over_is_told_by_its_code_or_its_reference(desk: Desk) -> None:
    code = desk.round.reference_of(desk.round.partnerships[1])
    seen = SeenPage(1, (SeenWord(f"Reference {code}", Box(0, 0, 90, 10)),), Projection((1, 0, 0, 0, 1, 0, 0, 0, 1)))
    assert printed_blank(Document("scan", (), seen=(seen,)), desk) == of(desk, 1) != of(desk, 0)
    assert printed_blank(Document("scan", ()), desk) == of(desk, 0)


def test_only_what_may_hold_scanned_pages_has_blanks_printed() -> None:
    paper = Image.new("L", (1654, 2339), 255)
    assert all(map(may_hold_pages, (as_png(paper, DPI), as_jpeg(paper), as_tiff([paper], DPI), as_pdf([paper], DPI))))
    assert not may_hold_pages(pdf(page(text(72, 700, "Chair: Jo"))))
    assert not may_hold_pages(as_pdf([Image.new("L", (200, 200), 255)], DPI))
    assert not may_hold_pages(b"PK\x03\x04 /Width 4000")


# -- a blank that was printed, written in by hand, and scanned -----------------------------------------------------------


@cache
def sheets() -> tuple[Image.Image, ...]:
    """Return the pages of the first blank, as clean pictures."""
    return tuple(drawn(_as_pdf(Desk(load_round(ROOT)).blank), DPI))


def _as_pdf(document: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        return printed(document, Path(folder))


def written(desk: Desk, number: int, *tags: str) -> Image.Image:
    """Return a page of the blank with handwriting in some of its boxes, clear of their prompts."""
    sheet = sheets()[number - 1]
    boxes = {area.tag: area.box for area in of(desk).pages[number - 1].areas}
    for seed, tag in enumerate(tags):
        sheet = penned(wiped(sheet, boxes[tag]), _pixels(boxes[tag].left) + 30, _pixels(boxes[tag].top) + 4, 1, seed)
    return sheet


def wiped(sheet: Image.Image, box: Box) -> Image.Image:
    """Return a page without what stands in a box."""
    empty = sheet.copy()
    left, top, right, bottom = map(_pixels, box)
    ImageDraw.Draw(empty).rectangle([left + 6, top + 6, right - 6, bottom - 6], fill=255)
    return empty


def _pixels(points: float) -> int:
    return round(points / 72 * DPI)


def said(desk: Desk, data: bytes) -> Said:
    """Return what a scan says that is read behind the wall."""
    ((one,),) = read_documents([("scan", data)], desk)
    return one


def answers(one: Said) -> dict[str, Answer]:
    return {answer.field: answer for answer in one.record.answers}


BY_HAND = ("priorities[1].title", "priorities[1].lead_officer", "priorities[2].lead_officer")


@pytest.fixture(scope="module")
def by_hand(desk: Desk) -> tuple[bytes, Said]:
    """A scan of the page with the list of priorities, written in by hand, and what it says."""
    data = as_tiff([scanned(written(desk, 2, *BY_HAND), 3, lean=1.1)], DPI)
    return data, said(desk, data)


@soffice
@program
def test_what_is_written_by_hand_in_a_box_is_noted_with_its_field(by_hand: tuple[bytes, Said]) -> None:
    _, one = by_hand
    noted = {note.field for note in one.record.notes if note.code in ("unread-ink", "handwriting")}
    unsure = {answer.field for answer in one.record.answers if answer.quote and answer.confidence < 0.55}
    assert set(BY_HAND) <= noted | unsure
    assert noted <= set(BY_HAND)


@soffice
@program
def test_a_box_that_was_written_in_is_a_finding_of_its_own_and_nobody_is_chased_for_it(by_hand: tuple[bytes, Said]) -> None:
    _, one = by_hand
    errors = {finding.field for finding in one.findings if finding.code in ("by-hand", "unsure") and finding.severity == "error"}
    assert set(BY_HAND) <= errors
    assert not [finding for finding in one.findings if finding.field in BY_HAND and finding.code in ("no-lead-officer", "no-title")]


@soffice
@program
def test_a_field_that_was_left_blank_on_a_page_that_was_scanned_has_its_box(desk: Desk, by_hand: tuple[bytes, Said]) -> None:
    """Its corners are those of the printed box, as the sheet leans in the picture."""
    _, one = by_hand
    blank = answers(one)["introduction"]
    (box,) = [area.box for area in of(desk).pages[1].areas if area.tag == "introduction"]
    assert blank.state is State.BLANK
    assert blank.place.page == 1 and blank.place.box is not None
    width, height = blank.place.box.right - blank.place.box.left, blank.place.box.bottom - blank.place.box.top
    assert width == pytest.approx(box.right - box.left, abs=4)
    assert height == pytest.approx(box.bottom - box.top, abs=9)


@soffice
@program
def test_the_page_of_a_scan_shows_the_box_of_what_was_not_read(desk: Desk, by_hand: tuple[bytes, Said]) -> None:
    _, one = by_hand
    (shown,) = explained([one], desk)
    unread = [answer.field for answer in one.record.answers if answer.state is State.BLANK and answer.field in BY_HAND]
    assert shown.count("(something is written here that was not read)") == len(unread)
    assert shown.count('alt="The original of Lead officer') + shown.count('alt="The original of Priority') >= len(unread)


# -- typed, printed, scanned ------------------------------------------------------------------------------------------------


@cache
def typed() -> tuple[Image.Image, ...]:
    """Return the pages of a return that was typed and printed."""
    return tuple(drawn(_as_pdf(filled(Desk(load_round(ROOT)), 1)), DPI))


Degrading = Callable[[Image.Image], bytes]
PRIORITY = 3
POLICIES = "What priorities context policies says, at some length"


def without_label(desk: Desk) -> Image.Image:
    """Return a typed page of a priority on which nobody can read one label."""
    (box,) = [phrase.box for phrase in of(desk).pages[PRIORITY - 1].phrases if phrase.text == "Policies and strategies"]
    sheet = typed()[PRIORITY - 1].copy()
    draw = ImageDraw.Draw(sheet)
    left, top, right, bottom = map(_pixels, box)
    for x in range(left - 4, right + 4, 7):
        draw.line([(x, top - 2), (x + 9, bottom + 2)], fill=40, width=3)
    return sheet


@soffice
@program
@pytest.mark.parametrize(
    "degraded",
    [
        lambda sheet: as_tiff([scanned(sheet, 5, lean=-1.4)], DPI),
        lambda sheet: as_jpeg(photographed(sheet.resize((2481, 3509)), 2), orientation=6),
    ],
    ids=["a leaning scan", "a photograph in perspective"],
)
def test_an_answer_whose_label_cannot_be_read_is_found_by_its_box(desk: Desk, degraded: Degrading) -> None:
    one = said(desk, degraded(without_label(desk)))
    found = [answer for answer in one.record.answers if answer.field.endswith("context.policies")]
    assert [answer.quote.startswith(POLICIES) for answer in found] == [True]
    assert found[0].method == "ocr"
    assert found[0].confidence <= 0.8


@soffice
@program
def test_rows_that_are_lower_than_they_were_printed_are_not_taken_for_others(desk: Desk) -> None:
    """The prompts of the last table take two lines, what was typed in their place takes one."""
    one = said(desk, as_tiff([scanned(typed()[PRIORITY - 1], 4)], DPI))
    what = [answer.quote for answer in one.record.answers if answer.field.endswith(".what")]
    assert [words.rstrip(".") for words in what] == [f"One of 1 things to do, {number}" for number in (0, 1, 0, 0)]
    assert {answer.method for answer in one.record.answers if answer.field.endswith(".what")} == {"cell"}
    assert {answer.method for answer in one.record.answers if ".context." in answer.field and answer.quote} == {"ocr"}
