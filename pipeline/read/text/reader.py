"""Read a plain text into a `Document`."""

import codecs
import re

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document
from pipeline.read.html import HtmlReader
from pipeline.read.reading import Source
from pipeline.read.rtf import RtfReader
from pipeline.read.text.blocks import blocks_of

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OTHERS = (b"%pdf", b"%!ps", b"pk\x03\x04", b"<?xml", b"<svg", b"<!doctype", b"gif8", b"begin:v")
"""How other formats begin that may decode as text, in small letters."""
_MAIL = re.compile(
    rb"\A(?:From [^\n]*\n)?(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:received|message-id|mime-version|return-path):", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MOST = 4 * 2**20
"""Characters of a text; a report of a hundred pages has about 300,000."""
_ASCII = bytes(range(0x80))
_LOOKED_AT = 65_536
_FOREIGN = 0.3
"""The share of bytes beyond ASCII from which on a Western text is none."""


class TextReader:
    """Plain text: .txt, in UTF-8, UTF-16 with its mark, or Windows' Western code page.

    Reads: paragraphs, lines that were broken to fit put together again, typed tables, underlined headings. Does not read: marked-up text,
    lists of values.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes decode as text and begin as no other format does; the file's name is not asked."""
        begins = source.data[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
        if begins[:16].lower().startswith(_OTHERS) or _MAIL.match(begins.replace(b"\r\n", b"\n")):
            return False
        if any(reader.claims(source) for reader in (RtfReader(), HtmlReader())):
            return False
        text = _decoded(source.data)
        return text is not None and not _CONTROLS.search(text.rstrip("\x1a")) and any(character.isalnum() for character in text)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: it is longer than any form (`too-large`), or no text (`unsupported`).
        """
        text = _decoded(source.data)
        if text is None:
            raise UnreadableError("unsupported", "The file is no text.", "Ask for the form as a Word document.")
        if len(text) > _MOST:
            raise UnreadableError("too-large", "The text is longer than any form.", "Open it by hand, and ask for the Word document.")
        return Document("text", blocks_of(text))


def _decoded(data: bytes) -> str | None:
    """Return the characters of a text; None where the bytes are none."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if len(data.translate(None, _ASCII)) > _FOREIGN * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
