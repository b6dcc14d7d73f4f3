"""How long a file may take: a recogniser looks at every page of a scan, and takes seconds where words are read in milliseconds.

Looks at the first bytes and the length, on the officer's side of the wall: it parses nothing. A small file gets no long clock whatever
it says that it holds.
"""

from pipeline.read.bundle.packing import BEGINS

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
"""Bytes within which a PDF says that it is one."""
_STEP = 80_000
"""Bytes for which the clock runs once more: four pages of a fax, at 20 kB the smallest pictures of pages that can be read; five seconds
for each, where a page takes one to three (`python -m benchmarks.scan`)."""
_MOST = 9
"""Times the usual: three minutes of the usual twenty seconds."""


def patience(data: bytes) -> int:
    """Return how many times the usual clock a file has: 1 for what cannot be a picture of pages."""
    pictured = data.startswith((*_PICTURES, BEGINS)) or _PDF in data[:_PDF_WITHIN]
    return min(1 + len(data) // _STEP, _MOST) if pictured else 1
