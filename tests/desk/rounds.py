"""A round of three partnerships on the officer's desk, to which things happen day by day."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.flow import board
from pipeline.model.board import Board
from pipeline.model.history import Reading
from pipeline.model.post import Message, MessageKind, Posting
from pipeline.model.rounds import Round, Step
from pipeline.store.store import Store
from tests.builders import a_partnership, a_round
from tests.publish.returns import Said, a_record

ROADS, SAFER, WASTE = "spatial-planning-infrastructure", "safer-communities", "waste"
NAMES = {ROADS: "Spatial Planning & Infrastructure Partnership", SAFER: "Safer Communities Partnership", WASTE: "Waste Partnership"}


def on(day: int, month: int, hour: int = 9) -> dt.datetime:
    """Return a moment of 2011."""
    return dt.datetime(2011, month, day, hour, tzinfo=dt.UTC)


def step(what: str, day: int, month: int, kind: str) -> Step:
    """Return a line of the timetable that is one day."""
    date = dt.date(2011, month, day)
    return Step(what, f"{day} {date:%B}", date, date, kind=kind)


def a_round_of_three(folder: Path, **changes: Any) -> Round:
    """Return a round with the timetable of document 002."""
    partnerships = tuple(a_partnership(id=id_, code=id_[:3].upper(), name=name) for id_, name in NAMES.items())
    timetable = (
        step("Proforma circulated", 4, 3, "circulated"),
        step("Progress reviewed", 21, 4, "review"),
        step("Final proformas due", 6, 5, "due"),
        step("Final version agreed", 2, 6, "agreed"),
    )
    (folder / "inbox").mkdir(exist_ok=True)
    return a_round(**{"folder": folder, "partnerships": partnerships, "timetable": timetable, **changes})


def complete(title: str = "Safer streets", **changes: Said) -> dict[str, Said]:
    """Return the values of a return about which nobody needs to be asked."""
    priority: dict[str, Said] = {
        "title": title,
        "lead_officer": "Morgan Lee",
        "focus": "Community Safety",
        "objectives": ["World Class Economy"],
        "context": {"text": "The county plan.", "business_plans": "Page 12"},
        "deliverables": [{"what": "A thing", "due": "2013-03-31", "measure": "It is there"}],
    }
    return {"chair": "Cllr Jo Penrose", "cabinet_member": "Cllr Siobhán O’Dowd", "priorities": [{**priority, **changes}]}


def take_in(store: Store, partnership: str, said: dict[str, Said], at: dt.datetime, file: str = "reply.docx") -> None:
    """Keep a return as if it had been read."""
    receipt = store.keep_original(repr((partnership, said)).encode(), file, "inbox", at)
    record = replace(a_record(partnership, said), file=file, sha256=receipt.sha256)
    store.keep(receipt, record, (), "1", at)


def reading(store: Store, partnership: str) -> Reading:
    """Return the reading that counts of a partnership."""
    return store.current()[partnership]


def post(store: Store, partnership: str, kind: MessageKind, at: dt.datetime, *states: Posting, said: str = "", **more: Any) -> str:
    """Write a message into the ledger and let it come to stand somewhere."""
    number = f"<{kind}.{partnership}.{at:%m%d}@example.org>"
    occasion = more.get("occasion", f"{at:%m%d}")
    message = Message(number, kind, partnership, occasion, ("chair@example.org",), "Proforma", more.get("about", ()), b"Subject: x\r\n")
    assert store.ledger.queue(message, at, again=True)
    for state in states:
        store.ledger.move(number, state, at, said)
    return number


SENT = (Posting.SENDING, Posting.SENT)


def seen_on(round_: Round, store: Store, day: int, month: int) -> Board:
    """Return the board of a day of 2011."""
    return board(round_, store, dt.date(2011, month, day))
