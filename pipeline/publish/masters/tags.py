"""The tags of a report master, each with its place as an officer finds it in Word: page, paragraph, table and row.

Reads the package only; what a tag means, `pipeline.publish.masters.meaning` knows.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.errors import SetupError, UnreadableError
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENING = re.compile(r"(\{\{|\{%)(-?)\s*(?:p|tr|tc|r)\s+")
"""docxtpl's way to say that a tag takes the place of its paragraph, row, cell or run."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
"""Word makes them while one types; docxtpl takes them back within a tag."""
_CALLED = {"header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}
_SHOWN = 40
"""Characters of a paragraph that tell an officer which one is meant."""
_P, _T, _TBL, _TR = q("w:p"), q("w:t"), q("w:tbl"), q("w:tr")


class Spot(NamedTuple):
    """Where something stands in a master, for people; everything counts from 1."""

    file: str
    part: str
    """Empty for the text itself; otherwise header, footer …"""
    paragraph: int
    """Within its part, tables included."""
    begins: str
    """The first words of the paragraph."""
    heading: str
    """The words of the heading above it, tags and all; empty where there is none."""
    page: int
    """As Word last laid it out; 0 where it never has."""
    table: int = 0
    """0 where it stands in none."""
    row: int = 0

    def __str__(self) -> str:
        where = [self.file]
        where += [f"page {self.page}"] if self.page else []
        where += [f"{self.part}, paragraph {self.paragraph}" if self.part else f"paragraph {self.paragraph}"]
        shown = ", ".join(where) + (f" (“{self.begins}”)" if self.begins else "")
        return f"{shown}, table {self.table} row {self.row}" if self.table else shown


class Tag(NamedTuple):
    """A tag as Jinja understands it, on one line and without docxtpl's prefix."""

    code: str
    spot: Spot


class Words(NamedTuple):
    """What a paragraph of a master says by itself."""

    text: str
    spot: Spot


class Read(NamedTuple):
    """A master, taken apart."""

    tags: tuple[Tag, ...]
    """In the order of the document; headers and footers last."""
    words: tuple[Words, ...]
    """The paragraphs that say something besides their tags."""


def read_tags(path: Path) -> Read:
    """Read the tags of a master.

    Raises:
        SetupError: there is no such file, or it is no Word document.
    """
    advice = "Put the kit's own master back, or save it once more from Word as .docx."
    try:
        package = Package(path.read_bytes())
        names = sorted((name for name in package.names if _PARTS.fullmatch(name)), key=lambda name: (name != "word/document.xml", name))
        parts = [(name, package.xml(name)) for name in names]
    except OSError as error:
        raise SetupError(f"The report master {path} cannot be opened: {error.strerror}.", advice) from error
    except UnreadableError as error:
        raise SetupError(f"The report master {path} is no Word document. {error}", advice) from error
    tags: list[Tag] = []
    words: list[Words] = []
    for name, part in parts:
        for text, spot in _paragraphs(path.name, name, part):
            tags += [Tag(code, spot) for code in _codes(text)]
            if said := " ".join(_TAG.sub(" ", text).split()):
                words.append(Words(said, spot))
    return Read(tuple(tags), tuple(words))


def _codes(text: str) -> Iterator[str]:
    for found in _TAG.findall(text):
        if not found.startswith("{#"):
            yield _OPENING.sub(r"\1\2 ", " ".join(found.translate(_QUOTES).split()), count=1)


def _paragraphs(file: str, name: str, part: etree._Element) -> Iterator[tuple[str, Spot]]:
    """Yield the text of every paragraph with its place."""
    called = next((said for key, said in _CALLED.items() if name.startswith(f"word/{key}")), "")
    tables = {table: number for number, table in enumerate(part.iter(_TBL), 1)}
    laid_out = next(part.iter(q("w:lastRenderedPageBreak")), None) is not None
    number, page, heading = 0, 1, ""
    for element in part.iter(_P, q("w:lastRenderedPageBreak")):
        if element.tag != _P:
            page += 1
            continue
        number += 1
        text = "".join(part.text or "" for part in element.iter(_T) if next(part.iterancestors(_P)) is element)
        spot = Spot(file, called, number, _shortened(text), heading, page if laid_out and not called else 0, *_cell(element, tables))
        yield text, spot
        heading = text if _is_heading(element) and text.strip() else heading


def _cell(paragraph: etree._Element, tables: dict[etree._Element, int]) -> tuple[int, int]:
    row = next(paragraph.iterancestors(_TR), None)
    table = next(row.iterancestors(_TBL), None) if row is not None else None
    if row is None or table is None:
        return 0, 0
    return tables[table], sum(1 for _ in row.itersiblings(_TR, preceding=True)) + 1


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return style is not None and style.get(q("w:val"), "").startswith("Heading")


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
