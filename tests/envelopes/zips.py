"""Zips that a test packs, whatever their members are called."""

import io
import zipfile


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip, whatever its members are called."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as out:
        for name, data in members:
            out.writestr(name, data)
    return stream.getvalue()
