"""What the reading of scans is made of: pictures from bytes, ruled lines and boxes to tick, words that nobody may lose, pages in order."""

import struct
from collections.abc import Sequence
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.desk.patience import patience
from pipeline.errors import UnreadableError
from pipeline.model.pages import Projection
from pipeline.model.places import Box
from pipeline.read.page import Page, Word
from pipeline.read.scan.laying import Recognised, Sheets
from pipeline.read.scan.pages import recognised
from pipeline.read.scan.pictures import Picture, pictures
from pipeline.read.scan.recognisers import Glimpse, Models, Recognisers
from pipeline.read.scan.rules import ruled
from pipeline.read.scan.settling import settled
from pipeline.read.scan.warps import Pixels
from tests.hostile.pictures import tiff
from tests.read.scans import as_jpeg, as_pdf, as_png, as_tiff

DPI = 200
AS_IT_LIES = Projection((1, 0, 0, 0, 1, 0, 0, 0, 1))


def paper() -> Pixels:
    """Return an empty sheet of A4 at 200 dots an inch."""
    return np.full((2339, 1654), 255, np.uint8)


def written(sheet: Pixels, text: str, x: int, y: int) -> Box:
    """Write on a sheet, and return the box around it."""
    (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)
    cv2.putText(sheet, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0,), 2)
    return Box(x, y - height, x + width, y + below)


# -- pictures --------------------------------------------------------------------------------------------------------------


def test_a_picture_is_shown_as_its_header_asks() -> None:
    page = Image.new("L", (400, 600), 255)
    page.paste(0, (0, 0, 100, 100))
    (shown,) = pictures(as_jpeg(page, orientation=6))
    assert shown.image.size == (400, 600)
    assert shown.image.getpixel((50, 50)) < 20  # type: ignore[operator]
    assert shown.image.getpixel((350, 550)) > 235  # type: ignore[operator]


def test_a_picture_of_sixteen_bits_is_grey_and_not_black() -> None:
    grey = np.full((600, 400), 65_535, np.uint16)
    grey[:100] = 0
    (shown,) = pictures(as_png(Image.fromarray(grey), DPI))
    assert (shown.image.mode, shown.image.getpixel((10, 10)), shown.image.getpixel((10, 500))) == ("L", 0, 255)


def test_what_is_transparent_is_paper() -> None:
    (shown,) = pictures(as_png(Image.new("RGBA", (400, 600), (0, 0, 0, 0)), DPI))
    assert shown.image.getpixel((10, 10)) == (255, 255, 255)


def test_the_pages_of_a_tiff_are_read_in_their_order() -> None:
    pages = [Image.new("L", (400, 600), grey) for grey in (50, 150, 250)]
    assert [shown.image.getpixel((9, 9)) for shown in pictures(as_tiff(pages, DPI))] == [50, 150, 250]


@pytest.mark.parametrize("pages", [1, 2])
def test_a_tiff_whose_pages_lead_back_ends(pages: int) -> None:
    try:
        assert len(list(pictures(tiff(pages, loop=True)))) <= pages
    except UnreadableError as error:
        assert error.reason == "corrupt"


def test_a_picture_that_promises_too_much_is_not_decoded() -> None:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s2I5BI", 13, b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0, 0)
    with pytest.raises(UnreadableError) as caught:
        list(pictures(header))
    assert caught.value.reason in {"too-large", "corrupt"}


# -- ruled lines and boxes to tick -----------------------------------------------------------------------------------------


def test_boxes_to_tick_are_told_from_letters_and_table_cells() -> None:
    sheet = paper()
    for x, drawn in ((300, False), (500, True)):
        cv2.rectangle(sheet, (x, 300), (x + 34, 334), (0,), 2)
        if drawn:
            cv2.line(sheet, (x + 6, 306), (x + 28, 328), (0,), 3)
            cv2.line(sheet, (x + 28, 306), (x + 6, 328), (0,), 3)
    cv2.rectangle(sheet, (300, 500), (900, 560), (0,), 2)
    written(sheet, "DOQ 00 B8", 300, 700)
    assert [(round(tick.box.left, -1), tick.checked) for tick in sorted(ruled(sheet).ticks)] == [(300, False), (500, True)]


