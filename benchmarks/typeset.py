"""The PDF of a delivery plan: set by Typst, and by LibreOffice, from the same Word file.

    python -m benchmarks.typeset

Each contestant makes the whole PDF/UA-1 file, what is mended afterwards included; the figures are of a page.
"""

import tempfile
import time
from pathlib import Path

from pypdf import PdfReader

from benchmarks.publish import a_plan
from pipeline.publish import portable as made_portable
from pipeline.publish.papers import publish
from pipeline.tools.libreoffice import found

SIZES = (10, 50)


def main() -> None:
    """Print how long a page takes each of the two."""
    for number in SIZES:
        with tempfile.TemporaryDirectory() as name:
            paper = next(path for path in publish(a_plan(number), Path(name)) if path.name == "Delivery plan.docx")
            print(f"N = {number}: {timed(paper, with_office=False)}; {timed(paper, with_office=True)}")


def timed(paper: Path, *, with_office: bool) -> str:
    """Return how long the PDF of a paper takes, by one of the two, and how long a page."""
    if with_office and not found():
        return "LibreOffice is not installed"
    kind = made_portable._PDF_OF_OFFICE if with_office else made_portable._TYPESET
    started = time.perf_counter()
    made_portable._made(paper, kind)
    took = time.perf_counter() - started
    pages = len(PdfReader(paper.with_suffix(".pdf")).pages)
    return f"{kind.maker} {took:.1f} s, {pages} pages, {took / pages * 1000:.0f} ms a page"


if __name__ == "__main__":
    main()
