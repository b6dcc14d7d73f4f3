"""Fill in blanks in LibreOffice Writer, as a person at its keyboard would. Runs under the system's Python, which has `uno`.

    /usr/bin/python3 tests/sample/fill_in_writer.py JOBS.json

Started by `tests.sample.make_returns`, which writes the jobs; knows Writer and nothing of forms. What a job may say is in `Job`.
Writer shows a blank's text controls as input fields and its drop-downs as content controls, in the order of the controls' tags in
the file, so a job answers them by their number. Nobody can type a paragraph into an input field: for an answer in several
paragraphs it is deleted and the paragraphs are typed into the cell in its stead. The same is done, before changes are recorded, for
an answer that is changed later: Writer 7.4 saves a .docx that is not well-formed where the deletion of an input field is tracked.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypedDict

import uno

_STARTING_SECONDS = 60
_PIPE = "proforma-sample"
_PARAGRAPH_BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK
_BOLD = 150.0  # com.sun.star.awt.FontWeight.BOLD


class Line(TypedDict):
    """A paragraph of an answer."""

    text: str
    bullet: bool
    bold: list[str]
    """Words of the paragraph that are set in bold."""


class Answer(TypedDict):
    """What is done to one input field or drop-down."""

    lines: list[Line]
    overtyped: bool
    """True where a drop-down is deleted and its answer typed in its place."""
    before: str
    """What stood there before the change was recorded; empty where nothing is recorded."""


class Block(TypedDict):
    """A stretch of the document that is copied and pasted right after itself."""

    heading: str
    until: str
    """The paragraph that follows the stretch."""
    new_heading: str


class NewRow(TypedDict):
    """A row added at the end of a table, with words typed into its cells."""

    first_cell: str
    """The words in the table's first cell, which tell the table."""
    cells: list[str]


class Job(TypedDict):
    """One blank to be filled in."""

    blank: str
    saved_as: str
    file_filter: str
    author: str
    blocks: list[Block]
    rows: list[NewRow]
    answers: list[Answer | None]
    """One for each input field and drop-down once the blocks are copied; None where it is left as it is."""


@contextmanager
def writer() -> Iterator[Any]:
    """Start LibreOffice with a profile of its own, yield its component context and see that it ends.

    Raises:
        TimeoutError: it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="proforma-writer-") as profile:
        command = [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--accept=pipe,name={_PIPE};urp;",
        ]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            context = _connected()
            yield context
            _service(context, "com.sun.star.frame.Desktop").terminate()
            office.wait(_STARTING_SECONDS)
        finally:
            office.kill()
            office.wait()


def _connected() -> Any:
    local = uno.getComponentContext()
    resolver = _service(local, "com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < until:
        try:
            return resolver.resolve(f"uno:pipe,name={_PIPE};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.25)
    raise TimeoutError("LibreOffice did not start")


def _service(context: Any, name: str) -> Any:
    return context.ServiceManager.createInstanceWithContext(name, context)


def _value(name: str, value: object) -> Any:
    pair = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    pair.Name, pair.Value = name, value
    return pair


def sign_in(context: Any, author: str) -> None:
    """Make a person the user of LibreOffice: the name that tracked changes and the document's properties carry."""
    provider = _service(context, "com.sun.star.configuration.ConfigurationProvider")
    node = _value("nodepath", "/org.openoffice.UserProfile/Data")
    profile = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (node,))
    first, _, last = author.rpartition(" ")
    profile.givenname, profile.sn = first, last
    profile.commitChanges()


