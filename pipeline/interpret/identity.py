"""Whose return is it? Every carrier is asked; the strongest is believed, and two that disagree hold the return.

A code, a property, a barcode or a name that the register knows decides. A likeness of names only ever suggests.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.grammar.texts import fold
from pipeline.model.documents import Document
from pipeline.model.outcomes import Reason
from pipeline.model.records import Answer, Carrier, Claim
from pipeline.model.rounds import Partnership, Round

_ASIDE = re.compile(r"[()\[\]]|\s[–—-]+\s|,\s*(?=formerly)")
"""What parts a name from an abbreviation or a former name: neither may be another partnership's."""
_PAGED = ("scan", "pdf")
"""Formats in which headers and footers are told by standing on several pages."""
_SUGGESTED = 70.0
"""Names less alike than this (0 to 100) are not even suggested."""


class Identity(NamedTuple):
    """Whose return it is, or why that cannot be said."""

    partnership: Partnership | None
    claims: tuple[Claim, ...]
    reason: Reason | None = None
    message: str | None = None


class _Said(NamedTuple):
    carrier: Carrier
    says: str
    partnership: Partnership | None


def identify(
    document: Document,
    answers: tuple[Answer, ...],
    round_: Round,
    file: str,
    senders: tuple[str, ...] = (),
    assigned: str = "",
    unplaced: tuple[str, ...] = (),
    again: tuple[str, ...] = (),
) -> Identity:
    """Ask every carrier of identity that a document has.

    Args:
        document: the return as read: its properties, its text and what stands beside it.
        answers: what was answered; the form says which of them names the partnership.
        round_: the round, for its register and its references.
        file: the name that the document came with.
        senders: the addresses of the mails it came in, the outermost first.
        assigned: the id of the partnership that a person said it is of: that decides, whatever the document says.
        unplaced: the lines that answer nothing; where no label says whose return it is, one of them may be the name over it.
        again: the names that stand in the document beside the one that was taken for the answer: a report of several returns has more.
    """
    said = [*_codes(document, round_), *_names(answers, round_), *(_Said("name", name.strip(), named(name, round_)) for name in again)]
    said += [] if said else _titles(unplaced, round_)
    decided = {entry.partnership.id: entry.partnership for entry in said if entry.partnership}
    said += [*_file_name(file, round_), *_senders(senders, round_)]
    if assigned in round_.by_id:
        partnership = round_.by_id[assigned]
        return Identity(partnership, _claims([_Said("person", partnership.name, partnership), *said], partnership))
    if len(decided) == 1:
        partnership = next(iter(decided.values()))
        return Identity(partnership, _claims(said, partnership))
    if decided:
        names = " and of ".join(partnership.name for partnership in decided.values())
        way_out = "Ask whose it is, and say so: proforma assign FILE PARTNERSHIP."
        message = f"The document says that it is the return of {names}. {way_out}"
        return Identity(None, _claims(said, None), Reason.TWO_PARTNERSHIPS, message)
    if any(entry.carrier in ("property", "barcode", "code") for entry in said):
        message = f"The reference on the document ({said[0].says}) is not one of this round."
        return Identity(None, _claims(said, None), Reason.OTHER_ROUND, message)
    return Identity(None, _claims(said, None), Reason.UNKNOWN_PARTNERSHIP, _suggestion(said, round_))


def references(document: Document, round_: Round) -> tuple[Claim, ...]:
    """Return what the carriers of a reference say on a document that is no return by itself; nothing of it is believed."""
    return _claims(list(_codes(document, round_)), None)


def _codes(document: Document, round_: Round) -> Iterator[_Said]:
    """Yield what the carriers that hold a reference say: document properties, barcodes and the reference printed on each page."""
    known = round_.by_reference
    for name, value in document.properties.items():
        if name.endswith(("proforma.reference", "urn:proforma:blank#reference")):
            yield _Said("property", value, known.get(value))
    for value in document.barcodes:
        yield _Said("barcode", value, known.get(value))
    pattern = re.compile(rf"\b{re.escape(round_.reference)}-[A-Z0-9]{{2,12}}-[A-Z0-9]\b")
    printed = {value for aside in document.asides if aside.kind in ("header", "footer") for value in pattern.findall(aside.text)}
    if not printed and document.format in _PAGED:  # nothing shows that a line runs through all pages where there is one alone
        printed = {value for paragraph in document.paragraphs() for value in pattern.findall(paragraph.text)}
    for value in sorted(printed):
        yield _Said("code", value, known.get(value))


