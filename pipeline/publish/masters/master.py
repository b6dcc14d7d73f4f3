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
from jinja2 import Template, TemplateError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree
from markupsafe import escape

from pipeline.errors import SetupError, UnreadableError
from pipeline.model.forms import Form
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.traces import without_traces
from pipeline.ooxml.xml import serialise
from pipeline.publish.asked_at import Questions
from pipeline.publish.attached import CONTENT_TYPES, RELATIONSHIPS, Attached
from pipeline.publish.contents import Contents, as_heading, marked_headings
from pipeline.publish.masters.printed import printed
from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.runs import Styles, gathered, legal
from pipeline.publish.whole_rows import short_rows_whole

_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BLOCK = re.compile(r"\s*\{\{\s*p\s+(.+?)\s*\}\}\s*", re.DOTALL)
_CONTENTS = re.compile(r"\{\{\s*p\s+contents\s*\}\}")
A4_TEXT_WIDTH = 9638
"""A4 upright with margins of 2 cm, in twentieths of a point."""
_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


class TagError(SetupError):
    """A tag of a master is not understood, or names something that is not there."""


class Master:
    """A compiled report master.

    Args:
        path: the Word file in the kit.

    Raises:
        SetupError: there is no such file, or it is no Word document.
        TagError: a tag in it is not understood.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        package = _opened(path)
        self._parts = {name: package.read(name) for name in package.names}
        self.styles = Styles(_style_ids(package.xml("word/styles.xml")))
        self._sandbox = Sandbox(self.styles)
        self._sandbox.filters["as_heading"] = as_heading
        document = package.xml(_DOCUMENT)
        self.text_width = _text_width(document)
        if _CONTENTS.search("".join(map(str, document.itertext()))):
            marked_headings(document, self.styles)
        parts = {name: document if name == _DOCUMENT else package.xml(name) for name in package.names if _RENDERED.fullmatch(name)}
        self._trees = {name: self._parsed(_source(part)) for name, part in parts.items()}
        self._templates = {name: self._compiled(tree) for name, tree in self._trees.items()}
        self.names = frozenset(self._sandbox.asked)
        """What the master asks for: the first word of every tag."""

    def asked_of(self, name: str) -> frozenset[str]:
        """Return the second words of the tags that begin with a name: of `{{p narrative.background }}`, background."""
        asked = (node for tree in self._trees.values() for node in tree.find_all(nodes.Getattr))
        return frozenset(node.attr for node in asked if isinstance(node.node, nodes.Name) and node.node.name == name)

    def printed(self, form: Form) -> frozenset[str]:
        """Return the schema paths of the fields that the master prints."""
        return printed(self._trees.values(), form)

    def optional_of(self, name: str) -> frozenset[str]:
        """Return the second words that a tag asks for before they are used: of `{%p if narrative.options is defined %}`, options."""
        tests = (node.node for tree in self._trees.values() for node in tree.find_all(nodes.Test) if node.name == "defined")
        return frozenset(
            node.attr for node in tests if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == name
        )

    def write(self, target: IO[bytes], context: Mapping[str, object], title: str, creator: str, attached: Attached | None = None) -> None:
        """Write the filled document.

        Args:
            target: where to; a file open for writing.
            context: what the tags stand for, by first word.
            title: the document's title property.
            creator: its author property.
            attached: what the context added to the paper; links are added while it is written.

        Raises:
            TagError: a tag names something that is not there.
        """
        attached = attached or Attached()
        with Writer(target) as writer:
            for name, data in self._parts.items():
                if name in self._templates:
                    writer.stream(name, self._pieces(name, context))
                elif name == CONTENT_TYPES:
                    writer.add(name, attached.with_types(data))
                elif name == _PROPERTIES:
                    writer.add(name, _CORE.format(title=escape(legal(title)), creator=escape(legal(creator))).encode())
                elif name != RELATIONSHIPS:
                    writer.add(name, data)
            for name, data in attached.parts.items():
                writer.add(name, data)
            if related := attached.with_relationships(self._parts.get(RELATIONSHIPS, b"")):
                writer.add(RELATIONSHIPS, related)

    def _pieces(self, name: str, context: Mapping[str, object]) -> Iterator[str]:
        contents, questions = context.get("contents"), context.get("questions")
        try:
            pieces = self._templates[name].generate(context)
            placed = gathered(contents.placed(pieces) if isinstance(contents, Contents) and name == _DOCUMENT else pieces)
            numbered = questions.placed(placed) if isinstance(questions, Questions) and name == _DOCUMENT else placed
            yield from short_rows_whole(numbered)
        except (UndefinedError, SecurityError, TypeError) as error:
            hint = "Open the master in Word, find the tag and mend its name."
            raise TagError(f"{self.path}: a tag cannot be filled: {error}.", hint) from error

    def _parsed(self, source: str) -> nodes.Template:
        try:
            return self._sandbox.parse(source)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _compiled(self, tree: nodes.Template) -> Template:
        """Compile a part; only now Jinja looks whether there are such filters."""
        try:
            return self._sandbox.from_string(tree)
        except TemplateError as error:
            raise self._not_understood(error) from error

    def _not_understood(self, error: TemplateError) -> TagError:
        return TagError(f"{self.path}: a tag is not understood: {error}.", "Run proforma masters: it says where. Mend the tag in Word.")


def _opened(path: Path) -> Package:
    try:
        return Package(without_traces(path.read_bytes()))
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
