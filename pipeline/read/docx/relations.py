"""Which part of a Word package refers to which, and what leads out of it.

Source: ECMA-376-2 9.3 (parts are found by their relationships, not by their names).
"""

import posixpath
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from pipeline.ooxml.package import Package, parsed

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """A relationship of a part."""

    id: str
    kind: str
    """The last word of its type: styles, header, hyperlink …"""
    target: str
    """A part's name, or the address as given where it is outside."""
    outside: bool


def relations(package: Package) -> dict[str, tuple[Relation, ...]]:
    """Return the relationships of each part that has any; those of the package itself under an empty name.

    Raises:
        UnreadableError: as `Package.xml`.
    """
    found = {}
    for name in package.names:
        folder, rels = posixpath.split(name)
        if rels.endswith(".rels") and posixpath.basename(folder) == "_rels":
            base = posixpath.dirname(folder)
            part = posixpath.join(base, rels.removesuffix(".rels"))
            found[part] = _of_part(package.transitional(name), name, base)
    return found


@lru_cache(maxsize=32)
def _of_part(data: bytes, name: str, base: str) -> tuple[Relation, ...]:
    """Return the relationships that a part states. The returns of one round share them, so each is parsed once."""
    return tuple(_relation(element, base) for element in parsed(data, name).iter(_RELATIONSHIP))


def _relation(said: etree._Element, base: str) -> Relation:
    target, outside = said.get("Target", ""), said.get("TargetMode") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
    return Relation(said.get("Id", ""), said.get("Type", "").rpartition("/")[2], target, outside)
