"""Make the returns of the sample round, in inbox/, from the blanks and returns.yaml.

    python -m tests.sample.make_returns

Needs LibreOffice and its bridge to Python: apt-get install libreoffice-writer python3-uno

Every return is made from the blank that the partnership was sent. Seven are filled in by LibreOffice Writer (`fill_in_writer`), two
are left as Word leaves them (`word`). inbox/README.md says what is special about each.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.generating import blank_name
from pipeline.model.rounds import Round
from pipeline.rounds.loading import load_round
from tests.sample import word
from tests.sample.answers import Answers, sample_answers
from tests.sample.typed import ITEMS, Line, Slot, changes, in_vocabulary, item_tags, lines, numbered, slots, written

ROOT = Path(__file__).parent.parent.parent
SYSTEM_PYTHON = "/usr/bin/python3"
INSTALL = "apt-get install libreoffice-writer python3-uno"
_FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


class Return(NamedTuple):
    """How one partnership's return came about."""

    partnership: str
    file: str
    person: str
    """Who filled it in."""
    software: str
    """Writer or Word."""
    bold: tuple[str, ...] = ()
    """Words that are set in bold, in answers of several paragraphs."""
    before: tuple[tuple[str, str], ...] = ()
    """Answers that were changed with tracked changes on: the tag, and what was typed first."""


RETURNS = (
    Return(
        "spatial-planning-infrastructure",
        "Copy of OX2030-11-SPI-X spatial-planning-infrastructure v2.docx",
        "Daniel Okafor",
        "Writer",
        bold=("Science Vale UK",),
    ),
    Return("breaking-the-cycle", "BTC pro forma.docx", "Grace Adeyemi", "Writer", ("Early help",)),
    Return("oxfordshire-local-enterprise", "OLEP_priorities_2011-14.docx", "Simon Trelawney", "Writer", ("One employer in four",)),
    Return("children-young-peoples-trust", "CYPT Proforma FINAL.docx", "Ruth Pemberton", "Word", ("£1.4m",)),
    Return("health-wellbeing-board", "HWB proforma FINAL.odt", "Aled Pritchard", "Writer", ("The strategy",)),
    Return("chief-executives-group", "CE Group proforma.docx", "Bethan Rowlands", "Writer"),
    Return(
        "safer-communities",
        "Proforma - Safer Communities (with MB changes).docx",
        "Marcus Bell",
        "Writer",
        before=(
            ("priorities[1].deliverables[2].what", "Burglary down by 2% on 2009/10"),
            ("priorities[2].deliverables[1].measure", "70% of victims who call a second time are assessed within 48 hours"),
            ("priorities[2].deliverables[2].due", "by end June 2012"),
            (
                "priorities[1].context.policies",
                "Strategic Intelligence Assessment 2009/10; Police Reform and Social Responsibility Bill "
                "(police and crime commissioners from May 2012).",
            ),
            ("priorities[3].lead_officer", "Joanne Pettrie"),
            ("pledges[3].relevance", "No longer relevant."),
        ),
    ),
    Return("oxfordshire-stronger-communities-alliance", "oscaproforma.docx", "Tomasz Zielinski", "Writer", ("The Localism Bill:",)),
    Return("environment-waste", "ENV & Waste proforma 2011-14 final final.docx", "Isla Drummond", "Word", ("more than 3,000 homes",)),
)


def make(folder: Path, wanted: tuple[Return, ...] = RETURNS) -> tuple[Path, ...]:
    """Make returns and return their paths, in the order given.

    Args:
        folder: where they are written; returns of the same names are written over.
        wanted: those to make.

    Raises:
        RuntimeError: LibreOffice or its bridge to Python is missing, or ends with an error.
    """
    round_ = load_round(ROOT)
    answers = sample_answers()
    master = compile_master(round_)
    with tempfile.TemporaryDirectory(prefix="proforma-returns-") as aside:
        jobs = []
        for one in wanted:
            partnership = round_.by_id[one.partnership]
            blank = master.stamp(partnership)
            if one.software == "Word":
                (folder / one.file).write_bytes(in_word(blank, one, answers[one.partnership], round_))
            else:
                path = Path(aside) / blank_name(round_, partnership)
                path.write_bytes(blank)
                jobs.append(writer_job(path, folder / one.file, one, answers[one.partnership], round_))
        if jobs:
            _run_writer(Path(aside) / "jobs.json", jobs)
    return tuple(folder / one.file for one in wanted)


