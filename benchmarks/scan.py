"""How long it takes to read a scan, beside Tesseract on the same pages, and how many of its words are right.

    python -m benchmarks.scan            # the ratios
    python -m benchmarks.scan --alone tesseract|models    # the same where only one of the two is there
    python -m benchmarks.scan --words    # how many words are right, by resolution and wear, and how right a word of each confidence is:
                                         # on the pages that the tables of confidence were made of, and on others (alone: --held-out)

Needs LibreOffice and Tesseract: apt-get install libreoffice-writer tesseract-ocr

The limit is Tesseract with one thread on the pages as received. It gets at words and boxes; it straightens nothing, sees no tables, and
says of a word nothing that could be taken for a likelihood.
"""

import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from benchmarks.held_out import held_out
from benchmarks.measure import compare
from benchmarks.read import ROOT, filled
from pipeline import read
from pipeline.desk.printing import print_blanks
from pipeline.flow import Desk, read_return
from pipeline.model.places import Box
from pipeline.read.scan.pictures import pictures
from pipeline.read.scan.recognisers import Models, Recognisers, Tesseract, recognisers
from pipeline.read.scan.rules import ruled
from pipeline.read.scan.sheets import POINTS, sheet
from pipeline.read.scan.words import Found, words
from pipeline.rounds.loading import load_round
from pipeline.tools import tesseract
from tests.read.pdf import printed
from tests.read.scans import as_png, as_tiff, drawn, scanned

RESOLUTIONS = (150, 200, 300)
WEAR = {"clean": {"noise": 4.0, "specks": 5}, "office": {"noise": 9.0, "specks": 25}, "worn": {"noise": 20.0, "blur": 1.3, "specks": 60}}
PAGES = (1, 3, 7)
"""Text, tables with long answers, a table of short ones."""
_BANDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97)


class Known(NamedTuple):
    """A word of which the text is known."""

    text: str
    box: Box


