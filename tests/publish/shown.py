"""Pictures of what the sample round comes to, for docs/papers.md.

python -m tests.publish.shown          draw them anew into docs/pictures, from the sample round of this folder
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest import mock

import pypdfium2
from PIL import Image

from pipeline.cli.app import App
from pipeline.tools.libreoffice import convert
from tests.cli.folders import proforma
from tests.journey.rounds import sample_round

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
TODAY = dt.datetime(2011, 5, 4, 9, tzinfo=dt.UTC)
"""Two days before the returns are due."""
DPI = 62
COLOURS = 48
_EDGE = 6


class Shown(NamedTuple):
    """Pages of a file, side by side."""

    name: str
    """Of the picture, without the ending."""
    file: str
    """A pattern below the outbox; the first that fits."""
    pages: tuple[int, ...]
    """From 1."""


ALL = (
    Shown("blank", "blanks/*.docx", (1, 2, 3)),
    Shown("plan", "plan/Delivery plan.pdf", (1, 3, 4)),
    Shown("paper", "plan/Committee paper.pdf", (1, 3, 5)),
    Shown("annex", "plan/Annex*.pdf", (1,)),
    Shown("workbook", "plan/Annex*.xlsx", (1,)),
    Shown("progress", "plan/Progress report.pdf", (1, 2)),
)
_READ_AS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}
_WRITE_AS = {".docx": "pdf:writer_pdf_Export", ".xlsx": "pdf:calc_pdf_Export"}


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, mock.patch.object(App, "now", property(lambda _: TODAY)):
        sample_round(Path(folder))
        for command in (("demo",), ("report", "interim")):
            done = proforma(Path(folder), *command)
            assert done.exit_code == 0, done.output
        for shown in ALL:
            file = next(iter(sorted((Path(folder) / "outbox").glob(shown.file))))
            pages = list(_drawn(_as_pdf(file), shown.pages))
            _side_by_side(pages).quantize(COLOURS).save(PICTURES / f"{shown.name}.png", optimize=True)


def _as_pdf(file: Path) -> bytes:
    if file.suffix == ".pdf":
        return file.read_bytes()
    return convert(file.read_bytes(), file.suffix[1:], _READ_AS[file.suffix], _WRITE_AS[file.suffix])


def _drawn(pdf: bytes, numbers: tuple[int, ...]) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number in numbers:
            yield document[number - 1].render(scale=DPI / 72).to_pil().convert("RGB")


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    width, height = sum(page.width + 2 * _EDGE for page in pages), max(page.height for page in pages) + 2 * _EDGE
    sheet = Image.new("RGB", (width, height), (200, 204, 208))
    left = _EDGE
    for page in pages:
        sheet.paste(page, (left, _EDGE))
        left += page.width + 2 * _EDGE
    return sheet


if __name__ == "__main__":
    main()
