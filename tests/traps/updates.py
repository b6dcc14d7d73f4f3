"""The partnerships update of spring 2008 (source document 003) as nine returns, and the round that they belong to."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from pipeline.flow import Desk
from pipeline.grammar.texts import strip_marker, tidy
from pipeline.model.forms import Form
from pipeline.model.records import Answer, Record
from pipeline.model.rounds import Meeting, Partnership, Period, Round, Step
from pipeline.rounds.kit import read_form
from tests.builders import a_round
from tests.documents import Xml, cell, docx, para, row, table

KIT = Path(__file__).parent.parent.parent / "templates" / "update"
SOURCE = Path(__file__).with_name("update-2008.yaml")

KEYS = {
    "Chairman": "chair",
    "Cabinet member": "cabinet_member",
    "Priorities for the year ahead": "year_priorities",
    "Progress/ achievements in the last quarter": "achievements",
    "Issues to note": "issues_to_note",
    "Responsibility for LAA 2 targets": "laa_targets",
    "Sub-groups which report to the partnership": "sub_groups",
    "Date of last and future meeting": "meeting_dates",
}
"""The field of each label."""

LISTS = ("year_priorities", "laa_targets", "sub_groups", "meeting_dates")
"""The fields whose items lose their list markers."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "Oxfordshire Public Service Board": ("PSB",),
    "Oxfordshire Economic Partnership": ("OEP",),
    "Milton Keynes, Oxfordshire and Buckinghamshire (MKOB) Improvement Partnership": ("MKOB",),
    "Oxfordshire Children’s Trust Board": ("Children’s Trust", "Children & Young People’s Partnership"),
}
"""Other names that the register knows."""

Update = Mapping[str, str]
"""One table of the source: the text of each cell by its label, and under `Partnership` that of the title row."""


@cache
def updates() -> tuple[Update, ...]:
    """Return the nine tables."""
    return tuple(YAML(typ="safe").load(SOURCE.read_text(encoding="utf-8")))


def update_of(name: str) -> Update:
    """Return the table of the partnership whose name holds a word."""
    [found] = [update for update in updates() if name in update["Partnership"]]
    return found


@cache
def update_form() -> Form:
    """Return the form of the `update` kit."""
    return read_form(KIT)[0]


def _register() -> tuple[Partnership, ...]:
    names = [update["Partnership"].replace("Partnership)", "Partnership") for update in updates()]
    return tuple(
        Partnership(
            id=f"p{at}",
            code=f"P{at}",
            name=name,
            columns={"name": name, "annex_name": name},
            lists={"aliases": ALIASES.get(name, ()), "lineage": (), "sub_groups": ()},
        )
        for at, name in enumerate(names, 1)
    )


@cache
def update_round() -> Round:
    """Return the round of April to June 2008, with nine partnerships."""
    quarter = Period("April to June 2008", dt.date(2008, 4, 1), dt.date(2008, 6, 30))
    form = update_form()
    return replace(
        a_round(form=form, kit=KIT, partnerships=_register()),
        id="partnerships-update-2008",
        name="Partnerships update",
        reference="UPD-08Q1",
        period=quarter,
        horizon=Period("2008/09", dt.date(2008, 4, 1), dt.date(2009, 3, 31)),
        vocabularies=form.vocabularies,
        timetable=(Step("Updates due", "20 June", dt.date(2008, 6, 20), dt.date(2008, 6, 20), kind="due"),),
        meeting=Meeting("Cabinet", dt.date(2008, 7, 15), "Partnerships update"),
    )


@cache
def update_desk() -> Desk:
    """Return the desk of that round."""
    return Desk(update_round())


# -- the returns ---------------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[Xml]:
    """Return the paragraphs of a cell; a blank line parts them."""
    return [para(part) for part in text.rstrip("\n").split("\n\n")]


def update_table(update: Update, *, titled: str = "Partnership", ending: str = "") -> Xml:
    """Return one table as the source has it: label on the left, answer on the right.

    Args:
        update: the words of its cells.
        titled: the label in front of the name in the title row; the source has none.
        ending: what is typed after each label.
    """
    rows = [row(label + ending, cell(*paragraphs(update[label]))) for label in KEYS]
    return table(row(titled, update["Partnership"]), *rows)


def returned(update: Update, *, titled: str = "Partnership", ending: str = "") -> bytes:
    """Return one table as a Word document of its own."""
    return docx(update_table(update, titled=titled, ending=ending))


# -- what they say -------------------------------------------------------------------------------------------------------


def lines(update: Update, label: str) -> list[str]:
    """Return the answer that a cell of the source gives, a line each; those of lists without their markers."""
    said = [tidy(line) for line in update[label].splitlines() if tidy(line)]
    return [strip_marker(line)[1] for line in said] if KEYS[label] in LISTS else said


def answers(record: Record, key: str) -> list[Answer]:
    """Return the answers of a field, without what was derived from them."""
    wanted = re.compile(rf"{key}(\[\d+\]\.(title|indicator|name|what))?")
    return [answer for answer in record.answers if wanted.fullmatch(answer.field)]


def told(record: Record, label: str) -> list[str]:
    """Return what a record holds for a label, a line each."""
    return [line for answer in answers(record, KEYS[label]) for line in (answer.value or "").splitlines()]
