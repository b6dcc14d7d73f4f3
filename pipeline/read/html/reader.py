"""Read a web page, or a single-file page, into a `Document`."""

import re

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Document
from pipeline.read.html.archive import headers, pages
from pipeline.read.html.blocks import blocks_of
from pipeline.read.html.decoding import decoded
from pipeline.read.reading import Source

_LOOKED_AT = 4096
_BEGINS = re.compile(
    r"\ufeff?\s*(?:<\?xml\b[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|style|div|table|p|span|h[1-6]|ul|ol|form"
    r"|font|center|b|strong|br)\b)",
    re.IGNORECASE | re.DOTALL,
)


class HtmlReader:
    """Web pages: .html, .htm, the .doc that is one, and single-file pages (.mht).

    Reads: paragraphs, headings, lists, tables, boxes of forms, links, emphasis, insertions and deletions; what is hidden is kept apart, as
    are Word's and LibreOffice's notes, comments, headers and footers. Half-reads: style sheets (rules for one class). Does not read:
    pictures, embedded objects (a note each), scripts, comments. Never fetches what the page refers to.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a web page; the file's name is not asked."""
        begins = source.data[:_LOOKED_AT]
        return bool(_BEGINS.match(decoded(begins))) or (b":" in begins[:80] and headers(source.data) is not None)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: more tags than any form or nested deeper (`bomb`), or a single-file page without a page (`corrupt`).
        """
        archived = pages(source.data) if headers(source.data) is not None else None
        if archived == []:
            hint = "Ask for the form as a Word document."
            raise UnreadableError("corrupt", "The file is a single-file web page without a page in it.", hint)
        first = archived[0] if archived else None
        said = blocks_of(first.data, charset=first.charset) if first else blocks_of(source.data)
        asides = list(said.asides)
        for page in archived[1:] if archived else ():
            other = blocks_of(page.data, page.location.rpartition("/")[2] or "page", page.charset)
            shown = Document("html", other.blocks).paragraphs()
            asides += [Aside("alternative", paragraph.text, paragraph.place) for paragraph in shown if paragraph.text]
            asides += other.asides
        return Document("html", said.blocks, tuple(asides), said.notes, tracked_changes=said.tracked_changes)
