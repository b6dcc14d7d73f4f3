"""Where the questions to members stand, by the numbers of the paper: "paragraph 4.6 b". Word works them out; they are counted on the way.

The list of the questions comes after them. Its places are marks in the XML, which nothing that a return said can be, until they are known.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.ooxml.package import Package
from pipeline.publish.runs import inline
from pipeline.publish.setting.looks import Looks, Theme
from pipeline.publish.setting.numbers import Numbers
from pipeline.publish.views import Facts

_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"
_MET = re.compile(r'<w:p>(?:<w:pPr><w:pStyle w:val="([^"]*)"/>)?|<w:bookmarkStart [^>]*w:name="question_(\d+)"/>|<\?asked (\d+)\?>')
"""A paragraph with its style, a question, or the mark of its place."""


class Place:
    """Where a question is asked, in the list of the questions.

    Args:
        number: of the question.
        heading: that it stands under.
        option: the letter of the option that it stands under; empty where it stands under none.
    """

    __slots__ = ("_number", "heading", "option")

    def __init__(self, number: int, heading: str, option: str) -> None:
        self._number = number
        self.heading = heading
        self.option = option

    def __html__(self) -> str:
        return f"<?asked {self._number}?>"

    def __str__(self) -> str:
        return f"{self.heading}, option {self.option}" if self.option else self.heading


class Questions(list[Facts]):
    """The questions to members, each with its place."""

    master: Path
    """Whose styles number the paper."""

    def placed(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the XML of a paper with the places of the questions in it.

        Args:
            pieces: the XML from its beginning; no paragraph's start, bookmark or mark is parted between two.
        """
        counter = _Counter(self.master, {number: one.see("place") for number, one in enumerate(self, 1)})
        for piece in pieces:
            yield _MET.sub(counter.met, "".join((piece,))) if counter.left else piece


class _Counter:
    """Counts a paper's paragraphs as Word does, as far as the last place of a question."""

    def __init__(self, master: Path, places: dict[int, object]) -> None:
        package = Package(master.read_bytes())
        self._looks = Looks(package.xml(_STYLES), Theme(None))
        self._numbers = Numbers(package.xml(_NUMBERING) if _NUMBERING in package else None, self._looks)
        self._places = places
        self._labels: list[tuple[int, str]] = []
        """Of the paragraph at hand and those that it stands under, each with its level."""
        self._asked: dict[int, str] = {}
        self.left = len(places)
        """Places that have not been printed."""

    def met(self, found: re.Match[str]) -> str:
        """Return what stands in place of something that was met."""
        style, asked, place = found.groups()
        if place:
            self.left -= 1
            return inline(self._said(int(place)))
        if asked:
            self._asked[int(asked)] = self._here()
        else:
            self._count(style or "")
        return found[0]

    def _count(self, style: str) -> None:
        label = self._numbers.label(style, None)
        if label and label.numbered:
            self._labels = [*(one for one in self._labels if one[0] < label.level), (label.level, label.text.rstrip("."))]
        elif not label and self._looks.name(style).startswith("heading"):
            self._labels = self._labels[:1]

    def _here(self) -> str:
        """Say where a paragraph stands: "section 3", "paragraph 4.6 b"; nothing where nothing is numbered."""
        if len(self._labels) < 2:
            return f"section {self._labels[0][1]}" if self._labels else ""
        return f"paragraph {' '.join(text for _, text in self._labels[1:])}"

    def _said(self, number: int) -> str:
        place, where = self._places[number], self._asked.get(number, "")
        return f"{place.heading}, {where}" if where and isinstance(place, Place) else str(place)
