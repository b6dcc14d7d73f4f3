"""Open a Word package and put its parts together into one `Document`."""

import posixpath
import re

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Document, Note
from pipeline.model.places import Place
from pipeline.ooxml.package import Package
from pipeline.read.docx.body import Body
from pipeline.read.docx.frames import State
from pipeline.read.docx.styles import list_levels, styles
from pipeline.read.lists import Counters
from pipeline.read.reading import Source

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BESIDE = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_ADVICE = "Ask the partnership to send it again, or to save it once more from Word."
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class DocxReader:
    """Word documents: .docx, .docm, .dotx, transitional and strict.

    Reads: paragraphs, tables, content controls, legacy form fields, lists, text boxes, notes, comments, headers and footers, both
    views of tracked changes. Half-reads: fields (the cached result). Does not read: charts, diagrams, embedded sheets, pictures
    (a note each). Never follows a relationship that leaves the package.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a Word package; the file's name is not asked."""
        return source.data[:4] == b"PK\x03\x04" and b"word/" in source.data and b"opendocument.text" not in source.data[:256]

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the package is broken (`corrupt`), locked (`encrypted`), a bomb, or has no main document.
        """
        package = Package(source.data, source.limits)
        main = _main_part(package)
        related = _related(package, main)
        body = _body(package, main, related)
        body.follow(package.xml(main))
        if not body.wholes:
            raise UnreadableError("corrupt", "The Word document has no text.", _ADVICE)
        state = body.state
        return Document(
            format="docx",
            blocks=body.wholes[0].blocks,
            asides=(*state.asides, *_asides(package, related, state)),
            notes=(*state.notes, *_warnings(package)),
            properties=_properties(package),
            tracked_changes=state.tracked,
        )


def _body(package: Package, part: str, related: dict[str, tuple[str, str]]) -> Body:
    by_kind = dict(related.values())
    try:
        known = styles(package.transitional(by_kind["styles"])) if by_kind.get("styles", "") in package else {}
        lists = list_levels(package.transitional(by_kind["numbering"])) if by_kind.get("numbering", "") in package else {}
    except ValueError as error:
        raise UnreadableError("corrupt", f"The file is damaged: in its styles or lists, {error}.", _ADVICE) from error
    links = {name: target for name, (kind, target) in related.items() if kind == "hyperlink"}
    return Body(part, known, Counters(lists), links)


def _main_part(package: Package) -> str:
    """Return the name of the part that holds the text (ECMA-376-2 9.3: found by its relationship, not by its name)."""
    for kind, target in _related(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    raise UnreadableError("corrupt", "The file is a damaged Word document: its text part is missing.", _ADVICE)


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return a part's relationships by id: the last word of the type, and the target as a part name, or as given where it is outside."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package:
        return {}
    found = {}
    for element in package.xml(rels).iter(f"{_RELATIONSHIPS}Relationship"):
        kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id", "")] = kind, target
    return found


def _asides(package: Package, related: dict[str, tuple[str, str]], state: State) -> list[Aside]:
    """Return what stands in headers, footers, notes and comments: one aside each, after what is hidden or deleted in them."""
    asides = []
    for kind, target in sorted(set(related.values())):
        if kind in _BESIDE and target in package:
            walk = Body(target, state.styles, Counters({}), {})
            walk.follow(package.xml(target))
            asides += walk.state.asides
            state.tracked = state.tracked or walk.state.tracked
            for whole in walk.wholes:
                words = "\n".join(paragraph.text for paragraph in Document("docx", whole.blocks).paragraphs() if paragraph.text)
                if words and whole.kind not in _SEPARATORS:
                    asides.append(Aside(_BESIDE[kind], words, state.anchors.get((_BESIDE[kind], whole.id), Place(target))))
    return asides


def _properties(package: Package) -> dict[str, str]:
    """Return the custom document properties and what custom XML parts say, by name."""
    found: dict[str, str] = {}
    if "docProps/custom.xml" in package:
        for element in package.xml("docProps/custom.xml"):
            found[element.get("name", "")] = "".join(map(str, element.itertext()))
    for name in package.names:
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            found.update(_said(package.xml(name)))
    return found


def _said(root: etree._Element) -> dict[str, str]:
    """Return the attributes and the plain child elements of a custom XML part, by `namespace#name`."""
    space = etree.QName(root).namespace or ""
    said = {f"{space}#{key!s}": str(value) for key, value in root.attrib.items()}
    return said | {f"{space}#{etree.QName(child).localname}": child.text or "" for child in root if not len(child)}


def _warnings(package: Package) -> list[Note]:
    """Return what a person should know of before opening the original: macros, and relationships that leave the package."""
    notes = []
    if any(name.rpartition("/")[2] == "vbaProject.bin" for name in package.names):
        notes.append(Note("macros", "The document carries macros. They were not run."))
    for name in package.names:
        if name.endswith(".rels") and b"External" in package.read(name):
            notes += [
                Note("external-relationship", f"The document refers to {kind} outside itself ({target[:200]}). It was not followed.")
                for kind, target in _outside(package, name)
                if kind != "hyperlink"
            ]
    return notes


def _outside(package: Package, rels: str) -> list[tuple[str, str]]:
    elements = package.xml(rels).iter(f"{_RELATIONSHIPS}Relationship")
    return [
        (element.get("Type", "").rpartition("/")[2], element.get("Target", ""))
        for element in elements
        if element.get("TargetMode") == "External"
    ]