def _names(answers: tuple[Answer, ...], round_: Round) -> Iterator[_Said]:
    for answer in answers:
        if answer.field == round_.form.identified_by and answer.value:
            carrier: Carrier = "control" if answer.method == "control" else "name"
            whole = named(answer.value, round_)
            apart = [_Said(carrier, passage.text, named(passage.text, round_)) for passage in answer.passages]
            yield from apart if whole is None and any(entry.partnership for entry in apart) else [_Said(carrier, answer.value, whole)]


def _titles(lines: tuple[str, ...], round_: Round) -> Iterator[_Said]:
    """Yield the lines that are a partnership's name and nothing else: the title over a form that asks for none."""
    for line in lines:
        partnership = named(line, round_)
        if partnership:
            yield _Said("name", line.strip(), partnership)


def _file_name(file: str, round_: Round) -> list[_Said]:
    found = [partnership for reference, partnership in round_.by_reference.items() if reference in file]
    return [_Said("file-name", file, found[0] if found else None)] if found else []


def _senders(senders: tuple[str, ...], round_: Round) -> Iterator[_Said]:
    """Yield whose contact wrote each mail: anybody can write any address, and one person may serve two partnerships."""
    for address in dict.fromkeys(senders):
        known = [partnership for partnership in round_.partnerships if address.lower() in partnership.addresses]
        yield _Said("sender", address, known[0] if len(known) == 1 else None)


def named(text: str, round_: Round) -> Partnership | None:
    """Return the one partnership that the register knows by this name, code or alias; a likeness is not enough.

    An abbreviation or a former name may stand beside it: "Local Enterprise Partnership (LEP)", "… – formerly the Economic Partnership".
    """
    whole = _called(text, round_)
    if whole:
        return next(iter(whole.values())) if len(whole) == 1 else None
    first, *others = [_called(name, round_) for name in _ASIDE.split(text)]
    all_meant = first.keys() | {key for other in others for key in other}
    return next(iter(first.values())) if first and len(all_meant) == 1 else None


def _called(text: str, round_: Round) -> dict[str, Partnership]:
    """Return the partnerships that the register knows by a name, by their ids."""
    said = _plain(text)
    return {p.id: p for p in round_.partnerships if said and said in {_plain(name) for name in (*p.names, p.code)}}


def _plain(text: str) -> str:
    return fold(text).removeprefix("formerly ").removeprefix("the ")


def _claims(said: list[_Said], believed: Partnership | None) -> tuple[Claim, ...]:
    return tuple(Claim(entry.carrier, entry.says, believed is not None and entry.partnership is believed) for entry in said)


def _suggestion(said: list[_Said], round_: Round) -> str:
    """Say that nobody is known, with the names that come nearest."""
    sent = next((entry.partnership.name for entry in said if entry.carrier == "sender" and entry.partnership), "")
    by_sender = f" It came from the contact of {sent}." if sent else ""
    written = next((entry.says for entry in said if entry.carrier in ("control", "name")), "")
    if not written:
        return f"The document does not say whose return it is.{by_sender} Say whose it is: proforma assign FILE PARTNERSHIP."
    names = {name: partnership.name for partnership in round_.partnerships for name in partnership.names}
    near = process.extract(written, names.keys(), scorer=fuzz.token_set_ratio, processor=fold, score_cutoff=_SUGGESTED, limit=5)
    likely = list(dict.fromkeys(names[name] for name, _, _ in near))[:3]
    meant = f" Perhaps: {', '.join(likely)}." if likely else ""
    way_out = "Say whose it is: proforma assign FILE PARTNERSHIP; or add the name to its aliases in the register, and ingest again."
    return f"“{written}” is no partnership of the register.{meant}{by_sender} {way_out}"
