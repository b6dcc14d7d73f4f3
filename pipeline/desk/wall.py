"""The reading of files behind the wall: each in a bounded process of its own, and what comes back over it.

A file is opened in one child. Where it is an envelope, each document in it is then read in a child of its own: a mail that holds a bomb
and a return gives the return. What crosses the wall is the JSON of docs/json.md and the bytes of the enclosed documents; the caller
believes nothing of it that it can tell for itself.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from pipeline.bounded import Item, Work, read_all
from pipeline.desk.belonging import is_part
from pipeline.desk.bundling import beside_the_whole, together
from pipeline.desk.desk import Desk
from pipeline.desk.facts import mail_as_json, mail_from_json, texts_from_json
from pipeline.desk.patience import patience
from pipeline.desk.printing import may_hold_pages, print_blanks
from pipeline.desk.reading import Reading, read_return, refused, understood
from pipeline.desk.said import Said
from pipeline.envelopes import contents
from pipeline.errors import UnreadableError
from pipeline.model.contract import reading_as_json, reading_from_json
from pipeline.model.documents import Note
from pipeline.model.envelopes import Leaf, Mail
from pipeline.model.outcomes import Reason
from pipeline.model.places import Place
from pipeline.model.rounds import Round
from pipeline.read.mail import own_words

_ENVELOPE, _DOCUMENT = b"E", b"D"
"""The first byte of what crosses the wall: an opened envelope, or the reading of a document."""
SET_UP, _ANSWER, PATIENCE = (f"pipeline.desk.wall:{name}" for name in ("set_up", "answer", "patience_for"))
"""What is done on the other side, and how long it may take, by names that any process can import."""
_FILE, _ENCLOSED = b"F", b"R"
"""The first byte of what is handed in: a file as it came, or a document that lay in an envelope."""
_REPORTED = (
    Reason.NOT_A_RETURN,
    "A mail server sent it back to whoever wrote it: it is no return.",
    "See whether the mail reached somebody.",
)
_COVERING = "The mail that it came in says this beside it; it is no answer."


# -- behind the wall ---------------------------------------------------------------------------------------------------


def set_up(given: tuple[Round, dict[str, str]]) -> Desk:
    """Return the desk of a round, for the process that reads. Its blank is read once: what the first reading makes, each later one has."""
    desk = Desk(*given)
    read_return(desk.blank, "", desk)
    return desk


def answer(desk: Desk, parcel: bytes, file: str) -> bytes:
    """Open a file or read an enclosed document, as the first byte asks: one kind of work, so that one nursery serves both."""
    return (_open_file if parcel[:1] == _FILE else _read_enclosed)(desk, parcel[1:], file)


def _open_file(desk: Desk, data: bytes, file: str) -> bytes:
    """Read a file, or where it is an envelope, open it and say what lies in it."""
    found = contents(data, file, desk.round.limits)
    (first, *others) = found.leaves
    if not others and not found.notes and len(first.chain) == 1 and not first.own_words and not first.refusal:
        return _DOCUMENT + _written(read_return(data, file, desk))
    said = [_leaf(leaf, desk, alone=not others) for leaf in found.leaves]
    notes = [{"code": note.code, "message": note.message, "part": note.place.part, "quote": note.quote} for note in found.notes]
    head = json.dumps({"leaves": said, "notes": notes, "mail": mail_as_json(found.mail), "texts": _texts(found.mail, desk)}).encode()
    return _ENVELOPE + len(head).to_bytes(8) + head + b"".join(leaf.data for leaf in found.leaves)


def _texts(mail: Mail | None, desk: Desk) -> list[list[str]]:
    """Return the words of a mail that answers another: its own, and then with the older mails that it quotes."""
    if mail is None or not (mail.in_reply_to or mail.references):
        return []
    documents = (own_words(mail, desk.round.limits, whole=whole) for whole in (False, True))
    return [[paragraph.text for paragraph in document.paragraphs()] for document in documents]


def _read_enclosed(desk: Desk, sent: bytes, file: str) -> bytes:
    """Read a document that lay in an envelope."""
    senders, data = unpacked(sent)
    return _DOCUMENT + _written(read_return(data, file, desk, senders))


def unpacked(sent: bytes) -> tuple[tuple[str, ...], bytes]:
    """Return the addresses of the senders of a document that was handed in as an enclosed one, and its bytes."""
    senders, _, data = sent.removeprefix(_ENCLOSED).partition(b"\n")
    return tuple(json.loads(senders)), data


def _packed(name: str, senders: Iterable[str], data: bytes) -> Item:
    return Item(name, _ENCLOSED + json.dumps(list(senders)).encode() + b"\n" + data)


def patience_for(sent: bytes) -> int:
    """Return the patience for what is handed in."""
    return patience(sent[1:] if sent[:1] == _FILE else sent.partition(b"\n")[2])


def _leaf(leaf: Leaf, desk: Desk, *, alone: bool) -> dict[str, Any]:
    """Say what a leaf is; a mail's own words are read at once, for the mail is open here: with what it quotes where nothing else came."""
    sha256 = hashlib.sha256(leaf.data).hexdigest()
    senders = [mail.sender for mail in leaf.mails if mail.sender]
    notes = [{"code": note.code, "message": note.message, "part": note.place.part, "quote": note.quote} for note in leaf.notes]
    said: dict[str, Any] = {"name": leaf.name, "size": len(leaf.data), "senders": senders, "notes": notes}
    refusal = leaf.refusal or (UnreadableError(*_REPORTED) if any(mail.report for mail in leaf.mails) else None)
    if refusal:
        said["reading"] = reading_as_json(refused(sha256, leaf.name, desk, refusal))
    elif leaf.own_words:
        document = own_words(leaf.mails[-1], desk.round.limits)
        reading = understood(document, leaf.name, sha256, desk, tuple(senders))
        if alone and reading[0].reason is Reason.NOT_A_RETURN:
            whole = understood(own_words(leaf.mails[-1], desk.round.limits, whole=True), leaf.name, sha256, desk, tuple(senders))
            reading = reading if whole[0].reason is Reason.NOT_A_RETURN else whole
        said["reading"] = reading_as_json(*reading)
        said["words"] = "\n".join(paragraph.text for paragraph in document.paragraphs() if paragraph.text.strip())
    return said


