"""How papers look: their pages as small pictures, laid side by side, held against pictures that a person has approved.

    python -m tests.publish.looks          approve how they look now, once you have looked at the new pictures

The pictures are grey and small, and a difference is counted by fields of some letters, so that another version of a font does no harm and a
column that moved does. LibreOffice lays out, PDFium draws. Of each paper the first pages are kept: what comes later looks as they do.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from pipeline.tools.libreoffice import convert
from tests.publish.many import a_plan_of
from tests.publish.outputs import progress, update_plan

APPROVED = Path(__file__).parent / "approved"
NEW = Path(__file__).parent / "approved-not"
"""Where pictures go that look different."""
DPI = 30
ACROSS = 8
"""Pages side by side."""
PAGES = 8
"""Of a paper, from its first."""
FIELD = 6
"""Pixels of a side of what is compared: two letters."""
DARKER = 16
"""Grey levels by which a field differs."""
MOST = 0.03
"""Of the fields of a page with something on them: so many may differ."""

Grey = npt.NDArray[np.uint8]


class Look(NamedTuple):
    """A paper whose look is approved."""

    name: str
    """Of its picture, without the ending."""
    pdf: bytes


def drawn(pdf: bytes) -> list[Grey]:
    """Return the first pages of a PDF, grey and small."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_drawn(document[number]) for number in range(min(len(document), PAGES))]


def _drawn(page: pypdfium2.PdfPage) -> Grey:
    return np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L"))


def unlike(one: Grey, other: Grey) -> float:
    """Return how much of a page looks different, from 0 to 1."""
    if one.shape != other.shape:
        return 1.0
    fields = [_fields(page) for page in (one, other)]
    inked = (fields[0] < 250) | (fields[1] < 250)
    differing = np.abs(fields[0] - fields[1]) > DARKER
    return float((differing & inked).sum() / max(int(inked.sum()), 1))


def _fields(page: Grey) -> npt.NDArray[np.float64]:
    height, width = (side // FIELD * FIELD for side in page.shape)
    fields: npt.NDArray[np.float64] = page[:height, :width].reshape(height // FIELD, FIELD, width // FIELD, FIELD).mean(axis=(1, 3))
    return fields


def side_by_side(pages: list[Grey]) -> Image.Image:
    """Return pages as one picture, a grey line around each."""
    width, height = max(page.shape[1] for page in pages) + 2, max(page.shape[0] for page in pages) + 2
    rows = -(-len(pages) // ACROSS)
    sheet = Image.new("L", (width * min(ACROSS, len(pages)), height * rows), 200)
    for at, page in enumerate(pages):
        sheet.paste(Image.fromarray(page), (at % ACROSS * width + 1, at // ACROSS * height + 1))
    return sheet


def parted(sheet: Image.Image, pages: list[Grey]) -> list[Grey]:
    """Return the pages of a picture that `side_by_side` made of as many, of these sizes."""
    width, height = max(page.shape[1] for page in pages) + 2, max(page.shape[0] for page in pages) + 2
    whole = np.asarray(sheet)
    found = []
    for at, page in enumerate(pages):
        top, left = at // ACROSS * height + 1, at % ACROSS * width + 1
        found.append(whole[top : top + page.shape[0], left : left + page.shape[1]])
    return found


def papers(folder: Path) -> Iterator[Look]:
    """Yield the papers of two partnerships, the nine updates of 2008, and the progress reports of both kits."""
    yield from _looks("", publish(a_plan_of(2), folder / "priorities"))
    yield from _looks("Update – ", publish(update_plan(), folder / "update"))
    for before, kit in (("", "priorities"), ("Update – ", "update")):
        yield from _looks(before, [progress(folder / f"{kit} progress", kit)[0]])


def _looks(before: str, written: Iterable[Path]) -> Iterator[Look]:
    made = portable(paper for paper in written if paper.suffix == ".docx")
    yield from (Look(before + paper.stem, paper.read_bytes()) for paper in made if paper.suffix == ".pdf")


def workbook(folder: Path) -> Iterator[Look]:
    """Yield the workbook of the annex of two partnerships, as it prints."""
    *_, book = publish(a_plan_of(2), folder)
    yield Look("Workbook", convert(book.read_bytes(), "xlsx", "Calc MS Excel 2007 XML", "pdf:calc_pdf_Export"))


MADE = {"papers": papers, "workbook": workbook}
"""What makes the papers whose looks are approved; a workbook is laid out by another program than a text."""


def approve() -> None:
    """Keep how the papers look now."""
    APPROVED.mkdir(exist_ok=True)
    for kind, make in MADE.items():
        with TemporaryDirectory() as folder:
            for name, pdf in make(Path(folder) / kind):
                side_by_side(drawn(pdf)).quantize(32).save(APPROVED / f"{name}.png", optimize=True)


if __name__ == "__main__":
    approve()
