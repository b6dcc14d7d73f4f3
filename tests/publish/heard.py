"""A PDF as a screen reader reads it out: the words in the order of its structure, what is marked as an artifact left out."""

import ctypes
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tests.documents import package, read

_SILENT = ("/Figure", "/TOC", "/Artifact")
"""Pictures, which are told, and the table of contents, which every program counts anew."""
_CONTENTS = re.compile(r"<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*<w:docPartGallery .*?</w:sdt>", re.DOTALL)
_UNSAID = {0: None, 2: "-"}
"""PDFium ends a text with the one, and gives the other for a hyphen at which a line ends."""
_ALIKE = str.maketrans({"–": "•"})
"""A reader says of every bullet that it is one; the page shows the sign of its level."""


def heard(path: Path) -> str:
    """Return the words of a PDF without white space, as they are read out."""
    words = _by_mark(path)
    reader = PdfReader(path)
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages) if page.indirect_reference}
    root: Any = reader.trailer["/Root"]
    return "".join("".join(words.get(place, "").split()) for place in _places(root["/StructTreeRoot"], pages)).translate(_ALIKE)


def _by_mark(path: Path) -> dict[tuple[int, int], str]:
    """Return the words by page and marked content."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), textpage=text):
                if (mark := _mark(thing)) is not None:
                    found[number, mark] += thing.extract().translate(_UNSAID)
    return found


def _mark(thing: Any) -> int | None:
    """Return the number of the marked content that an object of a page stands in."""
    for index in range(pdfium.FPDFPageObj_CountMarks(thing)):
        number = ctypes.c_int()
        if pdfium.FPDFPageObjMark_GetParamIntValue(pdfium.FPDFPageObj_GetMark(thing, index), b"MCID", number):
            return number.value
    return None


def _places(root: Any, pages: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield page and marked content in the order of the structure."""
    waiting: list[tuple[Any, int | None]] = [(root, None)]
    while waiting:
        element, page = waiting.pop()
        if isinstance(element, int):
            if page is not None:
                yield page, int(element)
            continue
        element = element.get_object()
        if isinstance(element, DictionaryObject):
            page = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else page
            if element.get("/S") in _SILENT or element.get("/Type") == "/OBJR":
                continue
            below = element.get("/MCID") if "/MCID" in element else element.get("/K", ArrayObject())
            waiting.append((below, page))
        elif isinstance(element, ArrayObject):
            waiting += [(one, page) for one in reversed(element)]
        elif isinstance(element, int):
            waiting.append((int(element), page))


def written(paper: bytes) -> str:
    """Return the words of the body of a Word file without white space, in reading order, with the numbers and bullets of its lists.

    They are read as a return is, so not by what the PDF is made with.
    """
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = _CONTENTS.sub("", parts["word/document.xml"].decode()).encode()
    paper = package(parts)
    return "".join("".join((paragraph.bullet + paragraph.text).split()) for paragraph in read(paper).paragraphs()).translate(_ALIKE)
