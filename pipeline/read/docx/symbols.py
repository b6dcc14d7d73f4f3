"""Characters of symbol fonts that forms use, as the Unicode characters that look the same."""

_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0x78: "☒",
    0xA7: "▪",
    0xD8: "➢",
    0x9F: "•",
    0xE0: "→",
    0x6C: "●",
}
_SYMBOL = {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xD7: "×", 0xB0: "°", 0xAE: "→"}
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """Return what a `w:sym` shows; U+FFFD, which a person will ask about, where the font is not known.

    Source: ECMA-376-1 17.3.3.30; fonts put their characters at U+F000 and above.
    """
    try:
        value = int(code, 16)
    except ValueError:
        return "\ufffd"
    return _FONTS.get(font.casefold(), {}).get(value & 0xFF, "\ufffd")
