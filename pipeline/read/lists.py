"""Lists as a person sees them: which marker stands before each item. The same for every format that counts its lists itself."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple


class ListLevel(NamedTuple):
    """How one level of a list is marked."""

    form: str = "bullet"
    text: str = "•"
    start: int = 1


@dataclass(slots=True)
class Counters:
    """Where each list of a document has counted to."""

    levels: dict[str, dict[int, ListLevel]]
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, number: str, level: int) -> str:
        """Count a list item and return the marker a person sees before it: "•", "2.", "(b)"; empty where it has none."""
        levels = self.levels.get(number)
        if levels is None:
            return ""
        shown = levels.get(level, ListLevel())
        if shown.form == "bullet":
            return "•"
        if shown.form == "none":
            return ""
        counts = self.counted.setdefault(number, {})
        counts[level] = counts.get(level, shown.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda place: _written(levels, counts, int(place[1]) - 1), shown.text)

    def go_on_from(self, number: str, level: int, value: int) -> None:
        """Give the next item of a level a number."""
        self.counted.setdefault(number, {})[level] = value - 1


def _written(levels: dict[int, ListLevel], counts: dict[int, int], at: int) -> str:
    shown = levels.get(at, ListLevel("decimal"))
    return _numeral(counts.get(at, shown.start), shown.form)


def _numeral(value: int, form: str) -> str:
    """Write a list number in the forms of ECMA-376-1 17.18.59 that British offices use; others as digits."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = "".join(digits[int(digit)] for digits, digit in zip(_ROMAN, f"{value:04}", strict=True))
        return roman if form == "lowerRoman" else roman.upper()
    return str(value)


_ROMAN = (
    ("", "m", "mm", "mmm", "", "", "", "", "", ""),
    ("", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm"),
    ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"),
    ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
)
