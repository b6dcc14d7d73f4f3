"""How words and charts of a paper look, described for the template `paper.typ`: fonts, sizes, colours, lines, and the scale of a chart.

Source: ECMA-376-1 4th ed., 17.3.1.33 (the space between lines).
"""

from typing import Any

from pipeline.publish.setting.content import Chart
from pipeline.publish.setting.looks import DEFAULTS, Properties

SANS = ("Liberation Sans", "DejaVu Sans")
"""As wide as Arial, letter by letter; the second has what the first lacks, Arabic too."""
_SERIF = ("Libertinus Serif", "DejaVu Sans")
_SERIFS = frozenset(("times new roman", "times", "georgia", "cambria", "garamond", "palatino linotype", "book antiqua", "liberation serif"))
BETWEEN, _HIGH = 1.149, 1.117
"""From line to line, and from the top of a line's letters to their bottom, in ems of Arial."""
EDGES = ("top", "left", "bottom", "right")
_STEPS = tuple(step * 10**power for power in range(13) for step in (1, 2, 5))
_ACROSS_CHART = 170.0
"""How high the columns of a chart are where its frame does not say."""


def look_of(look: Properties) -> dict[str, Any]:
    """Describe what a paragraph looks like."""
    look = {**DEFAULTS, **look}
    size = look["size"]
    apart = look["exact"] if look.get("exact") else size * BETWEEN * (look.get("line") or 1.0)
    language, _, region = (look.get("lang-rtl" if look.get("rtl") else "lang") or "en-GB").partition("-")
    edges = {side: list(line) for side, line in look.get("edges", {}).items() if side in EDGES and line[0]}
    text = {
        "font": _family(look["font"]),
        "size": size,
        "fill": look["colour"],
        "bold": look.get("bold", False),
        "italic": look.get("italic", False),
    }
    place = {name: look.get(name, 0.0) for name in ("left", "right", "first")}
    held = {name: bool(look.get(name, False)) for name in ("keep", "whole", "rtl")}
    spoken = {"lang": language.lower(), "region": region[:2].upper() or "GB"}
    leading = round(apart - size * _HIGH, 3)
    return {
        **text,
        **place,
        **held,
        **spoken,
        "leading": leading,
        "align": look.get("align", "start"),
        "shade": look.get("shade", ""),
        "edges": edges,
    }


def _family(font: str) -> tuple[str, ...]:
    return _SERIF if font.lower() in _SERIFS else SANS


def differences(own: Properties, look: Properties) -> dict[str, Any]:
    """Describe in what a run differs from its paragraph."""
    style: dict[str, Any] = {}
    if "bold" in own:
        style["weight"] = "bold" if own["bold"] else "regular"
    if "italic" in own:
        style["style"] = "italic" if own["italic"] else "normal"
    style |= {"size": own["size"]} if "size" in own else {}
    style |= {"fill": own["colour"]} if "colour" in own else {}
    style |= {"font": _family(own["font"])} if "font" in own else {}
    spoken = own.get("lang-rtl", look.get("lang-rtl")) if own.get("rtl") else own.get("lang")
    if spoken:
        language, _, region = spoken.partition("-")
        style |= {"lang": language.lower(), **({"region": region[:2].upper()} if region else {})}
    dressed: dict[str, Any] = {"style": style} if style else {}
    dressed |= {name: True for name in ("underline", "strike") if own.get(name)}
    dressed |= {"raised": own["raised"]} if own.get("raised") else {}
    return dressed | ({"mark": own["mark"]} if own.get("mark") else {})


def plot_of(chart: Chart) -> dict[str, Any]:
    """Describe a chart: its figures, and the lines across it that they are read by."""
    count_ = len(chart.categories)
    values = [[*row.values, *([0.0] * count_)][:count_] for row in chart.series]
    highest = max((sum(column) if chart.stacked else max(column) for column in zip(*values, strict=True)), default=1.0)
    step = next((step for step in _STEPS if highest <= step * 5), _STEPS[-1])
    top = step * max(-int(-highest // step), 1)
    series = [
        {"name": row.name, "colour": row.colour, "values": [max(value, 0.0) for value in own], "shown": [_shown(value) for value in own]}
        for row, own in zip(chart.series, values, strict=True)
    ]
    told = {"kind": "chart", "title": chart.title, "across": chart.across, "along": chart.along, "alt": chart.alt or chart.title or "Chart"}
    scale = {"top": top, "steps": list(range(0, top + 1, step)), "plot": chart.height * 0.6 if chart.height > 100 else _ACROSS_CHART}
    return {**told, **scale, "stacked": chart.stacked, "categories": chart.categories, "series": series, "width": chart.width or 450.0}


def _shown(value: float) -> str:
    return "" if not value else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
