"""The numbers and bullets that Word works out: "1.", "1.1", "(a)", "•".

Source: ECMA-376-1 4th ed., 17.9 (numbering), 17.18.59 (number formats).
"""

from typing import NamedTuple

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.publish.setting.looks import Looks, Properties, child

_ROMAN: tuple[tuple[int, str], ...] = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "–", "\uf0d8": "›", "\uf0fc": "✓", "\u00b7": "•"}
"""What Symbol and Wingdings show for their own codes, in a font that every reader has."""
_LEVELS = 9


class Label(NamedTuple):
    """What stands before a paragraph of a list."""

    text: str
    level: int
    """From 0."""
    layout: Properties
    """Indents that the list gives the paragraph."""
    numbered: bool
    """False for a bullet."""


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    style: str
    """The paragraph style that is numbered by this level; empty for none."""
    layout: Properties
    legal: bool
    """Every number in it is a decimal, whatever its own level says."""


class Numbers:
    """The lists of a Word file, counted on from paragraph to paragraph.

    Args:
        root: of the numbering part; None where there is none.
        looks: the styles of the file.
    """

    def __init__(self, root: etree._Element | None, looks: Looks) -> None:
        self._looks = looks
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        """By the number of a list: what counts it, and its levels."""
        self._counts: dict[str, list[int]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._of_styles: dict[str, tuple[str, int] | None] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        kinds = {kind.get(q("w:abstractNumId"), ""): self._levels(kind) for kind in root.iterchildren(q("w:abstractNum"))}
        for number in root.iterchildren(q("w:num")):
            id_ = number.get(q("w:numId"), "")
            of = child(number, "w:abstractNumId")
            kind = "" if of is None else of.get(q("w:val"), "")
            levels = dict(kinds.get(kind, {}))
            for override in number.iterchildren(q("w:lvlOverride")):
                level = int(override.get(q("w:ilvl"), "0"))
                if (own := child(override, "w:lvl")) is not None:
                    levels[level] = self._level(own)
                if (start := child(override, "w:startOverride")) is not None:
                    self._restarts[id_, level] = int(start.get(q("w:val"), "1"))
            self._lists[id_] = (kind, levels)

    def _levels(self, kind: etree._Element) -> dict[int, _Level]:
        return {int(level.get(q("w:ilvl"), "0")): self._level(level) for level in kind.iterchildren(q("w:lvl"))}

    def _level(self, level: etree._Element) -> _Level:
        def said(name: str, default: str) -> str:
            found = child(level, name)
            return default if found is None else found.get(q("w:val"), default)

        layout = self._looks.of_paragraph(child(level, "w:pPr"))
        legal = child(level, "w:isLgl") is not None
        return _Level(int(said("w:start", "1")), said("w:numFmt", "decimal"), said("w:lvlText", ""), said("w:pStyle", ""), layout, legal)

    def label(self, style: str, properties: etree._Element | None) -> Label | None:
        """Count a paragraph.

        Args:
            style: the id of its style.
            properties: its own.

        Returns:
            What stands before it; None for a paragraph of no list.
        """
        at = _named(properties) or self._of_style(style)
        if at is None or at[0] not in self._lists:
            return None
        id_, level = at
        kind, levels = self._lists[id_]
        if level not in levels:
            return None
        self._count(id_, kind, level, levels)
        own = levels[level]
        if own.format == "bullet":
            return Label(_BULLETS.get(own.text, own.text) or "•", level, own.layout, False)
        text = own.text
        for above in range(_LEVELS):
            if f"%{above + 1}" in text and above in levels:
                format_ = "decimal" if own.legal else levels[above].format
                text = text.replace(f"%{above + 1}", counted(self._counts[kind][above], format_))
        return Label(text, level, own.layout, True) if text and own.format != "none" else None

    def _of_style(self, style: str) -> tuple[str, int] | None:
        """Return the list and level that a style, or one that it is based on, stands in."""
        if style not in self._of_styles:
            self._of_styles[style] = self._found_for(style)
        return self._of_styles[style]

    def _found_for(self, style: str) -> tuple[str, int] | None:
        for one in self._looks.chain(style):
            at = _named(child(one, "w:pPr"))
            if at is not None:
                _, levels = self._lists.get(at[0], ("", {}))
                mine = (number for number, level in levels.items() if level.style == one.get(q("w:styleId")))
                return at[0], next(mine, at[1])
        return None

    def _count(self, id_: str, kind: str, level: int, levels: dict[int, _Level]) -> None:
        counts = self._counts.setdefault(kind, [0] * _LEVELS)
        restart = self._restarts.pop((id_, level), None)
        for above in range(level):
            counts[above] = counts[above] or (levels[above].start if above in levels else 1)
        start = levels[level].start if restart is None else restart
        counts[level] = start if restart is not None or not counts[level] else counts[level] + 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)


def _named(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return the list and the level that properties name. List 0 is none: it takes a paragraph out of its style's list."""
    at = child(properties, "w:numPr")
    number, level = child(at, "w:numId"), child(at, "w:ilvl")
    if number is None:
        return None
    depth = 0 if level is None else int(level.get(q("w:val"), "0"))
    return number.get(q("w:val"), "0"), min(max(depth, 0), _LEVELS - 1)


def counted(number: int, format_: str) -> str:
    """Return a number in a format of Word: decimal where it is none of letters and Roman numerals."""
    if format_ in ("lowerLetter", "upperLetter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif format_ in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
    else:
        return f"{number:02d}" if format_ == "decimalZero" else str(number)
    return text.upper() if format_.startswith("upper") else text
