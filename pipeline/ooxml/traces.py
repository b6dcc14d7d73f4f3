"""A Word master without what its authors left in it: comments, tracked changes, hidden words, who they are and where their files lie.

What is made from a master goes to partnerships and to the public. Tracked changes are taken as accepted. A master without such traces is
given back as it is, to the byte.

Source: ECMA-376-1 4th ed., 17.13.4 (comments), 17.13.5 (revisions), 17.3.2.41 (vanish), 17.15.1 (settings); 15.2.12 (properties).
"""

import io
import re
from collections.abc import Callable

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import serialise

_DROPPED = re.compile(r"word/(comments\w*|people)\.xml|word/_rels/comments\w*\.xml\.rels|docProps/(thumbnail\.\w+|custom\.xml)")
"""Parts that only authors need; blanks get properties of their own."""
_STORED = re.compile(r"customXml/item(\d+)\.xml")
_METADATA = re.compile(rb"schemas\.microsoft\.com/(?:office/2006/metadata|sharepoint)")
_WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|glossary/document)\.xml")
_SETTINGS, _TYPES, _PROPERTIES = "word/settings.xml", "[Content_Types].xml", "docProps/app.xml"
_TEMPLATE = "/attachedTemplate"
_REMOVED = frozenset(
    map(q, (
        "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblPrExChange", "w:tblGridChange",
        "w:trPrChange", "w:tcPrChange", "w:numberingChange", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
        "w:moveToRangeEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef",
    ))
)  # fmt: skip
_OPENED = frozenset(map(q, ("w:ins", "w:moveTo")))
_OF_SETTINGS = frozenset(map(q, ("w:rsids", "w:trackRevisions", "w:attachedTemplate", "w:docVars", "w:mailMerge")))
_OF_PROPERTIES = ("Company", "Manager", "Template", "TotalTime", "HyperlinkBase")
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"


def without_traces(data: bytes) -> bytes:
    """Return a Word file without the traces of its authors.

    Args:
        data: the file.

    Raises:
        UnreadableError: it is no Word file.
    """
    package = Package(data)
    dropped = {name for name in package.names if _DROPPED.fullmatch(name)} | _metadata(package)
    changed = {name: part for name in package.names if name not in dropped and (part := _cleaned(package, name, dropped)) is not None}
    if not dropped and not changed:
        return data
    made = io.BytesIO()
    with Writer(made) as writer:
        for name in package.names:
            if name not in dropped:
                writer.add(name, changed.get(name) or package.read(name))
    return made.getvalue()


def _metadata(package: Package) -> set[str]:
    """Return the parts in which SharePoint keeps what it knows of a file, and those that belong to them."""
    stored = {name: found[1] for name in package.names if (found := _STORED.fullmatch(name))}
    numbers = [number for name, number in stored.items() if _METADATA.search(package.read(name))]
    kinds = ("item{}.xml", "itemProps{}.xml", "_rels/item{}.xml.rels")
    of_one = {f"customXml/{kind.format(number)}" for number in numbers for kind in kinds}
    return of_one & set(package.names)


def _cleaned(package: Package, name: str, dropped: set[str]) -> bytes | None:
    """Return a part without traces; None where it has none."""
    clean = _cleaner(name, dropped)
    if clean is None:
        return None
    root = package.xml(name)
    return serialise(root) if clean(root) else None


def _cleaner(name: str, dropped: set[str]) -> Callable[[etree._Element], bool] | None:
    """Return what takes the traces out of a part, and says whether there were any; None where none can be."""
    if _WORDS.fullmatch(name):
        return _clean_words
    if name.endswith(".rels"):
        return lambda root: _take_out(root, lambda one: _leads_to(one, dropped))
    kinds: dict[str, Callable[[etree._Element], bool]] = {
        _SETTINGS: lambda root: _take_out(root, lambda one: one.tag in _OF_SETTINGS),
        _PROPERTIES: lambda root: _take_out(root, lambda one: one.tag in [_APP + what for what in _OF_PROPERTIES]),
        _TYPES: lambda root: _take_out(root, lambda one: one.get("PartName", "").lstrip("/") in dropped),
    }
    return kinds.get(name)


def _leads_to(relationship: etree._Element, dropped: set[str]) -> bool:
    target = relationship.get("Target", "").lstrip("/")
    near = (target, f"word/{target}", target.removeprefix("../"))
    return relationship.get("Type", "").endswith(_TEMPLATE) or any(name in dropped for name in near)


def _take_out(root: etree._Element, is_trace: Callable[[etree._Element], bool]) -> bool:
    traces = [one for one in root if is_trace(one)]
    for one in traces:
        root.remove(one)
    return bool(traces)


def _clean_words(root: etree._Element) -> bool:
    found = [one for one in root.iter(etree.Element) if one.tag in _REMOVED or one.tag in _OPENED or _is_hidden(one)]
    for one in found:
        parent = one.getparent()
        if parent is None:
            continue
        if one.tag == q("w:del") and parent.tag == q("w:trPr"):
            _remove(parent.getparent())
        elif one.tag in _OPENED and len(one):
            _open(one)
        else:
            _remove(one)
    return bool(found)


def _is_hidden(element: etree._Element) -> bool:
    """Say whether an element is a run of hidden words."""
    if element.tag != q("w:r"):
        return False
    hidden = element.find(f"{q('w:rPr')}/{q('w:vanish')}")
    return hidden is not None and hidden.get(q("w:val"), "true") not in ("0", "false", "off")


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)


def _open(element: etree._Element) -> None:
    """Put what is in an element in its place."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)
