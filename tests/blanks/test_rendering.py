"""LibreOffice shows a blank as it was drawn, and its print can be told apart by the square code."""

import subprocess
from pathlib import Path

import zxingcpp

from pipeline.blanks.generating import generate
from tests.builders import a_round
from tests.needs import needs


def printed(tmp_path: Path) -> Path:
    ((_, blank),) = generate(a_round(folder=tmp_path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(blank)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return tmp_path / f"{blank.stem}.pdf"


@needs("soffice", "libreoffice-writer")
@needs("pdftoppm", "poppler-utils")
def test_every_printed_page_says_its_reference_in_words_and_as_a_code(tmp_path: Path) -> None:
    pdf = printed(tmp_path)
    words = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages = words.rstrip("\f").split("\f")
    assert len(pages) == 7
    assert all("Reference OX2030-11-SPI-X" in page and f"Page {number} of 7" in page for number, page in enumerate(pages, 1))
    assert [f"Priority {number}" in page for number, page in enumerate(pages[2:6], 1)] == [True] * 4
    subprocess.run(["pdftoppm", "-gray", "-r", "150", str(pdf), str(tmp_path / "page")], check=True)
    for page in sorted(tmp_path.glob("page-*.pgm")):
        assert [code.text for code in zxingcpp.read_barcodes(grey(page))] == ["OX2030-11-SPI-X"]


def grey(page: Path) -> memoryview:
    """Return the pixels of a PGM picture: rows of grey bytes."""
    _, size, _, pixels = page.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return memoryview(pixels).cast("B", (height, width))
