"""The only XML and HTML parser of the project. No entities, no network, no document types in XML, bounded depth."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree


class DocumentTypeError(ValueError):
    """Found before parsing where the part is in an encoding like ASCII, otherwise by the parser."""

    def __init__(self) -> None:
        super().__init__("the XML brings a document type, which office programs never write")


Start = Callable[[etree._Element], bool | None]
"""Told that an element begins; it may look at the element's ancestors and at all that is in it.

True says that it has dealt with that: nobody is told of what is in the element, nor of its end.
"""
End = Callable[[], None]
"""Told that an element has ended."""


_ABOUT_IDS = (etree.ErrorTypes.DTD_XMLID_VALUE, etree.ErrorTypes.DTD_ID_REDEFINED)
"""What an xml:id that is no name, or is given twice, is told of by: the XML is well-formed all the same, and office programs open it."""


class Steps(NamedTuple):
    """What to call for which elements, by qualified name."""

    starts: Mapping[str, Start]
    ends: Mapping[str, End]
    """Those of them whose end matters too."""


def parse(data: bytes) -> etree._Element:
    """Parse a part of a stranger's package into a tree.

    Args:
        data: the part's bytes, already bounded by the reader of the zip.

    Raises:
        ValueError: the bytes are not well-formed XML, nest deeper than libxml2 allows (256), or bring a document type, which is
            a `DocumentTypeError`.
    """
    if b"<!DOCTYPE" in data:
        raise DocumentTypeError
    parser = _parser()
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(entry.type not in _ABOUT_IDS for entry in parser.error_log):
            raise ValueError(f"the XML is broken: {error.msg}") from error
        root = etree.fromstring(data, _parser(recover=True))
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentTypeError
    return root


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )


MOST_TAGS = 500_000
"""The most tags of a page that is parsed; a report of a hundred pages, saved by Word, has about 50,000."""


def parse_html(text: str) -> etree._Element:
    """Parse a web page, however it is written, into a tree. Nothing is fetched; comments are gone, and what Word hides in them.

    Args:
        text: the page, already decoded.

    Raises:
        ValueError: it has more tags than any page, or nests deeper than libxml2 allows even where it is told to (2,048).
    """
    if text.count("<") > MOST_TAGS:
        raise ValueError("it has more tags than any form")
    parser = etree.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it cannot be parsed: {error.msg}") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise ValueError("it nests deeper than any form")
    return etree.Element("html") if root is None else root


def steps_through(root: etree._Element) -> etree.iterwalk:
    """Return an iterator over the beginnings and ends of elements, in document order, whatever their depth."""
    return etree.iterwalk(root, events=("start", "end"))


def follow(root: etree._Element, steps: Steps) -> None:
    """Go through a tree in document order and call the steps of what is met. At most 256 deep, which is what `parse` lets through."""
    if not steps.starts.get(root.tag, _nothing)(root):
        if len(root):
            _inside(root, steps.starts, steps.ends)
        steps.ends.get(root.tag, _nothing)()


def _inside(parent: etree._Element, starts: Mapping[str, Start], ends: Mapping[str, End]) -> None:
    """Follow the children of an element that has some.

    Most have one or two: going from each to the next costs less than an iterator for every parent. And it is no closure, which
    would refer to itself and keep the tree in memory until the garbage collector comes.
    """
    element: etree._Element | None = parent[0]
    while element is not None:
        tag = element.tag
        start = starts.get(tag)
        if start is None:
            if len(element):
                _inside(element, starts, ends)
        elif not start(element):
            if len(element):
                _inside(element, starts, ends)
            if tag in ends:
                ends[tag]()
        element = element.getnext()


def _nothing(*_: object) -> None:
    """Stand in for a step that nobody asked for."""


def serialise(element: etree._Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
