"""Hostile PDFs, written object by object."""

import io
import zlib
from collections.abc import Mapping

from pypdf import PdfWriter

from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, LOCKED, Hostile, Lure, fixed

_ANY = HARMLESS | DAMAGED | BOMB
"""A library reads PDFs: a loop that it notices, one that it follows until it is stopped, and a page without words are all dealt with."""

_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    objects: Mapping[int, str | bytes] | None = None, trailer: str = "", content: bytes = b"BT /F 12 Tf 72 700 Td (Chair: Jo) Tj ET"
) -> bytes:
    """Return a PDF of one page, with some objects changed.

    Args:
        objects: by number; 1 is the catalogue, 2 the pages, 3 the page, 4 its content, 5 its font.
        trailer: further entries.
        content: what the page draws.
    """
    usual: dict[int, str | bytes] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: _PAGE, 4: stream(content), 5: _FONT,
    }  # fmt: skip
    usual |= objects or {}
    out, offsets = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, said in sorted(usual.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + (said.encode() if isinstance(said, str) else said) + b"\nendobj\n"
    start = len(out)
    size = max(usual) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    extra = trailer.replace("START", str(start))
    out += f"trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def flate(size: int, times: int = 1) -> bytes:
    """Return a page whose content unpacks to a size, packed over and over."""
    data = b" " * size
    for _turn in range(times):
        data = zlib.compress(data, 9)
    return pdf({4: stream(data, f"/Filter [{' '.join(['/FlateDecode'] * times)}]")})


def pages(count: int) -> bytes:
    """Return a PDF of very many pages."""
    kids = " ".join(f"{10 + at} 0 R" for at in range(count))
    return pdf({2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", **{10 + at: _PAGE for at in range(count)}})


def picture(width: int, height: int) -> bytes:
    """Return a page with a picture that says how large it is and holds almost nothing."""
    data = zlib.compress(bytes(1_000))
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode"
    )
    page = _PAGE.replace("/Font", "/XObject << /X 6 0 R >> /Font")
    return pdf({3: page, 6: stream(data, entries)}, content=b"q 500 0 0 500 0 0 cm /X Do Q")


def locked() -> bytes:
    """Return a PDF with a password."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def active(lure: Lure) -> bytes:
    """Return a PDF that runs a script, starts a program and calls home when it is opened."""
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AcroForm << /XFA 9 0 R /Fields [] >> >>",
            6: f"<< /S /JavaScript /JS (app.launchURL\\('{lure.address}'\\)) /Next 7 0 R >>",
            7: "<< /S /Launch /F (/bin/sh) /Next 8 0 R >>",
            8: f"<< /S /URI /URI ({lure.address}/uri) >>",
            9: stream(f'<!DOCTYPE d [<!ENTITY e SYSTEM "{lure.file}">]><xdp>&e;</xdp>'.encode()),
        }
    )


FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream"

FILES = (
    Hostile("self_ref.pdf", "pdf", "an object that is a reference to itself", fixed(lambda: pdf({4: "4 0 R"})), _ANY),
    Hostile(
        "length_loop.pdf",
        "pdf",
        "a stream whose length is its own",
        fixed(lambda: pdf({4: "<< /Length 4 0 R >>\nstream\nBT ET\nendstream"})),
        _ANY,
    ),
    Hostile("prev_loop.pdf", "pdf", "a table of objects that comes before itself", fixed(lambda: pdf(trailer="/Prev START")), _ANY),
    Hostile(
        "parent_loop.pdf",
        "pdf",
        "pages that are their own parent",
        fixed(lambda: pdf({2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>", 3: _PAGE.replace("/MediaBox [0 0 595 842]", "")})),
        _ANY,
    ),
    Hostile(
        "page_loop.pdf",
        "pdf",
        "pages that hold themselves",
        fixed(lambda: pdf({2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"})),
        _ANY,
    ),
    Hostile(
        "xobj_loop.pdf",
        "pdf",
        "a drawing that draws itself",
        fixed(lambda: pdf({3: _PAGE.replace("/Font", "/XObject << /X 6 0 R >> /Font"), 6: FORM}, content=b"/X Do")),
        _ANY,
    ),
    Hostile("flate_bomb.pdf", "pdf", "a content that unpacks to 256 MB", fixed(lambda: flate(2**28)), _ANY),
    Hostile("flate_x3.pdf", "pdf", "a content that is packed three times over", fixed(lambda: flate(2**27, 3)), _ANY),
    Hostile(
        "deep_array.pdf",
        "pdf",
        "lists in lists, 100,000 deep",
        fixed(lambda: pdf({6: "[" * 100_000 + "]" * 100_000}, trailer="/Info 6 0 R")),
        _ANY,
    ),
    Hostile(
        "deep_content.pdf", "pdf", "lists in lists on the page", fixed(lambda: pdf(content=b"[" * 100_000 + b"]" * 100_000 + b" TJ")), _ANY
    ),
    Hostile("q_stack.pdf", "pdf", "a state that is saved a million times", fixed(lambda: pdf(content=b"q " * 1_000_000)), _ANY),
    Hostile(
        "many_ops.pdf",
        "pdf",
        "a million words on one spot",
        fixed(lambda: pdf(content=b"BT /F 1 Tf " + b"(a) Tj " * 1_000_000 + b"ET")),
        _ANY,
    ),
    Hostile(
        "many_lines.pdf",
        "pdf",
        "200,000 ruled lines",
        fixed(lambda: pdf(content=b"".join(b"%d %d m %d %d l S " % (at % 600, at % 800, at % 599, at % 801) for at in range(200_000)))),
        _ANY,
    ),
    Hostile(
        "mediabox_huge.pdf", "pdf", "a page of a thousand kilometres", fixed(lambda: pdf({3: _PAGE.replace("595 842", "3e9 3e9")})), _ANY
    ),
    Hostile(
        "mediabox_odd.pdf",
        "pdf",
        "a page that is inside out",
        fixed(lambda: pdf({3: _PAGE.replace("[0 0 595 842]", "[9 9 -9 /X nan]")})),
        _ANY,
    ),
    Hostile("pages_6000.pdf", "pdf", "6,000 pages", fixed(lambda: pages(6_000)), _ANY),
    Hostile(
        "count_huge.pdf",
        "pdf",
        "one page that says it is two billion",
        fixed(lambda: pdf({2: "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"})),
        _ANY,
    ),
    Hostile("image_huge.pdf", "pdf", "a picture of 60,000 by 60,000 dots", fixed(lambda: picture(60_000, 60_000)), _ANY),
    Hostile("js_launch.pdf", "pdf", "a script, a program and an address that open by themselves", active, _ANY),
    Hostile("encrypted.pdf", "pdf", "a password", fixed(locked), LOCKED),
    Hostile("header_only.pdf", "pdf", "a beginning and nothing after it", fixed(lambda: b"%PDF-1.7\n"), DAMAGED),
    Hostile("noise.pdf", "pdf", "a beginning and noise", fixed(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4_000), DAMAGED),
)
