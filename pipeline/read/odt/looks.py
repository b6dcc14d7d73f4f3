"""What styles say of a text: emphasis, what is hidden, and how lists are marked. Nothing of fonts and colours.

Source: OpenDocument 1.3 part 3: 16.2 (styles), 16.29.28 (text properties), 19.880 (list numbering).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.ooxml.names import q
from pipeline.read.counts import count
from pipeline.read.lists import ListLevel

_NUMBERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DEEPEST = 10
"""The levels of a list (OpenDocument 1.3 part 3, 16.30)."""
_HIGHEST = 32_767
"""The highest number that a list is believed to start from."""
_LONGEST_CHAIN = 16
"""The most styles that one is believed to be based on: some files go round in a circle."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a document by name, those that a style is based on included."""

    emphasis: dict[str, tuple[str, ...]]
    hidden: frozenset[str]
    """Names of text styles and of paragraph styles whose text is not shown."""
    lists: dict[str, dict[int, ListLevel]]


def looks(content: etree._Element, styles: etree._Element | None) -> Looks:
    """Return what the styles of `content.xml` and `styles.xml` say."""
    own: dict[str, tuple[str, ...]] = {}
    parents: dict[str, str] = {}
    lists: dict[str, dict[int, ListLevel]] = {}
    for source in (content, styles) if styles is not None else (content,):
        for style in source.iter(q("style:style")):
            name, text = style.get(q("style:name"), ""), style.find(q("style:text-properties"))
            parents[name] = style.get(q("style:parent-style-name"), "")
            if text is not None:
                own[name] = _said(text, style.get(q("style:family")) == "text")
        for style in source.iter(q("text:list-style")):
            lists[style.get(q("style:name"), "")] = dict(_levels(style))
    whole = {name: _inherited(name, own, parents) for name in parents}
    return Looks(
        emphasis={name: tuple(kind for kind in kinds if kind != "hidden") for name, kinds in whole.items()},
        hidden=frozenset(name for name, kinds in whole.items() if "hidden" in kinds),
        lists=lists,
    )


def _said(text: etree._Element, emphasis: bool) -> tuple[str, ...]:
    said = {
        "hidden": text.get(q("text:display")) == "none",
        "bold": emphasis and text.get(q("fo:font-weight")) == "bold",
        "italic": emphasis and text.get(q("fo:font-style")) == "italic",
        "underline": emphasis and text.get(q("style:text-underline-style"), "none") != "none",
        "strike": emphasis and text.get(q("style:text-line-through-style"), "none") != "none",
    }
    return tuple(kind for kind, on in said.items() if on)


def _inherited(name: str, own: dict[str, tuple[str, ...]], parents: dict[str, str]) -> tuple[str, ...]:
    kinds: tuple[str, ...] = ()
    for _ in range(_LONGEST_CHAIN):
        kinds += own.get(name, ())
        name = parents.get(name, "")
        if not name:
            break
    return tuple(dict.fromkeys(kinds))


def _levels(style: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for level in style:
        at = count(level.get(q("text:level")), _DEEPEST, 1) - 1
        if level.tag == q("text:list-level-style-number"):
            form = _NUMBERS.get(level.get(q("style:num-format"), ""), "none")
            shown = f"{level.get(q('style:num-prefix'), '')}%{at + 1}{level.get(q('style:num-suffix'), '')}"
            yield at, ListLevel(form, shown, count(level.get(q("text:start-value"), "1"), _HIGHEST))
        else:
            yield at, ListLevel()
