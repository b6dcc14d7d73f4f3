"""What a person should know before opening the original: scripts, programs to be started, files inside. None of it is ever touched."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.model.documents import Note

_MOST = 50
"""Files that are named one by one."""
_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)


def warnings(document: pypdfium2.PdfDocument, data: bytes, launches: bool) -> Iterator[Note]:
    """Yield a note for each kind of thing in a PDF that does more than show.

    Args:
        document: as opened.
        data: the file; what PDFium has no question for is looked for in what lies open in it.
        launches: True where a link on a page would start a program.
    """
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or b"/JavaScript" in data:
        yield Note("macros", "The PDF carries scripts. They were not run.")
    if launches or b"/Launch" in data:
        yield Note("launch", "The PDF would start a program or open another file. Nothing was started.")
    if document.get_formtype() in _XFA:
        yield Note("xfa", "The PDF holds a form of the kind XFA, which only some programs show. What stands on its pages was read.")
    for at in range(min(max(pdfium.FPDFDoc_GetAttachmentCount(document), 0), _MOST)):
        name = _name(pdfium.FPDFDoc_GetAttachment(document, at))
        yield Note("embedded-document", f"The PDF has a file inside ({name or 'without a name'}). It was not read.", quote=name)


def _name(attachment: pdfium.FPDF_ATTACHMENT) -> str:
    room = (ctypes.c_ushort * 256)()
    length = min(pdfium.FPDFAttachment_GetName(attachment, room, 512), 512) if attachment else 0
    return bytes(room)[: max(length - 2, 0)].decode("utf-16-le", "replace")
