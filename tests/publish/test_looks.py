"""How papers look, page by page: as approved, and as no page may look whatever is in it."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import numpy as np
import pdfplumber
import pytest
from PIL import Image

from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from tests.documents import read
from tests.needs import needs
from tests.publish.looks import ACROSS, APPROVED, MADE, MOST, NEW, Look, drawn, parted, side_by_side, unlike
from tests.publish.many import a_plan_of

pytestmark = needs("soffice", "libreoffice-writer")

FOOT = 60
"""Points above the foot of a page where the text ends and the footer begins."""
EDGE = 25
"""Points: nearer to the edge of the sheet no printer prints and nothing may stand."""
KINDS = [(1, "english", False), (9, "english", False), (60, "english", False), (2, "english", True)]
KINDS += [(4, "several", False), (1, "arabic", True)]


@cache
def papers(number: int, tongue: str, long: bool) -> tuple[Path, ...]:
    """Return the PDFs of a plan's papers."""
    written = publish(a_plan_of(number, tongue, long=long), Path(mkdtemp()))
    return tuple(paper for paper in portable(paper for paper in written if paper.suffix == ".docx") if paper.suffix == ".pdf")


class Leaf(NamedTuple):
    """A page as a reader sees it."""

    number: int
    lines: tuple[str, ...]
    """Above the footer, from top to bottom."""
    astray: tuple[str, ...]
    """Words that stand too near to an edge of the sheet."""


@cache
def leaves(paper: Path) -> tuple[Leaf, ...]:
    """Return the pages of a PDF."""
    with pdfplumber.open(paper) as pdf:
        return tuple(_leaf(page) for page in pdf.pages)


def _leaf(page: pdfplumber.page.Page) -> Leaf:
    lines = (line for line in page.extract_text_lines(return_chars=False) if line["bottom"] < page.height - FOOT)
    box = (EDGE, EDGE, page.width - EDGE, page.height - EDGE)
    found = page.extract_words()
    astray = (word for word in found if word["x0"] < box[0] or word["top"] < box[1] or word["x1"] > box[2] or word["bottom"] > box[3])
    leaf = Leaf(page.page_number, tuple(line["text"] for line in lines), tuple(word["text"] for word in astray))
    page.close()
    return leaf


def headings(paper: Path) -> set[str]:
    """Return the headings of the Word file that a PDF was made from."""
    return {_bare(one.text) for one in read(paper.with_suffix(".docx").read_bytes()).paragraphs() if one.heading}


def words(text: str) -> set[str]:
    """Return the longer words of the Latin alphabet: what a column that is too narrow breaks."""
    return set(re.findall(r"[^\W\d_]{5,}", re.sub(r"[\u0600-\u06ff\ufb50-\ufeff]+", " ", text)))


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


Fault = Callable[[Path], Iterator[str]]


def a_heading_at_the_foot(paper: Path) -> Iterator[str]:
    """Name pages whose last line is a heading."""
    known = headings(paper)
    yield from (f"page {leaf.number}: {leaf.lines[-1]}" for leaf in leaves(paper) if leaf.lines and _bare(leaf.lines[-1]) in known)


def something_off_the_page(paper: Path) -> Iterator[str]:
    """Name what stands too near to an edge of the sheet."""
    yield from (f"page {leaf.number}: {word}" for leaf in leaves(paper) for word in leaf.astray)


def a_word_broken_by_a_narrow_column(paper: Path) -> Iterator[str]:
    """Name pieces of words: what stands on the pages and not in the Word file."""
    document = read(paper.with_suffix(".docx").read_bytes())
    said = (*(one.text for one in document.paragraphs()), *(aside.text for aside in document.asides))
    whole = words(" ".join(said))
    yield from (f"page {leaf.number}: {piece}" for leaf in leaves(paper) for piece in sorted(words(" ".join(leaf.lines)) - whole))


def an_empty_page(paper: Path) -> Iterator[str]:
    """Name pages on which nothing stands above the footer."""
    yield from (f"page {leaf.number}" for leaf in leaves(paper) if not leaf.lines)


FAULTS: tuple[Fault, ...] = (a_heading_at_the_foot, something_off_the_page, a_word_broken_by_a_narrow_column, an_empty_page)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize(("number", "tongue", "long"), KINDS, ids=lambda said: str(said))
def test_no_page_has(fault: Fault, number: int, tongue: str, long: bool) -> None:
    assert {paper.name: found for paper in papers(number, tongue, long) if (found := list(fault(paper)))} == {}


@pytest.mark.parametrize("kind", ["papers", pytest.param("workbook", marks=needs("localc", "libreoffice-calc"))])
def test_papers_look_as_a_person_has_approved(kind: str, tmp_path: Path) -> None:
    strange = [said for look in MADE[kind](tmp_path) for said in differing(look)]
    assert strange == [], f"look at {NEW}; where it is right, approve it: python -m tests.publish.looks"


def differing(look: Look) -> list[str]:
    """Return the pages of a paper that look different from the approved ones, and keep a picture of how they look."""
    pages, known = drawn(look.pdf), Image.open(APPROVED / f"{look.name}.png").convert("L")
    if side_by_side(pages).size != known.size:
        found = [f"{look.name}: another number of pages"]
    else:
        pairs = enumerate(zip(parted(known, pages), pages, strict=True), 1)
        found = [f"{look.name}, page {number}: {share:.1%}" for number, (one, other) in pairs if (share := unlike(one, other)) > MOST]
    if found:
        NEW.mkdir(exist_ok=True)
        side_by_side(pages).save(NEW / f"{look.name}.png")
    return found


def test_a_column_that_moved_is_a_difference_and_a_smoother_letter_is_none() -> None:
    chance = np.random.default_rng(1)
    page = np.full((351, 248), 255, np.uint8)
    for line in range(40, 300, 8):
        page[line : line + 3, 30:120] = chance.integers(60, 120, (3, 90), dtype=np.uint8)
    moved = np.roll(page, 30, axis=1)
    smoother = np.clip(page.astype(int) + chance.integers(-12, 12, page.shape), 0, 255).astype(np.uint8)
    assert unlike(page, page) == 0 and unlike(page, smoother) < MOST < unlike(page, moved)
    assert [one.tolist() for one in parted(side_by_side([page] * (ACROSS + 1)), [page] * (ACROSS + 1))] == [page.tolist()] * (ACROSS + 1)
