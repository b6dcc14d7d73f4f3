"""A report master: the Word file that an officer edits, compiled once into Jinja templates and filled as a stream.

Rendering is our own: docxtpl parses the rendered document again and takes time that grows faster than the document.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from jinja2 import Template
from jinja2.exceptions import SecurityError, UndefinedError
from markupsafe import escape

from pipeline.errors import SetupError, UnreadableError
from pipeline.model.forms import Form
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.traces import without_traces
from pipeline.publish.asked_at import Questions
from pipeline.publish.attached import CONTENT_TYPES, RELATIONSHIPS, Attached
from pipeline.publish.contents import Contents
from pipeline.publish.masters.compiling import DOCUMENT, Compiled, TagError, Uncompiled, sandbox
from pipeline.publish.masters.kept import NOWHERE, Shelf
from pipeline.publish.masters.printed import printed
from pipeline.publish.runs import Styles, gathered, legal
from pipeline.publish.whole_rows import short_rows_whole

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
        shelf: where what was made of it before is kept.

    Raises:
        SetupError: there is no such file, or it is no Word document.
        TagError: a tag in it is not understood.
    """

    def __init__(self, path: Path, shelf: Shelf = NOWHERE) -> None:
        self.path = path
        self._data, package = _opened(path)
        self._shelf = shelf
        self._parts = {name: package.read(name) for name in package.names}
        self._uncompiled = Uncompiled(path, package)
        self._compiled = Compiled._make(shelf.kept((self._data,), lambda: tuple(self._uncompiled.compiled())))
        self.names = self._compiled.names
        """What the master asks for: the first word of every tag."""
        self.text_width = self._compiled.text_width
        self.styles = Styles(self._compiled.styles)
        within = sandbox(self.styles)
        known = within.make_globals(None)
        self._templates = {name: Template.from_code(within, code, known) for name, code in self._compiled.codes.items()}

    def asked_of(self, name: str) -> frozenset[str]:
        """Return the second words of the tags that begin with a name: of `{{p narrative.background }}`, background."""
        return frozenset(second for first, second in self._compiled.asked if first == name)

    def optional_of(self, name: str) -> frozenset[str]:
        """Return the second words that a tag asks for before they are used: of `{%p if narrative.options is defined %}`, options."""
        return frozenset(second for first, second in self._compiled.optional if first == name)

    def printed(self, form: Form) -> frozenset[str]:
        """Return the schema paths of the fields that the master prints."""
        made_from = (self._data, form.model_dump_json().encode())
        return self._shelf.kept(made_from, lambda: printed(self._uncompiled.trees.values(), form))

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
            placed = contents.placed(pieces) if isinstance(contents, Contents) and name == DOCUMENT else gathered(pieces)
            numbered = questions.placed(placed) if isinstance(questions, Questions) and name == DOCUMENT else placed
            yield from short_rows_whole(numbered)
        except (UndefinedError, SecurityError, TypeError) as error:
            hint = "Open the master in Word, find the tag and mend its name."
            raise TagError(f"{self.path}: a tag cannot be filled: {error}.", hint) from error


def _opened(path: Path) -> tuple[bytes, Package]:
    try:
        data = without_traces(path.read_bytes())
        return data, Package(data)
    except FileNotFoundError as error:
        raise SetupError(f"{path}: the report master is missing.", "Put the kit's own file back.") from error
    except UnreadableError as error:
        raise SetupError(f"{path}: the report master cannot be opened: {error}", "Save it once more from Word as .docx.") from error
