"""A partnership's own return as a clean Word package: its text, tables, styles, lists, notes and margins, put into a package of ours.

A stranger's file is never sent back. No part of it goes out as it came: what it says is taken over piece by piece (`allowed`), pictures
only where they are those of the blank that was issued, and everything else of the package is that blank's.
"""

import io
import posixpath
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.asking.allowed import allow
from pipeline.errors import UnreadableError
from pipeline.ooxml.names import A, R, W, q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import serialise
from pipeline.settings import Limits

DOCUMENT, COMMENTS, SETTINGS = "word/document.xml", "word/comments.xml", "word/settings.xml"
_TYPES, _RELATED = "[Content_Types].xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("styles", "numbering", "footnotes", "endnotes", "comments")
_MARGINS = ("header", "footer")
_BLIP = f"{{{A}}}blip"
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass
class Given:
    """A package in the making: the parts that Word knows, as trees."""

    document: etree._Element
    parts: dict[str, etree._Element] = field(default_factory=dict)
    """styles, numbering, footnotes, endnotes, comments: by kind."""
    margins: dict[str, etree._Element] = field(default_factory=dict)
    """Headers and footers by the id of their relationship."""
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By the id of the margin's relationship (empty for the document itself), the pictures by theirs."""
    identity: dict[str, bytes] = field(default_factory=dict)
    """Parts that say whose it is, its theme and its list of fonts, as in the blank."""
    settings: etree._Element = field(default_factory=lambda: etree.Element(q("w:settings"), nsmap={"w": W}))
    dropped: tuple[str, ...] = ()
    """What was not taken over, in words."""


def taken_over(data: bytes, blank: bytes, limits: Limits) -> Given:
    """Return the clean package of a return.

    Args:
        data: the Word document that came.
        blank: the partnership's own blank, for its pictures and for what says whose it is.
        limits: what a stranger's package may cost.

    Raises:
        UnreadableError: it is no Word document that can be read.
    """
    theirs, ours = Package(data, limits), Package(blank)
    given = _Taking(theirs, frozenset(_own_pictures(ours))).taken(dict(_identity(ours)))
    given.parts.setdefault("styles", ours.xml("word/styles.xml"))
    return given


def opened(blank: bytes) -> Given:
    """Return the package of a blank of ours, ready to be marked."""
    ours = Package(blank)
    return _Taking(ours, frozenset(_own_pictures(ours))).taken(dict(_identity(ours)))


class _Taking:
    """Takes one package over."""

    def __init__(self, theirs: Package, pictures: frozenset[bytes]) -> None:
        self._theirs = theirs
        self._pictures = pictures
        self._dropped: list[str] = []

    def taken(self, identity: dict[str, bytes]) -> Given:
        main = next((target for _, kind, target in self._relations("") if kind == "officeDocument"), "")
        if main not in self._theirs:
            raise UnreadableError("corrupt", "The return is a damaged Word document: its text part is missing.", "Ask for it again.")
        related = {number: (kind, target) for number, kind, target in self._relations(main)}
        given = Given(self._theirs.xml(main), identity=identity)
        references = [_Reference(one) for one in given.document.iter(q("w:headerReference"), q("w:footerReference"))]
        self._take(given, given.document, main, "")
        for kind, target in related.values():
            if kind in _KINDS and target in self._theirs and kind not in given.parts:
                given.parts[kind] = self._theirs.xml(target)
                allow(given.parts[kind])
            elif kind == "settings" and target in self._theirs:
                given.settings = _settings(self._theirs.xml(target))
        for reference in references:
            kind, target = related.get(reference.id, ("", ""))
            if kind in _MARGINS and target in self._theirs:
                margin = self._theirs.xml(target)
                self._take(given, margin, target, reference.id)
                given.margins[reference.id] = margin
                reference.put_back()
        given.dropped = tuple(dict.fromkeys(self._dropped))
        return given

    def _take(self, given: Given, root: etree._Element, part: str, margin: str) -> None:
        kept = [drawing for drawing in root.iter(q("w:drawing")) if self._is_own(drawing, part)]
        if any(drawing not in kept and drawing.find(f".//{_BLIP}") is not None for drawing in root.iter(q("w:drawing"))):
            self._dropped.append("pictures")
        if any(True for _ in root.iter(q("w:object"), q("w:altChunk"), q("w:control"))):
            self._dropped.append("embedded files")
        runs = [(drawing, _run_of(drawing)) for drawing in kept]
        holders = []
        for drawing, run in runs:
            if run is not None:
                mark = etree.SubElement(run, q("w:noBreakHyphen"))
                holders.append((mark, _plain_picture(drawing)))
        pictures = {blip.get(q("r:embed"), "") for drawing in kept for blip in drawing.iter(_BLIP)}
        found = {number: self._theirs.read(target) for number, _, target in self._relations(part) if number in pictures}
        allow(root)
        for mark, picture in holders:
            parent = mark.getparent()
            if parent is not None:
                parent.replace(mark, picture)
        if found:
            given.pictures[margin] = found

    def _is_own(self, drawing: etree._Element, part: str) -> bool:
        """Say whether a drawing is nothing but a picture of the blank that was issued."""
        embedded = [blip.get(q("r:embed"), "") for blip in drawing.iter(_BLIP)]
        targets = {number: target for number, _, target in self._relations(part)}
        data = [self._theirs.read(targets[one]) for one in embedded if targets.get(one, "") in self._theirs]
        return len(embedded) == 1 and len(data) == 1 and data[0] in self._pictures and drawing.find(f".//{q('w:txbxContent')}") is None

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield the relationships of a part that stay within the package: id, the last word of the type, target."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels") if part else "_rels/.rels"
        for one in self._theirs.xml(listing) if listing in self._theirs else ():
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


