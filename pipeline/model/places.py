"""Where in a document something stands."""

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where in a return: part, table, row, cell and paragraph, or page and box.

    All numbers count from 1 within what encloses them: tables within the part (in document order, nested tables included),
    rows within the table, columns as grid columns of the row, paragraphs within the cell, or within the part outside tables.
    """

    part: str = ""
    """The file inside the document, such as `word/document.xml`; in a bundle, the file that shows the page."""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    page: int | None = None
    box: Box | None = None

    def as_json(self) -> dict[str, object]:
        """Return only what is known, in the order of the fields."""
        return {key: value for key, value in zip(self._fields, self, strict=True) if value not in (None, "")}

    def __str__(self) -> str:
        """Say the place in the officer's words: "table 4, row 2, column 3"; of a page that came as a file of its own, with the file."""
        said = [f"{name} {value}" for name, value in zip(self._fields[1:6], self[1:6], strict=True) if value is not None]
        return ", ".join([self.part, *said] if self.part and self.page else said) or self.part