def known(pdf: bytes, number: int) -> list[Known]:
    """Return the words of a page and where they stand, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        layer, height = page.get_textpage(), page.get_height()
        found = []
        text = layer.get_text_range()
        at = 0
        for said in text.split():
            at = text.index(said, at)
            boxes = [layer.get_charbox(index) for index in range(at, at + len(said))]
            box = Box(
                min(b[0] for b in boxes), height - max(b[3] for b in boxes), max(b[2] for b in boxes), height - min(b[1] for b in boxes)
            )
            found.append(Known(said, box))
            at += len(said)
        return found
    finally:
        document.close()


def judged(found: list[Found], truth: list[Known]) -> Iterator[tuple[Found, bool]]:
    """Yield each recognised word, and whether what stands there is what it says."""
    for word in found:
        left, top, right, bottom = (side * POINTS for side in word.box)
        here = [
            one.text
            for one in truth
            if left - 3 < (one.box.left + one.box.right) / 2 < right + 3 and top - 4 < (one.box.top + one.box.bottom) / 2 < bottom + 4
        ]
        yield word, " ".join(here) == word.text


def there(alone: str) -> Recognisers:
    """Return what reads words: both recognisers, or one alone."""
    found = {"tesseract": Recognisers(Tesseract(), None), "models": Recognisers(Models(), None)}.get(alone) or recognisers()
    assert found is not None
    return found


def recognised(page: Image.Image, dpi: int, found: Recognisers) -> list[Found]:
    """Return the words of a page."""
    (picture,) = pictures(as_png(page, dpi))
    straight = sheet(picture)
    return words(straight.grey, ruled(straight.grey, tuple(code.box for code in straight.codes)), found).words


def rightness(sets: Mapping[str, tuple[bytes, Sequence[int]]], alone: str = "") -> None:
    """Print how many words are right: by set, resolution and wear, and by what is said of their likelihood.

    Args:
        sets: a PDF and the numbers of its pages, by a name.
        alone: the one recogniser to read with; both where empty.
    """
    reading = there(alone)
    for name, (pdf, numbers) in sets.items():
        print(f"\n{name}\n\ndots  wear      words  read  right")
        found = [one for dpi in RESOLUTIONS for wear in WEAR for one in _worn(pdf, numbers, dpi, wear, reading)]
        _bands(found)
        _sures(found)


def _worn(pdf: bytes, numbers: Sequence[int], dpi: int, wear: str, reading: Recognisers) -> list[tuple[Found, bool]]:
    """Return the recognised words of worn pages, and whether each is right; print how many are."""
    clean = drawn(pdf, dpi)
    total = 0
    found: list[tuple[Found, bool]] = []
    for number in numbers:
        truth = known(pdf, number)
        page = scanned(clean[number - 1], number, lean=0.9 - 0.6 * (number % 3), **WEAR[wear])  # type: ignore[arg-type]
        total += len(truth)
        found += judged(recognised(page, dpi, reading), truth)
    print(f"{dpi:4}  {wear:8} {total:6} {len(found):5}  {sum(right for _, right in found) / total:.3f}", flush=True)
    return found


def _bands(found: Sequence[tuple[Found, bool]]) -> None:
    """Print how many words are right of those with a score, by the table that their likelihood is of."""
    bands: dict[tuple[str, int], Counter[bool]] = defaultdict(Counter)
    for word, is_right in found:
        bands[word.by, bisect_right(_BANDS, word.score)][is_right] += 1
    print("\ntable       score from  words  right")
    for (by, band), count in sorted(bands.items()):
        print(f"{by:11} {(0.0, *_BANDS)[band]:10.2f} {count.total():6}  {count[True] / count.total():.2f}")


def _sures(found: Sequence[tuple[Found, bool]]) -> None:
    """Print how many words are right of those that are said to be so sure, and how far what is said is off in the mean."""
    sures: dict[float, Counter[bool]] = defaultdict(Counter)
    for word, is_right in found:
        sures[word.sure][is_right] += 1
    print("\nsure  words  right")
    for sure, count in sorted(sures.items()):
        print(f"{sure:.2f} {count.total():6}  {count[True] / count.total():.2f}")
    off = sum(count.total() * abs(sure - count[True] / count.total()) for sure, count in sures.items()) / max(len(found), 1)
    high = [is_right for word, is_right in found if word.sure > 0.9]
    print(f"off by {off:.3f} in the mean; of {len(high)} words more than 0.9 sure {1 - sum(high) / max(len(high), 1):.4f} are wrong")


def ratios(pdf: bytes, desk: Desk) -> None:
    """Print how long a scan of some pages takes: its words and tables alone, and laid over the printed blank and understood."""
    clean = drawn(pdf, 200)
    pages = [scanned(clean[number - 1], number) for number in PAGES]
    pnm = [as_png(page, 200) for page in pages]
    tiff = as_tiff(pages, 200)
    print(f"\n{len(pages)} pages, 200 dots an inch")
    compare(
        {
            "limit": lambda: [tesseract.recognise(page, 200, 120, 5000) for page in pnm],
            "proforma": lambda: read.document(read.Source(tiff)),
            "proforma, understood": lambda: read_return(tiff, "scan.tif", desk),
        },
        rounds=3,
        memory=False,  # the recognisers have threads
    )


def main() -> None:
    """Print one or the other."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(replace(load_round(ROOT), folder=Path(folder)))
        pdf = printed(filled(desk, 1), Path(folder))
        own = {"the pages that the tables were made of": (pdf, PAGES)}
        if "--alone" in sys.argv[1:]:
            rightness(own, sys.argv[-1])
        elif "--words" in sys.argv[1:]:
            other = {
                f"held out: {name.removesuffix('.docx')}": (made, range(1, len(drawn(made, 50)) + 1)) for name, made in held_out().items()
            }
            rightness(other if "--held-out" in sys.argv[1:] else {**own, **other})
        else:
            print_blanks(desk)
            ratios(pdf, desk)


if __name__ == "__main__":
    main()
