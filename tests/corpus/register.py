"""The round of the corpus: the sample round, with the corpus's own partnerships in its register."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.blanks.compiling import compile_master
from pipeline.model.rounds import Partnership, Round
from pipeline.rounds.loading import load_round
from tests.corpus.answers import partnerships

ROOT = Path(__file__).parent.parent.parent


@cache
def corpus_round() -> Round:
    """Return the sample round with the corpus's own partnerships in its register."""
    return replace(load_round(ROOT), partnerships=tuple(map(_partnership, partnerships())))


def _partnership(row: Mapping[str, object]) -> Partnership:
    name, code = str(row["name"]), str(row["code"])
    contact, pledges, aliases = row["contact"], row["pledges"], row["aliases"]
    assert isinstance(contact, list) and isinstance(pledges, list) and isinstance(aliases, list)
    columns = {
        "name": name,
        "code": code,
        "annex_name": name,
        "chair": str(row["chair"]),
        "cabinet_member": str(row["cabinet_member"]),
        "contact_officer": str(contact[0]),
        "contact_email": str(contact[2]),
        "contact_phone": str(contact[3]),
        "default_focus": "",
        "default_objective": "",
    }
    own = {"aliases": tuple(aliases), "lineage": (), "pledges": tuple(str(one[0]) for one in pledges)}
    return Partnership(code, code, name, columns, own)


@cache
def blank(partnership: str) -> bytes:
    """Return the blank that a partnership was sent.

    Args:
        partnership: its id.
    """
    return compile_master(corpus_round()).stamp(corpus_round().by_id[partnership])
