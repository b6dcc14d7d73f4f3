"""A column chart of Word's own: it can be edited there, its figures lie in a workbook inside the document, its colours are the theme's.

Knows nothing of what is counted.

Source: ECMA-376-1 4th ed., 21.2.2 (DrawingML charts), 20.4.2.8 (inline drawings). Axis ids are positive: Word mends others.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby
from typing import NamedTuple

from markupsafe import escape
from xlsxwriter import Workbook

from pipeline.ooxml.names import WP, A, C, R
from pipeline.publish.runs import legal

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMU = 635
"""English metric units in a twentieth of a point."""
_HIGH = 4100
"""Of the chart, in twentieths of a point: 7.2 cm."""
_BIG = 800
"""Of its text, in hundredths of a point."""
_CREATED = dt.datetime(2000, 1, 1)
"""Every workbook says so: the same figures give the same bytes."""
_SHEET = "Figures"
_OBJECT, _DESCRIBED = re.compile(r"<wp:docPr [^>]*>"), re.compile(r' descr="([^"]*)"')
_CHUNK = 1 << 16


class Column(NamedTuple):
    """A column of the chart."""

    name: str
    group: str
    """What neighbours have in common, under their names: the year of a quarter."""
    value: int


class Chart(NamedTuple):
    """A chart with one series."""

    series: str
    """What is counted."""
    group: str
    """What the groups are: "Financial year"."""
    columns: Sequence[Column]


def drawing(relationship: str, name: str, description: str, width: int, number: int) -> str:
    """Return the run that shows a chart.

    Args:
        relationship: the id under which the document knows the chart's part.
        name: of the object, in Word's selection pane.
        description: what a screen reader says: the figures in words.
        width: in twentieths of a point.
        number: of the object; no other of the document has it.
    """
    across, down = width * _EMU, _HIGH * _EMU
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="{escape(legal(name))}" descr="{escape(legal(description))}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def descriptions(paper: bytes) -> tuple[str, ...]:
    """Return what each picture and chart of a Word file says that it shows, in the order of the document; empty for one that is mute."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package, package.open("word/document.xml") as part:
        return tuple(_described(io.TextIOWrapper(part, encoding="utf-8", newline="")))


def _described(part: io.TextIOWrapper) -> Iterator[str]:
    held = ""
    while chunk := part.read(_CHUNK):
        whole, end, held = (held + chunk).rpartition(">")
        for tag in _OBJECT.findall(whole + end):
            said = _DESCRIBED.search(tag)
            yield unescape(said[1]) if said else ""


def chart_part(chart: Chart, workbook: str) -> bytes:
    """Return the part of a chart.

    Args:
        chart: what it shows.
        workbook: the id under which the part knows its workbook.
    """
    rows = len(chart.columns) + 1
    values = "".join(f'<c:pt idx="{at}"><c:v>{column.value}</c:v></c:pt>' for at, column in enumerate(chart.columns))
    label = f'<a:bodyPr/><a:p><a:pPr><a:defRPr sz="{_BIG}">{_ink()}</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p>'
    shown = (("LegendKey", 0), ("Val", 1), ("CatName", 0), ("SerName", 0), ("Percent", 0), ("BubbleSize", 0))
    labels = "".join(f'<c:show{what} val="{yes}"/>' for what, yes in shown)
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:date1904 val="0"/><c:lang val="en-GB"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{_words(f"{_SHEET}!$C$1", [chart.series])}</c:tx>'
        '<c:spPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr><c:txPr>{label}</c:txPr>'
        f'<c:dLblPos val="outEnd"/>{labels}</c:dLbls>'
        f"<c:cat>{_categories(chart, rows)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!$C$2:$C${rows}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{rows - 1}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
        f'<c:gapWidth val="40"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>{_axes()}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr>{label}</c:txPr>"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _ink() -> str:
    return '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'


def _words(formula: str, texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(legal(text))}</c:v></c:pt>' for at, text in enumerate(texts))
    return f'<c:strRef><c:f>{formula}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'


def _categories(chart: Chart, rows: int) -> str:
    """Return the names under the columns, and the groups under the names: a group stands at its first column."""
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(legal(column.name))}</c:v></c:pt>' for at, column in enumerate(chart.columns))
    groups = "".join(f'<c:pt idx="{at}"><c:v>{escape(legal(group))}</c:v></c:pt>' for at, group in _groups(chart))
    return (
        f'<c:multiLvlStrRef><c:f>{_SHEET}!$A$2:$B${rows}</c:f><c:multiLvlStrCache><c:ptCount val="{rows - 1}"/>'
        f"<c:lvl>{names}</c:lvl><c:lvl>{groups}</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef>"
    )


def _groups(chart: Chart) -> Iterator[tuple[int, str]]:
    at = 0
    for group, columns in groupby(chart.columns, lambda column: column.group):
        yield at, group
        at += len(list(columns))


def _axes() -> str:
    line = f'<c:spPr><a:ln w="9525">{_ink()}</a:ln></c:spPr>'
    ends = '<c:scaling><c:orientation val="minMax"/>{}</c:scaling><c:delete val="{}"/><c:axPos val="{}"/>'
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    return (
        f'<c:catAx><c:axId val="1001"/>{ends.format("", 0, "b")}<c:numFmt formatCode="General" sourceLinked="0"/>{ticks}{line}'
        '<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="1002"/>{ends.format("", 1, "l").replace("</c:scaling>", _FROM_ZERO)}'
        f'<c:numFmt formatCode="0" sourceLinked="0"/>{ticks}<c:crossAx val="1001"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


_FROM_ZERO = '<c:min val="0"/></c:scaling>'


def workbook(chart: Chart) -> bytes:
    """Return the workbook that Word opens where someone edits the figures: nothing but what the chart shows."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, options) as book:
        book.set_properties({"title": legal(chart.series), "created": _CREATED})
        sheet = book.add_worksheet(_SHEET)
        sheet.write_row(0, 0, [legal(chart.group), "", legal(chart.series)])
        for row, column in enumerate(chart.columns, 1):
            sheet.write_string(row, 1, legal(column.name))
            sheet.write_number(row, 2, column.value)
        for at, group in _groups(chart):
            sheet.write_string(at + 1, 0, legal(group))
        sheet.set_column(0, 2, 18)
    return made.getvalue()
