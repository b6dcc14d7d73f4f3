"""Page numbers in the table of contents, from the layout of the real LibreOffice."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.merge import merge
from pipeline.model.plans import Plan
from pipeline.publish import portable as made_portable
from pipeline.publish.page_numbers import entries_of, known_pages
from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from pipeline.tools import libreoffice
from tests.needs import needs
from tests.publish.reading import complaints
from tests.publish.returns import a_record, a_round_of_nine, nine_records
from tests.publish.test_contents import PLAN, headings
from tests.publish.test_papers import a_return

pytestmark = needs("soffice", "libreoffice-writer")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the delivery plan of seven returns, for Word and as PDF and .odt."""
    folder = tmp_path_factory.mktemp("laid-out")
    publish(the_plan(), folder)
    portable([folder / PLAN])
    return folder


def the_plan() -> Plan:
    return merge(a_round_of_nine(), [*nine_records()[:6], a_record("safer-communities", a_return())])


def test_the_numbers_are_the_pages_on_which_the_headings_stand(folder: Path) -> None:
    pages = known_pages(folder / PLAN)
    found = headings(folder / PLAN)
    assert len(pages) == len(found) > 20
    with pypdfium2.PdfDocument(folder / "Delivery plan.pdf") as pdf:
        texts = [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pdf]
    for heading, page in zip(found, pages, strict=True):
        assert heading.replace("&amp;", "&") in texts[page - 1], f"{heading}, page {page}"
    assert max(pages) <= len(texts) and list(pages) == sorted(pages)


def test_the_pdf_prints_the_same_numbers(folder: Path) -> None:
    text = PdfReader(folder / "Delivery plan.pdf").pages[0].extract_text()
    printed = tuple(int(number) for number in re.findall(r"\.{3,}\s*(\d+)", text))
    assert printed == known_pages(folder / PLAN)


def test_word_opens_the_numbered_plan_without_repair(folder: Path) -> None:
    assert complaints(folder / PLAN) == []


def test_publishing_again_changes_nothing_and_lays_nothing_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_portable, "convert", lambda *_: pytest.fail("laid out again"))
    before = {path.name: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir()}
    publish(the_plan(), folder)
    portable([folder / PLAN])
    assert {path.name: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir()} == before


def test_a_plan_of_other_records_is_numbered_anew_whatever_lay_there(folder: Path, tmp_path: Path) -> None:
    """The same bytes as in an empty folder, and one layout where the old numbers still hold."""
    other = merge(a_round_of_nine(), nine_records()[:2])
    (tmp_path / PLAN).write_bytes((folder / PLAN).read_bytes())
    for place in (tmp_path, tmp_path / "empty"):
        publish(other, place)
        portable([place / PLAN])
    for name in (PLAN, "Delivery plan.pdf", "Delivery plan.odt"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "empty" / name).read_bytes()


def test_numbers_that_still_hold_need_one_layout(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    really = libreoffice.convert

    def counted(data: bytes, suffix: str, read_as: str, write_as: str, seconds: float = 60) -> bytes:
        asked.append(write_as.partition(":")[0])
        return really(data, suffix, read_as, write_as, seconds)

    monkeypatch.setattr(made_portable, "convert", counted)
    (tmp_path / PLAN).write_bytes((folder / PLAN).read_bytes())
    portable([tmp_path / PLAN])
    assert asked == ["pdf", "odt"]


def test_numbers_that_never_settle_are_left_out(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = entries_of(folder / PLAN)
    turns = iter(range(2, 100))
    monkeypatch.setattr(made_portable, "_pages_of_headings", lambda *_: (next(turns),) * lines)
    (tmp_path / PLAN).write_bytes((folder / PLAN).read_bytes())
    portable([tmp_path / PLAN])
    assert known_pages(tmp_path / PLAN) == ()
    assert complaints(tmp_path / PLAN) == []


def test_bookmarks_that_word_left_in_the_master_take_no_number_from_a_heading() -> None:
    """Word names its own alike: _Toc with nine digits."""
    writer, whole = PdfWriter(), io.BytesIO()
    for number, name in enumerate(("Toc1", "Toc203948576", "Toc2")):
        writer.add_blank_page(100, 100)
        writer.add_named_destination(name, number)
    writer.write(whole)
    assert made_portable._pages_of_headings(whole.getvalue(), 2) == (1, 3)


def test_where_libreoffice_gives_up_no_number_of_an_earlier_layout_is_left(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> bytes:
        raise UnreadableError("timeout", "LibreOffice took too long over the file.", "Open it in Word.")

    monkeypatch.setattr(made_portable, "convert", torn)
    (tmp_path / PLAN).write_bytes((folder / PLAN).read_bytes())
    with pytest.raises(ToolMissingError):
        portable([tmp_path / PLAN])
    assert known_pages(tmp_path / PLAN) == ()
