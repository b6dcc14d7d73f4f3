"""The house style of a Word file: what its styles, its theme and its defaults add up to for one paragraph or one run.

Reads: defaults, the chain of styles, direct formatting, theme colours and fonts, edges and shading. Knows nothing of texts, lists or the
cells of tables. Lengths come in points.

Source: ECMA-376-1 4th ed., 17.7.2 (style hierarchy), 17.3.1 and 17.3.2 (paragraph and run properties).
"""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from pipeline.ooxml.names import A, q

Properties = dict[str, Any]
"""Properties by name; what is not there is as the style below says."""

_TOGGLES = {
    "w:b": "bold",
    "w:i": "italic",
    "w:strike": "strike",
    "w:dstrike": "strike",
    "w:caps": "caps",
    "w:smallCaps": "small",
    "w:vanish": "hidden",
    "w:webHidden": "hidden",
    "w:rtl": "rtl",
}
_SWITCHES = {
    "w:keepNext": "keep",
    "w:keepLines": "whole",
    "w:pageBreakBefore": "break",
    "w:bidi": "rtl",
    "w:contextualSpacing": "close",
}
_ALIGNED = {"center": "center", "right": "end", "end": "end", "both": "justify", "distribute": "justify"}
_OFF = frozenset(("0", "false", "off", "none"))
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")
_THEME_NAMES = {
    "text1": "dk1",
    "text2": "dk2",
    "background1": "lt1",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_THEME_NAMES |= {"dark1": "dk1", "dark2": "dk2", "light1": "lt1", "light2": "lt2"}
DEFAULTS: Properties = {"font": "Arial", "size": 10.0, "colour": "#000000"}
"""Of a file that says nothing."""


def points(element: etree._Element, name: str) -> float:
    """Return a length given in twentieths of a point; 0 where it is not there or is no number."""
    try:
        return float(element.get(q(name), "0")) / 20
    except ValueError:
        return 0.0


def is_on(element: etree._Element) -> bool:
    """Say whether a toggle is on: it is where it stands without a value."""
    return element.get(q("w:val"), "1") not in _OFF


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return None if element is None else element.find(q(name))


class Theme:
    """The colours and fonts that an officer changes at once for the whole file.

    Args:
        root: of the theme part; None where there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self.colours: dict[str, str] = {}
        self.fonts: dict[str, str] = {}
        if root is None:
            return
        for scheme in root.iter(f"{{{A}}}clrScheme"):
            for slot in scheme:
                said = next((told.get("lastClr") or told.get("val") for told in slot), None)
                self.colours[etree.QName(slot).localname] = f"#{said}" if said and len(said) == 6 else "#000000"
        for kind in ("major", "minor"):
            for latin in root.iter(f"{{{A}}}{kind}Font"):
                face = latin.find(f"{{{A}}}latin")
                self.fonts[kind] = face.get("typeface", "") if face is not None else ""

    def colour(self, element: etree._Element, attribute: str = "w:val") -> str:
        """Return what an element says of a colour, as `#rrggbb`; empty where it leaves it to the program.

        A tint or shade of a theme colour is taken from the value that Word writes beside it.
        """
        kind = "Fill" if attribute == "w:fill" else ""
        name = element.get(q(f"w:theme{kind or 'Color'}"), "")
        changed = element.get(q(f"w:theme{kind}Tint")) or element.get(q(f"w:theme{kind}Shade"))
        if name and not changed and (found := self.colours.get(_THEME_NAMES.get(name, name))):
            return found
        said = element.get(q(attribute), "auto")
        return f"#{said}" if len(said) == 6 else ""

    def font(self, element: etree._Element) -> str:
        """Return the font that an element names; empty where it names none."""
        for name in _FONTS[:2]:
            if themed := element.get(q(f"w:{name}Theme")):
                return self.fonts.get(themed[:5], "")
            if said := element.get(q(f"w:{name}")):
                return said
        return ""


class Looks:
    """What the styles of a file say.

    Args:
        styles: the root of the part with the styles.
        theme: the file's.
    """

    def __init__(self, styles: etree._Element, theme: Theme) -> None:
        self.theme = theme
        self._styles = {style.get(q("w:styleId"), ""): style for style in styles.iter(q("w:style"))}
        self._defaults = {
            style.get(q("w:type"), ""): id_ for id_, style in self._styles.items() if style.get(q("w:default")) in ("1", "true")
        }
        defaults = styles.find(q("w:docDefaults"))
        run = child(child(defaults, "w:rPrDefault"), "w:rPr")
        paragraph = child(child(defaults, "w:pPrDefault"), "w:pPr")
        self._base = {**DEFAULTS, **self.of_paragraph(paragraph), **self.of_run(run)}
        self._kept: dict[tuple[str, str], Properties] = {}

    def name(self, id_: str) -> str:
        """Return the name of a style in lower case."""
        found = child(self._styles.get(id_), "w:name")
        return "" if found is None else found.get(q("w:val"), "").lower()

    def id(self, name: str) -> str:
        """Return the id of the style of a name in lower case; empty where there is none."""
        return next((id_ for id_ in self._styles if self.name(id_) == name), "")

    def paragraph(self, id_: str, within: Properties | None = None) -> Properties:
        """Return what a paragraph of a style looks like.

        Args:
            id_: the style's; the default one where it is empty or unknown.
            within: what the table around it says.
        """
        if id_ not in self._styles:
            id_ = self._defaults.get("paragraph", "")
        return {**self._base, **(within or {}), **self.style("paragraph", id_)}

    def style(self, kind: str, id_: str) -> Properties:
        """Return what a style says with all that it is based on, of runs and paragraphs."""
        key = (kind, id_)
        if key not in self._kept:
            said: Properties = {}
            for style in reversed(self.chain(id_)):
                said |= self.of_paragraph(child(style, "w:pPr")) | self.of_run(child(style, "w:rPr"))
            self._kept[key] = said
        return self._kept[key]

    def chain(self, id_: str) -> list[etree._Element]:
        """Return a style and those it is based on, the nearest first. A circle ends where it closes."""
        found: list[etree._Element] = []
        while (style := self._styles.get(id_)) is not None and style not in found:
            found.append(style)
            below = child(style, "w:basedOn")
            id_ = "" if below is None else below.get(q("w:val"), "")
        return found

    def of_run(self, properties: etree._Element | None) -> Properties:
        """Return what a `w:rPr` says."""
        said: Properties = {}
        for element in () if properties is None else properties:
            name = f"w:{etree.QName(element).localname}"
            if name in _TOGGLES:
                said[_TOGGLES[name]] = is_on(element)
            elif name == "w:sz":
                said["size"] = float(element.get(q("w:val"), "20")) / 2
            elif name == "w:color":
                said["colour"] = self.theme.colour(element) or "#000000"
            elif name == "w:rFonts":
                said |= {"font": font} if (font := self.theme.font(element)) else {}
            elif name == "w:u":
                said["underline"] = is_on(element)
            elif name == "w:vertAlign":
                said["raised"] = {"superscript": "super", "subscript": "sub"}.get(element.get(q("w:val"), ""), "")
            elif name == "w:lang":
                said |= {"lang": spoken} if (spoken := element.get(q("w:val"))) else {}
                said |= {"lang-rtl": spoken} if (spoken := element.get(q("w:bidi"))) else {}
            elif name == "w:shd":
                said["mark"] = self.theme.colour(element, "w:fill")
        return said

    def of_paragraph(self, properties: etree._Element | None) -> Properties:
        """Return what a `w:pPr` says of the paragraph itself."""
        said: Properties = {}
        for element in () if properties is None else properties:
            name = f"w:{etree.QName(element).localname}"
            if name in _SWITCHES:
                said[_SWITCHES[name]] = is_on(element)
            elif name == "w:spacing":
                said |= _spacing(element)
            elif name == "w:ind":
                said |= _indents(element)
            elif name == "w:jc":
                said["align"] = _ALIGNED.get(element.get(q("w:val"), ""), "start")
            elif name == "w:shd":
                said["shade"] = self.theme.colour(element, "w:fill")
            elif name == "w:pBdr":
                said["edges"] = self.edges(element)
            elif name == "w:tabs":
                said["fills"] = any(tab.get(q("w:val")) in ("right", "end", "center") for tab in element)
            elif name == "w:outlineLvl":
                level = int(element.get(q("w:val"), "9"))
                said["level"] = level + 1 if level < 9 else 0
        return said

    def edges(self, borders: etree._Element | None) -> Mapping[str, tuple[float, str, float]]:
        """Return the lines around something: by side, how thick in points, what colour and how far away in points."""
        found: dict[str, tuple[float, str, float]] = {}
        for edge in () if borders is None else borders:
            side = {"start": "left", "end": "right"}.get(etree.QName(edge).localname, etree.QName(edge).localname)
            drawn = edge.get(q("w:val"), "none") not in ("none", "nil")
            width = float(edge.get(q("w:sz"), "4")) / 8 if drawn else 0.0
            found[side] = (width, self.theme.colour(edge, "w:color") or "#000000", float(edge.get(q("w:space"), "0")))
        return found


def _spacing(element: etree._Element) -> Properties:
    said: Properties = {}
    for name in ("before", "after"):
        if element.get(q(f"w:{name}")) is not None:
            said[name] = points(element, f"w:{name}")
    if element.get(q("w:line")) is not None:
        rule = element.get(q("w:lineRule"), "auto")
        said["line"] = points(element, "w:line") / 12 if rule == "auto" else 0.0
        said["exact"] = points(element, "w:line") if rule != "auto" else 0.0
    return said


def _indents(element: etree._Element) -> Properties:
    said: Properties = {}
    for name, names in {"left": ("start", "left"), "right": ("end", "right")}.items():
        found = next((one for one in names if element.get(q(f"w:{one}")) is not None), None)
        if found:
            said[name] = points(element, f"w:{found}")
    if element.get(q("w:hanging")) is not None:
        said["first"] = -points(element, "w:hanging")
    elif element.get(q("w:firstLine")) is not None:
        said["first"] = points(element, "w:firstLine")
    return said
