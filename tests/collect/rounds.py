"""A round that has been sent out, and the mails that come in answer to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.model.post import Incoming, Message, MessageKind, Posting
from pipeline.rounds.loading import load_round
from pipeline.store.store import Store
from tests.cli.folders import a_folder, put_return, register
from tests.collect.reports import CHAIR, OURS
from tests.documents import docx
from tests.envelopes.mails import mail
from tests.store.samples import MAY_DAY

SCHOOLS_ID = "<proforma.SCH.5e6f7a8b@example.org>"
NAMELESS = docx("Name of partnership: Ponds and Rivers", "Chair: Jo Penrose", "Cabinet member: Al Ash", "Telephone: 01632 960100")
"""A return that does not say whose it is."""


def a_sent_round(folder: Path, *, plus: bool = False) -> Path:
    """Start a round of two partnerships, to both of which the proforma was sent."""
    a_folder(folder)
    rows = (f"Roads Partnership,RDS,Roads,{CHAIR},jo@example.org", "Schools Partnership,SCH,Schools,head@example.org,jo@example.org")
    register(folder, *rows, columns="name,code,annex_name,chair_email,contact_email")
    if plus:
        with (folder / "round.yaml").open("a", encoding="utf-8") as file:
            file.write("\npost:\n  address: returns@example.org\n  plus: true\n")
    send(folder, OURS, "roads")
    send(folder, SCHOOLS_ID, "schools")
    return folder


def send(folder: Path, message_id: str, partnership: str, *, again: bool = False) -> None:
    """Note that a proforma was sent."""
    message = Message(
        message_id, MessageKind.PROFORMA, partnership, "", (CHAIR,), "Your proforma", (), b"Subject: Your proforma\r\n\r\nHello"
    )
    with Store.open(folder) as store:
        assert store.ledger.queue(message, MAY_DAY, again=again)
        for state in (Posting.SENDING, Posting.SENT):
            store.ledger.move(message_id, state, MAY_DAY)


def reference(folder: Path, code: str) -> str:
    """Return the reference of a partnership."""
    return next(said for said, partnership in load_round(folder).by_reference.items() if partnership.code == code)


def a_return(folder: Path, code: str, title: str = "Mend the bridges") -> bytes:
    """Return a partnership's return, and leave none in the inbox."""
    path = put_return(folder, code, title)
    data = path.read_bytes()
    path.unlink()
    return data


def a_reply(folder: Path, code: str = "RDS", number: int = 1, **fields: str) -> bytes:
    """Return a mail that brings a partnership's return."""
    return mail("Attached.", (f"{code}.docx", a_return(folder, code)), message_id=f"<{number}@example.org>", **fields)


def saved(folder: Path, *mails: bytes) -> Path:
    """Save mails into a folder beside the round."""
    box = folder.with_name("saved")
    box.mkdir(exist_ok=True)
    for number, data in enumerate(mails, len(list(box.iterdir())) + 1):
        (box / f"{number}.eml").write_bytes(data)
    return box


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Open the store of a round."""
    with Store.open(folder) as store:
        yield store


def incoming(folder: Path) -> list[Incoming]:
    """Return what is known of the mails that came in."""
    with Store.open(folder) as store:
        return list(store.mails.incoming())
