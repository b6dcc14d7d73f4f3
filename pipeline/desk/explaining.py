"""A return as a page with every answer marked in place, made behind the wall."""

import hashlib
from collections.abc import Iterable, Iterator

from pipeline import read
from pipeline.bounded import Work, read_all
from pipeline.desk.desk import Desk
from pipeline.desk.reading import refused, understood
from pipeline.desk.said import Said
from pipeline.desk.wall import PATIENCE, SET_UP, executor, parcel, unpacked
from pipeline.envelopes import contents
from pipeline.errors import UnreadableError
from pipeline.explain.page import page
from pipeline.model.documents import Document
from pipeline.model.places import Place
from pipeline.read.mail import own_words


def explain(said: Iterable[Said], desk: Desk) -> Iterator[str]:
    """Yield a page of HTML for each document, in the order given.

    Args:
        said: the documents, as `read_files` gives them.
        desk: whose round it is.

    Raises:
        UnreadableError: what shows such files hung or broke off.
    """
    items = (parcel(one) for one in said)
    work = Work(SET_UP, "pipeline.desk.explaining:shown", (desk.round, dict(desk.assigned)), PATIENCE)
    with executor() as running:
        for answer in read_all(items, work, running):
            if isinstance(answer, UnreadableError):
                raise answer
            yield answer.decode("utf-8", "replace")


def shown(desk: Desk, sent: bytes, file: str) -> bytes:
    """Return the page of one document: what runs in the child."""
    senders, data = unpacked(sent)
    sha256 = hashlib.sha256(data).hexdigest()
    labels = {path: field.label for path, field in desk.round.form.walk()}
    try:
        document = _document(data, file, desk)
    except UnreadableError as error:
        return page(Document("", ()), refused(sha256, file, desk, error), (), field_labels=labels).encode()
    record, findings = understood(document, file, sha256, desk, senders)
    whose = desk.round.by_id[record.partnership].name if record.partnership else ""
    paged = any(paragraph.place.page for paragraph in document.paragraphs())

    def picture(place: Place) -> bytes:
        from pipeline.read.scan.crops import crop

        return crop(data, place)

    return page(document, record, findings, field_labels=labels, picture=picture if paged else None, whose=whose).encode()


def _document(data: bytes, file: str, desk: Desk) -> Document:
    """Read a document; a mail is its own words."""
    leaf = contents(data, file, desk.round.limits).leaves[0]
    return own_words(leaf.mails[-1], desk.round.limits) if leaf.own_words else read.document(read.Source(data, file, desk.round.limits))
