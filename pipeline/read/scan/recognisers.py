"""What reads words in a picture: Tesseract where it is installed, and the models of rapidocr, which come with it and need no network.

Both see the sheet without its ruled lines. Tesseract is faster, the models are surer of single words: where both are there, Tesseract
reads the page and the models look again at what is doubtful. Knows nothing of pages or tables.
"""

import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import cv2
import numpy as np

from pipeline.model.places import Box
from pipeline.read.scan.sheets import DPI
from pipeline.read.scan.warps import Pixels
from pipeline.tools import tesseract

if TYPE_CHECKING:
    from rapidocr import RapidOCR

WORDS = 5000
"""Of one page; the densest form has a thousand."""
_SECONDS = 90.0
"""For one page."""
_DETECTED = 1280
"""Pixels of the longer side at which the models look for lines of text."""

Steps = tuple[tuple[float, ...], tuple[float, ...]]
"""Scores, and for each stretch between them how many words with such a score are right: an estimate (docs/reading.md, "Scans")."""
_TESSERACT: Steps = ((0.3, 0.5, 0.85, 0.93, 0.95), (0.35, 0.54, 0.73, 0.91, 0.95, 0.99))
_MODELS: Steps = ((0.5, 0.8, 0.9, 0.97), (0.3, 0.5, 0.7, 0.85, 0.97))


def right(steps: Steps, score: float) -> float:
    """Return how many words with a score are right."""
    scores, rights = steps
    return rights[bisect_right(scores, score)]


class Glimpse(NamedTuple):
    """A word as one recogniser sees it, in pixels of the sheet."""

    text: str
    box: Box
    score: float
    """What the recogniser itself says, from 0 to 1: not a likelihood."""


class Recogniser(Protocol):
    """What reads the words of a picture."""

    def words(self, grey: Pixels) -> list[Glimpse]:
        """Return the words of a sheet, in no particular order."""

    def sure(self, score: float) -> float:
        """Return how likely a word with a score is right, from 0 to 1."""


class Rereader(Protocol):
    """What reads small pictures, each of one word."""

    def reread(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Return for each the text and the score, in the order given."""


@dataclass(frozen=True)
class Tesseract:
    """The program, once for each page."""

    def words(self, grey: Pixels) -> list[Glimpse]:
        """Return the words of a sheet.

        Raises:
            ToolMissingError: it cannot be used.
            TimeoutError: it took too long.
        """
        picture = cv2.imencode(".pgm", grey)[1].tobytes()
        seen = tesseract.recognise(picture, DPI, _SECONDS, WORDS)
        return [Glimpse(word.text, Box(word.left, word.top, word.right, word.bottom), word.sure / 100) for word in seen]

    def sure(self, score: float) -> float:
        """Return how likely a word with a score is right, from 0 to 1."""
        return right(_TESSERACT, score)


_WIDE, _WIDEST = 20, 100
"""Times as wide as high. What is wider is read alone, for a batch takes as much memory as if all were as wide; what is wider than the
second is no writing."""


class Models:
    """The models of rapidocr, in this process, with one thread. Loaded when they are first needed, once for all pages."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._loaded: RapidOCR | None = None

    def _models(self) -> "RapidOCR":
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "RapidOCR":
        from rapidocr import RapidOCR

        threads = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
        looks = {"Det.limit_type": "max", "Det.limit_side_len": _DETECTED, "Global.use_cls": False, "Global.text_score": 0.3}
        narrow = {"Rec.rec_img_shape": [3, 48, 96]}  # a batch is as wide as its widest word, and not at least 320 pixels
        return RapidOCR(params={"Global.log_level": "critical", **threads, **looks, **narrow})

    def words(self, grey: Pixels) -> list[Glimpse]:
        """Return the words of a sheet: each line is found, read and cut at its spaces."""
        found = self._models()(_coloured(grey), return_word_box=True)
        lines = getattr(found, "word_results", None) or ()
        return [glimpse for line in lines for glimpse in _glimpses(line)][:WORDS]

    def reread(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Read words that were cut out, each with a margin."""
        if not crops:
            return []
        wide = {at for at, crop in enumerate(crops) if crop.shape[1] > _WIDE * crop.shape[0]}
        together = iter(self._reread([crop for at, crop in enumerate(crops) if at not in wide]))
        return [self._reread_alone(crop) if at in wide else next(together) for at, crop in enumerate(crops)]

    def _reread_alone(self, crop: Pixels) -> tuple[str, float]:
        (read,) = self._reread([crop]) if crop.shape[1] <= _WIDEST * crop.shape[0] else [("", 0.0)]
        return read

    def _reread(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

        try:
            read = self._models().recognize_txt([_coloured(crop) for crop in crops]) if crops else None
        except ONNXRuntimeError:  # no memory for so many at once, or for one so large: that is ink that was not read
            return [said for crop in crops for said in self._reread([crop])] if len(crops) > 1 else [("", 0.0)]
        return [(text.strip(), float(score)) for text, score in zip(read.txts or (), read.scores or (), strict=True)] if read else []

    def sure(self, score: float) -> float:
        """Return how likely a word with a score is right, from 0 to 1."""
        return right(_MODELS, score)


def _coloured(grey: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _glimpses(line: Sequence[tuple[str, float, Sequence[Sequence[float]]]]) -> list[Glimpse]:
    found = []
    for text, score, corners in line:
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if text.strip():
            found.append(Glimpse(text.strip(), Box(min(xs), min(ys), max(xs), max(ys)), float(score)))
    return found


class Recognisers(NamedTuple):
    """What there is to read with."""

    page: Recogniser
    words: Rereader | None
    """None where nothing can look again."""


def recognisers() -> Recognisers | None:
    """Return what is installed; None where nothing is."""
    models = _models()
    if tesseract.installed():
        return Recognisers(Tesseract(), models)
    if models is not None:
        return Recognisers(models, None)
    return None


def _models() -> Models | None:
    try:
        import rapidocr  # noqa: F401
    except ImportError:
        return None
    return Models()
