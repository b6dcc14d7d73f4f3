"""A report master: the Word file that an officer edits, compiled once into Jinja templates and filled as a stream.

docxtpl knows how Word tears `{{ … }}` apart and what `{%p %}` and `{%tr %}` mean; it is used for that alone. Rendering is our own:
docxtpl parses the rendered document again and takes time that grows faster than the document.

Source: docxtpl 0.20, `DocxTemplate.patch_xml`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from docxtpl import DocxTemplate
from jinja2 import TemplateError, meta, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree
from markupsafe import escape

from pipeline.errors import SetupError, UnreadableError
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import serialise
from pipeline.publish.runs import Styles, legal
from pipeline.publish.sandbox import Sandbox

_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BLOCK = re.compile(r"\s*\{\{\s*p\s+(.+?)\s*\}\}\s*", re.DOTALL)
_A4_TEXT_WIDTH = 9638
"""A4 upright with margins of 2 cm, in twentieths of a point."""
_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


class Master:
    """A compiled report master.

    Args:
        path: the Word file in the kit.

    Raises:
        SetupError: there is no such file, it is no Word document, or a tag in it is not understood.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        package = _opened(path)
        self._parts = {name: package.read(name) for name in package.names}
        self.styles = Styles(_style_ids(package.xml("word/styles.xml")))
        self._sandbox = Sandbox(self.styles)
        document = package.xml(_DOCUMENT)
        self.text_width = _text_width(document)
        self._trees = {name: self._parsed(_source(package.xml(name))) for name in package.names if _RENDERED.fullmatch(name)}
        self.names = frozenset[str]().union(*map(self._asked, self._trees.values()))
        """What the master asks for: the first word of every tag."""
        self._templates = {name: self._sandbox.from_string(tree) for name, tree in self._trees.items()}

    def asked_of(self, name: str) -> frozenset[str]:
        """Return the second words of the tags that begin with a name: of `{{p narrative.background }}`, background."""
        asked = (node for tree in self._trees.values() for node in tree.find_all(nodes.Getattr))
        return frozenset(node.attr for node in asked if isinstance(node.node, nodes.Name) and node.node.name == name)

    def optional_of(self, name: str) -> frozenset[str]:
        """Return the second words that a tag asks for before they are used: of `{%p if narrative.options is defined %}`, options."""
        tests = (node.node for tree in self._trees.values() for node in tree.find_all(nodes.Test) if node.name == "defined")
        return frozenset(
            node.attr for node in tests if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == name
        )

    def write(self, target: IO[bytes], context: Mapping[str, object], title: str, creator: str) -> None:
        """Write the filled document.

        Args:
            target: where to; a file open for writing.
            context: what the tags stand for, by first word.
            title: the document's title property.
            creator: its author property.

        Raises:
            SetupError: a tag names something that is not there.
        """
        with Writer(target) as writer:
            for name, data in self._parts.items():
                if name in self._templates:
                    writer.stream(name, self._pieces(name, context))
                elif name == _PROPERTIES:
                    writer.add(name, _CORE.format(title=escape(legal(title)), creator=escape(legal(creator))).encode())
                else:
                    writer.add(name, data)

    def _pieces(self, name: str, context: Mapping[str, object]) -> Iterator[str]:
        try:
            yield from self._templates[name].generate(context)
        except (UndefinedError, SecurityError, TypeError) as error:
            hint = "Open the master in Word, find the tag and mend its name."
            raise SetupError(f"{self.path}: a tag cannot be filled: {error}.", hint) from error

    def _parsed(self, source: str) -> nodes.Template:
        try:
            return self._sandbox.parse(source)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _asked(self, tree: nodes.Template) -> set[str]:
        """Return the first words of a part's tags; only now Jinja looks whether there are such filters."""
        try:
            return meta.find_undeclared_variables(tree)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _not_understood(self, error: TemplateError) -> SetupError:
        return SetupError(f"{self.path}: a tag is not understood: {error}.", "Run proforma masters: it says where. Mend the tag in Word.")


def _opened(path: Path) -> Package:
    try:
        return Package(path.read_bytes())
    except FileNotFoundError as error:
        raise SetupError(f"{path}: the report master is missing.", "Put the kit's own file back.") from error
    except UnreadableError as error:
        raise SetupError(f"{path}: the report master cannot be opened: {error}", "Save it once more from Word as .docx.") from error


def _style_ids(styles: etree._Element) -> dict[str, str]:
    """Return the ids of the styles by name in lower case: ids differ between Word's languages, names do not."""
    ids = {}
    for style in styles.iter(q("w:style")):
        name = style.find(q("w:name"))
        if name is not None:
            ids[name.get(q("w:val"), "").lower()] = style.get(q("w:styleId"), "")
    return ids


def _text_width(document: etree._Element) -> int:
    """Return the width of the last section's text, in twentieths of a point."""
    section = document.find(f"{q('w:body')}/{q('w:sectPr')}")
    if section is None:
        return _A4_TEXT_WIDTH
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
