"""Where a plan has its words from: each item with the return and the place that said it, and what the plan prints nowhere else.

An item and its line in the index lead to each other. A file that came through the inbox and still lies there, byte for byte, is linked to.
One that came otherwise, in a mail, is put beside the paper, in the folder `returns`, and linked to there. A publication copy, whose entries
name no file, links to nothing.
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import file_digest
from pathlib import Path
from typing import IO
from urllib.parse import quote

from pipeline.errors import PipelineError
from pipeline.model.forms import schema_path
from pipeline.model.plans import Entry, Item, Plan
from pipeline.model.queries import where
from pipeline.model.records import Answer, State
from pipeline.publish.attached import Attached
from pipeline.publish.files import put
from pipeline.publish.links import Live, anchor, outside, within
from pipeline.publish.reach import answer_at, answers_of
from pipeline.publish.runs import Styles
from pipeline.publish.views import NOTHING, Facts, Vocabularies, plain, words

_FIRST_ID = 200_000
"""Of the bookmarks made here; those of the table of contents come before."""
BESIDE = "returns"
"""The folder beside the papers for documents that lie in no inbox."""
_KEPT_BY_SYSTEMS = frozenset('/\\:*?"<>|')
_LONGEST_NAME = 80
_HARMLESS = frozenset((".docx", ".odt", ".fodt", ".rtf", ".pdf", ".txt", ".png", ".jpg", ".jpeg", ".tif", ".tiff"))
"""Endings of what no program runs: a stranger's mail names its files as it likes."""
_SAYING = (State.GIVEN, State.NOT_APPLICABLE)
_ELSEWHERE = {"register": "The register", "sender": "The sender of the mail"}
"""What an answer is from that no words of the return gave, by how it was found."""


@dataclass(frozen=True)
class Binding:
    """How one paper is put together, beside what it says."""

    attached: Attached = field(default_factory=Attached)
    folder: Path | None = None
    """Where the paper goes; None where links to files would lead nowhere."""
    printed: frozenset[str] = frozenset()
    """The schema paths of the answers that its master prints."""
    original: Callable[[str], bytes] | None = None
    """Returns a document as it came, by its SHA-256; None where nobody can."""
    pages: tuple[int, ...] = ()
    """Of the headings in its table of contents, as far as they are known."""