class _Reference:
    """A reference to a header or footer, which is put back once the rest has been looked through."""

    def __init__(self, element: etree._Element) -> None:
        self.id = element.get(q("r:id"), "")
        self._kind = element.get(q("w:type"), "default")
        self._tag = element.tag
        self._section = element.getparent()

    def put_back(self) -> None:
        if self._section is not None and self._kind in ("default", "first", "even"):
            at = sum(child.tag in (q("w:headerReference"), q("w:footerReference")) for child in self._section)
            self._section.insert(at, etree.Element(self._tag, {q("w:type"): self._kind, q("r:id"): self.id}))


def _run_of(drawing: etree._Element) -> etree._Element | None:
    return next(drawing.iterancestors(q("w:r")), None)


_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SIZE = re.compile(r"\d{1,8}")


def _plain_picture(drawing: etree._Element) -> etree._Element:
    """Return a drawing of ours that shows a picture in its line, as large as the one it stands for, with its description."""
    extent = next(drawing.iter(q("wp:extent")), None)
    shown = next(drawing.iter(q("wp:docPr")), None)
    size = {name: (extent.get(name, "") if extent is not None else "") for name in ("cx", "cy")}
    size = {name: said if _SIZE.fullmatch(said) else "720000" for name, said in size.items()}
    description = (shown.get("descr", "") if shown is not None else "")[:500]
    blip = next(drawing.iter(_BLIP)).get(q("r:embed"), "")
    wp, pic = q("wp:inline").rpartition("}")[0] + "}", f"{{{_PIC}}}"
    made = etree.Element(q("w:drawing"))
    inline = etree.SubElement(made, f"{wp}inline", dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
    etree.SubElement(inline, f"{wp}extent", size)
    etree.SubElement(inline, f"{wp}docPr", {"id": "1", "name": "Picture", "descr": description})
    graphic = etree.SubElement(inline, f"{{{A}}}graphic")
    held = etree.SubElement(graphic, f"{{{A}}}graphicData", {"uri": _PIC})
    picture = etree.SubElement(held, f"{pic}pic", nsmap={"pic": _PIC})
    about = etree.SubElement(picture, f"{pic}nvPicPr")
    etree.SubElement(about, f"{pic}cNvPr", {"id": "1", "name": "Picture", "descr": description})
    etree.SubElement(about, f"{pic}cNvPicPr")
    filling = etree.SubElement(picture, f"{pic}blipFill")
    etree.SubElement(filling, _BLIP, {q("r:embed"): blip})
    etree.SubElement(etree.SubElement(filling, f"{{{A}}}stretch"), f"{{{A}}}fillRect")
    shape = etree.SubElement(picture, f"{pic}spPr")
    box = etree.SubElement(shape, f"{{{A}}}xfrm")
    etree.SubElement(box, f"{{{A}}}off", {"x": "0", "y": "0"})
    etree.SubElement(box, f"{{{A}}}ext", size)
    etree.SubElement(etree.SubElement(shape, f"{{{A}}}prstGeom", {"prst": "rect"}), f"{{{A}}}avLst")
    return made


def _settings(theirs: etree._Element) -> etree._Element:
    """Return settings of ours with the few of theirs that change how the pages look."""
    made = etree.Element(q("w:settings"), nsmap={"w": W})
    for name in ("evenAndOddHeaders", "defaultTabStop"):
        for found in theirs.findall(q(f"w:{name}"))[:1]:
            etree.SubElement(made, found.tag, {q("w:val"): found.get(q("w:val"), "1")})
    compat = etree.SubElement(made, q("w:compat"))
    said = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
    etree.SubElement(compat, q("w:compatSetting"), {q(name): value for name, value in said.items()})
    return made


def _own_pictures(ours: Package) -> Iterator[bytes]:
    return (ours.read(name) for name in ours.names if name.startswith("word/media/"))


def _identity(ours: Package) -> Iterator[tuple[str, bytes]]:
    wanted = (*_ABOUT, *_BESIDE)
    return ((name, ours.read(name)) for name in ours.names if name in wanted or name.startswith("customXml/"))


# -- and back into a package -----------------------------------------------------------------------------------------------


def packed(given: Given) -> bytes:
    """Return the bytes of the package: the same parts give the same bytes."""
    document = deepcopy(given.document)
    headed = {number: deepcopy(root) for number, root in given.margins.items()}
    given = replace(given, document=document, margins=headed)
    files: dict[str, bytes] = {}
    related: list[tuple[str, str, str]] = []
    types = {f"/{DOCUMENT}": f"{_WORD}.document.main+xml", f"/{SETTINGS}": f"{_WORD}.settings+xml"}
    related.append(("rSettings", "settings", "settings.xml"))
    for kind, root in given.parts.items():
        files[f"word/{kind}.xml"] = serialise(root)
        types[f"/word/{kind}.xml"] = f"{_WORD}.{kind}+xml"
        related.append((f"r{kind.title()}", kind, f"{kind}.xml"))
    margins = {number: f"rMargin{at}" for at, number in enumerate(given.margins, 1)}
    for element in given.document.iter(q("w:headerReference"), q("w:footerReference")):
        element.set(q("r:id"), margins[element.get(q("r:id"), "")])
    for at, (number, root) in enumerate(given.margins.items(), 1):
        kind = "header" if root.tag == q("w:hdr") else "footer"
        name = f"word/{kind}{at}.xml"
        files |= _pictured(root, given.pictures.get(number, {}), name, f"margin{at}")
        files[name] = serialise(root)
        types[f"/{name}"] = f"{_WORD}.{kind}+xml"
        related.append((margins[number], kind, posixpath.basename(name)))
    own = _pictured(given.document, given.pictures.get("", {}), "", "picture")
    related += [(number, "image", name.removeprefix("word/")) for name, number in _numbered(own)]
    files |= own
    return _zip(given, files, related, types)


def _numbered(pictures: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    return ((name, posixpath.basename(name).partition(".")[0]) for name in pictures)


def _pictured(root: etree._Element, pictures: dict[str, bytes], part: str, called: str) -> dict[str, bytes]:
    """Return the pictures of a part and what relates it to them, under names of ours; the part names them by those."""
    names = {
        number: f"word/media/{called}x{at}.{kind}"
        for at, (number, data) in enumerate(pictures.items(), 1)
        if (kind := next((ending for start, ending in _PICTURES.items() if data.startswith(start)), ""))
    }
    for at, blip in enumerate(root.iter(_BLIP), 1):
        blip.set(q("r:embed"), posixpath.basename(names.get(blip.get(q("r:embed"), ""), "")).partition(".")[0])
        for shown in next(blip.iterancestors(q("w:drawing"))).iter(q("wp:docPr")):
            shown.set("id", str(at))
    files = {name: pictures[number] for number, name in names.items()}
    if part and files:
        rels = _relationships((number, "image", name.removeprefix("word/")) for name, number in _numbered(files))
        files[f"word/_rels/{posixpath.basename(part)}.rels"] = rels
    return files


def _zip(given: Given, files: dict[str, bytes], related: list[tuple[str, str, str]], types: dict[str, str]) -> bytes:
    custom = next((name for name in given.identity if re.fullmatch(r"customXml/item\d+\.xml", name)), "")
    if custom:
        related.append(("rIdentity", "customXml", f"../{custom}"))
    types |= {
        f"/{name}": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        for name in given.identity
        if "itemProps" in name
    }
    types |= {f"/{name}": kind for name, kind in (_ABOUT | _BESIDE).items() if name in given.identity}
    related += [
        (f"r{at}Beside", posixpath.basename(name)[:-4].rstrip("1"), name[5:]) for at, name in enumerate(_BESIDE) if name in given.identity
    ]
    whole = [("rDocument", "officeDocument", DOCUMENT)]
    about = [(name, kind) for name, kind in _ABOUT_RELATED.items() if name in given.identity]
    target = io.BytesIO()
    with Writer(target) as out:
        out.add(_TYPES, _content_types(types))
        out.add("_rels/.rels", _relationships(whole, [(f"rAbout{at}", kind, name) for at, (name, kind) in enumerate(about, 1)]))
        out.add(DOCUMENT, serialise(given.document))
        out.add(_RELATED, _relationships(related))
        out.add(SETTINGS, serialise(given.settings))
        for name, data in (*files.items(), *given.identity.items()):
            out.add(name, data, stored=name.endswith((".png", ".jpeg")))
    return target.getvalue()


_ABOUT = {
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_BESIDE = {
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_ABOUT_RELATED = {
    "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
    "docProps/custom.xml": f"{_OFFICE}/custom-properties",
}


def _relationships(*among: "list[tuple[str, str, str]] | Iterator[tuple[str, str, str]]") -> bytes:
    root = etree.Element(f"{{{_PACKAGE}/relationships}}Relationships", nsmap={None: f"{_PACKAGE}/relationships"})  # type: ignore[dict-item]
    for number, kind, target in (one for some in among for one in some):
        said = {"Id": number, "Type": kind if "://" in kind else f"{_OFFICE}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship", said)
    return serialise(root)


def _content_types(types: dict[str, str]) -> bytes:
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})  # type: ignore[dict-item]
    usual = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
    for ending, kind in usual.items():
        etree.SubElement(root, f"{{{space}}}Default", {"Extension": ending, "ContentType": kind})
    for name, kind in types.items():
        etree.SubElement(root, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})
    return serialise(root)


__all__ = ["COMMENTS", "Given", "R", "opened", "packed", "taken_over"]
