"""The only XML parser of the project. No entities, no network, no document types, bounded depth."""

from lxml import etree


def parse(data: bytes) -> etree._Element:
    """Parse a part of a stranger's package.

    Args:
        data: the part's bytes, already bounded by the reader of the zip.

    Raises:
        ValueError: the bytes are not well-formed XML, nest deeper than libxml2 allows (256), or bring a document type.
    """
    if b"<!DOCTYPE" in data:
        raise ValueError("the XML brings a document type, which office programs never write")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the XML is broken: {error.msg}") from error


def serialise(element: etree._Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
