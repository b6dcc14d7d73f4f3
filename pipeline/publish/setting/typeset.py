"""Content becomes PDF/UA-1 through Typst, a library of its own wheel. The same content gives the same bytes.

All words go to the template `paper.typ` as data, where nothing in them is markup. Fonts are the program's own, in the folder `fonts`; only
for signs that they lack is this machine asked, and a sign that no font here has stands as its number: [U+4E2D]. What Typst 0.15 cannot mark
– headings of rows, what a table is about – is marked in `marking.py`.

Source: Typst 0.15, "PDF export", standards; ISO 14289-1, 7.21.8 (no glyph may be missing).
"""

import json
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst

from pipeline.errors import ToolMissingError
from pipeline.publish.setting.content import Content
from pipeline.publish.setting.described import Described, Pictures

_FOLDER = Path(__file__).parent
_FONTS = _FOLDER / "fonts"
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_OWN = "\u024f"
"""The last of the letters that the program's own fonts all have. One of them is unshown only in company: with an accent that they lack."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def typeset(content: Content) -> bytes:
    """Return a paper as PDF.

    Args:
        content: what it says.

    Raises:
        ToolMissingError: Typst could not set it.
    """
    with tempfile.TemporaryDirectory(prefix="proforma-") as name:
        folder = Path(name)
        pictures = Pictures(folder)
        said = json.dumps(Described(content, pictures).whole(), ensure_ascii=False)
        (folder / "paper.typ").write_bytes((_FOLDER / "paper.typ").read_bytes())
        own_fonts_only, spelt = True, set[str]()
        while True:
            (folder / "content.json").write_text(said, encoding="utf-8")
            try:
                return _compiled(folder, own_fonts_only)
            except typst.TypstError as error:
                unshown = {sign for text in _unshown(error) for sign in text if sign > _OWN} - spelt
                if not unshown:
                    raise ToolMissingError(f"The PDF could not be set: {error.message}.", "Save it as PDF from Word.") from error
                if not own_fonts_only:
                    said = _spelt(said, unshown)
                    spelt |= unshown
                own_fonts_only = False


def _compiled(folder: Path, own_fonts_only: bool) -> bytes:
    compiler = typst.Compiler(str(folder / "paper.typ"), root=str(folder), font_paths=_fonts(own_fonts_only))
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts(own_only: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=not own_only, include_embedded_fonts=True, font_paths=[str(_FONTS)])


def _unshown(error: typst.TypstError) -> set[str]:
    """Return the texts that no font could show; nothing where that was not the trouble."""

    def sign(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t", "r": "\r"}.get(found[2], found[2])

    return {_ESCAPED.sub(sign, text) for text in _UNSHOWN.findall(error.diagnostic)}


def _spelt(said: str, unshown: Iterable[str]) -> str:
    """Put the numbers of signs where the signs stood."""
    for sign in sorted(unshown):
        said = said.replace(sign, f"[U+{ord(sign):04X}]")
    return said
