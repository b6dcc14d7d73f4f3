"""Links within a paper: a place that can be led to, and what leads there. They stand in the running text of a master, `{{ item.anchor }}`.

Source: ECMA-376-1 4th ed., 17.13.6.2 (bookmarkStart), 17.16.22 (hyperlink).
"""

from pipeline.publish.runs import Styles, inline

_REOPENED = '<w:r><w:t xml:space="preserve">'
_CLOSED = "</w:t></w:r>"


class Live:
    """Something that is no text, in the middle of a run: the run ends before it and another begins after it."""

    __slots__ = ("_xml", "text")

    def __init__(self, xml: str, text: str = "") -> None:
        self._xml = xml
        self.text = text
        """What it says where there can be no link."""

    def __html__(self) -> str:
        return f"{_CLOSED}{self._xml}{_REOPENED}" if self._xml else inline(self.text)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self._xml or self.text)


def anchor(name: str, number: int) -> Live:
    """Return a place that can be led to.

    Args:
        name: of the bookmark: letters, digits and lines.
        number: no other bookmark of the document has it.
    """
    return Live(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>')


def within(name: str, text: str, styles: Styles) -> Live:
    """Return a link to a bookmark of this document."""
    return Live(_hyperlink(f'w:anchor="{name}"', text, styles), text)


def outside(relationship: str, text: str, styles: Styles) -> Live:
    """Return a link out of the document, by the id of its relationship."""
    return Live(_hyperlink(f'r:id="{relationship}"', text, styles), text)


def _hyperlink(where: str, text: str, styles: Styles) -> str:
    """Return a link in the master's style for links; LibreOffice 7.4 makes nothing of one without."""
    style = styles.id("hyperlink")
    dress = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:hyperlink {where} w:history="1"><w:r>{dress}<w:t xml:space="preserve">{inline(text)}</w:t></w:r></w:hyperlink>'
