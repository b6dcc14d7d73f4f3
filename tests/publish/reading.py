"""Read papers back: tables as a person sees them, and what an auditor would say."""

import io
import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from openxml_audit import OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Seen(NamedTuple):
    """A cell: its paragraphs, bullets marked, and "restart", "continue" or nothing for its vertical merge."""

    paragraphs: list[str]
    merge: str


def part(paper: Path | bytes, name: str = "word/document.xml") -> str:
    """Return a part of a package as text."""
    with zipfile.ZipFile(io.BytesIO(paper) if isinstance(paper, bytes) else paper) as package:
        return package.read(name).decode()


def tables(paper: Path, part_name: str = "word/document.xml") -> list[list[list[Seen]]]:
    """Return the tables of a Word file: rows of cells."""
    root = etree.fromstring(part(paper, part_name).encode())
    return [[[_cell(cell) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")] for table in root.iter(W + "tbl")]


def _cell(cell: etree._Element) -> Seen:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    said = "" if merge is None else merge.get(W + "val", "continue")
    return Seen([text for text in map(_paragraph, cell.iter(W + "p")) if text], said)


def _paragraph(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    text = "".join(found.text or "" for found in paragraph.iter(W + "t"))
    return f"• {text}" if style is not None and "Bullet" in style.get(W + "val", "") else text


def texts(paper: Path) -> list[str]:
    """Return the paragraphs of a Word file, bullets marked."""
    root = etree.fromstring(part(paper).encode())
    return [text for text in map(_paragraph, root.iter(W + "p")) if text]


def complaints(paper: Path) -> list[str]:
    """Return what keeps Word or Excel from opening a file without repair."""
    return [f"{error.part_uri} {error.description}" for error in OpenXmlValidator().validate(str(paper)).errors]
