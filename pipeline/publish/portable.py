"""The papers for those without Word: PDF/UA-1 that a screen reader reads, and OpenDocument.

LibreOffice makes both where it is installed; elsewhere Typst, which comes with this program, sets the PDF, and there is no .odt. The
same paper gives the same bytes. Knows nothing of what a paper says, but that its table of contents wants the pages of its headings.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from pypdf import PdfReader

from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.publish.chart import descriptions
from pipeline.publish.contents import BOOKMARK
from pipeline.publish.files import put
from pipeline.publish.makings import program
from pipeline.publish.mended_odt import mended_odt, odt_mark
from pipeline.publish.mended_pdf import mended_pdf, pdf_mark
from pipeline.publish.page_numbers import entries_of, known_pages, write_with_pages
from pipeline.publish.setting.body import content_of
from pipeline.publish.setting.marking import marked_pdf
from pipeline.publish.setting.typeset import typeset
from pipeline.tools.libreoffice import convert, edition, found

_OFFICE, _TYPST = "LibreOffice", "Typst"
_WORD = "MS Word 2007 XML"
_PDF_OPTIONS = {
    "PDFUACompliance": "true",
    "UseTaggedPDF": "true",
    "ExportBookmarks": "true",
    "ExportBookmarksToPDFDestination": "true",
    "ExportLinksRelativeFsys": "true",
    "ExportNotes": "false",
}
_PDF = "pdf:writer_pdf_Export:" + json.dumps({name: {"type": "boolean", "value": value} for name, value in _PDF_OPTIONS.items()})
_ODT = "odt:writer8"
_SECONDS = 300
"""For a plan of a thousand pages."""
_LAYOUTS = 3
"""How often a paper is laid out at most until the page numbers in it are its own."""
_HEADING = re.compile(rf"{BOOKMARK.lstrip('_')}(\d+)$")
"""The name of a heading's destination: LibreOffice writes the line before it in its own way."""


def portable(papers: Iterable[Path]) -> tuple[Path, ...]:
    """Write each Word paper as PDF/UA-1 and as .odt beside it. One whose Word file has not changed since is left as it lies.

    Args:
        papers: Word files that this program wrote.

    Returns:
        The files, in the order of the papers; no .odt where LibreOffice is not installed.

    Raises:
        ToolMissingError: LibreOffice, or Typst, gave no file.
        SetupError: a file cannot be written.
    """
    whole = tuple(papers)
    with ThreadPoolExecutor(2) as threads:
        if not found():
            return tuple(threads.map(lambda paper: _made(paper, _TYPESET), whole))
        pdfs = tuple(threads.map(lambda paper: _made(paper, _PDF_OF_OFFICE), whole))  # first: they bring page numbers into the Word files
        odts = tuple(threads.map(lambda paper: _made(paper, _ODT_OF_OFFICE), whole))
    return tuple(path for pair in zip(pdfs, odts, strict=True) for path in pair)


def outdated(papers: Iterable[Path]) -> Iterator[Path]:
    """Yield what lies beside Word papers and is of an earlier state of them: an .odt, where LibreOffice is there no longer to make it."""
    for paper in papers:
        beside = paper.with_suffix(f".{_ODT_OF_OFFICE.suffix}")
        if beside.exists() and odt_mark(beside) != _mark(paper.read_bytes(), _OFFICE):
            yield beside


def _made(paper: Path, kind: "_Kind") -> Path:
    data, target = paper.read_bytes(), paper.with_suffix(f".{kind.suffix}")
    if kind.made_from(target) == _mark(data, kind.maker):
        return target
    try:
        made = kind.make(paper, data)
    except UnreadableError as error:
        if known_pages(data):
            _renumbered(paper, data, ())  # nobody knows whether those of an earlier layout are still right
        message = f"{kind.maker} could not turn {paper.name} into {target.name}."
        raise ToolMissingError(message, f"{error.hint} Or save it from Word.") from error
    return put(target, lambda file: _write(file, made))


def _mark(data: bytes, maker: str) -> bytes:
    """Return what says that a file was made from a Word file, by this program as it is now and by which other, with which fonts."""
    return sha256(f"{program()} {maker} {edition()} ".encode() + data).digest()[:16]


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def _as_pdf(paper: Path, data: bytes) -> bytes:
    data, laid_out = _laid_out(paper, data)
    return mended_pdf(laid_out, descriptions(data), _mark(data, _OFFICE))


def _as_odt(_paper: Path, data: bytes) -> bytes:
    return mended_odt(_converted(data, _ODT), descriptions(data), _mark(data, _OFFICE))


def _typeset(_paper: Path, data: bytes) -> bytes:
    content = content_of(data)
    return marked_pdf(typeset(content), content, _mark(data, _TYPST))


def _laid_out(paper: Path, data: bytes) -> tuple[bytes, bytes]:
    """Lay a paper out, and write the pages of its headings into its table of contents where they are not there yet.

    The numbers stand in a line that is there with and without them, so the second layout has the pages of the first; where it has not,
    they are left out.

    Returns:
        The Word file as it is now, and its PDF.
    """
    lines = entries_of(data)
    for _ in range(_LAYOUTS):
        made = _converted(data, _PDF)
        places = _pages_of_headings(made, lines) if lines else ()
        pages = places if len(places) == lines else ()
        if pages == known_pages(data):
            return data, made
        data = _renumbered(paper, data, pages)
    data = _renumbered(paper, data, ())
    return data, _converted(data, _PDF)


def _converted(data: bytes, write_as: str) -> bytes:
    return convert(data, "docx", _WORD, write_as, _SECONDS)


def _renumbered(paper: Path, data: bytes, pages: tuple[int, ...]) -> bytes:
    return put(paper, lambda file: write_with_pages(file, data, pages)).read_bytes()


def _pages_of_headings(made: bytes, lines: int) -> tuple[int, ...]:
    """Return the page of each heading, from 1, in the order of the document: their bookmarks are destinations of the PDF.

    Word's own bookmarks, left in a master that was edited there, begin alike and have larger numbers.
    """
    reader = PdfReader(io.BytesIO(made))
    found = ((_HEADING.search(name), place) for name, place in reader.named_destinations.items())
    numbered = {int(heading[1]): place for heading, place in found if heading}
    return tuple((reader.get_destination_page_number(numbered[one]) or 0) + 1 for one in range(1, lines + 1) if one in numbered)


class _Kind(NamedTuple):
    """A way of making a file for those without Word."""

    suffix: str
    maker: str
    """The program that makes it."""
    make: Callable[[Path, bytes], bytes]
    """Of a Word file: where it lies and what is in it."""
    made_from: Callable[[Path], bytes]
    """Finds in a file that is there the mark of the Word file that it was made from."""


_PDF_OF_OFFICE = _Kind("pdf", _OFFICE, _as_pdf, pdf_mark)
_ODT_OF_OFFICE = _Kind("odt", _OFFICE, _as_odt, odt_mark)
_TYPESET = _Kind("pdf", _TYPST, _typeset, pdf_mark)
