"""Which characters the bytes of an RTF file stand for: code pages, fonts and symbol fonts.

Source: RTF 1.9.1, "Character Set", "Font Table", "Code Page Support".
"""

import codecs
from dataclasses import dataclass, field

from pipeline.read.docx.symbols import symbol

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""Code pages by `\\fcharset`."""
PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Code pages of a whole file, by control word."""
_SYMBOLS = 2
_UTF8 = 65001
_PRIVATE = range(0xF020, 0xF100)
"""Where symbol fonts put their characters."""


def page(number: int) -> str:
    """Return Python's name of a code page; Windows' Western one where Python has none of that number."""
    try:
        return "utf-8" if number == _UTF8 else codecs.lookup(f"cp{number}").name
    except LookupError:
        return {10000: "mac_roman", 936: "gbk"}.get(number, "cp1252")


@dataclass(slots=True)
class Font:
    """A font of the font table."""

    name: str = ""
    charset: str = ""
    """A codec; empty for the file's own."""
    symbols: bool = False


@dataclass(slots=True)
class Fonts:
    """The fonts of a file and its own code page."""

    page: str = "cp1252"
    default: int = 0
    known: dict[int, Font] = field(default_factory=dict)
    writing: int = 0
    """The font that the font table is describing."""

    def begin(self, number: int) -> None:
        """The font table describes another font."""
        self.writing = number
        self.known.setdefault(number, Font())

    def charset(self, number: int) -> None:
        """The font being described has this character set."""
        font = self.known.setdefault(self.writing, Font())
        font.symbols, font.charset = number == _SYMBOLS, _CHARSETS.get(number, "")

    def code_page(self, number: int) -> None:
        """The font being described has this code page."""
        self.known.setdefault(self.writing, Font()).charset = page(number)

    def named(self, name: str) -> None:
        """The font being described has this name."""
        font = self.known.setdefault(self.writing, Font())
        font.name = font.name or name.strip(" ;")

    def text(self, data: bytes, number: int) -> str:
        """Return the characters that bytes stand for in a font; U+FFFD, which a person will ask about, for those that it has not."""
        font = self.known.get(number)
        if font is None:
            return data.decode(self.page, "replace")
        if font.symbols:
            return "".join(self.symbol(byte, font.name) or chr(byte) for byte in data)
        return data.decode(font.charset or self.page, "replace")

    def character(self, value: int, number: int) -> str:
        """Return the character that `\\u` names; where a symbol font put it, the one that looks the same."""
        if value in _PRIVATE:
            font = self.known.get(number, Font())
            return self.symbol(value, font.name) or self.symbol(value, "Symbol") or self.symbol(value, "Wingdings") or chr(value)
        return chr(value)

    @staticmethod
    def symbol(value: int, name: str) -> str:
        """Return what a symbol font shows; empty where that is not known."""
        shown = symbol(name, f"{value:x}")
        return "" if shown == "\ufffd" else shown