def test_a_line_ends_at_the_line_across_it_though_a_letter_hangs_on() -> None:
    """The side of a column touches the foot of a letter in the row above it, which has no such column."""
    sheet = paper()
    cv2.rectangle(sheet, (200, 300), (1200, 700), (0,), 2)
    cv2.line(sheet, (200, 340), (1200, 340), (0,), 2)
    cv2.line(sheet, (600, 340), (600, 700), (0,), 2)
    cv2.line(sheet, (601, 318), (601, 340), (0,), 3)
    sides = [line for line in ruled(sheet).lines if 580 < line.left < 620]
    assert len(sides) == 1
    assert abs(sides[0].top - 340) < 8


def test_the_feet_of_bold_letters_are_no_ruled_line() -> None:
    sheet = paper()
    cv2.line(sheet, (300, 400), (440, 400), (0,), 3)
    cv2.line(sheet, (300, 600), (1300, 600), (0,), 3)
    assert [round(line.top, -1) for line in ruled(sheet).lines] == [600]


def test_a_speck_is_dirt_and_a_full_stop_is_not() -> None:
    sheet = paper()
    box = written(sheet, "done", 300, 400)
    cv2.circle(sheet, (int(box.right) + 6, 398), 2, (0,), -1)
    cv2.circle(sheet, (1000, 1000), 2, (0,), -1)
    ink = ruled(sheet).ink
    assert ink[390:404, int(box.right) + 2 : int(box.right) + 12].any()
    assert not ink[980:1020, 980:1020].any()


def test_a_dash_is_the_one_that_is_as_wide() -> None:
    words = [Word("Chair", Box(0, 0, 30, 7.3)), *(Word("—", Box(x, 4, x + wide, 5)) for x, wide in ((40, 3), (60, 5.5), (80, 10)))]
    assert [word.text for word in settled(words)] == ["Chair", "-", "–", "—"]


# -- nothing is lost -------------------------------------------------------------------------------------------------------


class Seen:
    """A recogniser that says what a test wants."""

    def __init__(self, glimpses: Sequence[Glimpse]) -> None:
        self._glimpses = list(glimpses)

    def words(self, _: Pixels) -> list[Glimpse]:
        return self._glimpses

    def sure(self, score: float) -> float:
        return score


def page_of(sheet: Pixels, glimpses: Sequence[Glimpse]) -> Recognised:
    image = Image.fromarray(sheet)
    picture = Picture(image, 72 / DPI, image.width * 72 / DPI, image.height * 72 / DPI)
    (page,) = recognised([(1, picture)], Recognisers(Seen(glimpses), None))
    return page


LOST = ("Привет", "汉字", "l", "I1", "x", "•", "|", "B4")


@pytest.mark.parametrize("on_a_line", [False, True], ids=["free", "on a ruled line"])
def test_every_letter_that_a_recogniser_saw_is_a_word_or_a_note(on_a_line: bool) -> None:
    """Law 4. What is no letter and stands on a ruled line is a piece of it."""
    sheet = paper()
    glimpses = [
        Glimpse("Chair of the partnership", written(sheet, "Chair of the partnership", 300, 300 + 60 * row), 0.99) for row in range(4)
    ]
    for row, text in enumerate(LOST):
        foot = 700 + 120 * row
        glimpses.append(Glimpse(text, written(sheet, "HHH", 500, foot), 0.9))
        if on_a_line:
            cv2.line(sheet, (300, foot - 10), (1200, foot - 10), (0,), 3)
    found = page_of(sheet, glimpses)
    words = {word.text for word in found.page.words}
    for row, text in enumerate(LOST):
        middle = (690 + 120 * row) * 72 / DPI
        noted = any(note.place.box is not None and note.place.box.top < middle < note.place.box.bottom for note in found.notes)
        assert text in words or noted or not any(map(str.isalnum, text)), text


