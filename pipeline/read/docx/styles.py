"""What styles say of a paragraph: heading level, list, hidden text, and how large its letters are. Nothing of fonts and colours.

Source: ECMA-376-1 17.7 (styles), 17.9 (numbering).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.ooxml.package import parsed
from pipeline.read.counts import count
from pipeline.read.lists import ListLevel

_VAL = q("w:val")
_DEEPEST = 8
"""The last of the nine levels of a list, counted from 0."""
_HIGHEST = 32_767
"""The highest number that Word lets a list start from."""
_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)


class Style(NamedTuple):
    """What one style adds to its paragraphs or runs, those that it is based on included."""

    heading: int = 0
    number: str = ""
    level: int = 0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    size: int = 0
    """Of its letters, in half points; 0 where it leaves that to the document."""


PLAIN = Style()
BODY = ""
"""The name under which `styles` keeps what holds where a paragraph names no style: no style of a document is called that."""
USUAL = 20
"""The size of letters in half points where a document says nothing (ECMA-376-1 17.3.2.38)."""
_LARGEST = 3_276


def is_on(element: etree._Element | None) -> bool:
    """Read an on-off property: present means on unless its value says otherwise (ECMA-376-1 17.17.4)."""
    return element is not None and element.get(_VAL, "true") not in ("0", "false", "off")


@lru_cache(maxsize=32)
def styles(part: bytes) -> dict[str, Style]:
    """Return the styles of `styles.xml` by id. Returns of one round share the part, so it is parsed once."""
    root = parsed(part, "styles")
    elements = {element.get(q("w:styleId"), ""): element for element in root.iter(q("w:style"))}
    done: dict[str, Style] = {}

    def resolve(name: str, depth: int = 0) -> Style:
        if name in done or name not in elements or depth > 32:
            return done.get(name, PLAIN)
        done[name] = _style(elements[name], lambda base: resolve(base, depth + 1))
        return done[name]

    for name in elements:
        resolve(name)
    defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    usual = next((done[name].size for name, element in elements.items() if _is_body(element)), 0)
    done[BODY] = Style(size=usual or _size(defaults, USUAL))
    return done


def _is_body(element: etree._Element) -> bool:
    return element.get(q("w:type")) == "paragraph" and element.get(q("w:default")) in ("1", "true", "on")


def _size(runs: etree._Element | None, inherited: int) -> int:
    said = runs.find(q("w:sz")) if runs is not None else None
    return inherited if said is None else count(said.get(_VAL), _LARGEST)


def _style(element: etree._Element, resolve: Callable[[str], Style]) -> Style:
    base_element = element.find(q("w:basedOn"))
    base = resolve(base_element.get(_VAL, "")) if base_element is not None else PLAIN
    name = element.find(q("w:name"))
    heading = _HEADING.match(name.get(_VAL, "")) if name is not None else None
    level = element.find(f"{q('w:pPr')}/{q('w:outlineLvl')}")
    number = element.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:numId')}")
    depth = element.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:ilvl')}")
    runs = element.find(q("w:rPr"))

    def run(name: str, inherited: bool) -> bool:
        found = runs.find(q(name)) if runs is not None else None
        return inherited if found is None else is_on(found)

    return Style(
        heading=int(heading[1]) if heading else base.heading if level is None else outline_level(level.get(_VAL, "9")),
        number=number.get(_VAL, "") if number is not None else base.number,
        level=count(depth.get(_VAL), _DEEPEST) if depth is not None else base.level,
        bold=run("w:b", base.bold),
        italic=run("w:i", base.italic),
        hidden=run("w:vanish", base.hidden),
        size=_size(runs, base.size),
    )


def outline_level(said: str) -> int:
    """Turn an outline level, counted from 0 with 9 for body text, into a heading level counted from 1; 0 for body text."""
    return int(said) + 1 if said and said in "012345678" else 0


@lru_cache(maxsize=32)
def list_levels(part: bytes) -> dict[str, dict[int, ListLevel]]:
    """Return the levels of each list of `numbering.xml` by list id (`w:numId`)."""
    root = parsed(part, "lists")
    abstract = {element.get(q("w:abstractNumId"), ""): _levels(element) for element in root.iter(q("w:abstractNum"))}
    lists: dict[str, dict[int, ListLevel]] = {}
    for element in root.iter(q("w:num")):
        reference = element.find(q("w:abstractNumId"))
        levels = dict(abstract.get(reference.get(_VAL, ""), {})) if reference is not None else {}
        for override in element.iter(q("w:lvlOverride")):
            levels.update(_levels(override))
            restart = override.find(q("w:startOverride"))
            at = count(override.get(q("w:ilvl")), _DEEPEST)
            if restart is not None:
                levels[at] = levels.get(at, ListLevel())._replace(start=count(restart.get(_VAL), _HIGHEST))
        lists[element.get(q("w:numId"), "")] = levels
    return lists


def _levels(parent: etree._Element) -> dict[int, ListLevel]:
    levels = {}
    for element in parent.iterchildren(q("w:lvl")):
        said = {name: child.get(_VAL, "") for name in ("numFmt", "lvlText", "start") if (child := element.find(q(f"w:{name}"))) is not None}
        levels[count(element.get(q("w:ilvl")), _DEEPEST)] = ListLevel(
            said.get("numFmt", "decimal"), said.get("lvlText", ""), count(said.get("start", "1"), _HIGHEST)
        )
    return levels
