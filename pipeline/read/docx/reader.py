"""Open a Word package and put its parts together into one `Document`."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Document, Note
from pipeline.model.places import Place
from pipeline.ooxml.package import Package
from pipeline.ooxml.xml import Steps
from pipeline.read.beside import Beside
from pipeline.read.docx.body import Body
from pipeline.read.docx.relations import Relation, relations
from pipeline.read.docx.styles import Style, list_levels, styles
from pipeline.read.lists import Counters
from pipeline.read.reading import Source

_BESIDE = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_ADVICE = "Ask the partnership to send it again, or to save it once more from Word."
T = TypeVar("T")
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
        package, beside = Package(source.data, source.limits), Beside()
        related = relations(package, beside)
        main = _main_part(package, related)
        body = Body(*_looks(package, related.get(main, ()), beside))
        steps = body.steps()
        body.follow(package.xml(main), main, _links(related, main), steps)
        if not body.wholes:
            raise UnreadableError("corrupt", "The Word document has no text.", _ADVICE)
        blocks = body.wholes[0].blocks
        asides = tuple(_asides(package, related, main, body, steps, beside))
        properties = _properties(package, beside)
        return Document(
            format="docx",
            blocks=blocks,
            asides=(*body.state.asides, *asides),
            notes=(*body.state.notes, *beside.notes, *_warnings(package, related)),
            properties=properties,
            tracked_changes=body.state.tracked,
        )


Related = dict[str, tuple[Relation, ...]]


def _main_part(package: Package, related: Related) -> str:
    for relation in related.get("", ()):
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    raise UnreadableError("corrupt", "The file is a damaged Word document: its text part is missing.", _ADVICE)


def _looks(package: Package, of_main: tuple[Relation, ...], beside: Beside) -> tuple[dict[str, Style], Counters]:
    """Return the styles and the lists of the document."""
    targets = {relation.kind: relation.target for relation in of_main}

    def looked(kind: str, read: Callable[[bytes], dict[str, T]]) -> dict[str, T]:
        part = targets.get(kind, "")
        return (beside.read(part, lambda: read(package.transitional(part))) if part in package else None) or {}

    return looked("styles", styles), Counters(looked("numbering", list_levels))


def _links(related: Related, part: str) -> dict[str, str]:
    return {relation.id: relation.target for relation in related.get(part, ()) if relation.kind == "hyperlink"}


def _asides(package: Package, related: Related, main: str, body: Body, steps: Steps, beside: Beside) -> Iterator[Aside]:
    """Yield what stands in headers, footers, notes and comments: one aside each. What is hidden or deleted there is with the rest."""

    def follow(part: str) -> None:
        body.follow(package.xml(part), part, _links(related, part), steps)

    for kind, target in sorted({(relation.kind, relation.target) for relation in related.get(main, ())}):
        if kind not in _BESIDE or target not in package:
            continue
        done = len(body.wholes)
        beside.read(target, partial(follow, target))
        for whole in body.wholes[done:]:
            words = "\n".join(paragraph.text for paragraph in Document("docx", whole.blocks).paragraphs() if paragraph.text)
            if words and whole.kind not in _SEPARATORS:
                yield Aside(_BESIDE[kind], words, body.state.anchors.get((_BESIDE[kind], whole.id), Place(target)))


def _properties(package: Package, beside: Beside) -> dict[str, str]:
    """Return the custom document properties and what custom XML parts say, by name."""
    found: dict[str, str] = {}
    for name in package.names:
        if name == "docProps/custom.xml" or re.fullmatch(r"customXml/item\d+\.xml", name):
            root = beside.read(name, partial(package.xml, name))
            if root is not None:
                found.update(_said(root) if name.startswith("customXml") else _custom(root))
    return found


def _custom(root: etree._Element) -> dict[str, str]:
    return {element.get("name", ""): "".join(map(str, element.itertext())) for element in root}


def _said(root: etree._Element) -> dict[str, str]:
    """Return the attributes and the plain child elements of a custom XML part, by `namespace#name`."""
    space = etree.QName(root).namespace or ""
    said = {f"{space}#{key!s}": str(value) for key, value in root.attrib.items()}
    return said | {f"{space}#{etree.QName(child).localname}": child.text or "" for child in root if not len(child)}


def _warnings(package: Package, related: Related) -> Iterator[Note]:
    """Yield what a person should know of before opening the original: macros, and relationships that leave the package."""
    if any(name.rpartition("/")[2] == "vbaProject.bin" for name in package.names):
        yield Note("macros", "The document carries macros. They were not run.")
    for relation in (relation for of_part in related.values() for relation in of_part):
        if relation.outside and relation.kind != "hyperlink":
            where = f"{relation.kind} outside itself ({relation.target[:200]})"
            yield Note("external-relationship", f"The document refers to {where}. It was not followed.")
