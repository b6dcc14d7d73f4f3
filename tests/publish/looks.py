"""How papers look: their pages as small pictures, laid side by side, held against pictures that a person has approved.

    python -m tests.publish.looks          approve how they look now, once you have looked at the new pictures

The pictures are grey and small, and a difference is counted by fields of some letters, so that another version of a font does no harm and a
column that moved does. LibreOffice lays out, PDFium draws.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from tests.publish.many import a_plan_of

APPROVED = Path(__file__).parent / "approved"
NEW = Path(__file__).parent / "approved-not"
"""Where pictures go that look different."""
DPI = 30
ACROSS = 8
"""Pages side by side."""
FIELD = 6
"""Pixels of a side of what is compared: two letters."""
DARKER = 16
"""Grey levels by which a field differs."""
MOST = 0.03
"""Of the fields of a page with something on them: so many may differ."""

Grey = npt.NDArray[np.uint8]


def drawn(pdf: Path) -> list[Grey]:
    """Return the pages of a PDF, grey and small."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")) for page in document]


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


def made(folder: Path) -> Iterator[Path]:
    """Yield the PDFs whose look is approved: the papers of two partnerships."""
    written = publish(a_plan_of(2), folder)
    yield from (paper for paper in portable(paper for paper in written if paper.suffix == ".docx") if paper.suffix == ".pdf")


def approve() -> None:
    """Keep how the papers look now."""
    APPROVED.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for pdf in made(Path(folder)):
            side_by_side(drawn(pdf)).quantize(64).save(APPROVED / f"{pdf.stem}.png", optimize=True)


if __name__ == "__main__":
    approve()
