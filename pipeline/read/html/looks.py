"""What elements, attributes and styles say of words: emphasis, what is hidden, changed or kept as typed, headings.

Of the style sheet only rules for one class are believed, as Google Docs writes them, and none inside `@media`.

Source: WHATWG HTML 15 (rendering); Microsoft Office HTML and XML Reference (`mso-` properties).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_BOLD_TAGS, _ITALIC_TAGS = ("b", "strong", "th"), ("i", "em", "cite", "var", "dfn")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_RULE = re.compile(r"(?:^|[},\s])(?:[a-z]\w*)?\.(?P<name>[\w-]{1,64})\s*\{(?P<said>[^{}]{0,2000})\}", re.IGNORECASE)
_MEDIA = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_OUTLINE = re.compile(r"[1-9]")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_LEVEL = re.compile(r"level(\d)")


class Look(NamedTuple):
    """How words look, and whether they were tracked."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    inserted: bool = False
    deleted: bool = False
    kept: bool = False
    """True where spaces and line ends are kept as typed."""
    heading: int = 0
    link: str = ""

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of emphasis that the words have."""
        said = (("bold", self.bold), ("italic", self.italic), ("underline", self.underline), ("strike", self.strike))
        return tuple(kind for kind, on in said if on)


PLAIN = Look()
Style = Mapping[str, str]
"""What is said of an element, by name of property, in small letters."""


@lru_cache(maxsize=4096)
def style(said: str) -> Style:
    """Return the properties of a style attribute."""
    pairs = (one.partition(":") for one in said[:4000].split(";"))
    return {name.strip().lower(): value.strip().lower().removesuffix("!important").strip() for name, _, value in pairs if name.strip()}


def classes(sheet: str) -> dict[str, Style]:
    """Return what a style sheet says of classes."""
    found: dict[str, Style] = {}
    for rule in _RULE.finditer(_MEDIA.sub("", re.sub(r"/\*.*?\*/|<!--|-->", "", sheet, flags=re.DOTALL))):
        found[rule["name"]] = {**found.get(rule["name"], {}), **style(rule["said"])}
    return found


def look(tag: str, said: Style, outer: Look) -> Look:
    """Return how the words of an element look, inside one that looks as `outer` does."""
    new = outer
    if tag in _BOLD_TAGS:
        new = new._replace(bold=True)
    elif tag in _ITALIC_TAGS:
        new = new._replace(italic=True)
    elif tag == "u":
        new = new._replace(underline=True)
    elif tag in ("s", "strike"):
        new = new._replace(strike=True)
    elif tag in _HEADINGS:
        new = new._replace(heading=_HEADINGS[tag])
    elif tag in ("ins", "del"):
        new = new._replace(inserted=outer.inserted or tag == "ins", deleted=outer.deleted or tag == "del")
    elif tag in ("pre", "textarea", "listing", "xmp"):
        new = new._replace(kept=True)
    return _styled(new, said) if said else new


def _styled(new: Look, said: Style) -> Look:
    if weight := said.get("font-weight"):
        new = new._replace(bold=bool(_BOLD.fullmatch(weight)))
    if slant := said.get("font-style"):
        new = new._replace(italic=slant in ("italic", "oblique"))
    lines = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    if "underline" in lines or "line-through" in lines:
        new = new._replace(underline=new.underline or "underline" in lines, strike=new.strike or "line-through" in lines)
    if outline := _OUTLINE.match(said.get("mso-outline-level", "")):
        new = new._replace(heading=int(outline[0]))
    if spaces := said.get("white-space"):
        new = new._replace(kept=spaces in ("pre", "pre-wrap", "break-spaces", "pre-line"))
    return new


def is_hidden(said: Style, attributes: frozenset[str]) -> bool:
    """Say whether an element is not shown."""
    return (
        "hidden" in attributes
        or said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
    )


def list_level(said: Style) -> int | None:
    """Return how deep in a list Word says that a paragraph stands, from 0; None where it is no item."""
    level = _LEVEL.search(said.get("mso-list", ""))
    return max(int(level[1]) - 1, 0) if level else None
