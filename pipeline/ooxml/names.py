"""Namespaces and qualified names of WordprocessingML and OpenDocument.

Strict packages use other namespace URIs for the same elements; `Package.xml` rewrites them, so code knows one spelling.

Source: ECMA-376-1 annex A (transitional), ISO/IEC 29500-1 annex A (strict); OpenDocument 1.3 part 3.
"""

from functools import cache

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"

PREFIXES = {
    "w": W,
    "r": R,
    "w14": W14,
    "w15": W15,
    "wp": WP,
    "a": A,
    "mc": MC,
    "xml": XML,
    "office": f"{_ODF}office:1.0",
    "text": f"{_ODF}text:1.0",
    "table": f"{_ODF}table:1.0",
    "style": f"{_ODF}style:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "meta": f"{_ODF}meta:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
}


@cache
def q(name: str) -> str:
    """Turn `w:p` into lxml's `{namespace}p`."""
    prefix, local = name.split(":")
    return f"{{{PREFIXES[prefix]}}}{local}"
