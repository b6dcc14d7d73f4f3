"""What RTF says of the words and paragraphs that follow: emphasis, what is hidden or changed, style, heading and list level.

Source: RTF 1.9.1, "Character Formatting Properties", "Paragraph Formatting Properties", "Style Sheet", "Track Changes".
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

DEEPEST_LIST = 8
"""The last of the nine levels of a list, counted from 0."""
DEEPEST_TABLE = 64
"""How deep tables are believed to stand inside one another."""
_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level of ordinary text; those of headings count from 0."""


class Look(NamedTuple):
    """How words look, and whether they were tracked."""

    font: int = -1
    """Its number; -1 for the file's default."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of emphasis that the words have."""
        said = (("bold", self.bold), ("italic", self.italic), ("underline", self.underline), ("strike", self.strike))
        return tuple(kind for kind, on in said if on)


class Setting(NamedTuple):
    """What is said of a paragraph."""

    style: int | None = None
    outline: int | None = None
    level: int = 0
    in_table: bool = False
    depth: int | None = None
    """How many tables stand around it, where the file says so."""

    @property
    def tables(self) -> int:
        """How many tables stand around the paragraph."""
        if self.depth is None:
            return 1 if self.in_table else 0
        return max(self.depth, 1) if self.in_table else self.depth


@dataclass(slots=True)
class Styles:
    """The headings of the style sheet."""

    headings: dict[int, int] = field(default_factory=dict)
    """Heading levels, from 1, by number of style."""

    def add(self, setting: Setting, name: str) -> None:
        """Take in a paragraph style."""
        heading = _HEADING.match(name.strip(" ;"))
        if setting.style is not None:
            self.headings[setting.style] = _level(setting.outline) or (int(heading[1]) if heading else 0)

    def heading(self, setting: Setting) -> int:
        """Return the heading level of a paragraph, from 1; 0 for ordinary text."""
        if setting.outline is not None:
            return _level(setting.outline)
        return self.headings.get(setting.style or 0, 0)


def _level(outline: int | None) -> int:
    return outline + 1 if outline is not None and 0 <= outline < _BODY_TEXT else 0


def bullet(text: str) -> str:
    """Return the marker of a list item as readers write it: "•" for a sign of any shape, otherwise what is shown."""
    shown = text.strip(" \t\n\xa0")
    return "•" if len(shown) == 1 and (not shown.isalnum() or shown == "o") else shown
