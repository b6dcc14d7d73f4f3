"""The annex as one Word table: it has the columns of the form, so no master can know it in advance.

Its look is the master's: table style `Report Table`, paragraph styles `Table Heading`, `Table Text`, `Table Subheading`, `Table Bullet`.
A short row stays on one page (`pipeline.publish.whole_rows`).

Source: ECMA-376-1 4th ed., 17.4.84 (vMerge), 17.4.77 (tblHeader), 17.4.6 (cantSplit).
"""

from collections.abc import Iterator, Sequence

from markupsafe import escape

from pipeline.model.forms import Annex, AnnexColumn
from pipeline.model.plans import AnnexCell, AnnexRow, Plan
from pipeline.publish.runs import Flow, Styles, is_leftward, legal, paragraph, paragraphs, run


def annex_table(plan: Plan, styles: Styles, width: int) -> Flow:
    """Return the table of the annex.

    Args:
        plan: the plan; its rows are printed as they are.
        styles: those of the master.
        width: of the table, in twentieths of a point.
    """
    annex = plan.round.form.annex
    shares = sum(column.width for column in annex.columns)
    widths = tuple(width * column.width // shares for column in annex.columns)
    return Flow.of(lambda: _table(annex, plan.annex, _Look(styles), widths))


class _Look:
    """The ids of the styles that the table is made of."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.table = styles.id("report table")
        self.heading = styles.id("table heading")
        self.text = styles.id("table text")
        self.subheading = styles.id("table subheading") or self.text
        self.bullet = styles.bullet(self.text, 0)


def _table(annex: Annex, rows: Sequence[AnnexRow], look: _Look, widths: tuple[int, ...]) -> Iterator[str]:
    style = f'<w:tblStyle w:val="{look.table}"/>' if look.table else ""
    caption = escape(legal(annex.title))
    yield (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for column, width in zip(annex.columns, widths, strict=True):
        yield _cell(width, "", paragraph(look.heading, run(column.heading)))
    yield "</w:tr>"
    for row in rows:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for column, cell, width in zip(annex.columns, row.cells, widths, strict=True):
            yield _cell(width, _merge(cell), _content(column, cell, row, look))
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(width: int, merge: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>{content}</w:tc>'


def _merge(cell: AnnexCell) -> str:
    if cell.rows == 1:
        return ""
    return '<w:vMerge w:val="restart"/>' if cell.rows else "<w:vMerge/>"


def _content(column: AnnexColumn, cell: AnnexCell, row: AnnexRow, look: _Look) -> str:
    if column.listed:
        return "".join(_listed(row, look)) or paragraph(look.text, "")
    return paragraph(look.text, run(cell.text), leftward=is_leftward(cell.text)) if cell.text and cell.rows else paragraph(look.text, "")


def _listed(row: AnnexRow, look: _Look) -> Iterator[str]:
    yield paragraphs(row.introduction, look.text, look.styles)
    heading = ""
    for item in row.items:
        if item.group != heading:
            heading = item.group
            yield paragraph(look.subheading, run(heading), keep=True, leftward=is_leftward(heading))
        yield paragraph(look.bullet, run(item.text), leftward=is_leftward(item.text))
