"""PDF documents that a test writes down, so that it shows the page being read.

    pdf(page(text(72, 700, "Chair: Jo"), line(70, 690, 300, 690)))

Everything is written in the syntax of the format itself. `printed` has LibreOffice make the real thing.

Source: ISO 32000-1, 7.5 (file structure), 8 (graphics), 9 (text).
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique"}


class Page(NamedTuple):
    """A page: what is drawn on it, what is laid over it, and what else its dictionary says."""

    content: str
    over: tuple[str, ...] = ()
    """Annotations, each a dictionary without its brackets."""
    entries: str = ""
    box: tuple[float, float, float, float] = (0, 0, 595, 842)
    forms: tuple[str, ...] = ()
    """Form XObjects: X1 and so on. Each is a dictionary without its brackets and, after a bar, what it draws."""


def page(*content: str, over: Sequence[str] = (), entries: str = "", box: tuple[float, float, float, float] = (0, 0, 595, 842)) -> Page:
    """Return an A4 page."""
    return Page("\n".join(content), tuple(over), entries, box)


def text(x: float, y: float, said: str, size: float = 11, font: str = "F1", mode: int = 0, colour: str = "0 g") -> str:
    """Return words in a line that begins at a point."""
    return f"BT {colour} /{font} {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm {string(said)} Tj ET"


def string(said: str) -> str:
    """Return a text as PDF writes it, in the encoding of the fonts."""
    return f"<{said.encode('cp1252').hex()}>"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a stroke from one point to another."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


def filled(x: float, y: float, width: float, height: float, colour: str = "0 g") -> str:
    """Return a filled rectangle."""
    return f"{colour} {x} {y} {width} {height} re f 0 g"


def table(xs: Sequence[float], ys: Sequence[float], *rows: Sequence[str]) -> str:
    """Return a ruled table.

    Args:
        xs: the edges of its columns, from left to right.
        ys: the edges of its rows, from the top.
        rows: the words of each cell, a line each; lines stand 13 points apart.
    """
    drawn = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    for top, row in zip(ys, rows, strict=False):
        for left, cell in zip(xs, row, strict=False):
            drawn += [text(left + 5, top - 12 - 13 * at, said) for at, said in enumerate(cell.split("\n")) if said]
    return "\n".join(drawn)


def pdf(*pages: Page, catalogue: str = "", info: str = "", objects: Sequence[str] = (), trailer: str = "") -> bytes:
    """Return a PDF.

    Args:
        pages: from the first.
        catalogue: further entries of the document's catalogue.
        info: entries of its information dictionary.
        objects: further objects, numbered from 10.
        trailer: further entries of the trailer.
    """
    written: dict[int, bytes] = {number: body.encode("latin-1") for number, body in enumerate(objects, 10)}
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>" for name, base in _FONTS.items()
    )
    number = 100
    kids = []
    for made in pages:
        names = " ".join(f"/X{at} {number + 1 + at} 0 R" for at in range(1, len(made.forms) + 1))
        over = f"/Annots [{' '.join(f'<< /Type /Annot {entries} >>' for entries in made.over)}]" if made.over else ""
        written[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{' '.join(map(str, made.box))}] /Contents {number + 1} 0 R {over} {made.entries} "
            f"/Resources << /Font << {fonts} >> /XObject << {names} >> >> >>"
        ).encode("latin-1")
        written[number + 1] = _stream("", made.content)
        for at, form in enumerate(made.forms, 1):
            entries, _, content = form.partition("|")
            written[number + 1 + at] = _stream(f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {entries}", content)
        kids.append(f"{number} 0 R")
        number += 2 + len(made.forms)
    written[1] = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1")
    written[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode("latin-1")
    written[3] = f"<< {info} >>".encode("latin-1")
    return _file(written, f"/Root 1 0 R /Info 3 0 R {trailer}")


def _stream(entries: str, content: str) -> bytes:
    data = content.encode("latin-1")
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\nendstream"


def _file(objects: dict[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += f"trailer\n<< /Size {max(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")
    return bytes(out)


def printed(document: bytes, folder: Path, tagged: bool = False) -> bytes:
    """Return the PDF that LibreOffice makes of a Word document; `folder` is where it may work."""
    return all_printed({"printed.docx": document}, folder, tagged)["printed.docx"]


def all_printed(documents: Mapping[str, bytes], folder: Path, tagged: bool = False) -> dict[str, bytes]:
    """Return the PDFs that LibreOffice makes of documents, by their names.

    Args:
        documents: by names that end as their formats do.
        folder: where it may work.
        tagged: True for PDFs that tell their own structure.
    """
    sources = [folder / f"{number}{Path(name).suffix}" for number, name in enumerate(documents)]
    for source, document in zip(sources, documents.values(), strict=True):
        source.write_bytes(document)
    choice = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", f"pdf:writer_pdf_Export:{choice}", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=240)
    return {name: source.with_suffix(".pdf").read_bytes() for name, source in zip(documents, sources, strict=True)}
