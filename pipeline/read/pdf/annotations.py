"""What is laid over a page: form fields, text that somebody typed on it, comments, links.

The value of a form field and free text are words of the page: people fill in forms with both. What a reviewer wrote beside the text is a
comment. Links are kept as what they say and never followed.

Source: ISO 32000-1, 12.5 (annotations), 12.7 (interactive forms), 12.7.4.2.3 (AS says whether a box is ticked).
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.model.documents import Control
from pipeline.model.places import Box
from pipeline.read.page import Word
from pipeline.read.pdf.frame import Turned
from pipeline.read.pdf.shapes import Area

ANNOTATIONS = 5_000
"""The most annotations of a page that are looked at."""
_LONGEST = 100_000
"""Bytes of a value."""
_LINE = 14.0
"""Points: the most that one line of a field's value is taken to be high."""
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_CHOICES = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_SILENT = (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)


class Laid(NamedTuple):
    """What is laid over a page."""

    words: list[Word]
    hidden: list[tuple[str, Box]]
    comments: list[tuple[str, Box]]
    links: list[tuple[str, Box]]
    struck: list[Area]
    """Lines with which a reviewer struck words out, in the coordinates of the PDF."""
    launches: bool
    """True where a link would start a program."""
    files: int
    """How many files are pinned to the page."""
    cut: bool


class _Field(NamedTuple):
    """A form field on the page."""

    text: str
    box: Box
    control: Control


def annotations(
    page: pdfium.FPDF_PAGE, form: pdfium.FPDF_FORMHANDLE | None, document: pdfium.FPDF_DOCUMENT, turn: Turned, count: int
) -> Laid:
    """Return what is laid over a page.

    Args:
        page: an open page.
        form: the document's form; None where it has none.
        document: the open document.
        turn: from the coordinates of the PDF to those of the page.
        count: how many form fields there were on the pages before.
    """
    total = pdfium.FPDFPage_GetAnnotCount(page)
    laid = Laid([], [], [], [], [], False, 0, total > ANNOTATIONS)
    if not total:
        return laid
    fields: list[_Field] = []
    for at in range(min(total, ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        if annotation:
            laid = _see(annotation, laid, fields, form, document, turn)
            pdfium.FPDFPage_CloseAnnot(annotation)
    fields.sort(key=lambda field: (round(field.box.top / _LINE), field.box.left))
    for number, field in enumerate(fields, count + 1):
        laid.words.extend(_lines(field.text, field.box, field.control._replace(number=number)))
    return laid


def _see(
    annotation: pdfium.FPDF_ANNOTATION,
    laid: Laid,
    fields: list[_Field],
    form: pdfium.FPDF_FORMHANDLE | None,
    document: pdfium.FPDF_DOCUMENT,
    turn: Turned,
) -> Laid:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    area = _area(annotation)
    box = turn(*area)
    unseen = pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        field = _field(annotation, form, box) if form else None
        if field is not None and not unseen:
            fields.append(field)
        elif field is not None and field.text:
            laid.hidden.append((field.text, box))
    elif kind == pdfium.FPDF_ANNOT_LINK:
        target, launches = _target(annotation, document)
        if target:
            laid.links.append((target, box))
        return laid._replace(launches=laid.launches or launches)
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        words = _value(annotation, "Contents")
        if unseen and words:
            laid.hidden.append((words, box))
        else:
            laid.words.extend(_lines(words, box, None) if words else ())
    elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
        laid = laid._replace(files=laid.files + 1)
    elif kind == pdfium.FPDF_ANNOT_STRIKEOUT:
        laid.struck.extend(_strokes(annotation))
    if kind not in _SILENT and (said := _value(annotation, "Contents")):
        laid.comments.append((said, box))
    return laid


def _area(annotation: pdfium.FPDF_ANNOTATION) -> Area:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)


def _strokes(annotation: pdfium.FPDF_ANNOTATION) -> Iterator[Area]:
    """Yield a line through the middle of each stretch of words that is struck out."""
    points = pdfium.FS_QUADPOINTSF()
    for at in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), ANNOTATIONS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, points):
            xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
            middle = (min(ys) + max(ys)) / 2
            yield min(xs), middle, max(xs), middle


def _lines(text: str, box: Box, control: Control | None) -> Iterator[Word]:
    """Yield a word for each line of a value, one below the other in its box: each was typed as a paragraph."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if text else [""]
    step = min((box.bottom - box.top) / len(lines), _LINE) if len(lines) > 1 else box.bottom - box.top
    step = step if len(lines) > 1 or step < 2 * _LINE else _LINE
    for at, line in enumerate(lines):
        said = " ".join(line.split())
        if said or control is not None:
            whole = Box(box.left, box.top + at * step, box.right, box.top + (at + 1) * step)
            own = control._replace(end=len(said)) if control is not None else None
            yield Word(said, whole, control=own, group=-1 - at if len(lines) > 1 else 0)


def _field(annotation: pdfium.FPDF_ANNOTATION, form: pdfium.FPDF_FORMHANDLE, box: Box) -> _Field | None:
    """Return a form field with its value; nothing for a button or a signature."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    name = _text(lambda room, size: pdfium.FPDFAnnot_GetFormFieldName(form, annotation, room, size))
    alias = _text(lambda room, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, annotation, room, size))
    if kind in _TICKS:
        checked = _value(annotation, "AS") not in ("", "Off")
        return _Field("☒" if checked else "☐", box, Control(0, 1, 0, name, alias, "checkbox", checked=checked))
    if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD or kind in _CHOICES:
        value = _text(lambda room, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, room, size))
        return _Field(value, box, Control(0, len(value), 0, name, alias, "choice" if kind in _CHOICES else "text"))
    return None


def _target(annotation: pdfium.FPDF_ANNOTATION, document: pdfium.FPDF_DOCUMENT) -> tuple[str, bool]:
    """Return where a link points, and whether it would start a program."""
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return "", False
    kind = pdfium.FPDFAction_GetType(action)
    if kind != pdfium.PDFACTION_URI:
        return "", kind == pdfium.PDFACTION_LAUNCH
    length = min(pdfium.FPDFAction_GetURIPath(document, action, None, 0), _LONGEST)
    room = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFAction_GetURIPath(document, action, room, length)
    return room.value.decode("utf-8", "replace"), False


def _value(annotation: pdfium.FPDF_ANNOTATION, key: str) -> str:
    return _text(lambda room, size: pdfium.FPDFAnnot_GetStringValue(annotation, key.encode(), room, size)).strip()


def _text(ask: Callable[[object, int], int]) -> str:
    """Return a text that PDFium writes into a buffer of the size that it asks for.

    Args:
        ask: takes a buffer of UTF-16 and its size in bytes, and returns the size that is needed.
    """
    length = min(ask(None, 0), _LONGEST)
    if length <= 2:
        return ""
    room = (ctypes.c_ushort * (length // 2 + 1))()
    ask(room, length)
    return bytes(room)[: length - 2].decode("utf-16-le", "replace").replace("\0", "")
