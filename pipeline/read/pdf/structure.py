"""What a tagged PDF says of its own structure: which words make a paragraph, and which are headings.

Structure elements hold marked content of pages; its number is also known of each text object.

Source: ISO 32000-1, 14.7 (logical structure), 14.8.4.3 (block-level elements).
"""

import re
from ctypes import c_ulong, create_string_buffer

import pypdfium2.raw as pdfium

from pipeline.read.pdf.calls import child_at, children, content_at, handle, kind_of, room

_ELEMENTS = 20_000
"""The most elements of a page that are looked at."""
_LONGEST = 64
"""Bytes of the name of a kind of element."""
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
    kinds: dict[bytes, tuple[bool, int]] = {}
    name = create_string_buffer(_LONGEST)
    place, size = room(name), c_ulong(_LONGEST)
    count = paragraphs = 0
    roots = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(pdfium.FPDF_StructTree_CountChildren(tree)))
    waiting = [(handle(root), (0, 0)) for root in roots if root]
    while waiting and count < _ELEMENTS:
        element, within = waiting.pop()
        count += 1
        length = kind_of(element, place, size)
        kind = name.raw[: length - 2] if 2 < length <= _LONGEST else b""
        if kind not in kinds:
            kinds[kind] = _kind(kind.decode("utf-16-le", "replace"))
        is_block, level = kinds[kind]
        if is_block:
            paragraphs += 1
            within = paragraphs, level
        for at in range(min(children(element), _ELEMENTS)):
            content = content_at(element, at)
            if content >= 0:
                found[content] = within
            elif child := child_at(element, at):
                waiting.append((child, within))
    return found


def _kind(name: str) -> tuple[bool, int]:
    """Return whether an element is a paragraph of its own, and the level of the heading that it is, or 0."""
    match = _HEADING.fullmatch(name)
    return bool(_BLOCK.fullmatch(name)), int(match[1] or 1) if match else 0
