"""Find the sheet of paper in a photograph: four corners, lighter inside than outside.

A flatbed scan shows no such edges, or only the strip of shadow beside a page that lay askew; then there is nothing to find.
"""

import math

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.scan.warps import Corners, Pixels, Warp

_LOOK = 800
"""Pixels of the long side that are enough to find edges."""
_LEAST = 0.2
"""Of the picture: a smaller light field is no page."""
_FILLS = 0.93
"""Of its four corners' field: a sheet has straight sides."""
_STEP = 22
"""Grey levels by which paper is lighter than what it lies on."""
_NEAR = 6
"""Pixels of the small picture: a side this near to the frame is the picture's own."""
_A4 = math.sqrt(2)
_TOLERANCE = 0.14
"""Of the ratio of the sides: perspective changes it, and a sheet that is nearly A4 is A4."""
_LONG_INCHES = 11.693


def paper(pixels: Pixels, dpi: int) -> Warp | None:
    """Return the way to the sheet that a picture shows; None where it shows no edges, as a scan.

    Args:
        pixels: grey or colour.
        dpi: that the sheet should have.
    """
    factor = _LOOK / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) if small.ndim == 3 else small, dtype=np.uint8)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.5), dtype=np.uint8)
    corners = _corners(grey)
    return None if corners is None else _flat(corners / factor, dpi)


def _corners(grey: Pixels) -> Corners | None:
    """Return the corners of the largest light field, if it has four and stands out on every side that the picture shows."""
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    light = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = np.asarray(cv2.convexHull(max(outlines, key=cv2.contourArea)), dtype=np.int32)
    area = cv2.contourArea(outline)
    if area < _LEAST * grey.size:
        return None
    corners = _four(outline)
    if corners is None or area < _FILLS * cv2.contourArea(corners.astype(np.float32)):
        return None
    ordered = _ordered(corners)
    return ordered if _stands_out(ordered, grey) else None


def _four(outline: npt.NDArray[np.int32]) -> Corners | None:
    """Return an outline simplified to four corners; None where it has more."""
    around = cv2.arcLength(outline, True)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(outline, tolerance * around, True)
        if len(corners) == 4:
            return np.asarray(corners.reshape(4, 2), dtype=np.float64)
    return None


def _ordered(corners: Corners) -> Corners:
    """Begin at the top left and go round clockwise."""
    middle = corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


def _stands_out(corners: Corners, grey: Pixels) -> bool:
    """Say whether the field is lighter than what lies beyond each of its sides; a picture that shows no side of it shows no paper."""
    height, width = grey.shape
    shown = 0
    middle = corners.mean(axis=0)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = np.linspace(start, end, 40)[4:-4]
        normal = (along.mean(axis=0) - middle) / np.linalg.norm(along.mean(axis=0) - middle)
        outside = along + normal * _NEAR
        if not ((outside >= 0).all() and (outside < (width, height)).all()):
            continue
        shown += 1
        if np.median(_at(grey, along - normal * _NEAR)) - np.median(_at(grey, outside)) < _STEP:
            return False
    return shown > 0


def _at(grey: Pixels, points: npt.NDArray[np.float64]) -> Pixels:
    x, y = points.round().astype(int).T
    return np.asarray(grey[y.clip(0, grey.shape[0] - 1), x.clip(0, grey.shape[1] - 1)], dtype=np.uint8)


def _flat(corners: Corners, dpi: int) -> Warp:
    """Return the way from four corners to a sheet that is flat."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    ratio = max(width, height) / min(width, height)
    if abs(ratio / _A4 - 1) < _TOLERANCE:
        ratio = _A4
    long, short = round(_LONG_INCHES * dpi), round(_LONG_INCHES * dpi / ratio)
    across, down = (long, short) if width > height else (short, long)
    flat = np.array([[0, 0], [across - 1, 0], [across - 1, down - 1], [0, down - 1]], dtype=np.float32)
    return Warp(np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), flat), dtype=np.float64), across, down)
