"""What a page holds before anybody makes sense of it: words and ruled lines, each where it stands.

All measures are points from the top left corner of the page as it is shown.
"""

from typing import NamedTuple

from pipeline.model.documents import Control
from pipeline.model.places import Box


class Word(NamedTuple):
    """A word, or several that stand next to one another on a line and look the same."""

    text: str
    """Without white space at its ends; single spaces inside."""
    box: Box
    sure: float = 1.0
    """How sure the reader is of the text, from 0 to 1."""
    lead: float = 0.0
    """How wide its first word is, in points; 0 where that is not known."""
    size: float = 0.0
    """Of the letters, in points; 0 where it is not known."""
    bold: bool = False
    italic: bool = False
    joined: bool = False
    """True where no space stands between it and the word to its left: the end of a word that changes its look."""
    group: int = 0
    """The paragraph that the file itself puts it in: words of one page with the same number belong together; 0 where it does not say."""
    heading: int = 0
    """The level of the heading that the file itself says it is part of; 0 where it does not say."""
    link: str = ""
    """Where it points."""
    control: Control | None = None
    """The form field whose value it is; its characters count from the start of `text`."""


class Rule(NamedTuple):
    """A ruled line, level or upright: a box that is thin in one direction."""

    box: Box

    @property
    def level(self) -> bool:
        """Say whether it runs from left to right."""
        return self.box.right - self.box.left >= self.box.bottom - self.box.top


class Page(NamedTuple):
    """A page as it is shown."""

    number: int
    """From 1."""
    width: float
    height: float
    words: tuple[Word, ...]
    """In any order."""
    rules: tuple[Rule, ...] = ()
