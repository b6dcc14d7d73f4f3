"""What LibreOffice 7.4 leaves undone in an .odt, done: what charts show, ways to files, no clock and no chance.

Knows nothing of what a paper says.
"""

import io
import re
import zipfile
from pathlib import Path

from markupsafe import escape

from pipeline.ooxml.package import Writer

_OF_THE_CLOCK = re.compile(
    rb"<(?:meta:creation-date|dc:date|meta:editing-duration|meta:editing-cycles|meta:generator|meta:print-date)>[^<]*</[\w:-]+>"
    rb'|<config:config-item config:name="Rsid(?:Root)?"[^>]*>\d*</config:config-item>'
)
"""What LibreOffice writes into an .odt of the clock, of itself and of chance."""
_UP = re.compile(rb'(xlink:href="\.\./)\.\./')
"""LibreOffice counts the way to a file from the folder that it makes the .odt in, which lies one deeper than the Word file."""
_FRAME_ENDS = b"</draw:frame>"
_FRAME = re.compile(rb"<draw:frame [^>]*>.*?</draw:frame>", re.DOTALL)
_LIST = re.compile(rb"<text:list [^>]*>")
_NUMBER_OF_LIST = re.compile(rb'(?<=")list\d+(?=")')


def mended_odt(laid_down: bytes, said: tuple[str, ...], mark: bytes) -> bytes:
    """Return an .odt whose bytes depend on its content alone.

    Args:
        laid_down: as LibreOffice wrote it.
        said: what each of its pictures and charts shows, in the order of the text; empty for one that nobody described.
        mark: what it was made from, for `odt_mark`.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(laid_down)) as archive, Writer(made) as writer:
        for info in archive.infolist():
            part = archive.read(info)
            if info.filename in ("meta.xml", "settings.xml"):
                part = _OF_THE_CLOCK.sub(b"", part)
            elif info.filename == "content.xml":
                part = _with_pictures_described(_UP.sub(rb"\1", _with_lists_counted(part)), said)
            if not info.is_dir() and not info.filename.startswith("Thumbnails/"):
                writer.add(info.filename, part, stored=info.filename == "mimetype")
        writer.comment(mark)
    return made.getvalue()


def odt_mark(path: Path) -> bytes:
    """Return what an .odt was made from; nothing where it is torn or not there."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment
    except (OSError, zipfile.BadZipFile):
        return b""


def _with_lists_counted(content: bytes) -> bytes:
    """Count the lists of a text from 1: LibreOffice gives them numbers by chance."""
    numbers: dict[bytes, bytes] = {}

    def counted(found: re.Match[bytes]) -> bytes:
        return _NUMBER_OF_LIST.sub(lambda number: numbers.setdefault(number[0], b"list%d" % (len(numbers) + 1)), found[0])

    return _LIST.sub(counted, content)


def _with_pictures_described(content: bytes, said: tuple[str, ...]) -> bytes:
    """Say again what each picture shows: LibreOffice 7.4 forgets it for charts here too. Source: OpenDocument 1.3 part 3, 10.4.2."""
    frames = _FRAME.findall(content)
    if len(frames) != len(said):
        return content
    words = iter(said)

    def described(frame: re.Match[bytes]) -> bytes:
        text = next(words)
        mute = text and b"<svg:desc>" not in frame[0]
        return frame[0].replace(_FRAME_ENDS, f"<svg:desc>{escape(text)}</svg:desc>".encode() + _FRAME_ENDS) if mute else frame[0]

    return _FRAME.sub(described, content)
