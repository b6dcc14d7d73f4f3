"""The one small contract of everything that reads a document, and the literal table of readers."""

from typing import NamedTuple, Protocol

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document
from pipeline.read.struck import without_struck
from pipeline.settings import Limits


class Source(NamedTuple):
    """A file as received."""

    data: bytes
    name: str = ""
    """What it was called: for messages, never a path and never believed."""
    limits: Limits = Limits()


class Reader(Protocol):
    """What reads one format. It looks at bytes, not at names, and knows nothing of forms."""

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are of this format; the file's name is not asked."""

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the file is broken, locked, a bomb, or not what it seems.
        """


def readers() -> tuple[Reader, ...]:
    """Return every reader; no two claim the same bytes."""
    from pipeline.read.bundle.reader import BundleReader
    from pipeline.read.doc import DocReader
    from pipeline.read.docx import DocxReader
    from pipeline.read.html import HtmlReader
    from pipeline.read.odt import OdtReader
    from pipeline.read.pdf import PdfReader
    from pipeline.read.rtf import RtfReader
    from pipeline.read.scan import ScanReader
    from pipeline.read.text import TextReader

    return (DocxReader(), OdtReader(), PdfReader(), ScanReader(), RtfReader(), DocReader(), HtmlReader(), TextReader(), BundleReader())


def document(source: Source) -> Document:
    """Read a file as received.

    Raises:
        UnreadableError: with a reason of the closed list: `empty` and `unsupported` are found here, the others by a reader.
    """
    if not source.data.lstrip(b"\0\t\r\n "):
        raise UnreadableError("empty", "The file is empty.", "Ask the partnership to send it again.")
    if len(source.data) > source.limits.bytes:
        raise UnreadableError("too-large", "The file is larger than any form.", "Open it by hand: it may hold large pictures.")
    for reader in readers():
        if reader.claims(source):
            return without_struck(reader.read(source))
    raise UnreadableError("unsupported", "This is no kind of file that can be read.", "Ask for the Word document, or a PDF of it.")
