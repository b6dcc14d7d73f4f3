"""The papers for those without Word: PDF/UA-1 that a screen reader reads, and OpenDocument. LibreOffice makes both.

What LibreOffice 7.4 leaves undone in a PDF is mended here; the same paper gives the same bytes. Knows nothing of what a paper says.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from markupsafe import escape
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from pipeline import __version__
from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.ooxml.package import Writer
from pipeline.publish.chart import descriptions
from pipeline.publish.contents import BOOKMARK
from pipeline.publish.files import put
from pipeline.publish.page_numbers import entries_of, known_pages, write_with_pages
from pipeline.tools.libreoffice import convert, found

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
_UP = re.compile(rb'(xlink:href="\.\./)\.\./')
"""LibreOffice counts the way to a file from the folder that it makes the .odt in, which lies one deeper than the Word file."""
_FRAME_ENDS = b"</draw:frame>"
_FRAME = re.compile(rb"<draw:frame [^>]*>.*?</draw:frame>", re.DOTALL)
_LIST = re.compile(rb"<text:list [^>]*>")
_NUMBER_OF_LIST = re.compile(rb'(?<=")list\d+(?=")')


def portable(papers: Iterable[Path]) -> tuple[Path, ...]:
    """Write each Word paper as PDF/UA-1 and as .odt beside it. One whose Word file has not changed since is left as it lies.

    Args:
        papers: Word files that this program wrote.

    Returns:
        The files, in the order of the papers; nothing where LibreOffice is not installed.

    Raises:
        ToolMissingError: LibreOffice gave no file.
        SetupError: a file cannot be written.
    """
    if not found():
        return ()
    whole = tuple(papers)
    with ThreadPoolExecutor(2) as threads:
        pdfs = tuple(threads.map(lambda paper: _made(paper, "pdf"), whole))  # first: they bring page numbers into the Word files
        odts = tuple(threads.map(lambda paper: _made(paper, "odt"), whole))
    return tuple(path for pair in zip(pdfs, odts, strict=True) for path in pair)


def _made(paper: Path, kind: str) -> Path:
    data, target = paper.read_bytes(), paper.with_suffix(f".{kind}")
    make, made_from = _KINDS[kind]
    if made_from(target) == _mark(data):
        return target
    try:
        made = make(paper, data)
    except UnreadableError as error:
        if known_pages(data):
            _renumbered(paper, data, ())  # nobody knows whether those of an earlier layout are still right
        raise ToolMissingError(
            f"LibreOffice could not turn {paper.name} into {target.name}.", f"{error.hint} Or save it from Word."
        ) from error
    return put(target, lambda file: _write(file, made))


def _mark(data: bytes) -> bytes:
    """Return what says that a file was made from a Word file, by this version of the program."""
    return sha256(f"{__version__} ".encode() + data).digest()[:16]


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


# -- PDF ---------------------------------------------------------------------------------------------------------------


def _as_pdf(paper: Path, data: bytes) -> bytes:
    data, laid_out = _laid_out(paper, data)
    writer = PdfWriter(io.BytesIO(laid_out))
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/S")
        _mark_lines(page, writer)
    _describe_figures(writer, descriptions(data))
    _without_clock(writer)
    identity = ByteStringObject(_mark(data))
    writer._ID = ArrayObject((identity, identity))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


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
        pages = _pages_of_headings(made) if lines else ()
        if len(pages) != lines or pages == known_pages(data):
            return data, made
        data = _renumbered(paper, data, pages)
    data = _renumbered(paper, data, ())
    return data, _converted(data, _PDF)


def _converted(data: bytes, write_as: str) -> bytes:
    return convert(data, "docx", _WORD, write_as, _SECONDS)


def _renumbered(paper: Path, data: bytes, pages: tuple[int, ...]) -> bytes:
    return put(paper, lambda file: write_with_pages(file, data, pages)).read_bytes()


def _pages_of_headings(made: bytes) -> tuple[int, ...]:
    """Return the page of each heading, from 1, in the order of the document: their bookmarks are destinations of the PDF."""
    reader = PdfReader(io.BytesIO(made))
    found = ((_HEADING.search(name), place) for name, place in reader.named_destinations.items())
    numbered = sorted((int(heading[1]), place) for heading, place in found if heading)
    return tuple((reader.get_destination_page_number(place) or 0) + 1 for _, place in numbered)


def _describe_figures(writer: PdfWriter, said: tuple[str, ...]) -> None:
    """Say again what each picture shows: LibreOffice 7.4 forgets it for charts. Source: ISO 14289-1, 7.3, test 1."""
    figures = list(_figures(writer.root_object.get("/StructTreeRoot")))
    if len(figures) == len(said):
        for figure, words in zip(figures, said, strict=True):
            if words and "/Alt" not in figure:
                figure[NameObject("/Alt")] = TextStringObject(words)


def _figures(root: Any) -> Iterator[Any]:
    """Yield the figures of a structure tree in reading order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if node is not None else None
        if isinstance(node, ArrayObject):
            waiting += reversed(node)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                yield node
            waiting.append(node.get("/K"))


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


def _as_odt(_paper: Path, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_converted(data, _ODT))) as archive, Writer(made) as writer:
        for info in archive.infolist():
            part = archive.read(info)
            if info.filename in ("meta.xml", "settings.xml"):
                part = _OF_THE_CLOCK.sub(b"", part)
            elif info.filename == "content.xml":
                part = _with_pictures_described(_UP.sub(rb"\1", _with_lists_counted(part)), descriptions(data))
            if not info.is_dir() and not info.filename.startswith("Thumbnails/"):
                writer.add(info.filename, part, stored=info.filename == "mimetype")
        writer.comment(_mark(data))
    return made.getvalue()


def _with_lists_counted(content: bytes) -> bytes:
    """Count the lists of a text from 1: LibreOffice gives them numbers by chance."""
    numbers: dict[bytes, bytes] = {}

    def counted(found: re.Match[bytes]) -> bytes:
        return _NUMBER_OF_LIST.sub(lambda number: numbers.setdefault(number[0], b"list%d" % (len(numbers) + 1)), found[0])

    return _LIST.sub(counted, content)


def _with_pictures_described(content: bytes, said: tuple[str, ...]) -> bytes:
    """Say again what each picture shows: LibreOffice 7.4 forgets it for charts here too. Source: OpenDocument 1.3 part 3, 10.4.2."""
    frames = _FRAME.findall(content)
    if len(frames) != len(said):
        return content
    words = iter(said)

    def described(frame: re.Match[bytes]) -> bytes:
        text = next(words)
        mute = text and b"<svg:desc>" not in frame[0]
        return frame[0].replace(_FRAME_ENDS, f"<svg:desc>{escape(text)}</svg:desc>".encode() + _FRAME_ENDS) if mute else frame[0]

    return _FRAME.sub(described, content)


def _odt_mark(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment
    except (OSError, zipfile.BadZipFile):
        return b""


_KINDS: dict[str, tuple[Callable[[Path, bytes], bytes], Callable[[Path], bytes]]] = {
    "pdf": (_as_pdf, _pdf_mark),
    "odt": (_as_odt, _odt_mark),
}
"""By the ending: what makes it, and what finds in a file that is there which Word file it was made from."""
