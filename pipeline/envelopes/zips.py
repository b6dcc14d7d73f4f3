"""A zip that somebody packed by hand, and the archives that are not opened.

A Word or OpenDocument file is a zip too; it is told by the parts that every such file has, and is no envelope.
"""

import stat
import zipfile

from pipeline.envelopes.offering import numbered, offered
from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.envelopes import Enclosed, Opened
from pipeline.model.names import shown_name
from pipeline.ooxml.package import Members
from pipeline.settings import Limits

_ADVICE = "Ask for the documents themselves, attached to a mail one by one."
_SAVE_AS_ZIP = "Open it, save what is inside as a zip, and take that in; or ask for the documents themselves."

_OFFICE = ("[Content_Types].xml", "mimetype", "_rels/", "word/", "xl/", "ppt/", "docProps/", "META-INF/manifest.xml", "Index/Document.iwa")
"""Parts that a document of an office program has and a folder of returns has not (ECMA-376-2 10.1.2; OpenDocument 1.3-2 3.3)."""

_OTHER = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x1f\x8b\x08": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"MSCF\0\0\0\0": "cabinet",
}
"""How archives that are not opened begin."""

_COMPANIONS = ("__MACOSX/", "Thumbs.db", "desktop.ini", ".DS_Store")
"""What Macintosh and Windows leave in a zip beside what was packed."""


def other_archive(data: bytes) -> str:
    """Return what kind of archive this is that is not opened; empty where it is none."""
    if data[257:262] == b"ustar":
        return "tar"
    return next((kind for begins, kind in _OTHER.items() if data.startswith(begins)), "")


def refuse_archive(kind: str) -> UnreadableError:
    """Return the refusal of an archive that is not opened."""
    return UnreadableError("unsupported", f"This is a {kind} archive, which is not opened.", _SAVE_AS_ZIP)


def is_zip(data: bytes) -> bool:
    """Say whether the bytes are a zip of files, and not a document of an office program."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return False
    return not any(_office(name) for name in (_first(data), *_names(data)))


def _office(name: str) -> bool:
    return any(name.startswith(part) if part.endswith("/") else name == part for part in _OFFICE)


def _first(data: bytes) -> str:
    """Return the name of the first member as its own header gives it; it is there even where the end of the zip is not."""
    length = int.from_bytes(data[26:28], "little")
    return data[30 : 30 + length].decode("cp437")


def _names(data: bytes) -> list[str]:
    try:
        return [info.filename for info in Members(data).listed]
    except UnreadableError:
        return []


def open_zip(data: bytes, limits: Limits) -> Opened:
    """Return what lies in a zip.

    Raises:
        UnreadableError: `corrupt`, `bomb` for too many members, `encrypted` where every file in it is locked.
    """
    members = Members(data, limits, "a whole zip", _ADVICE)
    files = [info for info in members.listed if not info.filename.endswith("/")]
    if files and all(info.flag_bits & 1 for info in files):
        raise UnreadableError("encrypted", "The zip is locked with a password.", "Ask for it without the password.")
    names = numbered([shown_name(_as_written(info) or "without a name") for info in files])
    parts: list[Enclosed] = []
    notes: list[Note] = []
    for info, name in zip(files, names, strict=True):
        if reason := _left_out(info, name):
            notes.append(Note("not-offered", f"{name} lies in the zip and is not taken for a return: {reason}.", quote=name))
        else:
            parts.append(_taken_out(members, info, name))
    return offered(Opened("zip", tuple(parts), notes=tuple(notes)))


def _as_written(info: zipfile.ZipInfo) -> str:
    """Return a member's name as the one who packed it wrote it: without the sign for it, it may still be UTF-8 (Macintosh)."""
    name = info.orig_filename
    if info.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _left_out(info: zipfile.ZipInfo, name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    if name.startswith(_COMPANIONS[0]) or last.startswith("._") or last in _COMPANIONS:
        return "a Macintosh or Windows program left it there for itself"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to another file, which is not followed"
    return ""


def _taken_out(members: Members, info: zipfile.ZipInfo, name: str) -> Enclosed:
    try:
        return Enclosed(name, members.unpack(info))
    except UnreadableError as error:
        return Enclosed(name, b"", refusal=error)
