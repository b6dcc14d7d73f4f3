"""From the bytes of a picture file to the pictures that it holds: one for a photograph, one a page for a fax.

Sizes are read from headers before anything is decoded. Knows nothing of what the pictures show.

Source: TIFF 6.0 (section 2: a directory for each page, chained, so that a chain may loop); Exif 2.32 (4.6.4, orientation).
"""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PIL import Image, ImageOps

from pipeline.errors import UnreadableError

PAGES = 200
"""Pictures of one file; no form has as many pages."""
PIXELS = 100_000_000
"""Of one picture: A3 at 600 dots an inch has 70 million."""
_KINDS = ("PNG", "JPEG", "TIFF")
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_LONG_A4 = 841.9
"""Points."""
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)
"""Orientations whose width is the height of what is shown."""
_LIKELY_DPI = (90.0, 1300.0)
_LIKELY_LONG = (400.0, 1300.0)
"""Points: from A5 to A3. A header that says otherwise is a camera's, which knows nothing of paper."""
ENOUGH = 2600
"""Pixels of the long side: a page of A4 at 220 dots an inch. A JPEG is decoded no larger than it takes."""


class Picture(NamedTuple):
    """A picture as a viewer shows it, turned as its header asks."""

    image: Image.Image
    """Grey (L) or colour (RGB)."""
    scale: float
    """Points of the page for one pixel."""
    width: float
    """Points."""
    height: float


def is_picture(data: bytes) -> bool:
    """Say whether bytes are a picture of a kind that is read."""
    return data.startswith(_MAGIC)


def pictures(data: bytes) -> Iterator[Picture]:
    """Yield the pictures of a file, one at a time so that only one is in memory.

    Raises:
        UnreadableError: `corrupt` where it is broken, `too-large` or `bomb` where it holds more than any form does.
    """
    with _translated():
        file = Image.open(io.BytesIO(data), formats=_KINDS)
    for number in range(PAGES + 1):
        with _translated():
            picture = _page(file, number)
        if picture is None:
            return
        yield picture
    raise UnreadableError("too-large", f"The file has more than {PAGES} pages.", "Ask for the pages of the form alone.")


@contextmanager
def _translated() -> Iterator[None]:
    """Say in our own words what Pillow complains of; what it only warns of is no fault."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError, struct.error) as error:
        raise UnreadableError("corrupt", "The picture is damaged.", "Ask for it again, or open it and save it anew.") from error


def one(data: bytes, number: int) -> Picture:
    """Return a single picture of a file, counted from 1.

    Raises:
        UnreadableError: there is no such picture, or as for `pictures`.
    """
    for at, picture in enumerate(pictures(data), 1):
        if at == number:
            return picture
    raise UnreadableError("corrupt", f"The file has no page {number}.")


def count(data: bytes) -> int:
    """Return how many pictures a file holds, from its heads alone.

    Raises:
        UnreadableError: as for `pictures`.
    """
    with _translated(), Image.open(io.BytesIO(data), formats=_KINDS) as file:
        return min(int(getattr(file, "n_frames", 1)), PAGES) if file.format == "TIFF" else 1


def _page(file: Image.Image, number: int) -> Picture | None:
    """Return a picture of a file, counted from 0; None after the last.

    Only a TIFF is asked for more than one: the frames of an animated PNG are no pages. Pillow ends a chain of directories that loops.
    """
    if number and file.format != "TIFF":
        return None
    try:
        file.seek(number)
    except EOFError:
        return None
    return _picture(file)


def _picture(file: Image.Image) -> Picture:
    width, height = file.size
    if width * height > PIXELS:
        raise _too_many_pixels()
    points = 72.0 / _dots(file)
    if file.format == "JPEG":
        file.draft(None, _at_least(width, height))
    if file.getexif().get(_ORIENTATION, 1) in _LYING:
        width, height = height, width
    image = _decoded(_reduced(ImageOps.exif_transpose(file)))
    return Picture(image, points * width / image.width, points * width, points * height)


def _reduced(image: Image.Image) -> Image.Image:
    """Return a picture that is needlessly fine with a half, a third … of its points."""
    factor = max(image.size) // ENOUGH
    if factor < 2:
        return image
    return (_decoded(image)).reduce(factor)


def _at_least(width: int, height: int) -> tuple[int, int]:
    shrink = min(1.0, ENOUGH / max(width, height))
    return max(1, int(width * shrink)), max(1, int(height * shrink))


def _dots(file: Image.Image) -> float:
    """Return the pixels an inch that the file says, or those that make its long side that of A4."""
    said = file.info.get("dpi")
    long = max(file.size)
    if isinstance(said, tuple) and len(said) == 2:
        dots = float(said[0])
        if _LIKELY_DPI[0] <= dots <= _LIKELY_DPI[1] and _LIKELY_LONG[0] <= long * 72.0 / dots <= _LIKELY_LONG[1]:
            return dots
    return long * 72.0 / _LONG_A4


def _decoded(image: Image.Image) -> Image.Image:
    """Return grey for what holds no colour, and colour otherwise; what is transparent is white, as on paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        return _narrowed(image.convert("F"))
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _narrowed(image: Image.Image) -> Image.Image:
    """Return grey values of 16 bits as 8."""
    _, most = image.getextrema()
    factor = 255.0 / 65535.0 if isinstance(most, float) and most > 255 else 1.0
    return image.point(lambda value: value * factor + 0.0).convert("L")


def _too_many_pixels() -> UnreadableError:
    return UnreadableError("too-large", "The picture has more than 100 million points.", "Ask for a scan with 300 dots an inch or fewer.")
