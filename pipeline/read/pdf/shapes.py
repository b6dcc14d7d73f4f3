"""What is drawn on a page besides words: ruled lines, filled areas and pictures, in the coordinates of the PDF.

A line may be a stroke, a thin filled rectangle, or one side of a rectangle; programs use all three for the borders of tables.
"""

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.read.pdf.calls import Handle, bounds_of, handle, object_at, room, type_of

SHAPES = 20_000
"""The most shapes of a page that are looked at."""
LINES = 4_000
"""The most lines; a page with more is a drawing."""
_SEGMENTS = 2_000
"""Of one path."""
_DEEPEST = 6
"""Shapes within shapes."""
_THIN = 3.5
"""Points: what is thinner is a line."""
_SHORT = 6.0

Area = tuple[float, float, float, float]
"""Left, bottom, right and top."""
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_MOVE, _LINE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO, pdfium.FPDF_SEGMENT_BEZIERTO


class Shapes(NamedTuple):
    """What is drawn on a page besides words."""

    lines: list[Area]
    filled: list[Area]
    """Areas in a colour, on which white words can be seen."""
    pictures: list[tuple[Area, pdfium.FPDF_PAGEOBJECT]]
    cut: bool
    """True where there were too many."""


class _Walk:
    """Goes through the shapes of a page."""

    def __init__(self) -> None:
        self.found = Shapes([], [], [], False)
        self.count = 0
        self.side = tuple(ctypes.c_float() for _ in range(4))
        self.left, self.bottom, self.right, self.top = map(room, self.side)
        self.points = ctypes.c_float(), ctypes.c_float()
        self.matrix = pdfium.FS_MATRIX()
        self.colour = [ctypes.c_uint() for _ in range(4)]

    def page(self, page: pdfium.FPDF_PAGE) -> Shapes:
        """Return what is drawn on a page."""
        waiting: list[tuple[pdfium.FPDF_PAGEOBJECT, tuple[float, ...], int]] = []
        total = pdfium.FPDFPage_CountObjects(page)
        whole = handle(page)
        for at in range(min(total, SHAPES)):
            self._see(object_at(whole, at), _SAME, 0, waiting)
        cut = total > SHAPES
        while waiting and self.count < SHAPES:
            form, matrix, depth = waiting.pop()
            for at in range(min(pdfium.FPDFFormObj_CountObjects(form), SHAPES - self.count)):
                part = pdfium.FPDFFormObj_GetObject(form, at)
                if part:
                    self._see(handle(part), matrix, depth, waiting)
        return self.found._replace(cut=cut or bool(waiting) or len(self.found.lines) >= LINES)

    def _see(self, place: Handle, matrix: "_Matrix", depth: int, waiting: "_Waiting") -> None:
        self.count += 1
        kind = type_of(place)
        if kind == _TEXT:
            return
        area = self._area(place, matrix)
        if kind == _PATH:
            if len(self.found.lines) < LINES:
                self._path(place, area, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.found.pictures.append((area, _wrapped(place)))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            self.found.filled.append(area)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            waiting.append((_wrapped(place), _times(self._matrix(_wrapped(place)), matrix), depth + 1))

    def _area(self, place: Handle, matrix: "_Matrix") -> Area:
        if not bounds_of(place, self.left, self.bottom, self.right, self.top):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self.side
        area = left.value, bottom.value, right.value, top.value
        return area if matrix is _SAME else _moved(area, matrix)

    def _matrix(self, shape: pdfium.FPDF_PAGEOBJECT) -> "_Matrix":
        own = self.matrix
        if not pdfium.FPDFPageObj_GetMatrix(shape, own):
            return _SAME
        return (own.a, own.b, own.c, own.d, own.e, own.f)

    def _path(self, place: Handle, area: Area, matrix: "_Matrix") -> None:
        left, bottom, right, top = area
        if min(right - left, top - bottom) <= _THIN:
            if max(right - left, top - bottom) >= _SHORT:
                self.found.lines.append(area)
            return
        shape = _wrapped(place)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
        if fill.value and self._is_coloured(shape):
            self.found.filled.append(area)
        if stroke.value or pdfium.FPDFPath_CountSegments(shape) > 5:
            self._sides(shape, _times(self._matrix(shape), matrix))

    def _is_coloured(self, shape: pdfium.FPDF_PAGEOBJECT) -> bool:
        red, green, blue, alpha = self.colour
        pdfium.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha)
        return alpha.value > 0 and min(red.value, green.value, blue.value) < 0xF0

    def _sides(self, shape: pdfium.FPDF_PAGEOBJECT, matrix: "_Matrix") -> None:
        """Add the level and upright segments of a path; a thin part of it that is filled is a line as well."""
        x, y = self.points
        start = here = (0.0, 0.0)
        for at in range(min(pdfium.FPDFPath_CountSegments(shape), _SEGMENTS)):
            segment = pdfium.FPDFPath_GetPathSegment(shape, at)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            there = _at(x.value, y.value, matrix)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == _MOVE:
                start = there
            elif kind == _LINE:
                self._side(here, there)
            here = there
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._side(here, start)
                here = start

    def _side(self, here: tuple[float, float], there: tuple[float, float]) -> None:
        across, up = abs(here[0] - there[0]), abs(here[1] - there[1])
        if min(across, up) < 1.0 and max(across, up) >= _SHORT and len(self.found.lines) < LINES:
            self.found.lines.append((min(here[0], there[0]), min(here[1], there[1]), max(here[0], there[0]), max(here[1], there[1])))


_Matrix = tuple[float, ...]
_Waiting = list[tuple[pdfium.FPDF_PAGEOBJECT, _Matrix, int]]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def shapes(page: pdfium.FPDF_PAGE) -> Shapes:
    """Return what is drawn on a page besides words."""
    return _Walk().page(page)


def _wrapped(place: Handle) -> pdfium.FPDF_PAGEOBJECT:
    return ctypes.cast(place, pdfium.FPDF_PAGEOBJECT)


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """Return what does first the one, then the other.

    Source: ISO 32000-1, 8.3.4 (transformation matrices).
    """
    if outer is _SAME:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved(area: Area, matrix: _Matrix) -> Area:
    """Return the area that covers another after a transformation."""
    left, bottom, right, top = area
    corners = [_at(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