def fill_in(context: Any, job: Job) -> None:
    """Open a blank, fill it in and save it under its new name.

    Raises:
        ValueError: Writer shows another number of fields than the job answers.
    """
    sign_in(context, job["author"])
    desktop = _service(context, "com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(Path(job["blank"]).as_uri(), "_blank", 0, (_value("Hidden", True),))
    try:
        document.createInstance("com.sun.star.document.Settings").ProtectForm = False  # Tools > Protect Document > Protect Form
        for block in job["blocks"]:
            copy_block(document, block)
        for row in job["rows"]:
            add_row(document, row)
        slots = list(_slots(document.Text))
        if len(slots) != len(job["answers"]):
            raise ValueError(f"{job['blank']}: {len(slots)} fields in Writer, {len(job['answers'])} answers")
        pairs = [(slot, answer) for slot, answer in zip(slots, job["answers"], strict=True) if answer]
        for (text, portion), answer in pairs:
            _answer(text, portion, answer)
        if any(answer["before"] for _, answer in pairs):
            document.RecordChanges = True
            for (text, _), answer in pairs:
                if answer["before"]:
                    _revise(text, answer["before"], answer["lines"][0]["text"])
        document.storeToURL(Path(job["saved_as"]).as_uri(), (_value("FilterName", job["file_filter"]),))
    finally:
        document.close(True)


def _slots(text: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the input fields and drop-downs in reading order, each with the text (a cell's or the body's) that holds it."""
    for block in _each(text):
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                yield from _slots(block.getCellByName(name))
        else:
            for portion in _each(block):
                if portion.TextPortionType in ("TextField", "ContentControl"):
                    yield text, portion


def _each(holder: Any) -> Iterator[Any]:
    enumeration = holder.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def _answer(text: Any, portion: Any, answer: Answer) -> None:
    lines = answer["lines"]
    if portion.TextPortionType == "ContentControl":
        if answer["overtyped"]:
            _type_instead(text, portion, lines)
        else:
            _choose(portion.ContentControl, lines[0]["text"])
    elif answer["before"]:
        _type_instead(text, portion, [{"text": answer["before"], "bullet": False, "bold": []}])
    elif len(lines) > 1 or lines[0]["bullet"] or lines[0]["bold"]:
        _type_instead(text, portion, lines)
    else:
        portion.TextField.Content = lines[0]["text"]
        portion.TextField.update()


def _choose(dropdown: Any, words: str) -> None:
    next(_each(dropdown)).String = words
    dropdown.ShowingPlaceHolder = False


def _type_instead(text: Any, portion: Any, lines: list[Line]) -> None:
    """Delete a field and type paragraphs in its place."""
    cursor = text.createTextCursorByRange(portion.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.setString("")
    cursor.setPropertyToDefault("CharStyleName")
    for number, line in enumerate(lines):
        if number:
            text.insertControlCharacter(cursor, _PARAGRAPH_BREAK, False)
        text.insertString(cursor, line["text"], False)
    for line in reversed(lines):
        _dress(text, cursor, line)
        cursor.gotoPreviousParagraph(False)
        cursor.gotoEndOfParagraph(False)


def _dress(text: Any, end: Any, line: Line) -> None:
    """Set words of a paragraph in bold, and make it a bullet with the style of that name."""
    for words in line["bold"]:
        span = text.createTextCursorByRange(end)
        span.gotoStartOfParagraph(False)
        span.goRight(line["text"].index(words), False)
        span.goRight(len(words), True)
        span.CharWeight = _BOLD
    if line["bullet"]:
        end.NumberingStyleName = "List 1"


def _revise(text: Any, before: str, after: str) -> None:
    """Change a paragraph as a person does: select the words that differ and type over them."""
    old, new = before.split(" "), after.split(" ")
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    ends = list(zip(old[:start:-1], new[:start:-1], strict=False))
    kept = next((at for at, (one, other) in enumerate(ends) if one != other), len(ends))
    cursor = text.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(len(" ".join([*old[:start], ""])), False)
    cursor.goRight(len(" ".join(old[start : len(old) - kept])), True)
    cursor.setString(" ".join(new[start : len(new) - kept]))


def copy_block(document: Any, block: Block) -> None:
    """Copy from a heading down to another paragraph, paste in front of that paragraph, and change the copy's heading."""
    controller = document.CurrentController
    view = controller.ViewCursor
    view.gotoRange(_paragraph(document, block["heading"]).Start, False)
    view.gotoRange(_paragraph(document, block["until"]).Start, True)
    copied = controller.getTransferable()
    view.gotoRange(_paragraph(document, block["until"]).Start, False)
    controller.insertTransferable(copied)
    _paragraph(document, block["heading"], last=True).setString(block["new_heading"])


def _paragraph(document: Any, words: str, last: bool = False) -> Any:
    paragraphs = [block for block in _each(document.Text) if block.supportsService("com.sun.star.text.Paragraph") and block.String == words]
    return paragraphs[-1 if last else 0]


def add_row(document: Any, row: NewRow) -> None:
    """Add a row at the end of a table and type into it."""
    tables = (document.TextTables.getByIndex(number) for number in range(document.TextTables.Count))
    table = next(table for table in tables if table.getCellByName("A1").String == row["first_cell"])
    table.Rows.insertByIndex(table.Rows.Count, 1)
    for column, words in enumerate(row["cells"]):
        table.getCellByPosition(column, table.Rows.Count - 1).setString(words)


if __name__ == "__main__":
    with writer() as running:
        for one in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
            fill_in(running, one)
