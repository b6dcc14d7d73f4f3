"""The work that hostile files are put through: everything that reading a return does."""

import json

from pipeline.flow import Desk, read_return
from pipeline.model.contract import reading_as_json
from pipeline.model.rounds import Round


def set_up(round_: Round) -> Desk:
    """Return the desk of a round, with its blank compiled. It is read once, so that no child need make what the first reading makes."""
    desk = Desk(round_)
    read_return(desk.blank, "blank.docx", desk)
    return desk


def run(desk: Desk, data: bytes, name: str) -> bytes:
    """Read a return, and say it as JSON."""
    return json.dumps(reading_as_json(*read_return(data, name, desk))).encode()
