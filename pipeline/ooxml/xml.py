"""The only XML parser of the project. No entities, no network, no document types, bounded depth."""

from collections.abc import Mapping
from typing import Any, Protocol

from lxml import etree


DOCUMENT_TYPE = "the XML brings a document type, which office programs never write"
"""Found before parsing where the part is in an encoding like ASCII, otherwise by the parser."""


class Target(Protocol):
    """What follows a part while it is parsed, element by element, so that no tree is built."""

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """A document type, which office programs never write: raise `ValueError`."""

    def data(self, data: str) -> None:
        """Text; a long text comes in pieces."""

    def close(self) -> Any:
        """The part has ended."""


def parse(data: bytes) -> etree._Element:
    """Parse a part of a stranger's package into a tree.

    Args:
        data: the part's bytes, already bounded by the reader of the zip.

    Raises:
        ValueError: the bytes are not well-formed XML, nest deeper than libxml2 allows (256), or bring a document type.
    """
    root = _parsed(data, None)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(DOCUMENT_TYPE)
    return root


def follow(data: bytes, target: Target) -> None:
    """Parse a part of a stranger's package and tell `target` what is met, in document order.

    Raises:
        ValueError: as `parse`.
    """
    _parsed(data, target)


def _parsed(data: bytes, target: Any) -> etree._Element:
    if b"<!DOCTYPE" in data:
        raise ValueError(DOCUMENT_TYPE)
    parser = etree.XMLParser(
        target=target, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the XML is broken: {error.msg}") from error


def serialise(element: etree._Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
