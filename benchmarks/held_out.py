"""Pages on which the confidence of recognised words is tried that the tables of that confidence were not made of.

Another kit, other words and other typefaces: the form of quarterly updates, filled in with what made-up partnerships of 2011 said, in the
typefaces that stand for Times and Verdana.
"""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.read import ROOT
from pipeline.blanks.compiling import compile_master
from pipeline.model.forms import FieldType
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.read.pdf import all_printed
from tests.sample.typed import lines, slots
from tests.sample.word import fill

TYPEFACES = ("Liberation Serif", "DejaVu Sans")
_WORDS = ROOT / "tests" / "corpus" / "priorities.yaml"
_TEXTS = 3
"""In one box, so that there are a thousand words."""
_FONT = re.compile(rb'w:(ascii|hAnsi|cs|eastAsia)="[^"]+"')


def held_out() -> dict[str, bytes]:
    """Return filled-in updates as PDFs, by their typeface."""
    with tempfile.TemporaryDirectory() as folder:
        document = _filled(Path(folder))
        return all_printed({f"{face}.docx": _set_in(document, face) for face in TYPEFACES}, Path(folder))


def _filled(folder: Path) -> bytes:
    """Return the blank of the first partnership with something in every box."""
    init_round(folder / "round", "update")
    round_ = load_round(folder / "round")
    blank = compile_master(round_).stamp(round_.partnerships[0])
    said = cycle(_said(YAML(typ="safe").load(_WORDS)))
    typed = {}
    for slot in slots(blank):
        if slot.prompt:
            field = round_.form.field(slot.tag)
            choices = round_.vocabularies.get(field.choices, ())
            long = field.type in (FieldType.TEXT, FieldType.PASSAGE, FieldType.LIST)
            words = " ".join(next(said) for _ in range(_TEXTS if long else 1))
            typed[slot.tag] = lines((choices[0].shown if field.type is FieldType.CHOICE and choices else words,))
    return fill(blank, typed, "Jo Penrose")


def _said(node: object) -> Iterator[str]:
    """Yield every text of a file, a line each."""
    if isinstance(node, str):
        yield from node.splitlines()
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _said(child)


def _set_in(document: bytes, face: str) -> bytes:
    """Return a Word document in another typeface."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _FONT.sub(rb'w:\1="%b"' % face.encode(), data) if name.endswith(".xml") else data)
    return stream.getvalue()
