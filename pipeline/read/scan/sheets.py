"""From a picture to the sheet that it shows: flat, upright, level, its ground white, at one resolution, with the way back.

Knows nothing of words. Source: docs/reading.md, "Scans".
"""

from typing import NamedTuple

import cv2
import numpy as np
import zxingcpp

from pipeline.model.places import Box
from pipeline.read.scan.lie import LOOK_DPI, lie, on_its_head
from pipeline.read.scan.papers import paper
from pipeline.read.scan.pictures import Picture
from pipeline.read.scan.warps import Pixels, Warp, moved, quarter_turns, rotation, scaling

DPI = 200
"""Of every sheet. Finer ones take Tesseract longer and are read no better (measured from 150 to 300)."""
POINTS = 72.0 / DPI
"""Of a pixel of a sheet."""
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_FINEST = 6000
"""Pixels of a side: more than A2."""
_LONGEST_CODE = 200
"""Characters of a square code; a reference has a dozen."""
_CODES = 20
"""Square codes of one page."""


class Code(NamedTuple):
    """A square code: what it says, where it stands on the sheet in pixels, and the quarter turns clockwise that set it upright."""

    text: str
    box: Box
    quarters: int


class Sheet(NamedTuple):
    """A page, straightened."""

    grey: Pixels
    """Ground even and white."""
    colour: Pixels | None
    """None where the picture has no colour."""
    warp: Warp
    """From the picture to the sheet."""
    codes: tuple[Code, ...]

    @property
    def size_points(self) -> tuple[float, float]:
        """Return width and height."""
        return self.grey.shape[1] * POINTS, self.grey.shape[0] * POINTS


def sheet(picture: Picture) -> Sheet:
    """Return the sheet that a picture shows."""
    pixels = _pixels(picture)
    warp = paper(pixels, DPI)
    if warp is None:
        factor = min(picture.scale / POINTS, _FINEST / max(pixels.shape[:2]))
        pixels = _resized(pixels, factor)
        warp = Warp(scaling(factor), pixels.shape[1], pixels.shape[0])
    else:
        pixels = warp.straighten(pixels)
    grey = evened(_grey(pixels))
    codes = _codes(grey)
    settle = _settling(grey, codes)
    if not np.array_equal(settle.matrix, np.eye(3)):
        pixels, grey = settle.straighten(pixels), settle.straighten(grey)
        warp = warp.then(settle.matrix, settle.width, settle.height)
        codes = tuple(code._replace(box=_moved(code.box, settle)) for code in codes)
    return Sheet(grey, _coloured(pixels), warp, codes)


def _pixels(picture: Picture) -> Pixels:
    pixels = np.asarray(picture.image, dtype=np.uint8)
    return pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[:, :, ::-1])


def _settling(grey: Pixels, codes: tuple[Code, ...]) -> Warp:
    """Return the way from a sheet as it lies to one that is upright and level."""
    found = lie(_resized(grey, LOOK_DPI / DPI), codes[0].quarters if codes else None)
    height, width = grey.shape
    turn, width, height = quarter_turns(found.quarters, width, height)
    settle = Warp(rotation(found.degrees, width, height) @ turn if found.degrees else turn, width, height)
    if not codes and on_its_head(settle.straighten(grey)):
        turn, width, height = quarter_turns(2, width, height)
        settle = settle.then(turn, width, height)
    return settle


def _moved(box: Box, warp: Warp) -> Box:
    corners = moved(np.array([[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]), warp.matrix)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def _resized(pixels: Pixels, factor: float) -> Pixels:
    if factor == 1:
        return pixels
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    shape = max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor))
    return np.asarray(cv2.resize(pixels, shape, interpolation=how), dtype=np.uint8)


def _grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8) if pixels.ndim == 3 else pixels


def _coloured(pixels: Pixels) -> Pixels | None:
    """Return a picture that has colour; None for grey, however it is stored."""
    if pixels.ndim != 3:
        return None
    few = pixels[::8, ::8].astype(np.int16)
    return pixels if (few.max(axis=2) - few.min(axis=2) > 40).mean() > 0.0002 else None


def evened(grey: Pixels) -> Pixels:
    """Return a sheet without shadows and tinted grounds: each pixel divided by the paper around it, noise smoothed."""
    quarter = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = DPI // 8 | 1
    ground = cv2.morphologyEx(quarter, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    ground = cv2.GaussianBlur(ground, (0, 0), reach / 3)
    ground = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    white = cv2.divide(grey, cv2.max(ground, np.full_like(ground, 40)), scale=255)
    return np.asarray(cv2.GaussianBlur(white, (0, 0), 0.7), dtype=np.uint8)


def _codes(grey: Pixels) -> tuple[Code, ...]:
    """Read the square codes of a page, however they lie."""
    found = zxingcpp.read_barcodes(grey, formats=_FORMATS)[:_CODES]
    return tuple(_code(code) for code in found if code.text)


def _code(code: zxingcpp.Barcode) -> Code:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    xs, ys = [float(corner.x) for corner in corners], [float(corner.y) for corner in corners]
    return Code(code.text[:_LONGEST_CODE], Box(min(xs), min(ys), max(xs), max(ys)), -round(code.orientation / 90) % 4)
