"""How long it takes to read a filled-in proforma that was saved as a PDF, beside the least that any reader must do.

    python -m benchmarks.pdf

Needs LibreOffice: apt-get install libreoffice-writer

The limit has PDFium list the words of each page, each with its box, and no more. The peer lists words and finds the tables of ruled lines;
it neither puts lines together into paragraphs nor knows what stands beside the text.
"""

import io
import re
import tempfile
from ctypes import c_ushort
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from benchmarks.measure import compare
from benchmarks.read import ROOT, filled
from pipeline import read
from pipeline.flow import Desk, read_return
from pipeline.rounds.loading import load_round
from tests.read.pdf import printed

_WORD = re.compile(r"\S+")


def limit(data: bytes) -> int:
    """List the words of each page with their boxes."""
    words = 0
    document = pypdfium2.PdfDocument(data)
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    for number in range(len(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        layer = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(layer)
        room = (c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(layer, 0, count, room)
        text = bytes(room)[: 2 * count].decode("utf-16-le", "replace")
        boxes = []
        for word in _WORD.finditer(text):
            pdfium.FPDFText_GetLooseCharBox(layer, word.start(), first)
            pdfium.FPDFText_GetLooseCharBox(layer, word.end() - 1, last)
            boxes.append((word[0], first.left, min(first.bottom, last.bottom), last.right, max(first.top, last.top)))
        words += len(boxes)
        pdfium.FPDFText_ClosePage(layer)
        pdfium.FPDF_ClosePage(page)
    document.close()
    return words


def through_pdfplumber(data: bytes) -> int:
    """List the words and find the tables of each page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_words()) + len(page.extract_tables()) for page in document.pages)


def main() -> None:
    """Print the ratios for a PDF that tells its own structure and for one that does not."""
    desk = Desk(load_round(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        for name, tagged in (("not tagged", False), ("tagged", True)):
            data = printed(filled(desk, 1), Path(folder), tagged)
            said = read_return(data, "reply.pdf", desk)[0]
            print(f"\n{name}: {limit(data)} words, {len(said.answers)} answers")
            compare(
                {
                    "limit": lambda data=data: limit(data),  # type: ignore[misc]
                    "proforma: read": lambda data=data: read.document(read.Source(data)),  # type: ignore[misc]
                    "proforma: read, align, interpret, check": lambda data=data: read_return(data, "reply.pdf", desk),  # type: ignore[misc]
                    "pdfplumber: words and tables": lambda data=data: through_pdfplumber(data),  # type: ignore[misc]
                },
                rounds=21,
            )


if __name__ == "__main__":
    main()
