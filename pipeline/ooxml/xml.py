"""The only XML parser of the project. No entities, no network, no document types, bounded depth."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

DOCUMENT_TYPE = "the XML brings a document type, which office programs never write"
"""Found before parsing where the part is in an encoding like ASCII, otherwise by the parser."""


Start = Callable[[etree._Element], None]
"""Told that an element begins; it may look at the element's attributes, text and ancestors."""
End = Callable[[], None]
"""Told that an element has ended."""


class Steps(NamedTuple):
    """What to call for which elements, by qualified name."""

    starts: Mapping[str, Start]
    ends: Mapping[str, End]
    """Those of them whose end matters too."""
    within: frozenset[str]
    """Those of them that stand somewhere, though nothing ends with them: text, breaks, marks."""
    passing: frozenset[str]
    """Those of them that may be passed over."""
    passes: Callable[[etree._Element], bool]
    """Says of one of those, just begun, whether it is passed over with all that is in it."""


def parse(data: bytes) -> etree._Element:
    """Parse a part of a stranger's package into a tree.

    Args:
        data: the part's bytes, already bounded by the reader of the zip.

    Raises:
        ValueError: the bytes are not well-formed XML, nest deeper than libxml2 allows (256), or bring a document type.
    """
    if b"<!DOCTYPE" in data:
        raise ValueError(DOCUMENT_TYPE)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the XML is broken: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(DOCUMENT_TYPE)
    return root


def follow(root: etree._Element, steps: Steps) -> None:
    """Go through a tree in document order, looking only at the elements that `steps` names.

    The tree is walked in C and filtered there, so what nobody asked for costs next to nothing; ends are noticed when the next
    element stands outside.
    """
    starts, ends, passing = steps.starts, steps.ends, steps.passing
    placed = frozenset(ends) | steps.within
    open_: list[tuple[etree._Element | None, End]] = [(None, _nothing)]
    inside: set[etree._Element | None] = {None}
    passed: etree._Element | None = None
    for element in root.iter(*starts):
        if passed is not None:
            if passed in element.iterancestors():
                continue
            passed = None
        tag = element.tag
        if tag in placed:
            around = element.getparent()
            while around not in inside:
                around = around.getparent()  # type: ignore[union-attr]
            while open_[-1][0] is not around:
                last, end = open_.pop()
                inside.remove(last)
                end()
        if tag in passing and steps.passes(element):
            passed = element
            continue
        starts[tag](element)
        if tag in ends:
            open_.append((element, ends[tag]))
            inside.add(element)
    for _, end in reversed(open_):
        end()


def _nothing() -> None:
    """Stand in for the end of what encloses the root."""


def serialise(element: etree._Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
