"""Which envelope bytes are, and the one call that opens it. Bytes decide, never names."""

from pipeline.envelopes.eml import open_mail
from pipeline.envelopes.mime import is_mail
from pipeline.envelopes.msg import is_outlook, open_outlook
from pipeline.envelopes.tnef import is_tnef, open_tnef
from pipeline.envelopes.zips import is_zip, open_zip, other_archive, refuse_archive
from pipeline.model.envelopes import Opened
from pipeline.settings import Limits

_LIMITS = Limits()


def is_envelope(data: bytes) -> bool:
    """Say whether something lies in the bytes that `opened` would take out, without taking it out."""
    return is_zip(data) or is_outlook(data) or is_tnef(data) or is_mail(data)


def opened(data: bytes, limits: Limits = _LIMITS) -> Opened | None:
    """Return what lies in an envelope, one level deep; None where the bytes are no envelope.

    Args:
        data: the file as received.
        limits: what it may cost; `unpacked_bytes` bounds everything that lies in it together.

    Raises:
        UnreadableError: `corrupt`, `encrypted`, `bomb`, or `unsupported` for an archive that is not opened.
    """
    if is_zip(data):
        return open_zip(data, limits)
    if is_outlook(data):
        return open_outlook(data, limits)
    if is_tnef(data):
        return open_tnef(data, limits)
    if kind := other_archive(data):
        raise refuse_archive(kind)
    return open_mail(data, limits) if is_mail(data) else None
