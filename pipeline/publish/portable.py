"""The papers for those without Word: PDF/UA-1 that a screen reader reads, and OpenDocument.

LibreOffice makes both where it is installed; elsewhere Typst, which comes with this program, sets the PDF, and there is no .odt. What
LibreOffice 7.4 leaves undone in a PDF is mended here; the same paper gives the same bytes. Knows nothing of what a paper says.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DecodedStreamObject, DictionaryObject, NameObject

from pipeline import __version__
from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.ooxml.package import Writer
from pipeline.publish.content_body import content_of
from pipeline.publish.files import put
from pipeline.publish.marking import mark_tables
from pipeline.publish.typeset import typeset
from pipeline.tools.libreoffice import convert, found

_WORD = "MS Word 2007 XML"
_PDF_OPTIONS = {"PDFUACompliance": "true", "ExportBookmarks": "true", "ExportNotes": "false", "UseTaggedPDF": "true"}
_PDF = "pdf:writer_pdf_Export:" + json.dumps({name: {"type": "boolean", "value": value} for name, value in _PDF_OPTIONS.items()})
_ODT = "odt:writer8"
_SECONDS = 300
"""For a plan of a thousand pages."""
_BUILDS, _PAINTS = (
    frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re")),
    frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")),
)
_BEGINS, _ENDS = (b"BMC", b"BDC"), b"EMC"
_OF_THE_CLOCK = re.compile(
    rb"<(?:meta:creation-date|dc:date|meta:editing-duration|meta:editing-cycles|meta:generator|meta:print-date)>[^<]*</[\w:-]+>"
    rb'|<config:config-item config:name="Rsid(?:Root)?"[^>]*>\d*</config:config-item>'
)
"""What LibreOffice writes into an .odt of the clock, of itself and of chance."""
_LIST = re.compile(rb"<text:list [^>]*>")
_NUMBER_OF_LIST = re.compile(rb'(?<=")list\d+(?=")')


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
    kinds = _WITH_OFFICE if found() else _WITHOUT
    jobs = [(paper, kind) for paper in papers for kind in kinds]
    with ThreadPoolExecutor(2) as threads:
        return tuple(threads.map(lambda job: _made(*job), jobs))


def _made(paper: Path, kind: "_Kind") -> Path:
    data, target = paper.read_bytes(), paper.with_suffix(f".{kind.suffix}")
    mark = sha256(f"{__version__} {kind.maker} ".encode() + data).digest()[:16]
    if kind.made_from(target) == mark:
        return target
    try:
        made = kind.make(data, mark)
    except UnreadableError as error:
        message = f"{kind.maker} could not turn {paper.name} into {target.name}."
        raise ToolMissingError(message, f"{error.hint} Or save it from Word.") from error
    return put(target, lambda file: _write(file, made))


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


# -- PDF ---------------------------------------------------------------------------------------------------------------


def _as_pdf(data: bytes, mark: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(convert(data, "docx", _WORD, _PDF, _SECONDS)))
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/S")
        _mark_lines(page, writer)
    _without_clock(writer)
    return _marked(writer, mark)


def _typeset(data: bytes, mark: bytes) -> bytes:
    content = content_of(data)
    writer = PdfWriter(io.BytesIO(typeset(content)))
    mark_tables(writer, content)
    return _marked(writer, mark)


def _marked(writer: PdfWriter, mark: bytes) -> bytes:
    """Return a PDF that says which Word file it was made from."""
    identity = ByteStringObject(mark)
    writer._ID = ArrayObject((identity, identity))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _mark_lines(page: Any, writer: PdfWriter) -> None:
    """Mark lines and areas that belong to no text as artifacts, so that nobody reads them out.

    LibreOffice 7.4 draws the borders of paragraphs outside all marks. Source: ISO 14289-1, 7.1, test 3.
    """
    content = page.get_contents()
    if content is None:
        return
    stream = ContentStream(content, writer)
    stream.operations = list(_with_marks(stream.operations))
    drawn = DecodedStreamObject()
    drawn.set_data(stream.get_data())
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())


def _with_marks(operations: Iterable[tuple[Any, bytes]]) -> Iterator[tuple[Any, bytes]]:
    depth, path = 0, list[tuple[Any, bytes]]()
    for operands, operator in operations:
        depth += (operator in _BEGINS) - (operator == _ENDS)
        if depth == 0 and (operator in _BUILDS or path):
            path.append((operands, operator))
            if operator in _BUILDS:
                continue
            drawn = operator in _PAINTS
            yield from [([NameObject("/Artifact")], b"BMC"), *path, ([], _ENDS)] if drawn else path
            path = []
        else:
            yield operands, operator
    yield from path


def _without_clock(writer: PdfWriter) -> None:
    """Take out when the file was made, from its properties and from its metadata."""
    writer.metadata = {name: value for name, value in (writer.metadata or {}).items() if name not in ("/CreationDate", "/ModDate")}
    metadata = writer.root_object.get("/Metadata")
    if metadata is None:
        return
    stream = metadata.get_object()
    said = re.sub(rb"<(xmp:(?:CreateDate|ModifyDate|MetadataDate))>[^<]*</\1>", b"", stream.get_data())
    stream.set_data(said)


def _pdf_mark(path: Path) -> bytes:
    try:
        identity = PdfReader(path).trailer.get("/ID", DictionaryObject())
        return bytes(identity[0].original_bytes) if identity else b""
    except (OSError, PyPdfError, KeyError, AttributeError, ValueError):
        return b""


# -- OpenDocument ------------------------------------------------------------------------------------------------------


def _as_odt(data: bytes, mark: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(convert(data, "docx", _WORD, _ODT, _SECONDS))) as archive, Writer(made) as writer:
        for info in archive.infolist():
            part = archive.read(info)
            if info.filename in ("meta.xml", "settings.xml"):
                part = _OF_THE_CLOCK.sub(b"", part)
            elif info.filename == "content.xml":
                part = _with_lists_counted(part)
            if not info.is_dir() and not info.filename.startswith("Thumbnails/"):
                writer.add(info.filename, part, stored=info.filename == "mimetype")
        writer.comment(mark)
    return made.getvalue()


def _with_lists_counted(content: bytes) -> bytes:
    """Count the lists of a text from 1: LibreOffice gives them numbers by chance."""
    numbers: dict[bytes, bytes] = {}

    def counted(found: re.Match[bytes]) -> bytes:
        return _NUMBER_OF_LIST.sub(lambda number: numbers.setdefault(number[0], b"list%d" % (len(numbers) + 1)), found[0])

    return _LIST.sub(counted, content)


def _odt_mark(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment
    except (OSError, zipfile.BadZipFile):
        return b""


class _Kind(NamedTuple):
    """A way of making a file for those without Word."""

    suffix: str
    maker: str
    """The program that makes it."""
    make: Callable[[bytes, bytes], bytes]
    """Of a Word file and the mark of it."""
    made_from: Callable[[Path], bytes]
    """Finds in a file that is there the mark of the Word file that it was made from."""


_WITH_OFFICE = (_Kind("pdf", "LibreOffice", _as_pdf, _pdf_mark), _Kind("odt", "LibreOffice", _as_odt, _odt_mark))
_WITHOUT = (_Kind("pdf", "Typst", _typeset, _pdf_mark),)
