"""Pages of a form as files of their own: small PDFs, a page each, that a test shows by the lines on them."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from pipeline.bounded import Item, Work
from pipeline.desk import Desk, wall
from pipeline.errors import UnreadableError
from tests.read.pdf import page, pdf, text

COUNT = 3
FIRST = ("Name of partnership: {name}", "Chair: Cllr Jo Penrose", "County Council cabinet member: Cllr Al Ash", "Telephone: 01632 960100")
SECOND = ("Priority 1", "Priority: Mend the bridges", "Area of focus: Environment", "Policies and strategies: The county plan.")
THIRD = (
    "Lead officer: Zoe Hart",
    "Link to the 2030 objectives: It moves them on",
    "Business plans and finance: Page 12",
    "Measure of success: Twelve bridges open",
)
PAGES = {1: FIRST, 2: SECOND, 3: THIRD}


def a_page(
    number: int, *, reference: str = "", name: str = "Roads Partnership", of: int = COUNT, says: str = "", numbered: bool = True
) -> bytes:
    """Return a page of a form as a PDF of its own.

    Args:
        number: which page, from 1.
        reference: what stands at its foot; nothing where it is empty.
        name: of the partnership, on the first page.
        of: how many pages it says that there are.
        says: a line more.
        numbered: whether its number is printed.
    """
    lines = [line.format(name=name) for line in PAGES[number]] + [says] * bool(says)
    content = [text(72, 740 - 30 * at, line) for at, line in enumerate(lines)]
    content += [text(72, 30, f"Reference {reference}")] * bool(reference) + [text(480, 30, f"Page {number} of {of}")] * numbered
    return pdf(page(*content))


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Return a zip of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name, data in members:
            out.writestr(name, data)
    return stream.getvalue()


_DESKS: dict[str, Desk] = {}
"""By what they were set up with: in a test one round is read several times."""


def read_here(items: Iterable[Item], work: Work, executor: object) -> Iterator[bytes | UnreadableError]:
    """Do what a nursery does (`wall.read_all`), without one."""
    given = repr(work.given)
    if given not in _DESKS:
        _DESKS[given] = wall.set_up(work.given)  # type: ignore[arg-type]
    for item in items:
        try:
            yield wall.answer(_DESKS[given], item.data, item.name)
        except UnreadableError as error:
            yield error
