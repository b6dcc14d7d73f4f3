"""A native Word chart, read back as the figures that it is drawn from.

Reads: columns, bars, lines and pies with their cached figures. What has none of these is no chart for it: its alternative text stands in.

Source: ECMA-376-1 4th ed., 21.2 (DrawingML charts).
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.ooxml.names import A, C
from pipeline.publish.setting.content import Chart, Series
from pipeline.publish.setting.looks import Theme

_MOST_POINTS = 2_000
_KINDS = {"barChart": "column", "bar3DChart": "column", "lineChart": "line", "areaChart": "line", "pieChart": "pie", "doughnutChart": "pie"}
_COLOURS = ("#1D4F5C", "#B4642D", "#5B6B2F", "#6B3F69", "#3B5B8C", "#595959")
"""Of series where the file has no theme."""
_AXES = {"across": ("catAx", "dateAx"), "along": ("valAx",)}


def chart_of(root: etree._Element, theme: Theme, alt: str, width: float, height: float) -> Chart | None:
    """Return the figures of a chart part; None for a kind of chart that has no categories and series.

    Args:
        root: of the part.
        theme: colours for series that name one of the theme, or none.
        alt: what a screen reader says of it.
        width: of its frame in points.
        height: of its frame.
    """
    drawn = next((element for name in _KINDS for element in root.iter(f"{{{C}}}{name}")), None)
    if drawn is None:
        return None
    kind = _KINDS[etree.QName(drawn).localname]
    if kind == "column" and _value(drawn, "barDir") == "bar":
        kind = "bar"
    stacked = _value(drawn, "grouping") in ("stacked", "percentStacked")
    rows = list(drawn.iterchildren(f"{{{C}}}ser"))
    categories = next((found for row in rows if (found := _texts(row.find(f"{{{C}}}cat")))), ())
    series = tuple(_series(row, number, len(categories), theme) for number, row in enumerate(rows, 1))
    axes = {name: next((_title(axis) for tag in tags for axis in root.iter(f"{{{C}}}{tag}")), "") for name, tags in _AXES.items()}
    whole = root.find(f"{{{C}}}chart")
    title = "" if whole is None else _title(whole)
    return Chart(kind, stacked, title, axes["across"], axes["along"], categories, series, alt, width, height)


def _series(row: etree._Element, number: int, count: int, theme: Theme) -> Series:
    values = _points(row.find(f"{{{C}}}val"))
    name = " ".join(text for _, text in sorted(_points(row.find(f"{{{C}}}tx")).items()))
    figures = tuple(_number(values.get(place, "")) for place in range(min(count or len(values), _MOST_POINTS)))
    place = (number - 1) % len(_COLOURS)
    return Series(name, figures, _colour(row, theme) or theme.colours.get(f"accent{place + 1}", _COLOURS[place]))


def _colour(row: etree._Element, theme: Theme) -> str:
    shape = row.find(f"{{{C}}}spPr")
    for element in () if shape is None else shape.iter(f"{{{A}}}srgbClr", f"{{{A}}}schemeClr"):
        said = element.get("val", "")
        return f"#{said}" if etree.QName(element).localname == "srgbClr" else theme.colours.get(said, "")
    return ""


def _points(element: etree._Element | None) -> dict[int, str]:
    """Return the cached texts or figures by place."""
    found: dict[int, str] = {}
    for point in () if element is None else element.iter(f"{{{C}}}pt"):
        place, text = int(point.get("idx", "0")), point.findtext(f"{{{C}}}v", "")
        if place < _MOST_POINTS:
            found[place] = text
    return found


def _texts(element: etree._Element | None) -> tuple[str, ...]:
    points = _points(element)
    return tuple(points.get(place, "") for place in range(max(points) + 1)) if points else ()


def _title(element: etree._Element) -> str:
    title = element.find(f"{{{C}}}title")
    return "" if title is None else "".join(_words(title))


def _words(element: etree._Element) -> Iterator[str]:
    for text in element.iter(f"{{{A}}}t"):
        yield text.text or ""


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{{{C}}}{name}")
    return "" if found is None else found.get("val", "")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e15 else 0.0
