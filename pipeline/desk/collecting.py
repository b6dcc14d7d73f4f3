"""What a mail is and whom it is from: an answer, a bounce, a note that somebody is away; and what follows for its documents.

Our own words decide whose a mail is: the Message-ID of a message of ours that it answers, the reference in its subject, the address that
only one partnership was given. Where they disagree, a person decides. What a document says of itself goes before all of them. The
sender proves nothing: it tells whose mailbox is full or empty, never whose a return is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from pipeline.check.rules import check_record
from pipeline.desk.desk import Desk
from pipeline.desk.said import Said
from pipeline.model.documents import Note
from pipeline.model.envelopes import Mail
from pipeline.model.history import Event, Progress, Receipt
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming, Nature, Posted
from pipeline.model.records import Claim, Record
from pipeline.model.rounds import Round

Ledger = Mapping[str, Posted]
"""What was sent, by Message-ID."""

_AWAY = re.compile(r"(automatic (reply|response)|auto(matic)?[- ]?(reply|response)|out[ -]of[ -](the[ -])?office)\b", re.IGNORECASE)
"""How the subject of a mail begins that Exchange or a mail program writes for somebody who is away; “Re:” before it is a person's."""
_UNKNOWN_REPORT = "A mail server or another program wrote it, in words that are not known here; it may have come back. Read it."
_NO_RETURN = "A mail server wrote this about a mail of yours; nothing in it is a return."


class Match(NamedTuple):
    """Whose a mail is, by what we wrote ourselves."""

    partnership: str = ""
    """Its id; empty where nothing says it, or two things disagree."""
    by: str = ""
    says: str = ""
    """The words that say so."""
    answers: str = ""
    """The Message-ID of the message of ours that is answered."""
    disagreement: str = ""
    """A sentence, where two things disagree."""


class Sorted(NamedTuple):
    """A file, once it is known what it is."""

    said: tuple[Said, ...]
    """Its documents; of a report, the mail alone."""
    incoming: Incoming | None = None
    """None where the file is no mail."""
    event: Event | None = None
    """What it means for a partnership that has not replied."""
    answers: str = ""
    """The Message-ID of the query that the mail itself answers by its text; empty where it does not."""


class _Sign(NamedTuple):
    by: str
    says: str
    partnership: str


def sort(said: tuple[Said, ...], receipt: Receipt, desk: Desk, sent: Ledger, now: datetime) -> Sorted:
    """Say what a file is that may be a mail.

    Args:
        said: what its documents said.
        receipt: of the file.
        desk: whose round it is, with what people said of whose a mail is.
        sent: the messages of ours.
        now: when; it has a time zone.
    """
    mail = said[0].mail
    if mail is None:
        return Sorted(said)
    found = match(mail, sent, desk.round)
    said = (_reported(said, receipt, mail, desk.round),) if mail.report else _with_thread(said, found, desk.round)
    incoming = _incoming(mail, said, receipt.sha256, found, desk)
    return Sorted(said, incoming, event_of(incoming, receipt.file, sent, now))


# -- whose it is -----------------------------------------------------------------------------------------------------------


def match(mail: Mail, sent: Ledger, round_: Round) -> Match:
    """Say whose a mail is by what we wrote ourselves."""
    answers = next((said for said in _answered(mail) if said in sent), "")
    signs = [*_thread(answers, sent), *_references(mail, round_), *_addresses(mail, round_)]
    known = [sign for sign in signs if sign.partnership in round_.by_id]
    meant = {sign.partnership: sign for sign in reversed(known)}
    if len(meant) > 1:
        told = " and ".join(f"{_of(sign)} is of {round_.by_id[sign.partnership].name}" for sign in reversed(meant.values()))
        return Match(answers=answers, disagreement=f"{told[0].upper()}{told[1:]}.")
    (first, *_) = known or [_Sign("", "", "")]
    return Match(first.partnership, first.by, first.says, answers)


def _answered(mail: Mail) -> Iterator[str]:
    """Yield the Message-IDs that a mail refers to, the nearest first."""
    if mail.report:
        yield mail.report.original_id
    yield mail.in_reply_to
    yield from reversed(mail.references)


def _thread(answers: str, sent: Ledger) -> Iterator[_Sign]:
    if answers:
        yield _Sign("thread", answers, sent[answers].message.partnership)


def _references(mail: Mail, round_: Round) -> Iterator[_Sign]:
    pattern = re.compile(rf"(?<![A-Z0-9-]){re.escape(round_.reference)}-[A-Z0-9]{{2,12}}-[A-Z0-9](?![A-Z0-9])")
    for said in pattern.findall(mail.subject.upper()):
        if said in round_.by_reference:
            yield _Sign("reference", said, round_.by_reference[said].id)


def _addresses(mail: Mail, round_: Round) -> Iterator[_Sign]:
    """Yield what the address says that a mail was sent to, where each partnership has one of its own."""
    name, _, domain = (round_.post.reply_to or round_.post.address).lower().partition("@")
    codes = {partnership.code.lower(): partnership.id for partnership in round_.partnerships}
    for address in mail.recipients:
        local, _, at = address.rpartition("@")
        base, plus, code = local.partition("+")
        if plus and (base, at) == (name, domain) and code in codes:
            yield _Sign("address", address, codes[code])


def _of(sign: _Sign) -> str:
    told = {"thread": "the message that it answers", "reference": f"the reference in its subject ({sign.says})"}
    return told.get(sign.by, f"the address that it went to ({sign.says})")


# -- what it is ------------------------------------------------------------------------------------------------------------


