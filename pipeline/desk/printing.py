"""The blanks of a round as they look when they are printed: made once with LibreOffice, kept, and never needed.

A scan is laid over the blank that its partnership was sent. Blanks are ours and no stranger's, so the officer's side prints them, all in
one run, when the first file comes that may hold scanned pages. They are kept in outbox/printed by the SHA-256 of the blank, so that a
blank that changes is printed again; whoever reads finds them there. Without LibreOffice scans are read by their labels alone.
"""

import hashlib
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline import read
from pipeline.blanks.printed import located
from pipeline.desk.desk import Desk
from pipeline.errors import ToolMissingError, UnreadableError
from pipeline.model.documents import Document
from pipeline.model.pages import Area, Phrase, PrintedBlank, PrintedPage, RuledCell
from pipeline.model.places import Box
from pipeline.model.rounds import Partnership, Round
from pipeline.tools import libreoffice

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_WIDE = re.compile(rb"/Width\s{0,8}(\d{3,6})\b")
_PAGE = 600
"""Pixels of the shorter side of a page that can be read; a square code or a logo has fewer."""
_SECONDS, _EACH = 60.0, 3.0
"""For LibreOffice to start, and for each blank."""
_MADE_BY = 1
"""Goes up when what is made of a printed blank changes, so that it is made anew."""


def may_hold_pages(data: bytes) -> bool:
    """Say whether a file may hold scanned pages: it is a picture, or a PDF with a picture as wide as a page. It is searched, not parsed."""
    if data.startswith(_PICTURES):
        return True
    return b"%PDF-" in data[:1024] and any(int(found[1]) >= _PAGE for found in _WIDE.finditer(data))


def print_blanks(desk: Desk) -> None:
    """Print the blanks of a round that are not printed yet. What cannot be printed or kept is left: scans are read without it."""
    round_ = desk.round
    blanks = {_name(blank): blank for blank in map(desk.master.stamp, round_.partnerships)}
    missing = {name: blank for name, blank in blanks.items() if not (_folder(desk) / name).is_file()}
    if not missing:
        return
    with suppress(ToolMissingError, UnreadableError, OSError):
        time = _SECONDS + _EACH * len(missing)
        made = libreoffice.convert_all(list(missing.values()), "docx", "MS Word 2007 XML", "pdf:writer_pdf_Export", time)
        _folder(desk).mkdir(parents=True, exist_ok=True)
        for (name, blank), pdf in zip(missing.items(), made, strict=True):
            _keep(_folder(desk) / name, _pages(blank, pdf, round_) if pdf else None)
        for old in _folder(desk).glob("*.json"):
            if old.name not in blanks:
                old.unlink(missing_ok=True)


def printed_blank(document: Document, desk: Desk) -> PrintedBlank | None:
    """Return the blank that a scan may be of, as it is printed: its own partnership's where its code or reference says whose it is."""
    return _known(_folder(desk) / _name(desk.master.stamp(_partnership(document, desk.round))))


def _partnership(document: Document, round_: Round) -> Partnership:
    for code in document.barcodes:
        if code.strip().upper() in round_.by_reference:
            return round_.by_reference[code.strip().upper()]
    for page in document.seen:
        for word in page.words:
            for said in word.text.upper().split():
                if said in round_.by_reference:
                    return round_.by_reference[said]
    return round_.partnerships[0]


def _folder(desk: Desk) -> Path:
    return desk.stands / desk.round.outbox / "printed"


def _name(blank: bytes) -> str:
    return f"{hashlib.sha256(blank).hexdigest()}.{_MADE_BY}.json"


def _pages(blank: bytes, pdf: bytes, round_: Round) -> PrintedBlank | None:
    from pipeline.read.pdf.printed import printed

    found = printed(read.Source(pdf, limits=round_.limits))
    return located(read.document(read.Source(blank)), found.document, found.pages, round_.form)


def _keep(path: Path, blank: PrintedBlank | None) -> None:
    """Keep a printed blank; a reader never sees half of it. Where it could not be made, that is kept, so that it is not tried each time."""
    said = [[page.number, page.phrases, page.areas] for page in blank.pages] if blank else []
    aside = path.with_suffix(".part")
    aside.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    aside.replace(path)


def _known(path: Path) -> PrintedBlank | None:
    try:
        said = json.loads(path.read_bytes())
        pages = tuple(_page(*page) for page in said)
    except (OSError, ValueError, TypeError):
        return None
    return PrintedBlank(pages) if pages else None


def _page(number: int, phrases: list[Any], areas: list[Any]) -> PrintedPage:
    """Return a page as `_keep` wrote it."""
    return PrintedPage(
        int(number),
        tuple(Phrase(str(text), Box(*box), bool(fixed)) for text, box, fixed in phrases),
        tuple(Area(str(tag), Box(*box), RuledCell(Box(*cell[0]), int(cell[1])) if cell else None) for tag, box, cell in areas),
    )