def _written(reading: Reading) -> bytes:
    return json.dumps(reading_as_json(*reading)).encode()


def parcel(said: Said) -> Item:
    """Return a document for a child that takes it with the addresses of its senders."""
    senders = [claim.says for claim in said.record.identity if claim.carrier == "sender"]
    return _packed(said.record.file, senders, said.data)


def executor() -> ThreadPoolExecutor:
    """Return threads that wait for the processes that read, one for each processor."""
    return ThreadPoolExecutor(os.cpu_count())


# -- on this side ------------------------------------------------------------------------------------------------------


def read_files(items: Iterable[Item], desk: Desk, running: Executor | None = None) -> Iterator[tuple[Said, ...]]:
    """Read files behind the wall, several at a time; store nothing.

    Args:
        items: the files; asked for as they are read.
        desk: whose round it is.
        running: what runs the readings; a thread for each processor where None, each with a process that reads.

    Yields:
        For each file, in the order given, what the documents in it said: one, or for an envelope several. One that hung, broke off or
        took too much is a record with that reason.
    """
    work = Work(SET_UP, _ANSWER, (desk.round, dict(desk.assigned)), PATIENCE)
    asked: deque[Item] = deque()
    printing = _Printing(desk)

    def asking() -> Iterator[Item]:
        for item in items:
            asked.append(item)
            printing.look(item.data)
            yield Item(item.name, _FILE + item.data)

    with nullcontext(running) if running else executor() as threads:
        for said in read_all(asking(), work, threads):
            item = asked.popleft()
            if isinstance(said, bytes) and said[:1] == _ENVELOPE:
                yield _enclosed(item, said[1:], desk, work, threads, printing)
            else:
                yield (_heard(item, said, desk),)


