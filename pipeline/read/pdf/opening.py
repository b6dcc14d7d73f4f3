"""Open a PDF with PDFium, and say in an officer's words why one cannot be opened.

PDFium runs no scripts here: it was built without a JavaScript engine, and the part of it that would act on a form is never started.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import UnreadableError
from pipeline.read.reading import Source

PAGES = 200
"""The most pages of a return."""
_ADVICE = "Ask the partnership to send it again, or for the Word document."


@contextmanager
def opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for as long as it is read. One locked against changes but not against reading opens like any other.

    Raises:
        UnreadableError: it needs a password (`encrypted`), has more than 200 pages (`too-large`), or is broken (`corrupt`).
    """
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableError("encrypted", "The PDF is locked with a password.", "Ask for it without the password.") from error
        raise UnreadableError("corrupt", "The PDF is damaged and cannot be opened.", _ADVICE) from error
    try:
        if len(document) > PAGES:
            raise UnreadableError(
                "too-large", f"The PDF has {len(document)} pages; a return has at most {PAGES}.", "Ask for the filled-in form alone."
            )
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pdfium.FPDF_PAGE | None]:
    """Open a page, counted from 1; nothing where it is broken."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