def test_of_two_readings_of_one_word_the_clearer_is_kept_and_ink_beyond_it_is_noted() -> None:
    sheet = paper()
    lines = [written(sheet, "Chair of the partnership", 300, 400 + 60 * row) for row in range(4)]
    long = written(sheet, "Housing and roads", 300, 1000)
    short = long._replace(right=long.left + 140)
    clear = [Glimpse("Chair of the partnership", box, 0.99) for box in lines]
    found = page_of(sheet, [*clear, Glimpse("Housing", short, 0.95), Glimpse("Hous1ng and roads", long, 0.5)])
    assert [word.text for word in found.page.words if word.text.startswith("Hous")] == ["Housing"]
    assert any(note.code == "unread-ink" and note.place.box and note.place.box.left > 300 * 72 / DPI for note in found.notes)


# -- pages in order --------------------------------------------------------------------------------------------------------


def numbered(*numbers: int) -> list[Recognised]:
    """Return pages as they were received, with the numbers printed on them."""
    pages = []
    for at, number in enumerate(numbers, 1):
        words = (Word(f"text-{number}", Box(60, 400, 120, 411), size=11), Word(f"Page {number} of 9", Box(480, 800, 540, 811), size=11))
        pages.append(Recognised(Page(at, 595, 842, words), (), (), AS_IT_LIES))
    return pages


def test_pages_that_were_scanned_out_of_order_are_put_in_order() -> None:
    sheets = Sheets.of(numbered(3, 1, 2))
    assert [page.words[0].text for page in sheets.pages] == ["text-1", "text-2", "text-3"]
    assert [page.number for page in sheets.pages] == [2, 3, 1], "a place names the page as received"
    assert [aside.kind for aside in sheets.asides] == ["footer"] * 3


def test_pages_stay_as_they_came_where_two_claim_one_number() -> None:
    assert [page.number for page in Sheets.of(numbered(3, 1, 1)).pages] == [1, 2, 3]


# -- the clock -------------------------------------------------------------------------------------------------------------


def test_files_that_may_be_scans_have_a_longer_clock_by_their_size() -> None:
    page = Image.effect_noise((800, 1100), 60)
    assert patience(as_png(page, DPI)) > 1
    assert patience(as_pdf([page] * 2, DPI)) > 1
    assert patience(b"%PDF-1.7 of a few bytes") == 1
    assert patience(b"PK\3\4" + bytes(10**7)) == 1
    assert patience(b"II*\0" + bytes(10**8)) == 9, "three minutes at most"


def test_what_is_very_wide_is_read_alone_and_a_mere_line_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is as wide as its widest word: a line across a page beside five words takes more memory than a document may."""
    batches: list[list[int]] = []

    def reread(_: Models, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        batches.append([crop.shape[1] for crop in crops])
        return [(str(crop.shape[1]), 1.0) for crop in crops]

    monkeypatch.setattr(Models, "_reread", reread)
    crops = [np.zeros((10, width), np.uint8) for width in (50, 400, 2_000, 60)]
    assert Models().reread(crops) == [("50", 1.0), ("400", 1.0), ("", 0.0), ("60", 1.0)]
    assert sorted(batches) == [[50, 60], [400]]


def test_where_memory_is_short_words_are_reread_one_by_one_and_what_is_too_large_is_not_read() -> None:
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    class Short:
        """Models that have memory for one small crop."""

        def recognize_txt(self, crops: list[Pixels]) -> SimpleNamespace:
            if len(crops) > 1 or crops[0].shape[1] > 100:
                raise ONNXRuntimeError("std::bad_alloc")
            return SimpleNamespace(txts=(str(crops[0].shape[1]),), scores=(0.9,))

    models = Models()
    models._loaded = Short()  # type: ignore[assignment]
    assert models.reread([np.zeros((10, width), np.uint8) for width in (50, 150, 60)]) == [("50", 0.9), ("", 0.0), ("60", 0.9)]