class Sources:
    """Where the words of a plan stand.

    Args:
        plan: the plan.
        styles: those of the master.
        binding: of the paper.
        vocabularies: how terms are shown.
    """

    def __init__(self, plan: Plan, styles: Styles, binding: Binding, vocabularies: Vocabularies) -> None:
        self._plan = plan
        self._form = plan.round.form
        self._styles = styles
        self._binding = binding
        self._vocabularies = vocabularies
        self._title = self._form.plan.title.removeprefix(f"{self._form.plan.of}.").split(".")
        self._linked: dict[tuple[str, str], str] = {}

    def beside(self, item: Item, number: str, count: int) -> dict[str, object]:
        """Return what a master can put beside an item: the place that its line in the index leads to, and a link to that line.

        Args:
            item: the item.
            number: as the plan prints it: "3.2".
            count: of the item in the plan, from 0.
        """
        name = number.replace(".", "_")
        said = self._said(item)
        shown = f"{_file(item.entry, said) or 'Return'}, {place(said)}" if said and said.quote else place(said)
        return {"anchor": anchor(f"item_{name}", _FIRST_ID + 2 * count), "source": within(f"source_{name}", shown, self._styles)}

    def line(self, item: Item, number: str, count: int) -> Facts:
        """Return the line of an item in the index of sources."""
        name, said, entry = number.replace(".", "_"), self._said(item), item.entry
        return Facts(
            "a source",
            {
                "anchor": anchor(f"source_{name}", _FIRST_ID + 2 * count + 1),
                "number": within(f"item_{name}", number, self._styles),
                "title": self._words(said) if said else NOTHING,
                "said": plain(said.quote if said else ""),
                "partnership": entry.partnership.name,
                "file": self._file(entry, said),
                "place": place(said),
            },
        )

    def further(self, entry: Entry) -> list[Facts]:
        """Return the words of a return that the master prints nowhere: answers to fields that no tag names, and what answers no field."""
        rest = entry.rest.get()
        answers = rest.answers if self._items_are_printed else entry.answers
        kept = [answer for answer in answers_of(answers) if answer.state in _SAYING and not self._is_printed(answer)]
        kept += rest.spare
        lines = [(where(self._form, answer.field), self._words(answer), place(answer)) for answer in kept]
        lines += [("", plain(one.quote), str(one.place) or "") for one in rest.unplaced if one.quote.strip()]
        return [Facts("further words", {"where": about, "words": said, "place": found}) for about, said, found in lines]

    @cached_property
    def _items_are_printed(self) -> bool:
        """True where the master prints all that an item of the plan can say, so that none need be looked through."""
        within = f"{self._form.plan.of}."
        return all(path in self._binding.printed for path, field in self._form.walk() if field.is_leaf and path.startswith(within))

    def _is_printed(self, answer: Answer) -> bool:
        return schema_path(answer.field) in self._binding.printed

    def _words(self, answer: Answer) -> object:
        field = self._form.by_path.get(schema_path(answer.field))
        return words(answer, field, self._vocabularies) if field else plain(answer.quote)

    def _said(self, item: Item) -> Answer | None:
        """Return the answer that names an item; where it has none, the first words about it."""
        named = answer_at(item.answers, self._title)
        if named and named.quote:
            return named
        return next((answer for answer in answers_of(item.answers) if answer.quote), named)

    def _file(self, entry: Entry, said: Answer | None) -> Live:
        """Return the name of the document that said it, as a link where it can be opened."""
        file = _file(entry, said)
        if not file:
            return Live("", f"Return of {entry.partnership.name}")
        target = self._target(file, (said and said.sha256) or entry.sha256)
        return outside(self._binding.attached.link(target), file, self._styles) if target else Live("", file)

    def _target(self, file: str, sha256: str) -> str:
        """Return the way from the paper to a document in the inbox; empty where it is not there as it was read."""
        if (file, sha256) not in self._linked:
            self._linked[file, sha256] = self._way(file, sha256)
        return self._linked[file, sha256]

    def _way(self, file: str, sha256: str) -> str:
        folder = self._binding.folder
        if folder is None:
            return ""
        lying = self._plan.round.inbox / file if file in self._inbox else None
        found = lying if lying and _is(lying, sha256) else self._beside(folder, file, sha256)
        return quote(Path(os.path.relpath(found, folder)).as_posix()) if found else ""

    def _beside(self, folder: Path, file: str, sha256: str) -> Path | None:
        """Put a document that is in no inbox beside the paper, once; None where it is not to be had."""
        if self._binding.original is None or Path(file).suffix.lower() not in _HARMLESS:
            return None
        path = folder / BESIDE / f"{sha256[:6]} {_plain_name(file)}"
        if not _is(path, sha256):
            try:
                data = self._binding.original(sha256)
            except PipelineError:
                return None
            put(path, partial(_copy, data))
        return path

    @cached_property
    def _inbox(self) -> frozenset[str]:
        """The names of the files in the inbox."""
        try:
            with os.scandir(self._plan.round.inbox) as listed:
                return frozenset(one.name for one in listed if one.is_file(follow_symlinks=False))
        except OSError:
            return frozenset()


class Further:
    """The words of a return that the master prints nowhere, gathered when they are asked for.

    Args:
        entry: the return.
        sources: of the plan.
    """

    def __init__(self, entry: Entry, sources: Sources) -> None:
        self._entry = entry
        self._sources = sources

    @cached_property
    def _lines(self) -> list[Facts]:
        return self._sources.further(self._entry)

    def __iter__(self) -> Iterator[Facts]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _is(path: Path, sha256: str) -> bool:
    """Say whether a file is there, byte for byte."""
    try:
        with path.open("rb") as lying:
            return file_digest(lying, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _copy(data: bytes, file: IO[bytes]) -> None:
    file.write(data)


def _plain_name(file: str) -> str:
    """Return the name that a stranger gave a file as every system takes it, in one folder."""
    said = "".join(sign if sign.isprintable() and sign not in _KEPT_BY_SYSTEMS else " " for sign in Path(file).stem)
    return " ".join(said.split()).strip(". ")[:_LONGEST_NAME].rstrip() + Path(file).suffix.lower()


def _file(entry: Entry, said: Answer | None) -> str:
    """Return the name of the document that said something; empty where the entry names none, as in a publication copy."""
    return (said.file if said and said.file else entry.file) if entry.file else ""


def place(said: Answer | None) -> str:
    """Say where the words of an answer stand: "table 4, row 2, column 3", "page 2"."""
    if said is None:
        return "Not in the return"
    if said.passages:
        return str(said.place) or "The return"
    return _ELSEWHERE.get(said.method, "Not in the return")


class InOrder(Collection[tuple[Item, str, str]]):
    """The items of a plan chapter by chapter, each with its number ("3.2") and the name of its chapter."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __iter__(self) -> Iterator[tuple[Item, str, str]]:
        for number, chapter in enumerate(self._plan.chapters, 1):
            for at, item in enumerate(chapter.items, 1):
                yield item, f"{number}.{at}", chapter.name

    def __len__(self) -> int:
        return sum(len(chapter.items) for chapter in self._plan.chapters)

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)
