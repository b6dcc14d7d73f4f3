"""Look into a blank, and make masters that are the kit's own but for one thing."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.blanks.controls import controls, setting, shows_prompt, tag, text
from pipeline.ooxml.package import Package, Writer
from tests.builders import KIT

DOCUMENT = "word/document.xml"


class Shown(NamedTuple):
    """A control as a person meets it."""

    alias: str
    words: str
    prompt: bool
    lock: str


def body(blank: bytes) -> etree._Element:
    """Return the document of a blank."""
    return Package(blank).xml(DOCUMENT)


def shown(blank: bytes) -> dict[str, Shown]:
    """Return the controls of a blank by their tags; of several with one tag the last."""
    return {
        tag(control): Shown(setting(control, "w:alias"), text(control), shows_prompt(control), setting(control, "w:lock"))
        for control in controls(body(blank))
        if tag(control)
    }


def changed(target: Path, change: Callable[[str], str], part: str = DOCUMENT, master: Path = KIT / "proforma.docx") -> Path:
    """Write a master that differs from another in one part, and return its path.

    Raises:
        AssertionError: the change changes nothing.
    """
    with zipfile.ZipFile(master) as old, target.open("wb") as stream, Writer(stream) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text = data.decode()
                assert change(text) != text, "the master does not hold what the test wants to change"
                data = change(text).encode()
            new.add(name, data)
    return target


def bits(png: bytes) -> memoryview:
    """Return the pixels of a PNG of one bit a pixel, without filters and of a width of whole bytes: rows of grey bytes."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    stream, parts = io.BytesIO(png[8:]), {}
    while length := stream.read(4):
        kind = stream.read(4)
        parts[kind] = stream.read(int.from_bytes(length))
        assert int.from_bytes(stream.read(4)) == zlib.crc32(kind + parts[kind])
    width, height = int.from_bytes(parts[b"IHDR"][:4]), int.from_bytes(parts[b"IHDR"][4:8])
    rows = zlib.decompress(parts[b"IDAT"])
    step = width // 8 + 1
    assert len(rows) == step * height
    packed = b"".join(rows[start + 1 : start + step] for start in range(0, len(rows), step))
    grey = bytes(255 * (byte >> bit & 1) for byte in packed for bit in range(7, -1, -1))
    return memoryview(grey).cast("B", (height, width))
