"""What LibreOffice 7.4 leaves undone in a PDF/UA-1 file, done: the order of tabs, lines that are no text, what charts show, no clock.

Knows nothing of what a paper says.
"""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

_BUILDS, _PAINTS = (
    frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re")),
    frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")),
)
_BEGINS, _ENDS = (b"BMC", b"BDC"), b"EMC"


def mended_pdf(made: bytes, said: tuple[str, ...], mark: bytes) -> bytes:
    """Return a PDF as PDF/UA-1 asks for it, the same bytes for the same content.

    Args:
        made: as LibreOffice wrote it.
        said: what each of its pictures and charts shows, in reading order; empty for one that nobody described.
        mark: what it was made from, for `pdf_mark`.
    """
    writer = PdfWriter(io.BytesIO(made))
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/S")
        _mark_lines(page, writer)
    _describe_figures(writer, said)
    _without_clock(writer)
    identity = ByteStringObject(mark)
    writer._ID = ArrayObject((identity, identity))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def pdf_mark(path: Path) -> bytes:
    """Return what a PDF was made from; nothing where it is torn or not there."""
    try:
        identity = PdfReader(path).trailer.get("/ID", DictionaryObject())
        return bytes(identity[0].original_bytes) if identity else b""
    except (OSError, PyPdfError, KeyError, AttributeError, ValueError):
        return b""


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
