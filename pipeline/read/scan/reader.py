"""Pictures of pages to a `Document`. START HERE in this folder.

    bytes ─► pictures ─► pages (words, ruled lines, the way back) ─► in order ─► headers and footers apart ─► blocks ─► back to the picture

What recognises words is an optional part of the installation: nothing here imports it before a picture is read.
"""

from itertools import chain

from pipeline.model.documents import Document
from pipeline.read.page import lay
from pipeline.read.reading import Source
from pipeline.read.scan.laying import Sheets
from pipeline.read.scan.missing import nothing_installed
from pipeline.read.scan.pictures import is_picture, pictures


class ScanReader:
    """Scans and photographs: PNG, JPEG, TIFF with one page or several.

    Reads: printed words, tables with ruled lines, boxes to tick, square codes, whichever way the page lies. Half-reads: handwriting, which
    always goes to a person. Does not read: pictures on the page.
    """

    def claims(self, source: Source) -> bool:
        """Say whether the bytes are a picture."""
        return is_picture(source.data)

    def read(self, source: Source) -> Document:
        """Return everything a person would see, in reading order.

        Raises:
            UnreadableError: the picture is broken (`corrupt`), too large (`too-large`), takes too long (`timeout`), or nothing is
                installed that reads pictures (`unsupported`).
        """
        waiting = enumerate(pictures(source.data), 1)
        first = next(waiting)
        try:
            from pipeline.read.scan.pages import recognised
            from pipeline.read.scan.recognisers import recognisers
        except ImportError as error:
            raise nothing_installed() from error
        found = recognisers()
        if found is None:
            raise nothing_installed()
        sheets = Sheets.of(list(recognised(chain([first], waiting), found)))
        said = sheets.put_back(lay(sheets.pages))
        return Document("scan", said.blocks, (*sheets.asides, *said.asides), sheets.notes, barcodes=sheets.codes)
