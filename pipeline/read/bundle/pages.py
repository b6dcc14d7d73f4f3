"""The pages of a bundle's files, one after the other, before they are put together.

Pages are counted through all files, in the order in which these came: page 3 may be the first of the second file.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Note
from pipeline.model.places import Place
from pipeline.read.bundle.packing import File
from pipeline.read.page import Page
from pipeline.read.pdf.opening import opened
from pipeline.read.pdf.reader import loose
from pipeline.read.reading import Source
from pipeline.read.scan.laying import Recognised
from pipeline.read.scan.pictures import count, is_picture
from pipeline.read.scan.reader import recognised_in
from pipeline.settings import Limits


@dataclass
class Pages:
    """The pages of some files."""

    found: list[Page] = field(default_factory=list)
    recognised: dict[int, Recognised] = field(default_factory=dict)
    """Those that are pictures, by their numbers."""
    asides: list[Aside] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """But for those of `recognised`."""
    codes: list[str] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)
    """The name of the file that shows a page."""
    count: int = 0
    """Pages so far, what is too small to be one included."""

    def named(self, place: Place) -> Place:
        """Return a place with the file that shows its page."""
        return place._replace(part=self.files.get(place.page or 0, place.part))

    def take(self, file: File, limits: Limits) -> None:
        """Add the pages of a file.

        Raises:
            UnreadableError: it cannot be read, or is of another kind than pictures and PDFs (`unsupported`). Nothing was added.
        """
        if is_picture(file.data):
            recognised, beside = recognised_in(file.data)
            self._add(file, [page.page for page in recognised], recognised, (), beside)
        elif b"%PDF-" in file.data[:1024]:
            said = loose(Source(file.data, file.name, limits))
            self.codes += said.codes
            self._add(file, said.pages, said.recognised, said.asides, said.notes)
        else:
            raise UnreadableError("unsupported", "This is no picture of a page.", "Take it in by itself.")

    def skip(self, file: File) -> None:
        """Count the pages of a file that cannot be read, where it says how many it has: whoever looks for a page counts alike."""
        self.count += pages_in(file.data)

    def _add(
        self,
        file: File,
        pages: Sequence[Page],
        recognised: Iterable[Recognised],
        asides: Iterable[Aside],
        notes: Iterable[Note],
    ) -> None:
        before = self.count
        self.count += pages_in(file.data)
        self.files |= dict.fromkeys(range(before + 1, self.count + 1), file.name)
        self.found += [page._replace(number=page.number + before) for page in pages]
        self.asides += [aside._replace(place=_counted(aside.place, before)) for aside in asides]
        self.notes += [_of(note, file.name, before) for note in notes]
        for one in recognised:
            number = one.page.number + before
            own = tuple(_of(note, file.name, before) for note in one.notes)
            self.recognised[number] = one._replace(page=one.page._replace(number=number), notes=own)
            self.codes += one.codes


def pages_of(files: Iterable[File], limits: Limits, whole: Callable[[UnreadableError], None]) -> Pages:
    """Return the pages of files. One that cannot be read is a note, and its error is handed to `whole`."""
    pages = Pages()
    for file in files:
        try:
            pages.take(file, limits)
        except UnreadableError as error:
            whole(error)
            pages.skip(file)
            message = f"{file.name} could not be read: {error} {error.hint}".strip()
            pages.notes.append(Note("broken-page", message, Place(file.name)))
    return pages


def pages_in(data: bytes) -> int:
    """Return how many pages a file has, from what it says itself; none where it is broken."""
    with suppress(UnreadableError):
        if is_picture(data):
            return count(data)
        with opened(Source(data)) as document:
            return len(document)
    return 0


def _counted(place: Place, before: int) -> Place:
    return place._replace(page=place.page + before) if place.page else place


def _of(note: Note, file: str, before: int) -> Note:
    return note._replace(message=f"{file}: {note.message}", place=_counted(note.place, before))
