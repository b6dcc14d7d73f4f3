"""Whose blank it is, in carriers that survive different things.

A custom XML part (lost where the form is saved as another format), document properties, the reference in words (print keeps it)
and as a square code (a scan keeps it).

Source: ECMA-376-1 5th ed., 15.2.5 and 15.2.6 (custom XML), 15.2.12.2 (custom properties); ECMA-376-2, 11 (core properties).
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.blanks.sources import Sources
from pipeline.model.rounds import Round
from pipeline.ooxml.package import Package
from pipeline.ooxml.xml import serialise

BLANK = "urn:proforma:blank"
"""The namespace of the custom XML part."""
PROPERTIES = "docProps/custom.xml"
CORE = "docProps/core.xml"
RELATED = "word/_rels/document.xml.rels"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STORE = "{6F2B7C1E-5D0A-4C53-9B0E-2A3F8E1D4B70}"
"""Names the custom XML part within the document; the same in every blank."""
_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that are the user's own (ECMA-376-1, 22.3.2.2)."""
_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument"


def identity(package: Package, round_: Round, sources: Sources) -> Mapping[str, bytes]:
    """Return the parts that carry identity, and those that list them, by name; gaps are marked.

    Args:
        package: the master.
        round_: the round that the blanks are for.
        sources: takes the reference and the partnership's id.
    """
    reference, partnership = (f"<?proforma put {number}?>" for number in (sources.reference(), sources.id()))
    item = _free(package)
    said = {"round": round_.id, "form": round_.form.form, "version": str(round_.form.version)}
    said = {name: escape(words) for name, words in said.items()} | {"partnership": partnership, "reference": reference}
    parts = {
        f"customXml/item{item}.xml": f'{_XML}<blank xmlns="{BLANK}">{"".join(f"<{n}>{w}</{n}>" for n, w in said.items())}</blank>',
        f"customXml/itemProps{item}.xml": f'{_XML}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{BLANK}"/></ds:schemaRefs></ds:datastoreItem>',
        f"customXml/_rels/item{item}.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps{item}.xml"/></Relationships>',
        PROPERTIES: _properties({name: said[name] for name in ("reference", "round", "partnership")}),
        CORE: _core(round_),
    }
    document = _related(package, RELATED, {f"{_OFFICE}/relationships/customXml": f"../customXml/item{item}.xml"})
    whole = {
        f"{_OFFICE}/relationships/custom-properties": PROPERTIES,
        f"{_PACKAGE}/relationships/metadata/core-properties": CORE,
    }
    kinds = {
        f"/customXml/itemProps{item}.xml": f"{_WORD}.customXmlProperties+xml",
        f"/{PROPERTIES}": f"{_WORD}.custom-properties+xml",
        f"/{CORE}": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    listing = {RELATED: document, "_rels/.rels": _related(package, "_rels/.rels", whole), _TYPES: _typed(package, kinds)}
    return {name: text.encode() for name, text in parts.items()} | listing


def _free(package: Package) -> int:
    """Return a number that no custom XML part of the master has: Word and SharePoint add their own."""
    number = 1
    while f"customXml/item{number}.xml" in package:
        number += 1
    return number


def _properties(said: Mapping[str, str]) -> str:
    lines = (
        f'<property fmtid="{_USER}" pid="{number}" name="proforma.{name}"><vt:lpwstr>{words}</vt:lpwstr></property>'
        for number, (name, words) in enumerate(said.items(), 2)
    )
    return f'{_XML}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{"".join(lines)}</Properties>'


def _core(round_: Round) -> str:
    """Return title, author and language. The master's own are left out: who edited it, and when, is nobody's business outside."""
    title = f"{round_.form.title} {round_.period.written}: {round_.name}"
    author = round_.contacts[0].name if round_.contacts else round_.name
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _related(package: Package, name: str, targets: Mapping[str, str]) -> bytes:
    """Return a part of relationships with one of each kind added, those that it has already left out."""
    root = package.xml(name)
    relationship = f"{{{_PACKAGE}/relationships}}Relationship"
    there = {(found.get("Type"), (found.get("Target") or "").lstrip("/")) for found in root.iter(relationship)}
    taken = {found.get("Id") for found in root.iter(relationship)}
    free = (f"rId{number}" for number in range(1, len(taken) + len(targets) + 1) if f"rId{number}" not in taken)
    for kind, target in targets.items():
        if (kind, target) not in there:
            etree.SubElement(root, relationship, {"Id": next(free), "Type": kind, "Target": target})
    return serialise(root)


def _typed(package: Package, kinds: Mapping[str, str]) -> bytes:
    """Return the list of content types with some parts added."""
    root = package.xml(_TYPES)
    override = f"{{{_PACKAGE}/content-types}}Override"
    there = {found.get("PartName") for found in root.iter(override)}
    for part, kind in kinds.items():
        if part not in there:
            etree.SubElement(root, override, {"PartName": part, "ContentType": kind})
    return serialise(root)
