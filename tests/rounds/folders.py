"""Small round folders, made by hand: a test shows the lines and cells it is about and nothing else."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.errors import SetupError
from pipeline.rounds.loading import load_round

ROUND_YAML = """\
name: Small round
reference: SM-11
form: small
period: {written: 2011-14, start: 1 April 2011, end: 31 March 2014}
objectives:
  - World Class Economy
  - {name: Climate Change & Environment, aliases: [Environment]}
meeting: {body: Board, date: 14 July 2010, title: Our priorities}
"""

FORM_YAML = """\
form: small
title: A small form
identified_by: partnership
fields:
  partnership: {label: Name, prefill: name}
  contact: {type: email, label: E-mail, prefill: contact_email}
  items:
    type: repeat
    label: Items
    fields:
      title: {label: Title}
      theme: {type: choice, label: Theme, choices: objectives, prefill: theme}
  promises:
    type: repeat
    label: Promises
    fields:
      promise: {label: Promise, prefill: promises}
annex:
  title: Annex
  of: items
  columns:
    - {heading: Theme, of: items.theme}
    - {heading: Partnership, register: annex_name}
plan: {of: items, title: items.title, chapters: items.theme}
"""

CSV = """\
Name,Code,Contact e-mail,Theme,Promises,Aliases
Spatial Planning Partnership,SPI,a@example.org,Environment,First;Second,SPIP
Safer Communities,SCP,b@example.org,World Class Economy,,
"""


def a_folder(folder: Path, *, round_yaml: str = ROUND_YAML, form_yaml: str = FORM_YAML, csv: str | None = CSV) -> Path:
    """Write a round folder with a kit of its own, and return it."""
    kit = folder / "templates" / "small"
    kit.mkdir(parents=True)
    (kit / "form.yaml").write_text(form_yaml, encoding="utf-8")
    (folder / "round.yaml").write_text(round_yaml, encoding="utf-8")
    if csv is not None:
        (folder / "partnerships.csv").write_text(csv, encoding="utf-8")
    return folder


def a_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook: its sheets by name, each a list of rows."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def mistakes_of(folder: Path) -> tuple[str, ...]:
    """Load a round that cannot be used, and return its mistakes."""
    with pytest.raises(SetupError) as caught:
        load_round(folder)
    return caught.value.mistakes
