"""Which part of a Word package refers to which, and what leads out of it.

Source: ECMA-376-2 9.3 (parts are found by their relationships, not by their names).
"""

import posixpath
from functools import lru_cache, partial
from typing import NamedTuple

from lxml import etree

from pipeline.ooxml.package import Package, parsed
from pipeline.read.beside import Beside

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """A relationship of a part."""

    id: str
    kind: str
    """The last word of its type: styles, header, hyperlink …"""
    target: str
    """A part's name, or the address as given where it is outside."""
    outside: bool


def relations(package: Package, beside: Beside) -> dict[str, tuple[Relation, ...]]:
    """Return the relationships of each part that has any; those of the package itself under an empty name.

    Args:
        package: the package.
        beside: remembers which relationships of a part are damaged.

    Raises:
        UnreadableError: as `Package.xml`, of those of the package itself.
    """
    found = {}
    for name in package.names:
        folder, rels = posixpath.split(name)
        if rels.endswith(".rels") and posixpath.basename(folder) == "_rels":
            base = posixpath.dirname(folder)
            part = posixpath.join(base, rels.removesuffix(".rels"))
            look = partial(_stated, package, name, base)
            found[part] = (beside.read(name, look) or ()) if part else look()
    return found


def _stated(package: Package, name: str, base: str) -> tuple[Relation, ...]:
    return _of_part(package.transitional(name), name, base)


@lru_cache(maxsize=32)
def _of_part(data: bytes, name: str, base: str) -> tuple[Relation, ...]:
    """Return the relationships that a part states. The returns of one round share them, so each is parsed once."""
    return tuple(_relation(element, base) for element in parsed(data, name).iter(_RELATIONSHIP))


def _relation(said: etree._Element, base: str) -> Relation:
    target, outside = said.get("Target", ""), said.get("TargetMode") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
    return Relation(said.get("Id", ""), said.get("Type", "").rpartition("/")[2], target, outside)