def missing() -> str:
    """Return the line that installs what Writer's returns need and is not there; nothing where all is."""
    if shutil.which("soffice") and Path(SYSTEM_PYTHON).exists():
        bridge = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True)
        return INSTALL if bridge.returncode else ""
    return INSTALL


def _run_writer(path: Path, jobs: list[dict[str, object]]) -> None:
    if install := missing():
        raise RuntimeError(f"LibreOffice and its bridge to Python are needed: {install}")
    path.write_text(json.dumps(jobs), encoding="utf-8")
    command = [SYSTEM_PYTHON, str(Path(__file__).with_name("fill_in_writer.py")), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if run.returncode:
        raise RuntimeError(f"LibreOffice could not fill in the blanks: {run.stderr}")


def in_word(blank: bytes, one: Return, answers: Answers, round_: Round) -> bytes:
    """Return a blank as Word leaves it when a person has filled it in."""
    typed = changes(slots(blank), written(answers, round_))
    said = {tag: lines(paragraphs, one.bold if len(paragraphs) > 1 else ()) for tag, paragraphs in typed.items()}
    room = round_.form.field(ITEMS).copies
    return word.fill(blank, said, one.person, copied=f"{ITEMS}[{room}]", copies=max(len(answers[ITEMS] or ()) - room, 0))


def writer_job(blank: Path, saved_as: Path, one: Return, answers: Answers, round_: Round) -> dict[str, object]:
    """Return what Writer is told: a `fill_in_writer.Job`."""
    found = slots(blank.read_bytes())
    typed = written(answers, round_)
    room = round_.form.field(ITEMS).copies
    row, block = item_tags(found, room)
    more = range(room + 1, len(answers[ITEMS] or ()) + 1)
    end = max(at for at, slot in enumerate(found) if slot.tag.startswith(f"{ITEMS}[{room}].")) + 1
    copies = [slot._replace(tag=numbered(slot.tag, number)) for number in more for slot in found[end - len(block) : end]]
    shown = [*found[:end], *copies, *found[end:]]
    new = changes(shown, typed)
    cells = {number: [str(number), *(" ".join(typed.get(numbered(tag, number), ())) for tag in row)] for number in more}
    end_of_items = round_.form.field("pledges").label
    return {
        "blank": str(blank.resolve()),
        "saved_as": str(saved_as.resolve()),
        "file_filter": _FILTERS[saved_as.suffix],
        "author": one.person,
        "blocks": [{"heading": f"Priority {number - 1}", "until": end_of_items, "new_heading": f"Priority {number}"} for number in more],
        "rows": [{"first_cell": "No.", "cells": cells[number]} for number in more],
        "answers": [_answer(slot, new, one, round_) for slot in shown],
    }


def _answer(slot: Slot, new: dict[str, tuple[str, ...]], one: Return, round_: Round) -> dict[str, object] | None:
    if slot.tag not in new:
        return None
    paragraphs = new[slot.tag]
    said: tuple[Line, ...] = lines(paragraphs, one.bold if len(paragraphs) > 1 else ())
    return {
        "lines": [line._asdict() for line in said],
        "overtyped": not in_vocabulary(slot.tag, paragraphs[0], round_),
        "before": dict(one.before).get(slot.tag, ""),
    }


if __name__ == "__main__":
    try:
        for path in make(ROOT / "inbox"):
            print(path.relative_to(ROOT))
    except RuntimeError as error:
        sys.exit(str(error))
