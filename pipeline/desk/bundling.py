"""Pages of one form that came as separate files are put together into a bundle and read as one document.

Nothing here looks inside a file: what belongs together is told by what each said by itself, behind the wall, and there the bundle is read.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.check.rules import check_record
from pipeline.desk.belonging import Part, belonging, held_fields, is_part, lacks_pages, whose
from pipeline.desk.desk import Desk
from pipeline.desk.said import Said
from pipeline.envelopes.offering import numbered
from pipeline.model.documents import Note, PageFile
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Record, State
from pipeline.read.bundle.packing import File, packed

_BETWEEN = " › "

Read = Callable[[str, bytes, str, Mapping[str, str]], Said]
"""Reads a bundle: its name, its bytes and their SHA-256, and whose each document is of which a person said so, the bundle included."""
BytesOf = Callable[[str], bytes | None]
"""Returns a document by its SHA-256; None where it is not at hand."""


class Together(NamedTuple):
    """A document of those that came, or a bundle of several."""

    members: tuple[int, ...]
    """Where they stood, from 0; one where it stays alone."""
    said: Said


def together(
    said: Sequence[Said], came_with: Sequence[str], desk: Desk, bytes_of: BytesOf, read: Read, earlier: Sequence[Said] = ()
) -> list[Together]:
    """Put together what belongs together; all others stay as they are.

    Args:
        said: what documents said by themselves, in the order in which they came.
        came_with: of each, what it came with (`Part`).
        desk: whose round it is.
        bytes_of: returns the documents.
        read: reads a bundle.
        earlier: what other pages said that came before these.

    Returns:
        In the order given; a bundle stands where the first of its pages stood. Where a bundle cannot be read, its pages are held.
    """
    every = [*earlier, *said]
    began = len(earlier)
    at = [number for number, one in enumerate(every) if number < began or is_part(one.record, desk.round.form)]
    with_it = ["" if number < began else came_with[number - began] for number in at]
    groups = belonging([Part(every[number].record, name) for number, name in zip(at, with_it, strict=True)], desk.round)
    found: list[Together] = []
    for group in groups:
        members = tuple(at[number] for number in group)
        if any(number >= began for number in members):
            found += _put_together(members, [every[number] for number in members], desk, bytes_of, read)
    taken = {number for one in found for number in one.members}
    found += [Together((number,), every[number]) for number in range(began, len(every)) if number not in taken]
    new = [one._replace(members=tuple(number - began for number in one.members if number >= began)) for one in found]
    return sorted((one for one in new if one.members), key=lambda one: min(one.members))


def _put_together(members: tuple[int, ...], pages: Sequence[Said], desk: Desk, bytes_of: BytesOf, read: Read) -> Iterator[Together]:
    """Yield the bundle of some pages; the pages themselves where there is none: the same page in two mails, or a file that is gone."""
    files = files_of(pages)
    contents = [(file.file, bytes_of(file.sha256)) for file in files]
    whole = [File(name, data) for name, data in contents if data is not None]
    if len(files) < 2 or len(whole) < len(files):
        yield from (Together((number,), one) for number, one in zip(members, pages, strict=True))
        return
    data = packed(whole)
    sha256 = hashlib.sha256(data).hexdigest()
    persons = {desk.assigned[one] for one in (sha256, *(page.record.sha256 for page in pages)) if one in desk.assigned}
    assigned = dict(desk.assigned) | ({sha256: persons.pop()} if len(persons) == 1 else {})
    bundle = read(name_of(pages, len(files)), data, sha256, assigned)
    if bundle.record.outcome is Outcome.REFUSED:
        why = f"The pages that belong together could not be read together: {bundle.record.message}"
        yield from (Together((number,), held(one, why)) for number, one in zip(members, pages, strict=True))
        return
    new = pages[-1]
    leaves = tuple(leaf for page in pages for leaf in (page.pages or (page,)))
    yield Together(members, bundle._replace(enclosed=True, mail=new.mail, texts=new.texts, pages=leaves))


def files_of(pages: Sequence[Said]) -> tuple[PageFile, ...]:
    """Return the files of documents that are put together, each once, in the order given, with a name of its own."""
    files: dict[str, str] = {}
    for one in pages:
        for file in one.record.files or (PageFile(one.record.file.rpartition(_BETWEEN)[2], one.record.sha256),):
            files.setdefault(file.sha256, file.file)
    return tuple(PageFile(name, sha256) for sha256, name in zip(files, numbered(list(files.values())), strict=True))


def name_of(pages: Sequence[Said], files: int) -> str:
    """Return what a bundle is called: "reply.eml › IMG_1.jpg and 3 more"."""
    first = pages[0].record
    before = f" and {len(first.files) - 1} more" if first.files else ""
    return f"{first.file.removesuffix(before)} and {files - 1} more"


# -- beside a whole return -------------------------------------------------------------------------------------------------


def beside_the_whole(said: Sequence[Said], desk: Desk) -> list[Together]:
    """Take pages that came with the whole return of the same partnership for what they are: a note to it, and no return of their own.

    Args:
        said: what the documents of one mail or zip said.
        desk: whose round it is.
    """
    form, round_ = desk.round.form, desk.round
    wholes = {
        one.record.partnership: at for at, one in enumerate(said) if one.record.outcome is Outcome.READ and not is_part(one.record, form)
    }
    owners = [whose(one.record, round_) if is_part(one.record, form) else "" for one in said]
    found = []
    for at, one in enumerate(said):
        if owners[at] in wholes:
            continue
        mine = [said[page] for page, owner in enumerate(owners) if owner and wholes.get(owner) == at]
        members = (at, *(page for page, owner in enumerate(owners) if owner and wholes.get(owner) == at))
        found.append(Together(members, _with_pages(one, mine, desk) if mine else one))
    return found


def _with_pages(whole: Said, pages: Iterable[Said], desk: Desk) -> Said:
    record = replace(whole.record, notes=(*whole.record.notes, *(_beside(page.record) for page in pages)))
    return whole._replace(record=record, findings=check_record(record, desk.round))


def _beside(page: Record) -> Note:
    name = page.file.rpartition(_BETWEEN)[2]
    message = (
        f"{name} shows {shown_pages(page)} of the form, and came with the whole return, which counts. Look whether more is written there."
    )
    words = [answer.quote for answer in page.answers if answer.quote] + [left.quote for left in page.unplaced]
    return Note("page-beside", message, Place(page.file), "\n".join(dict.fromkeys(words)))


def shown_pages(record: Record) -> str:
    """Return which pages a document shows, in words: "page 2 of 4", "pages 2 and 3 of 4", "a part"."""
    numbers = [str(page.number) for page in record.pages]
    if not numbers:
        return "a part"
    which = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"page{'s' if len(numbers) > 1 else ''} {which} of {record.pages[0].of}"


# -- what may not take the place of a fuller return --------------------------------------------------------------------------


def held(said: Said, why: str) -> Said:
    """Return a page that is held, with the reason and what the officer can do."""
    return said._replace(record=replace(said.record, outcome=Outcome.HELD, reason=Reason.INCOMPLETE, message=why), findings=())


def takes_from(part: Record, whole: Record) -> bool:
    """Say whether a part of a form would take the place of a return that says more than it."""
    given = {answer.field for answer in whole.answers if answer.state is State.GIVEN}
    outermost = {field.partition(".")[0].partition("[")[0] for field in given}
    return lacks_pages(part) or bool(outermost - held_fields(part))


def behind(part: Said, whole: Record, name: str) -> Said:
    """Return a part of a form that is held because a fuller return counts.

    Args:
        part: what it said.
        whole: the return that counts.
        name: of the partnership.
    """
    why = (
        f"It holds {shown_pages(part.record)} of the form alone, and {whole.file} is a fuller return of {name}, so that one counts. "
        "Ask for the other pages, or correct the answers that this changes (proforma correct). "
        "Only where it is to count instead of that return: proforma assign FILE PARTNERSHIP."
    )
    return held(part, why)
