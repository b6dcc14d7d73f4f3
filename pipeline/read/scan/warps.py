"""The way from a picture as received to its straightened sheet, and back: where a word that was read upright stands in the original.

Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., 2.3 (a plane seen by a camera is a 3 × 3 matrix).
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""Height × width for grey, height × width × 3 (blue, green, red) for colour; 0 is black."""
Matrix = npt.NDArray[np.float64]
"""3 × 3, for points as columns (x, y, 1)."""
Corners = npt.NDArray[np.float64]
"""4 × 2: top left, top right, bottom right, bottom left, in pixels."""


class Warp(NamedTuple):
    """Takes pixels of a picture to pixels of the sheet that it shows."""

    matrix: Matrix
    width: int
    """Of the sheet, in pixels."""
    height: int

    def then(self, matrix: Matrix, width: int, height: int) -> "Warp":
        """Return this way followed by another."""
        return Warp(matrix @ self.matrix, width, height)

    def straighten(self, pixels: Pixels) -> Pixels:
        """Return the sheet. What the picture does not show of it is white."""
        shape = (self.width, self.height)
        white = (255, 255, 255)
        warped = cv2.warpPerspective(pixels, self.matrix, shape, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white)
        return np.asarray(warped, dtype=np.uint8)


def moved(points: npt.NDArray[np.float64], matrix: Matrix) -> npt.NDArray[np.float64]:
    """Return points (n × 2) where a matrix takes them."""
    there = np.c_[points, np.ones(len(points))] @ matrix.T
    return np.asarray(there[:, :2] / there[:, 2:], dtype=np.float64)


def scaling(factor: float) -> Matrix:
    """Return the matrix that enlarges; the middles of pixels stay middles."""
    shift = (factor - 1) / 2
    return np.array([[factor, 0, shift], [0, factor, shift], [0, 0, 1.0]])


def quarter_turns(count: int, width: int, height: int) -> tuple[Matrix, int, int]:
    """Return the matrix that turns a sheet by quarters, clockwise, and the width and height that it then has."""
    matrix = np.eye(3)
    for _ in range(count % 4):
        matrix = np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1.0]]) @ matrix
        width, height = height, width
    return matrix, width, height


def rotation(degrees: float, width: int, height: int) -> Matrix:
    """Return the matrix that turns a sheet about its middle, counter-clockwise as it is seen."""
    return np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1.0]])