def _incoming(mail: Mail, said: tuple[Said, ...], sha256: str, found: Match, desk: Desk) -> Incoming:
    nature = _nature(mail, said)
    whose, by = found.partnership, found.by
    problem = (
        found.disagreement or _reason(mail) or (_UNKNOWN_REPORT if nature is Nature.AUTOMATIC and mail.auto_submitted == "bounce" else "")
    )
    documents = list(dict.fromkeys(one.record.partnership for one in said if one.record.outcome is Outcome.READ and one.record.partnership))
    if sha256 in desk.assigned:
        whose, by = desk.assigned[sha256], "person"
    elif documents and whose not in documents:
        problem = found.disagreement or (_otherwise(found, documents[0], desk.round) if whose else "")
        whose, by = documents[0], "document"
    elif not whose and not found.disagreement and nature in (Nature.BOUNCE, Nature.OUT_OF_OFFICE):
        whose, by = _by_mailbox(mail, desk.round)
    return Incoming(sha256, nature, mail.message_id, found.answers, whose, by, mail.sender, mail.subject, mail.sent, problem)


def _nature(mail: Mail, said: tuple[Said, ...]) -> Nature:
    """Say what kind of mail it is. A return is a return, whichever program sent it on; so is what came through a mailing list."""
    if mail.report:
        return Nature.BOUNCE if any(fate.action == "failed" for fate in mail.report.fates) else Nature.AUTOMATIC
    if any(one.record.outcome is not Outcome.REFUSED for one in said):
        return Nature.REPLY
    if mail.auto_submitted in ("auto-replied", "auto_reply") or _AWAY.match(mail.subject):
        return Nature.OUT_OF_OFFICE
    return Nature.AUTOMATIC if mail.auto_submitted not in ("", "list") else Nature.REPLY


def _reason(mail: Mail) -> str:
    """Return why a mail came back, for each address: `jo@example.org: failed, 5.1.1, user unknown`."""
    fates = mail.report.fates if mail.report else ()
    told = (": ".join(filter(None, (fate.recipient, ", ".join(filter(None, (fate.action, fate.status, fate.why)))))) for fate in fates)
    return "; ".join(told)[:1_000]


def _by_mailbox(mail: Mail, round_: Round) -> tuple[str, str]:
    """Return whose address came back, or whose mailbox answered by itself, where that is one partnership's alone."""
    failed = {fate.recipient for fate in mail.report.fates} if mail.report else set()
    known = {partnership.id for partnership in round_.partnerships if partnership.addresses & (failed or {mail.sender})}
    return (known.pop(), "address" if failed else "sender") if len(known) == 1 else ("", "")


def event_of(incoming: Incoming, file: str, sent: Ledger, now: datetime) -> Event | None:
    """Return what a bounce or an absence means. A message that was sent again since then is none the worse for it.

    Args:
        incoming: the mail.
        file: its name, for the history.
        sent: the messages of ours.
        now: when this became known.
    """
    if not incoming.partnership or incoming.nature not in (Nature.BOUNCE, Nature.OUT_OF_OFFICE):
        return None
    bounced = incoming.nature is Nature.BOUNCE
    if bounced and incoming.answers in sent and _sent_again(sent[incoming.answers], sent):
        return None
    cause = f"the mail {file}: {incoming.said if bounced else incoming.subject}"
    return Event(incoming.partnership, Progress.BOUNCED if bounced else Progress.OUT_OF_OFFICE, now, cause)


def _sent_again(posted: Posted, sent: Ledger) -> bool:
    occasion = (posted.message.kind, posted.message.partnership, posted.message.occasion)
    return any(
        one.attempt > posted.attempt and (one.message.kind, one.message.partnership, one.message.occasion) == occasion
        for one in sent.values()
    )


# -- what follows for its documents ----------------------------------------------------------------------------------------


def _reported(said: tuple[Said, ...], receipt: Receipt, mail: Mail, round_: Round) -> Said:
    """Return the mail alone: what a report brings is our own message, and the blank in it is no return."""
    whole = next((one.data for one in said if not one.enclosed), b"")
    record = Record(receipt.file, receipt.sha256, "mail", Outcome.REFUSED, Reason.NOT_A_RETURN, _NO_RETURN, round=round_.id)
    return Said(record, (), whole, mail=mail)


def _with_thread(said: tuple[Said, ...], found: Match, round_: Round) -> tuple[Said, ...]:
    """Let our own words say whose a return is that does not say it itself, where it is the only one; where it does, note what they say."""
    if not found.partnership:
        return said
    returns = [one for one in said if one.record.outcome is not Outcome.REFUSED]
    return tuple(_given(one, found, round_) if one in returns and len(returns) == 1 else _beside(one, found, round_) for one in said)


def _given(one: Said, found: Match, round_: Round) -> Said:
    if one.record.reason is not Reason.UNKNOWN_PARTNERSHIP:
        return _beside(one, found, round_)
    claims = (*one.record.identity, Claim("thread", found.says, True))
    read = replace(one.record, outcome=Outcome.READ, reason=None, message=None, partnership=found.partnership, identity=claims)
    return one._replace(record=read, findings=check_record(read, round_))


def _beside(one: Said, found: Match, round_: Round) -> Said:
    record = one.record
    if record.outcome is not Outcome.READ or record.partnership in (None, found.partnership):
        return one
    note = Note("answers-another", _otherwise(found, record.partnership or "", round_), quote=found.says)
    claims = (*record.identity, Claim("thread", found.says, False))
    return one._replace(record=replace(record, identity=claims, notes=(*record.notes, note)))


def _otherwise(found: Match, partnership: str, round_: Round) -> str:
    names = [round_.by_id[one].name for one in (found.partnership, partnership)]
    told = _of(_Sign(found.by, found.says, found.partnership))
    return f"{told[0].upper()}{told[1:]} is of {names[0]}, but the document says that it is of {names[1]}; the document is believed."
