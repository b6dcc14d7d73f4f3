"""The work that hostile files are put through: everything that taking one in does behind the wall."""

import json

from pipeline.desk import wall
from pipeline.flow import Desk, read_return
from pipeline.model.rounds import Round

_MOST = 5
"""Enclosed documents that are read here, where all of them have one child."""


def set_up(round_: Round) -> Desk:
    """Return the desk of a round, with its blank compiled. It is read once, so that no child need make what the first reading makes."""
    desk = Desk(round_)
    read_return(desk.blank, "blank.docx", desk)
    return desk


def run(desk: Desk, data: bytes, name: str) -> bytes:
    """Read a return and say it as JSON; of an envelope, say that it was opened and what its first documents are."""
    said = wall.answer(desk, b"F" + data, name)
    if said[:1] == b"D":
        return said[1:]
    size = int.from_bytes(said[1:9])
    leaves, rest = json.loads(said[9 : 9 + size])["leaves"], said[9 + size :]
    inside = []
    for leaf in leaves[:_MOST]:
        document, rest = rest[: leaf["size"]], rest[leaf["size"] :]
        inside.append(leaf.get("reading") or json.loads(wall.answer(desk, b"R[]\n" + document, leaf["name"])[1:]))
    return json.dumps({"outcome": "opened", "reason": None, "inside": inside}).encode()
