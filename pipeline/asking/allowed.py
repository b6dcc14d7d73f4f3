"""What of a stranger's XML is taken over, element by element: text and its looks, and nothing that acts, fetches or hides a file.

A list of what is allowed, not of what is forbidden: what is not on it goes, and only the words in it stay.

Source: ECMA-376-1 17.3 (paragraphs and runs), 17.4 (tables), 17.5.2 (controls), 17.16 (fields: DDE and INCLUDETEXT fetch).
"""

import re

from lxml import etree

from pipeline.ooxml.names import PREFIXES, W14, W15, W, q

# fmt: off
_TEXT = frozenset(q(f"w:{name}") for name in (
    "document", "body", "p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "delText", "ptab",
    "tbl", "tblGrid", "gridCol", "tr", "tc", "sdt", "sdtContent", "hyperlink", "bookmarkStart", "bookmarkEnd",
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "fldChar", "instrText",
    "hdr", "ftr", "footnotes", "footnote", "endnotes", "endnote", "comments", "comment", "styles", "style", "docDefaults",
    "numbering", "abstractNum", "num", "latentStyles", "lsdException",
))
_LOOKS = frozenset(q(f"w:{name}") for name in (
    "pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "docDefaults", "style", "abstractNum", "num", "latentStyles",
))
"""Elements in which everything of Word's own namespaces is looks or settings, but for what is listed next."""
_NEVER = frozenset(q(f"w:{name}") for name in (
    "printerSettings", "dataBinding", "placeholder", "numPicBullet", "lvlPicBulletId", "permStart", "permEnd", "object", "pict", "drawing",
    "altChunk", "subDoc", "control", "movie", "attachedTemplate", "background", "framePr", "entryMacro", "exitMacro", "ffData",
    "headerReference", "footerReference", "proofErr", "lastRenderedPageBreak", "contentPart", "docPartObj", "docPartList",
))
# fmt: on
_FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b[^\"{}]*$")
"""Fields that say nothing but a number; of all others the result stays as text."""
_OWN = (W, W14, W15)
_ATTRIBUTES = (W, W14, PREFIXES["xml"])
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FIELD_PARTS = (q("w:fldChar"), q("w:instrText"))
_SIMPLE, _INSTRUCTION = q("w:fldSimple"), q("w:instr")
_VAL = q("w:val")
_SWITCHES = (q("w:tblHeader"), q("w:cantSplit"))
"""Switches of rows, whose value older schemas spell in another way: on is what they are without one."""
_PARAGRAPH, _RUN, _CHAR_TYPE = q("w:p"), q("w:r"), q("w:fldCharType")


def _counts(element: etree._Element) -> bool:
    """Say whether an element is a field that says nothing but a number, such as that of the page."""
    return element.tag == _SIMPLE and _FIELDS.match(element.get(_INSTRUCTION, "")) is not None


def allow(root: etree._Element) -> None:
    """Take everything out of a part that is not allowed, in place; words in what goes stay where they stood."""
    for element in list(root.iter(q("mc:AlternateContent"))):
        _choose(element)
    _hoist_boxes(root)
    _settle_fields(root)
    for formula in list(root.iter(_FORMULA)):
        _as_run(formula)
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _NEVER:
            _remove(element)
        elif not _is_looks(element) and element.tag not in _TEXT and not _counts(element):
            _unwrap(element)
    for element in root.iter():
        for name in list(element.attrib):
            if etree.QName(str(name)).namespace not in _ATTRIBUTES:
                del element.attrib[name]
    for switch in root.iter(*_SWITCHES):
        if switch.get(_VAL) in ("true", "1", "on"):
            del switch.attrib[_VAL]
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "w14", "w15"])


def _is_looks(element: etree._Element) -> bool:
    """Say whether an element is one of Word's own within looks or settings, or begins those."""
    if element.tag in _LOOKS:
        return True
    if etree.QName(element).namespace not in _OWN:
        return False
    return any(outer.tag in _LOOKS for outer in element.iterancestors())


def _as_run(formula: etree._Element) -> None:
    """Put the letters of a formula into a run of text."""
    parent = formula.getparent()
    if parent is not None:
        run = etree.Element(_RUN)
        etree.SubElement(run, q("w:t"), {q("xml:space"): "preserve"}).text = formula.text
        parent.replace(formula, run)


def _choose(alternatives: etree._Element) -> None:
    """Keep one version of alternate content, the first, as the reader does."""
    for version in list(alternatives)[1:]:
        alternatives.remove(version)
    for version in list(alternatives):
        _unwrap(version)
    _unwrap(alternatives)


def _hoist_boxes(root: etree._Element) -> None:
    """Put the text of text boxes after the paragraph that they hang on, in their order."""
    for box in list(root.iter(q("w:txbxContent"))):
        host = next(box.iterancestors(_PARAGRAPH), None)
        if host is None:
            continue
        after = host
        for block in list(box):
            after.addnext(block)
            after = block


def _settle_fields(root: etree._Element) -> None:
    """Keep the fields that only count pages; of the others keep the result as text."""
    begun: list[list[etree._Element]] = []
    for element in list(root.iter(*_FIELD_PARTS)):
        kind = element.get(_CHAR_TYPE)
        if kind == "begin":
            begun.append([])
        if begun:
            begun[-1].append(element)
        if kind == "end" and begun:
            _settle(begun.pop())
        elif not begun:
            _remove(element)
    for left in begun:
        _settle(left)


def _settle(parts: list[etree._Element]) -> None:
    said = "".join(part.text or "" for part in parts if part.tag == q("w:instrText"))
    if not _FIELDS.match(said) or parts[-1].get(_CHAR_TYPE) != "end":
        for part in parts:
            _remove(part)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)
