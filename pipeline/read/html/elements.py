"""What single elements of a page are: blocks, numbers of notes, parts that stand beside the text, and the words in them."""

import re

from lxml.etree import _Element as Element

from pipeline.ooxml.xml import steps_through

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
    "listing", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "xmp",
))  # fmt: skip
_ANCHORS = re.compile(r"(?:sd(?:foot|end)noteanc|_(?:ftn|edn)ref\d+)")
"""The class or the name of the number that stands for a note in the text; the note begins with it once more."""


def is_anchor(element: Element) -> bool:
    """Say whether an element is the number that stands for a note in the text."""
    named = (element.get("class", ""), element.get("name", ""))
    return element.tag == "a" and any(_ANCHORS.fullmatch(name) is not None for name in named)


def margin(element: Element) -> str:
    """Return what LibreOffice calls a part of its page that stands beside the text; empty for the text."""
    title = element.get("title", "")
    if element.tag == "div" and title in ("header", "footer"):
        return title
    name = element.get("id", "")
    return next((kind for kind in ("footnote", "endnote") if element.tag == "div" and re.fullmatch(rf"sd{kind}\d+", name)), "")


def words_of(element: Element) -> str:
    """Return the words of an element, a line for each of its paragraphs."""
    pieces: list[str] = []
    for event, one in steps_through(element):
        seen = isinstance(one.tag, str) and one.tag not in ("script", "style")
        if event == "start":
            pieces.append("\n" if one.tag in BLOCKS or one.tag == "br" else "")
            pieces.append(re.sub(r"\s+", " ", one.text or "") if seen else "")
        elif one is not element:
            pieces.append(re.sub(r"\s+", " ", one.tail or ""))
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
