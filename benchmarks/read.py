"""How long it takes to read, align, interpret and check a filled-in proforma, beside the least that any reader must do.

    python -m benchmarks.read

The limit unzips the document, parses its text part and looks at every element once. Peers only get at the text: they neither find
which words answer which field, nor keep quotes and places.
"""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import mammoth
from docx2python import docx2python
from lxml import etree

from benchmarks.measure import compare
from pipeline.blanks.compiling import compile_master
from pipeline.flow import Desk, read_return
from pipeline.rounds.loading import load_round
from tests.journey.test_round_trip import without_tags
from tests.sample.typed import lines, slots
from tests.sample.word import fill

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
ROOT = Path(__file__).parent.parent


def filled(desk: Desk) -> bytes:
    """Return a blank of the sample round in which every answer is typed in, as Word saves it."""
    blank = compile_master(desk.round).stamp(desk.round.partnerships[0])
    answer = "An answer of some length to {}, as people write it, by March 2012"
    typed = {slot.tag: lines((answer.format(re.sub(r"\W+", " ", slot.tag)),)) for slot in slots(blank) if slot.prompt}
    return fill(blank, typed, "Jo Penrose")


def limit(data: bytes) -> Callable[[], object]:
    """Unzip, parse and walk once."""

    def run() -> int:
        root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        return sum(len(element.text or "") for element in root.iter() if element.tag == TEXT)

    return run


def through_python_docx(data: bytes) -> Callable[[], object]:
    """Get the text of paragraphs and cells; it does not see what stands in content controls."""

    def run() -> str:
        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)

    return run


def main() -> None:
    """Print the ratios for a return with its tags and for one without, and how the time grows with the document."""
    desk = Desk(load_round(ROOT))
    whole = filled(desk)
    assert desk.layout
    for name, data in (("tags whole", whole), ("tags gone", without_tags(whole))):
        print(f"\n{name}: {len(slots(whole))} controls, {len(read_return(data, 'reply.docx', desk)[0].answers)} answers")
        contestants: dict[str, Callable[[], object]] = {
            "limit": limit(data),
            "proforma": lambda data=data: read_return(data, "reply.docx", desk),  # type: ignore[misc]
            "python-docx": through_python_docx(data),
            "docx2python": lambda data=data: docx2python(io.BytesIO(data)).text,  # type: ignore[misc]
            "mammoth": lambda data=data: mammoth.extract_raw_text(io.BytesIO(data)),  # type: ignore[misc]
        }
        compare(contestants, rounds=15)


if __name__ == "__main__":
    main()
