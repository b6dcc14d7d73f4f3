"""What changed between two returns as a Word document: the form with its answers, and each change as a tracked one, by whom and when.

Knows the form's labels and Word; knows no store. Word and LibreOffice show the changes as they show anybody's, and can accept them.

Source: ECMA-376-1 17.13.5 (revisions).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

from lxml import etree
from rapidfuzz.distance import Indel

from pipeline.asking.returned import Given, opened, packed
from pipeline.ooxml.names import W, q

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_LANGUAGE = "en-GB"


class Line(NamedTuple):
    """A line of the form: a heading, or an answer behind its label."""

    label: str
    level: int
    """Of a heading, from 1; 0 for an answer."""
    before: str = ""
    after: str = ""
    by: str = ""
    """Who said what is new: the name of the mail or file."""
    at: datetime | None = None


def differing(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches of two texts, word by word: what is `same`, what is in the first alone (`del`), in the second alone (`ins`)."""
    old, new = (_TOKENS.findall(text) for text in (before, after))
    gone: list[str] = []
    come: list[str] = []
    for step in (*Indel.opcodes(old, new), None):
        if step is None or step.tag == "equal":
            yield from ((kind, "".join(words)) for kind, words in (("del", gone), ("ins", come)) if words)
            gone, come = [], []
        if step is not None and step.tag == "equal":
            yield "same", "".join(old[step.src_start : step.src_end])
        elif step is not None:
            gone += old[step.src_start : step.src_end]
            come += new[step.dest_start : step.dest_end]


def redline(blank: bytes, title: str, lines: Sequence[Line]) -> bytes:
    """Return a Word document of the changes.

    Args:
        blank: a blank of the kit, whose looks the document has.
        title: what it is.
        lines: the form with its answers, in order.

    Returns:
        A .docx on A4, in British English; the same lines give the same bytes.
    """
    given = opened(blank)
    body = etree.Element(q("w:body"))
    numbers = count(1)
    body.append(_paragraph("Title", [_run(title)]))
    for line in lines:
        body.append(_heading(line) if line.level else _answer(line, numbers))
    body.append(_section())
    document = etree.Element(q("w:document"), nsmap={"w": W})
    document.append(body)
    styles = {name: part for name, part in given.parts.items() if name in ("styles", "numbering")}
    beside = {name: data for name, data in given.identity.items() if name.startswith("word/")}
    beside["docProps/core.xml"] = _about(title)
    return packed(Given(document, styles, identity=beside, settings=given.settings))


def _heading(line: Line) -> etree._Element:
    return _paragraph(f"Heading{min(line.level, 3)}", [_run(line.label)])


def _answer(line: Line, numbers: "count[int]") -> etree._Element:
    made = _paragraph("", [_run(f"{line.label}{'' if line.label.endswith(('?', ':')) else ':'} ", bold=True)])
    if line.before == line.after:
        made.append(_run(line.after or "–"))
        return made
    for kind, text in differing(line.before, line.after):
        made.append(_run(text) if kind == "same" else _change(kind, text, line, next(numbers)))
    return made


def _change(kind: str, text: str, line: Line, number: int) -> etree._Element:
    said = {"w:id": str(number), "w:author": line.by or "?"}
    if line.at:
        said["w:date"] = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    change = etree.Element(q(f"w:{kind}"), {q(name): value for name, value in said.items()})
    change.append(_run(text, deleted=kind == "del"))
    return change


def _paragraph(style: str, runs: Sequence[etree._Element]) -> etree._Element:
    made = etree.Element(q("w:p"))
    if style:
        etree.SubElement(etree.SubElement(made, q("w:pPr")), q("w:pStyle"), {q("w:val"): style})
    made.extend(runs)
    return made


def _run(text: str, *, bold: bool = False, deleted: bool = False) -> etree._Element:
    run = etree.Element(q("w:r"))
    looks = etree.SubElement(run, q("w:rPr"))
    if bold:
        etree.SubElement(looks, q("w:b"))
    etree.SubElement(looks, q("w:lang"), {q("w:val"): _LANGUAGE})
    for at, line in enumerate(text.split("\n")):
        if at:
            etree.SubElement(run, q("w:br"))
        said = etree.SubElement(run, q("w:delText" if deleted else "w:t"), {q("xml:space"): "preserve"})
        said.text = "".join(character if character.isprintable() else " " for character in line)
    return run


def _section() -> etree._Element:
    """Return the section: A4 upright, margins of 2 centimetres, in twentieths of a point."""
    made = etree.Element(q("w:sectPr"))
    etree.SubElement(made, q("w:pgSz"), {q("w:w"): "11906", q("w:h"): "16838"})
    sides = dict.fromkeys(("top", "right", "bottom", "left"), "1134") | {"header": "567", "footer": "567", "gutter": "0"}
    etree.SubElement(made, q("w:pgMar"), {q(f"w:{name}"): value for name, value in sides.items()})
    return made


def _about(title: str) -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dublin = "http://purl.org/dc/elements/1.1/"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin})
    etree.SubElement(root, f"{{{dublin}}}title").text = title
    etree.SubElement(root, f"{{{dublin}}}language").text = _LANGUAGE
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
