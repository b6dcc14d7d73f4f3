"""The ways in which a list of things is typed into a box."""

from collections.abc import Callable, Mapping, Sequence

from tests.corpus.sheets import Line, Run, said

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_TYPED: Mapping[str, Callable[[int, str], str]] = {
    "dash": lambda at, letter: "- ",
    "dot": lambda at, letter: "• ",
    "o": lambda at, letter: "o ",
    "star": lambda at, letter: "* ",
    "1)": lambda at, letter: f"{at}) ",
    "1.": lambda at, letter: f"{at}. ",
    "(i)": lambda at, letter: f"({_ROMAN[at - 1]}) ",
    "a.": lambda at, letter: f"{'abcdefgh'[at - 1]}. ",
    "D1": lambda at, letter: f"{letter}{at} ",
    "D1:": lambda at, letter: f"{letter}{at}: ",
    "tabbed": lambda at, letter: f"{at}.\t",
    "en-dash": lambda at, letter: "– ",
}
STYLES = ("bullets", "numbers", *_TYPED, "lines", "breaks", "dashed-breaks", "semicolons", "commas", "gaps")
KEPT_BACK = ("en-dash", "tabbed", "dashed-breaks")
"""Styles that only held-out returns have."""


class Lists:
    """Types lists in one style, and numbers Word's own lists through a document."""

    def __init__(self, style: str) -> None:
        self.style = style
        self._lists = 0

    def typed(self, items: Sequence[str], letter: str = "D") -> tuple[Line, ...]:
        """Return the lines that a respondent types.

        Args:
            items: what is listed.
            letter: what the items are numbered with where they are numbered as D1, M2.
        """
        if self.style in ("bullets", "numbers"):
            self._lists += 1
            kind = "bullet" if self.style == "bullets" else "number"
            return tuple(Line((Run(item),), "", kind, self._lists) for item in items)  # type: ignore[arg-type]
        if self.style in _TYPED:
            mark = _TYPED[self.style]
            return tuple(said(f"{mark(at, letter)}{item}") for at, item in enumerate(items, 1))
        if self.style == "gaps":
            return tuple(said(line) for item in items for line in (item, ""))[:-1]
        if self.style == "lines" or len(items) < 2 or not fits(self.style, items):
            return tuple(said(item) for item in items)
        return (said(_joined(self.style, items)),)


def fits(style: str, items: Sequence[str]) -> bool:
    """Say whether a person would write these items in a style: none in commas that have commas of their own."""
    if style == "commas":
        return all("," not in item and " and " not in item and ";" not in item and ":" not in item for item in items)
    return style != "semicolons" or all(";" not in item for item in items)


def _joined(style: str, items: Sequence[str]) -> str:
    if style == "breaks":
        return "\n".join(items)
    if style == "dashed-breaks":
        return "\n".join(f"- {item}" for item in items)
    if style == "semicolons":
        return "; ".join(items[:-1]) + f"; and {items[-1]}"
    return ", ".join(items[:-1]) + f" and {items[-1]}"
