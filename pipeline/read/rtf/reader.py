"""Read an RTF file into a `Document`."""

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Document, Note
from pipeline.read.reading import Source
from pipeline.read.rtf.destinations import destinations
from pipeline.read.rtf.looks import Setting
from pipeline.read.rtf.tokens import tokens
from pipeline.read.rtf.walk import Walk

_BEGINS = b"{\\rtf"
_BOM = b"\xef\xbb\xbf"


class RtfReader:
    """Rich Text Format: .rtf, and the .doc that is one.

    Reads: paragraphs, headings, list markers, tables in tables, legacy form fields, links, text boxes, notes, comments, headers and
    footers, both views of tracked changes, every code page and Unicode. Half-reads: fields (the cached result). Does not read:
    pictures, embedded objects (a note each; what is inside is never opened).
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are RTF; the file's name is not asked."""
        return source.data[:256].removeprefix(_BOM).lstrip().startswith(_BEGINS)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: it has more parts or nests deeper than any document (`bomb`), or is cut off before its text (`corrupt`).
        """
        walk = Walk(destinations)
        walk.follow(tokens(source.data))
        blocks = walk.body.finish(Setting())
        notes = tuple(said for said in walk.beside.said if isinstance(said, Note))
        asides = tuple(said for said in walk.beside.said if isinstance(said, Aside))
        if not blocks and not asides and any(note.code == "truncated" for note in notes):
            hint = "Ask the partnership to send it again, or to save it once more from Word."
            raise UnreadableError("corrupt", "The file is a damaged RTF document: it ends before its text.", hint)
        return Document(
            format="rtf",
            blocks=blocks,
            asides=asides,
            notes=notes,
            properties=walk.properties,
            tracked_changes=walk.beside.tracked,
        )
