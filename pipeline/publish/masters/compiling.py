"""A master becomes code: each part that has tags a Jinja template, and beside them what its tags name.

docxtpl knows how Word tears `{{ … }}` apart and what `{%p %}` and `{%tr %}` mean; it is used for that alone.

Source: docxtpl 0.20, `DocxTemplate.patch_xml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml import etree

from pipeline.errors import SetupError
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.ooxml.xml import serialise
from pipeline.publish.contents import as_heading, marked_headings
from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.runs import Styles

DOCUMENT = "word/document.xml"
A4_TEXT_WIDTH = 9638
"""A4 upright with margins of 2 cm, in twentieths of a point."""
_TAGGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BLOCK = re.compile(r"\s*\{\{\s*p\s+(.+?)\s*\}\}\s*", re.DOTALL)
_CONTENTS = re.compile(r"\{\{\s*p\s+contents\s*\}\}")


class TagError(SetupError):
    """A tag of a master is not understood, or names something that is not there."""


class Compiled(NamedTuple):
    """A compiled master: code and plain data alone, so that it can be kept."""

    codes: dict[str, CodeType]
    """Of the parts that have tags, by name."""
    styles: dict[str, str]
    """The ids of the styles by name in lower case: ids differ between Word's languages, names do not."""
    text_width: int
    """Of the last section, in twentieths of a point."""
    names: frozenset[str]
    """The first word of every tag."""
    asked: frozenset[tuple[str, str]]
    """The first two words of tags: `narrative`, `background`."""
    optional: frozenset[tuple[str, str]]
    """Those of which a tag asks whether they are there."""


class Uncompiled:
    """A master on its way to be compiled.

    Args:
        path: for messages.
        package: the Word file.
    """

    def __init__(self, path: Path, package: Package) -> None:
        self._path = path
        self._package = package

    @cached_property
    def trees(self) -> Mapping[str, nodes.Template]:
        """The parts as Jinja understands them, by name.

        Raises:
            TagError: a tag is not understood.
            UnreadableError: a part cannot be read.
        """
        styles = Styles(self._styles)
        if _CONTENTS.search("".join(map(str, self._document.itertext()))):
            marked_headings(self._document, styles)
        names = (name for name in self._package.names if _TAGGED.fullmatch(name))
        parts = ((name, self._document if name == DOCUMENT else self._package.xml(name)) for name in names)
        return {name: self._parsed(_source(part)) for name, part in parts}

    def compiled(self) -> Compiled:
        """Compile it.

        Raises:
            TagError: a tag is not understood.
            UnreadableError: a part cannot be read.
        """
        codes = {name: self._code(tree) for name, tree in self.trees.items()}
        asked, optional = frozenset(self._asked()), frozenset(self._optional())
        width = _text_width(self._document)
        return Compiled(codes, self._styles, width, frozenset(self._sandbox.asked), asked, optional)

    @cached_property
    def _styles(self) -> dict[str, str]:
        ids = {}
        for style in self._package.xml("word/styles.xml").iter(q("w:style")):
            name = style.find(q("w:name"))
            if name is not None:
                ids[name.get(q("w:val"), "").lower()] = style.get(q("w:styleId"), "")
        return ids

    @cached_property
    def _document(self) -> etree._Element:
        return self._package.xml(DOCUMENT)

    @cached_property
    def _sandbox(self) -> Sandbox:
        return sandbox(Styles(self._styles))

    def _parsed(self, source: str) -> nodes.Template:
        try:
            return self._sandbox.parse(source)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _code(self, tree: nodes.Template) -> CodeType:
        """Compile a part; only now Jinja looks whether there are such filters."""
        try:
            return self._sandbox.compile(tree)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _not_understood(self, error: TemplateError) -> TagError:
        return TagError(f"{self._path}: a tag is not understood: {error}.", "Run proforma masters: it says where. Mend the tag in Word.")

    def _asked(self) -> Iterator[tuple[str, str]]:
        for tree in self.trees.values():
            yield from _two_words(tree.find_all(nodes.Getattr))

    def _optional(self) -> Iterator[tuple[str, str]]:
        for tree in self.trees.values():
            yield from _two_words(test.node for test in tree.find_all(nodes.Test) if test.name == "defined")


def sandbox(styles: Styles) -> Sandbox:
    """Return where a master with these styles is compiled and filled."""
    made = Sandbox(styles)
    made.filters["as_heading"] = as_heading
    return made


def _two_words(found: Iterable[nodes.Node]) -> Iterator[tuple[str, str]]:
    for node in found:
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            yield node.node.name, node.attr


def _text_width(document: etree._Element) -> int:
    """Return the width of the last section's text, in twentieths of a point."""
    section = document.find(f"{q('w:body')}/{q('w:sectPr')}")
    if section is None:
        return A4_TEXT_WIDTH
    page, margins = section.find(q("w:pgSz")), section.find(q("w:pgMar"))
    width = int(page.get(q("w:w"), "11906")) if page is not None else 11906
    sides = (int(margins.get(q(f"w:{side}"), "1134")) for side in ("left", "right")) if margins is not None else (1134, 1134)
    return width - sum(sides)


def _source(part: etree._Element) -> str:
    """Return the Jinja source of a part."""
    for paragraph in part.iter(q("w:p")):
        _keep_style(paragraph)
    return str(DocxTemplate(None).patch_xml(serialise(part).decode()))


def _keep_style(paragraph: etree._Element) -> None:
    """Let `{{p …}}`, which takes the place of its whole paragraph, know the style of that paragraph and whether a cell needs it."""
    texts = list(paragraph.iter(q("w:t")))
    found = _BLOCK.fullmatch("".join(text.text or "" for text in texts))
    if not found:
        return
    style = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    parent = paragraph.getparent()
    filled = parent is not None and parent.tag == q("w:tc") and paragraph.getnext() is None
    name = style.get(q("w:val"), "") if style is not None else ""
    texts[0].text = f'{{{{p ({found[1]})|as_paragraphs("{name}", {filled}) }}}}'
    for text in texts[1:]:
        text.text = ""
