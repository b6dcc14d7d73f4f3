"""The table of hostile files."""

from tests.documents import docx
from tests.hostile import letters, odf, pdfs, pictures, word, zips
from tests.hostile.kinds import DAMAGED, EMPTY, HARMLESS, NO_FORMAT, OPENED, Hostile, fixed
from tests.read.odt import odt

_PLAIN = (
    Hostile("empty.docx", "none", "nothing", fixed(lambda: b""), EMPTY),
    Hostile("zeroes.docx", "none", "a disk that lost it", fixed(lambda: bytes(50_000)), EMPTY),
    Hostile("noise.docx", "none", "no format at all", fixed(lambda: bytes(range(1, 256)) * 1_000), NO_FORMAT),
    Hostile("program.docx", "none", "a program", fixed(lambda: b"MZ" + bytes(500) + b"PE\0\0" + bytes(500)), NO_FORMAT),
    Hostile(
        "compound.doc",
        "doc",
        "a compound file whose table leads back to itself",
        fixed(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0\xfe\xff\x09\0\6\0" + bytes(2_000)),
        NO_FORMAT | DAMAGED,
    ),
)

TABLE: tuple[Hostile, ...] = (*word.FILES, *odf.FILES, *zips.FILES, *pdfs.FILES, *pictures.FILES, *letters.FILES, *_PLAIN)

WHOLE = {
    "docx": docx("Chair: Jo", "5 homes" * 200),
    "odt": odt("Chair: Jo", "5 homes" * 200),
    "zip": zips.zipped(("reply.docx", docx("Chair: Jo"))),
    "pdf": pdfs.pdf(),
    "eml": letters.mail("Content-Type: text/plain\r\n\r\nhello", letters.attached("reply.docx", docx("Chair: Jo"))),
    "rtf": letters.rtf("Chair: Jo\\par {\\b 5 homes}" * 20),
    "png": pictures.png(40, 40, 40),
    "tif": pictures.tiff(2),
}
"""A sound document of each kind, to be cut short at every hundredth."""

CUT = HARMLESS | DAMAGED | EMPTY | NO_FORMAT | OPENED
"""What is right for one that was cut short: a mail or an RTF is still one."""
