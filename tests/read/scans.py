"""Pages as a scanner or a camera gives them: made from a document's own pages, so that what they say is known.

Everything that is random comes from a seed.
"""

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

GREY = "L"


def drawn(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return the pages of a PDF as clean grey pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert(GREY) for page in document]
    finally:
        document.close()


def scanned(page: Image.Image, seed: int, lean: float = 0.7, noise: float = 9.0, blur: float = 0.6, specks: int = 25) -> Image.Image:
    """Return a page as an office's scanner gives it: it leans, its paper is grey towards one side, with noise and specks."""
    chance = np.random.default_rng(seed)
    leaning = page.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(cv2.GaussianBlur(np.asarray(leaning, np.float32), (0, 0), blur), np.float32)
    shade = np.linspace(1.0, 0.93, grey.shape[1], dtype=np.float32)
    grey = (grey * shade - 4.0 + chance.normal(0.0, noise, grey.shape)).astype(np.float32)
    for x, y in zip(chance.integers(0, page.width, specks), chance.integers(0, page.height, specks), strict=True):
        cv2.circle(grey, (int(x), int(y)), 1, (60.0,), -1)
    return Image.fromarray(np.asarray(grey.clip(0, 255), np.uint8))


def photographed(page: Image.Image, seed: int, size: tuple[int, int] = (2400, 3200)) -> Image.Image:
    """Return a page as a telephone sees it that is held over a dark table: in perspective, unevenly lit, in colour."""
    chance = np.random.default_rng(seed)
    width, height = size
    corners = np.array([[0.09, 0.07], [0.90, 0.10], [0.96, 0.93], [0.04, 0.91]]) * size
    own = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], np.float32)
    matrix = cv2.getPerspectiveTransform(own, corners.astype(np.float32))
    colour = cv2.cvtColor(np.asarray(page), cv2.COLOR_GRAY2BGR)
    table = np.full((height, width, 3), (38, 52, 70), np.uint8)
    cv2.warpPerspective(colour, matrix, size, dst=table, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 0.72, width)[None, :, None] * np.linspace(0.98, 0.86, height)[:, None, None]
    seen = table * light + chance.normal(0.0, 3.0, table.shape)
    return Image.fromarray(cv2.cvtColor(seen.clip(0, 255).astype(np.uint8), cv2.COLOR_BGR2RGB))


def penned(page: Image.Image, left: int, top: int, words: int, seed: int) -> Image.Image:
    """Return a page on which somebody wrote with a black pen: joined strokes that rise and fall, none like another.

    Args:
        page: 200 dots an inch.
        left, top: where the writing begins, in pixels.
        words: how many.
        seed: makes the strokes.
    """
    chance = np.random.default_rng(seed)
    written = page.copy()
    pen = ImageDraw.Draw(written)
    x = float(left)
    for _ in range(words):
        points, foot = [], top + 30 + chance.normal(0, 4)
        for _ in range(int(chance.integers(4, 8))):
            high = chance.choice([16, 18, 20, 36, 40]) * chance.uniform(0.8, 1.2)
            points += [(x, foot + chance.normal(0, 3)), (x + 5 + chance.normal(0, 2), foot - high), (x + 11, foot - high / 2)]
            points.append((x + 8 + chance.normal(0, 2), foot + chance.normal(0, 4)))
            x += 16 + chance.normal(0, 3)
        pen.line(_smooth(points), fill=30, width=4, joint="curve")
        x += 26
    return written


def _smooth(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a curve near some points."""
    ends = np.array(points)
    for _ in range(3):
        ends = np.stack([0.75 * ends[:-1] + 0.25 * ends[1:], 0.25 * ends[:-1] + 0.75 * ends[1:]], axis=1).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in ends]


def as_tiff(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """Return pages as one TIFF, as a scanner with a document feed sends them."""
    stream = io.BytesIO()
    first, *others = (page.copy() for page in pages)  # Pillow leaves the settings of the last format on a picture that was saved
    first.save(stream, "TIFF", save_all=True, append_images=others, compression="tiff_lzw", dpi=(dpi, dpi))
    return stream.getvalue()


def as_png(page: Image.Image, dpi: int) -> bytes:
    """Return a page as a PNG."""
    stream = io.BytesIO()
    page.save(stream, "PNG", dpi=(dpi, dpi))
    return stream.getvalue()


def as_jpeg(page: Image.Image, quality: int = 88, orientation: int = 1) -> bytes:
    """Return a page as a JPEG without a word of how large it is, as a camera writes it.

    Args:
        page: as it is shown.
        quality: from 1 to 95.
        orientation: of Exif: 1 as it lies, or 6, a quarter turn clockwise from how it is stored.
    """
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = page.transpose(Image.Transpose.ROTATE_90) if orientation == 6 else page
    stored.save(stream, "JPEG", quality=quality, exif=exif)
    return stream.getvalue()


def as_pdf(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """Return pages as a PDF of pictures, as a copier sends them by mail."""
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=80)
    return stream.getvalue()
