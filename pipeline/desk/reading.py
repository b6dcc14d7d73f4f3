"""From bytes to a checked record: read, align, interpret, check. In this process; strangers' files go through `wall`."""

import hashlib

from pipeline import read
from pipeline.align import align, align_scan
from pipeline.check.rules import check_record
from pipeline.desk.desk import Desk
from pipeline.desk.printing import printed_blank
from pipeline.errors import UnreadableError
from pipeline.interpret.record import record
from pipeline.model.alignments import Alignment
from pipeline.model.documents import Document
from pipeline.model.findings import Finding
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.records import Record

Reading = tuple[Record, tuple[Finding, ...]]
"""What a document said, and what the rules noticed in it."""


def read_return(data: bytes, file: str, desk: Desk, senders: tuple[str, ...] = ()) -> Reading:
    """Read one returned document. One that cannot be read is a record too, with its reason.

    Args:
        data: the document; an envelope is none.
        file: the name it came with.
        desk: whose round it is.
        senders: the addresses of the mails it came in: hints, never proof.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read.document(read.Source(data, file, desk.round.limits))
    except UnreadableError as error:
        return refused(sha256, file, desk, error), ()
    return understood(document, file, sha256, desk, senders)


def understood(document: Document, file: str, sha256: str, desk: Desk, senders: tuple[str, ...] = ()) -> Reading:
    """Return what a document says that was read already.

    Args:
        document: as a reader gives it.
        file: the name it came with.
        sha256: of its bytes.
        desk: whose round it is.
        senders: the addresses of the mails it came in.
    """
    said = record(document, _aligned(document, desk), desk.round, file, sha256, senders, desk.assigned.get(sha256, ""))
    return said, check_record(said, desk.round) if said.outcome is Outcome.READ else ()


def _aligned(document: Document, desk: Desk) -> Alignment:
    """Lay a return against the blank: a scan also over its printed pages, where they are known."""
    blank = printed_blank(document, desk) if document.seen else None
    return align_scan(document, desk.layout, blank) if blank else align(document, desk.layout)


def refused(sha256: str, file: str, desk: Desk, error: UnreadableError) -> Record:
    """Return the record of a document that cannot be read."""
    message = f"{error} {error.hint}".strip()
    return Record(file, sha256, "", Outcome.REFUSED, Reason(error.reason), message, round=desk.round.id)
