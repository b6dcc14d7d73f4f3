"""Every output of both kits, held to the standards that a citizen with a screen reader depends on (issue 5)."""

from pathlib import Path

import pytest

from pipeline.publish import portable as made_portable
from pipeline.publish.portable import portable
from tests.needs import needs
from tests.publish.heard import heard, written
from tests.publish.outputs import Outputs, every_output
from tests.publish.standards import contrast, excel_faults, page_faults, word_faults
from tests.publish.vera import failures


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    return every_output(tmp_path_factory.mktemp("outputs"))


def faults_of(paths: list[Path], find: object) -> dict[str, list[str]]:
    return {f"{path.parent.name}/{path.name}": said for path in paths if (said := find(path))}  # type: ignore[operator]


def test_every_word_file_keeps_to_the_standards(outputs: Outputs) -> None:
    papers = [path for path in outputs.files if path.suffix == ".docx"]
    assert len(papers) == 16
    assert faults_of(papers, word_faults) == {}


@needs("java", "default-jre-headless")
def test_every_word_file_becomes_a_pdf_that_keeps_to_the_standard_and_says_the_same(
    outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Typst; what LibreOffice makes of the papers, test_portable.py looks at."""
    monkeypatch.setattr(made_portable, "found", lambda: "")
    papers = [path for path in outputs.files if path.suffix == ".docx"]
    pdfs = [tmp_path / f"{number}.pdf" for number in range(len(papers))]
    for paper, pdf in zip(papers, pdfs, strict=True):
        pdf.with_suffix(".docx").write_bytes(paper.read_bytes())
        portable([pdf.with_suffix(".docx")])
        assert heard(pdf) == written(paper.read_bytes()), paper
    assert failures(pdfs) == {pdf.name: [] for pdf in pdfs}


def test_every_workbook_keeps_to_the_standards(outputs: Outputs) -> None:
    books = [path for path in outputs.files if path.suffix == ".xlsx"]
    assert len(books) == 4
    assert faults_of(books, excel_faults) == {}


def test_every_page_keeps_to_the_standards(outputs: Outputs) -> None:
    assert {name: page_faults(text) for name, text in outputs.pages.items() if page_faults(text)} == {}


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