class _Printing:
    """Has the blanks printed as soon as there is something to be laid over them, once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done = False

    def look(self, data: bytes) -> None:
        """Look whether a file may hold scanned pages."""
        if not self._done and may_hold_pages(data):
            self._done = True
            print_blanks(self._desk)


def _enclosed(item: Item, answer: bytes, desk: Desk, work: Work, running: Executor, printing: _Printing) -> tuple[Said, ...]:
    """Have the documents of an opened envelope read, each in a child of its own."""
    try:
        size = int.from_bytes(answer[:8])
        head = json.loads(answer[8 : 8 + size])
        leaves = list(_cut(head["leaves"], answer[8 + size :]))
        mail = mail_from_json(head["mail"])
        texts = texts_from_json(head["texts"])
    except (ValueError, KeyError, TypeError):
        return (_heard(item, UnreadableError(*_NONSENSE), desk),)
    for leaf, data in leaves:
        if "reading" not in leaf:
            printing.look(data)
    unread = [_packed(leaf["name"], leaf["senders"], data) for leaf, data in leaves if "reading" not in leaf]
    answers = iter(list(read_all(unread, work, running)))  # to the end: to break off would stop whoever does the same work
    said = []
    for leaf, data in leaves:
        answer_ = _DOCUMENT + json.dumps(leaf["reading"]).encode() if "reading" in leaf else next(answers)
        one = _heard(Item(leaf["name"], data), answer_, desk)._replace(enclosed=data != item.data, mail=mail, texts=texts)
        said.append((leaf, one._replace(record=replace(one.record, notes=(*one.record.notes, *_notes(leaf["notes"]))))))
    return _with_covering_words(_pages_together(said, item.name, desk, running), tuple(_notes(head["notes"])))


_Leaves = list[tuple[dict[str, Any], Said]]
"""What lay in an envelope, each with what it said."""


def _pages_together(said: _Leaves, envelope: str, desk: Desk, running: Executor) -> _Leaves:
    """Put the pages of one form together that lay in an envelope as files of their own, unless the whole return lay there too."""
    if not any(is_part(one.record, desk.round.form) for _, one in said):
        return said
    alone = beside_the_whole([one for _, one in said], desk)
    kept = [said[one.members[0]] for one in alone]
    documents = {hashlib.sha256(one.data).hexdigest(): one.data for _, one in kept}

    def read(name: str, data: bytes, _: str, assigned: Mapping[str, str]) -> Said:
        first = next(leaf for leaf, one in kept if is_part(one.record, desk.round.form))
        return read_bundle(name, data, replace(desk, assigned=assigned), running, first["senders"])

    found = together([one.said for one in alone], [envelope] * len(alone), desk, documents.get, read)
    return [(kept[one.members[0]][0], _noted(one.said, [kept[at][0] for at in one.members])) for one in found]


def _noted(one: Said, leaves: list[dict[str, Any]]) -> Said:
    """Return a bundle with what is to be noted of the files that it was made of."""
    if not one.pages:
        return one
    notes = (note for leaf in leaves for note in _notes(leaf["notes"]))
    return one._replace(record=replace(one.record, notes=(*one.record.notes, *notes)))


def read_bundle(name: str, data: bytes, desk: Desk, running: Executor, senders: Iterable[str] = ()) -> Said:
    """Read a bundle behind the wall, in a child of its own.

    Args:
        name: what it is called.
        data: the bundle.
        desk: whose round it is, with whose the bundle is where a person said so.
        running: what runs the reading.
        senders: the addresses of the mails that its pages came in.
    """
    work = Work(SET_UP, _ANSWER, (desk.round, dict(desk.assigned)), PATIENCE)
    (answer_,) = read_all([_packed(name, senders, data)], work, running)
    return _heard(Item(name, data), answer_, desk)


def _cut(leaves: list[dict[str, Any]], data: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
    at = 0
    for leaf in leaves:
        yield leaf, data[at : at + leaf["size"]]
        at += leaf["size"]


def _with_covering_words(said: list[tuple[dict[str, Any], Said]], notes: tuple[Note, ...]) -> tuple[Said, ...]:
    """Take the words of a mail that only came with returns for what they are: a note to each of those, and no return of their own."""
    covering = [leaf for leaf, one in said if leaf.get("words") is not None and one.record.reason is Reason.NOT_A_RETURN]
    kept = [one for leaf, one in said if leaf not in covering] or [one for _, one in said]
    words = tuple(Note("covering-words", _COVERING, Place(leaf["name"]), leaf["words"]) for leaf in covering if len(kept) < len(said))
    beside = [(*words, *notes), *([words] * (len(kept) - 1))]
    return tuple(one._replace(record=replace(one.record, notes=(*one.record.notes, *more))) for one, more in zip(kept, beside, strict=True))


def _notes(said: list[dict[str, str]]) -> Iterator[Note]:
    for note in said:
        yield Note(note["code"], note["message"], Place(note["part"]), note["quote"])


_NONSENSE = (Reason.CRASHED, "What reads such files gave an answer that makes no sense.", "Open it by hand.")


def _heard(item: Item, answer: bytes | UnreadableError, desk: Desk) -> Said:
    """Return what came through the wall. Whatever it says of the file itself is not believed."""
    sha256 = hashlib.sha256(item.data).hexdigest()
    try:
        if isinstance(answer, UnreadableError):
            raise answer
        record, findings = reading_from_json(json.loads(answer[1:]))
        return Said(replace(record, file=item.name, sha256=sha256, round=desk.round.id), findings, item.data)
    except UnreadableError as error:
        return Said(refused(sha256, item.name, desk, error), (), item.data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Said(refused(sha256, item.name, desk, UnreadableError(*_NONSENSE)), (), item.data)
