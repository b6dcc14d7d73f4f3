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
from pipeline.model.forms import FieldType
from pipeline.rounds.loading import load_round
from tests.journey.test_round_trip import without_tags
from tests.sample.typed import lines, numbered, slots
from tests.sample.word import fill

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
RETURNS = 12
ROOT = Path(__file__).parent.parent


def filled(desk: Desk, number: int = 0) -> bytes:
    """Return a blank of the sample round with every empty answer given, as people give them and as Word saves them.

    Args:
        desk: the round.
        number: makes the words differ from one return to the next, as they do.
    """
    blank = compile_master(desk.round).stamp(desk.round.partnerships[0])
    typed = {slot.tag: lines((answer(slot.tag, number, desk),)) for slot in slots(blank) if slot.prompt}
    return fill(blank, typed, "Jo Penrose")


def answer(tag: str, number: int, desk: Desk) -> str:
    """Return what a person might write into a control."""
    field = desk.round.form.field(tag)
    if field.type is FieldType.CHOICE:
        return desk.round.vocabularies[field.choices][0].shown
    if field.type is FieldType.PASSAGE:
        return f"What {re.sub(r'[^a-z]+', ' ', tag)} says, at some length: £{number}m is set aside, and the plan of 2008 stands. " * 3
    said = {FieldType.DATE: "by end March 2012", FieldType.PERSON: f"Jo Penrose {number} {len(tag)}"}
    return said.get(field.type, f"One of {number} things to do, {tag.count('2')}")


def limit(data: bytes) -> int:
    """Unzip, parse and walk once."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return sum(len(element.text or "") for element in root.iter() if element.tag == TEXT)


def through_python_docx(data: bytes) -> str:
    """Get the text of paragraphs and cells; it does not see what stands in content controls."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def through(run: Callable[[bytes], object], returns: list[bytes]) -> Callable[[], object]:
    """Let a contestant read every return once, as a batch does; each is another, so that nothing is to be had from the one before."""
    return lambda: [run(data) for data in returns]


def main() -> None:
    """Print the ratios for returns with their tags and for returns without."""
    desk = Desk(load_round(ROOT))
    whole = [filled(desk, number) for number in range(RETURNS)]
    answers = len(read_return(whole[0], "reply.docx", desk)[0].answers)
    for name, returns in (("tags whole", whole), ("tags gone", [without_tags(data) for data in whole])):
        print(f"\n{name}: {len(slots(whole[0]))} controls, {answers} answers, {RETURNS} returns a run")
        contestants: dict[str, Callable[[bytes], object]] = {
            "limit": limit,
            "proforma": lambda data: read_return(data, "reply.docx", desk),
            "python-docx": through_python_docx,
            "docx2python": lambda data: docx2python(io.BytesIO(data)).text,
            "mammoth": lambda data: mammoth.extract_raw_text(io.BytesIO(data)),
        }
        compare({name: through(run, returns) for name, run in contestants.items()}, rounds=11)


def growth() -> None:
    """Print how the time grows with the document: a return whose last priority was copied many times over."""
    desk = Desk(load_round(ROOT))
    blank = compile_master(desk.round).stamp(desk.round.partnerships[0])
    typed = {slot.tag: lines((answer(slot.tag, 1, desk),)) for slot in slots(blank) if slot.prompt}
    print("\nas the document grows: priorities, times the limit")
    last = [tag for tag in typed if tag.startswith("priorities[4].")]
    for copies in (0, 8, 32, 128):
        typed |= {numbered(tag, 5 + copy): typed[tag] for tag in last for copy in range(copies)}
        data = fill(blank, typed, "Jo Penrose", copied="priorities[4]", copies=copies)
        found = len(read_return(data, "reply.docx", desk)[0].values["priorities"] or ())
        print(f"\n{found} priorities")
        compare({"limit": lambda data=data: limit(data), "proforma": lambda data=data: read_return(data, "reply.docx", desk)}, rounds=7)  # type: ignore[misc]


if __name__ == "__main__":
    main()
    growth()
