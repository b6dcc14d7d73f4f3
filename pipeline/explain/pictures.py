"""Pieces of the original beside the answers read from them, small enough for all of them to fit in one page."""

import base64
import io
from collections.abc import Callable

from PIL import Image

from pipeline.errors import UnreadableError
from pipeline.model.places import Place

_ROOM = 3_300_000
"""Bytes of all pictures together: in base 64 they are a third longer, and a page stays under 5 MB."""
_SIZE = (720, 540)
"""Pixels: twice as wide as they are shown, so that they are sharp on paper."""
_ENLARGED = 1.1
"""Pixels of the page for a point of the original."""
_SHADES = 16


class Pictures:
    """The pictures of one page."""

    def __init__(self, cut: Callable[[Place], bytes] | None) -> None:
        self._cut = cut
        self._room = _ROOM
        self._shown: set[Place] = set()
        self.left_out = 0
        """Pictures for which there was no room."""

    def of(self, place: Place) -> str:
        """Return what stands at a place as a data URI; nothing where there is no picture or the same one stands above.

        The first for which there is no room is the last that is cut: to cut one may mean to draw a whole page.
        """
        if self._cut is None or place.page is None or place.box is None or place in self._shown:
            return ""
        self._shown.add(place)
        if self._room <= 0:
            self.left_out += 1
            return ""
        try:
            data = _small(self._cut(place))
        except UnreadableError:
            return ""
        self._room -= len(data)
        if self._room < 0:
            self.left_out += 1
            return ""
        return "data:image/png;base64," + base64.b64encode(data).decode()

    @staticmethod
    def width(place: Place) -> int:
        """Return how wide the picture of a place is shown, in pixels of the page: letters come out about as large as those around it."""
        return round((place.box.right - place.box.left) * _ENLARGED) if place.box else 0


def _small(png: bytes) -> bytes:
    """Return a picture in shades of grey, no larger than it is shown: words stay legible and take a tenth of the room."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        grey = image.convert("L")
    grey.thumbnail(_SIZE, Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    grey.quantize(_SHADES).save(stream, "PNG", optimize=True)
    return stream.getvalue()
