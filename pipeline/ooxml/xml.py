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
    """Go through a tree in document order and call the steps of what is met. At most 256 deep, which is what `parse` lets through."""
    starts, ends, passing, passes = steps

    def inside(parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            start = starts.get(tag)
            if start is None:
                if len(element):
                    inside(element)
            elif tag not in passing or not passes(element):
                start(element)
                if len(element):
                    inside(element)
                if tag in ends:
                    ends[tag]()

    starts.get(root.tag, _nothing)(root)
    inside(root)
    ends.get(root.tag, _nothing)()


def _nothing(*_: object) -> None:
    """Stand in for a step that nobody asked for."""


def serialise(element: etree._Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
