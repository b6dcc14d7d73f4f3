"""What a paper carries beside the parts of its master: charts with their workbooks, and links out of the document.

Parts are known before the document is written, for the list of content types comes first; links as they are met while it streams.

Source: ECMA-376-2 4th ed., 6.5 (relationships), 7.2.3 (content types).
"""

from markupsafe import escape

from pipeline.publish.chart import Chart, chart_part, workbook

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{{}}</Relationships>'
_SHEET = "xlsx"
CONTENT_TYPES, RELATIONSHIPS = "[Content_Types].xml", "word/_rels/document.xml.rels"


class Attached:
    """The additions to one paper, while it is being written."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        """By name, in the order in which they are written."""
        self._types: list[str] = []
        self._related: list[str] = []
        self._links: dict[str, str] = {}

    def chart(self, chart: Chart) -> str:
        """Add a chart and return the id under which the document knows it."""
        number = sum("chart" in kind for kind in self._types) + 1
        part, sheet = f"charts/chart{number}.xml", f"embeddings/Figures{number}.{_SHEET}"
        related = f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="../{sheet}"/>'
        self.parts[f"word/{part}"] = chart_part(chart, "rId1")
        self.parts[f"word/charts/_rels/chart{number}.xml.rels"] = _RELATIONSHIPS.format(related).encode()
        self.parts[f"word/{sheet}"] = workbook(chart)
        self._types.append(f'<Override PartName="/word/{part}" ContentType="{_TYPES}.drawingml.chart+xml"/>')
        return self._relate("chart", part)

    def link(self, target: str) -> str:
        """Return the id of a link to a file or an address outside the document.

        Args:
            target: a URI, relative to the folder of the paper.
        """
        if target not in self._links:
            self._links[target] = self._relate("hyperlink", target, ' TargetMode="External"')
        return self._links[target]

    def _relate(self, kind: str, target: str, mode: str = "") -> str:
        id_ = f"rIdAdded{len(self._related) + 1}"
        self._related.append(f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"{mode}/>')
        return id_

    def with_types(self, types: bytes) -> bytes:
        """Return the master's list of content types with those of the parts that were added."""
        if not self._types:
            return types
        default = f'<Default Extension="{_SHEET}" ContentType="{_TYPES}.spreadsheetml.sheet"/>'.encode()
        if f'Extension="{_SHEET}"'.encode() not in types:
            types = types.replace(b"<Default ", default + b"<Default ", 1)
        return types.replace(b"</Types>", "".join((*self._types, "</Types>")).encode())

    def with_relationships(self, related: bytes) -> bytes:
        """Return the document's relationships with those that were added; a master may have none of its own."""
        if not self._related:
            return related
        related = related or _RELATIONSHIPS.format("").encode()
        return related.replace(b"</Relationships>", "".join((*self._related, "</Relationships>")).encode())
