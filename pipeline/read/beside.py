"""Parts beside the text of a document: one that is damaged costs what it says, not the return."""

from collections.abc import Callable
from typing import TypeVar

from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.places import Place
from pipeline.ooxml.xml import DocumentTypeError

T = TypeVar("T")


class Beside:
    """Reads parts that a document can be read without, and remembers which could not be."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        """One for each damaged part, in the order of reading."""

    def read(self, part: str, look: Callable[[], T]) -> T | None:
        """Return what `look` makes of a part; nothing where the part is damaged.

        Args:
            part: its name.
            look: reads it.

        Raises:
            UnreadableError: it does harm wherever it lies: a bomb, a lock, a document type.
        """
        try:
            return look()
        except UnreadableError as error:
            if error.reason != "corrupt" or isinstance(error.__cause__, DocumentTypeError):
                raise
        self.notes.append(Note("damaged", f"The part {part} of the file is damaged and was not read. Ask for the file again.", Place(part)))
        return None
