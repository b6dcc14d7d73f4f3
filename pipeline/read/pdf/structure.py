"""What a tagged PDF says of its own structure: which words make a paragraph, and which are headings.

Structure elements hold marked content of pages; its number is also known of each text object.

Source: ISO 32000-1, 14.7 (logical structure), 14.8.4.3 (block-level elements).
"""

import ctypes
import re

import pypdfium2.raw as pdfium

_ELEMENTS = 20_000
"""The most elements of a page that are looked at."""
_BLOCK = re.compile(r"P|H|H[1-6]|LI|Lbl|LBody|TH|TD|Caption|Note|BlockQuote|TOCI|Title")
_HEADING = re.compile(r"H([1-6])?")

Structure = dict[int, tuple[int, int]]
"""By the number of marked content: the paragraph it belongs to, from 1, and the level of the heading that it is, or 0."""


def structure(page: pdfium.FPDF_PAGE) -> Structure:
    """Return what the file says of the marked content of a page; nothing where it is not tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return _walk(tree)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _walk(tree: pdfium.FPDF_STRUCTTREE) -> Structure:
    found: Structure = {}
    count = paragraphs = 0
    roots = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(pdfium.FPDF_StructTree_CountChildren(tree)))
    waiting = [(root, 0, 0) for root in roots if root]
    while waiting and count < _ELEMENTS:
        element, paragraph, heading = waiting.pop()
        count += 1
        kind = _kind(element)
        if _BLOCK.fullmatch(kind):
            paragraphs += 1
            paragraph, heading = paragraphs, _level(kind)
        children = min(pdfium.FPDF_StructElement_CountChildren(element), _ELEMENTS)
        for at in range(children):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                waiting.append((child, paragraph, heading))
            else:
                content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
                if content >= 0:
                    found[content] = paragraph, heading
    return found


def _kind(element: pdfium.FPDF_STRUCTELEMENT) -> str:
    room = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(element, room, 64)
    return room.raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")


def _level(kind: str) -> int:
    match = _HEADING.fullmatch(kind)
    return int(match[1] or 1) if match else 0
