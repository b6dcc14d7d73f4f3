"""Word 97 documents and other compound files: what they are, and Word 97's through a converter.

The compound file is opened only to see what it holds. A Word 97 document becomes a .docx, through LibreOffice where it is installed and
through msdoc2docx where it is not, and is read as one. Places are those of the .docx that was read.

Source: [MS-CFB]; [MS-DOC] 2.5.2 (the base of the FIB), 2.1 (streams); [MS-OFFCRYPTO] 2.3.4.4 (locked packages).
"""

import io
import re
import struct
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.model.documents import Document, Note
from pipeline.ooxml.package import Package
from pipeline.read.docx import DocxReader
from pipeline.read.reading import Source
from pipeline.tools import libreoffice

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a compound file begins ([MS-CFB] 2.2)."""
_LOCKED = "EncryptedPackage"
"""The stream in which Word keeps a document that has a password."""
_MAIN = "WordDocument"
_OTHERS = {
    "Workbook": "an Excel workbook",
    "Book": "an Excel workbook",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
    "VisioDocument": "a Visio drawing",
    "Quill": "a Publisher document",
    "MatOST": "a Works document",
}
"""What else comes in compound files, by a stream or storage of its root."""
_INSTALLER = "000C1084-0000-0000-C000-000000000046"
"""The class of a Windows installer."""
_FILTERS = {0xA5EC: "MS Word 97", 0xA5DC: "MS Word 95"}
"""LibreOffice's import filters, by the magic number of the FIB."""
_ENCRYPTED = 0x0100
_AGAIN = "Ask the partnership to send it again, or to save it as .docx."
_WORD = "Ask for the form as a Word document."
_TROUBLE = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, struct.error, RecursionError)
"""What msdoc2docx, which is young, raises on broken files besides its own errors."""


class DocReader:
    """Word 97 to 2003, and what else comes in a compound file.

    Reads: what `DocxReader` reads, of the converted document. Does not read: macros (a note), workbooks, presentations, messages and
    installers (refused with a sentence), Word 2 and older.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a compound file; the file's name is not asked."""
        return source.data.startswith(_COMPOUND)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: locked (`encrypted`), no Word document (`unsupported`), broken (`corrupt`), or the converter needed too
                long (`timeout`).
        """
        held = _held(source.data)
        _refuse(held)
        package, converter = _converted(source.data, held)
        made = DocxReader().read(source._replace(data=package))
        lost = held.macros and not any(note.code == "macros" for note in made.notes)  # LibreOffice takes them along, msdoc2docx does not
        macros = [Note("macros", "The document carries macros. They were not run.")] if lost else []
        notes = (Note("converted", f"Read through {converter}: the original is a Word 97 document."), *macros, *made.notes)
        return replace(made, format="doc", notes=notes)


class _Held(NamedTuple):
    """What a compound file holds."""

    names: frozenset[str]
    """Of the streams and storages in its root."""
    kind: str = ""
    """What it is, where it is no Word document."""
    magic: int = 0
    encrypted: bool = False
    macros: bool = False


def _held(data: bytes) -> _Held:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            names = frozenset(path[0] for path in opened.listdir(streams=True, storages=True))
            if _MAIN not in names:
                kind = "a Windows installer" if opened.root.clsid == _INSTALLER else ""
                return _Held(names, kind or next((said for name, said in _OTHERS.items() if name in names), ""))
            base = opened.openstream(_MAIN).read(32)
            macros = any(path[0] == "Macros" or path[-1] == "VBA" for path in opened.listdir(streams=False, storages=True))
    except (OSError, *_TROUBLE) as error:
        if _LOCKED.encode("utf-16-le") in data:
            return _Held(frozenset({_LOCKED}))
        raise UnreadableError("corrupt", "The file is a damaged Office document.", _AGAIN) from error
    if len(base) < 12:
        raise UnreadableError("corrupt", "The file is a damaged Word 97 document: its text part is cut short.", _AGAIN)
    magic, flags = struct.unpack_from("<H", base)[0], struct.unpack_from("<H", base, 10)[0]
    return _Held(names, "", magic, bool(flags & _ENCRYPTED), macros)


def _refuse(held: _Held) -> None:
    """Raise where the file is no Word document that can be converted."""
    if _LOCKED in held.names or held.encrypted:
        raise UnreadableError("encrypted", "The file is locked with a password.", "Ask for it without the password.")
    if held.kind == _OTHERS["__properties_version1.0"]:
        raise UnreadableError("unsupported", "The file is an Outlook message.", "Open it in Outlook and save what is attached to it.")
    if held.kind:
        raise UnreadableError("unsupported", f"The file is {held.kind}, not a Word document.", _WORD)
    if _MAIN not in held.names:
        raise UnreadableError("unsupported", "The file is an Office document of a kind that is not read.", _WORD)
    if held.magic not in _FILTERS:
        raise UnreadableError("unsupported", "The file is of a Word older than Word 6.", _AGAIN)


def _converted(data: bytes, held: _Held) -> tuple[bytes, str]:
    """Return the document as .docx, and the converter's name and version."""
    try:
        try:
            return _by_libreoffice(data, held)
        except ToolMissingError:
            return _by_msdoc2docx(data)
        except UnreadableError as error:
            if error.reason == "timeout":
                raise
            return _by_msdoc2docx(data)
    except OSError as error:
        hint = "See that the disk is not full and read it again; or open it in Word and save it as .docx."
        raise UnreadableError("memory", f"The file could not be converted: {error.strerror or 'no room for it'}.", hint) from error


def _by_libreoffice(data: bytes, held: _Held) -> tuple[bytes, str]:
    made = libreoffice.convert(data, "doc", _FILTERS[held.magic], "docx:MS Word 2007 XML")
    package = Package(made)
    said = package.read("docProps/app.xml") if "docProps/app.xml" in package else b""
    version = re.search(rb"LibreOffice(?:Dev)?/(\d+(?:\.\d+){0,2})", said)
    return made, f"LibreOffice {version[1].decode()}" if version else "LibreOffice"


def _by_msdoc2docx(data: bytes) -> tuple[bytes, str]:
    convert, errors, version = _msdoc2docx()
    with tempfile.TemporaryDirectory(prefix="proforma-") as name:
        source, made = Path(name) / "return.doc", Path(name) / "return.docx"
        source.write_bytes(data)
        try:
            convert(source, made)
        except (errors, *_TROUBLE) as error:
            raise UnreadableError("corrupt", "The file is a damaged Word 97 document: no converter could open it.", _AGAIN) from error
        return made.read_bytes(), f"msdoc2docx {version}"


def _msdoc2docx() -> tuple[Callable[[Path, Path], object], type[Exception], str]:
    """Return its call, the family of its errors, and its version."""
    try:
        import doc2docx
        from doc2docx.errors import Doc2DocxError
    except ImportError as error:
        hint = f"Install LibreOffice ({libreoffice.INSTALL}), then read it again; or open it in Word and save it as .docx."
        raise UnreadableError("unsupported", "Word 97 documents cannot be read: no converter is installed.", hint) from error
    return doc2docx.convert, Doc2DocxError, str(doc2docx.__version__)
