"""What one document said, as it comes over the wall."""

from typing import NamedTuple

from pipeline.model.envelopes import Mail
from pipeline.model.findings import Finding
from pipeline.model.records import Record


class Said(NamedTuple):
    """What one document said: the file itself, or something that lay in it."""

    record: Record
    findings: tuple[Finding, ...]
    data: bytes
    """The document."""
    enclosed: bool = False
    """True where it lay in an envelope, or was put together from files."""
    mail: Mail | None = None
    """What the file says of itself where it is a mail: hints, never proof."""
    texts: tuple[tuple[str, ...], ...] = ()
    """The words of a mail that answers another, a paragraph each: its own, and then with the older mails that it quotes."""
    pages: tuple["Said", ...] = ()
    """Of a bundle, what each of the documents said by itself that it was made of."""
