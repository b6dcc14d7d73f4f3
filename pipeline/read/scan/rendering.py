"""Pages of a PDF as pictures. PDFium draws one page at a time, in one thread.

Source: pypdfium2, "PDFium is not thread-safe".
"""

from collections.abc import Iterable, Iterator

import pypdfium2

from pipeline.errors import UnreadableError
from pipeline.read.scan.pictures import ENOUGH, Picture

_DPI = 220.0


def rendered(document: pypdfium2.PdfDocument, numbers: Iterable[int]) -> Iterator[tuple[int, Picture]]:
    """Yield pages as pictures, with their numbers.

    Args:
        document: as opened.
        numbers: of the pages, from 1.

    Raises:
        UnreadableError: a page cannot be drawn (`corrupt`).
    """
    for number in numbers:
        yield number, draw(document, number)


def draw(document: pypdfium2.PdfDocument, number: int, dpi: float = _DPI) -> Picture:
    """Return a page as a viewer shows it, no finer than is useful however large the page says that it is.

    Raises:
        UnreadableError: as for `rendered`.
    """
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(dpi / 72.0, ENOUGH / max(width, height, 1.0))
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UnreadableError("corrupt", f"Page {number} of the PDF cannot be drawn.", "Ask for it again.") from error
    return Picture(image, width / image.width, width, height)
