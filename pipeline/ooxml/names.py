"""Namespaces and qualified names of WordprocessingML.

Strict packages use other namespace URIs for the same elements; `Package.xml` rewrites them, so code knows one spelling.

Source: ECMA-376-1 annex A (transitional), ISO/IEC 29500-1 annex A (strict).
"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"

PREFIXES = {"w": W, "r": R, "w14": W14, "w15": W15, "wp": WP, "a": A, "mc": MC, "xml": XML}

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
}


def q(name: str) -> str:
    """Turn `w:p` into lxml's `{namespace}p`."""
    prefix, local = name.split(":")
    return f"{{{PREFIXES[prefix]}}}{local}"
