"""What waits for a person to look at it: documents that were held or refused, and mails of nobody that is known.

A document leaves the pen when somebody says whose it is, or that it is nobody's; a refused one too when it is taken out of the inbox, and
when its partnership has sent another or will send none. Nothing is deleted: the store keeps all of it.
"""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.intake.inbox import ENVELOPE, VIA, waiting
from pipeline.model.history import Decision, DecisionKind, Progress, Reading, Sighting
from pipeline.model.names import shown_name
from pipeline.model.outcomes import Outcome
from pipeline.model.rounds import Round
from pipeline.store.store import Store

NOBODY = ""
"""Whose a document is that is no return: the partnership of such a decision."""
_INSIDE = " › "
"""Stands between the name of an envelope and that of what lies in it."""
_ENDED = (Progress.NIL_RETURN, Progress.DECLINED)


def assigned(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return what people said of documents: the partnership's id by the SHA-256, `NOBODY` where it is no return. The last word counts."""
    return {one.about: one.partnership for one in decisions if one.kind is DecisionKind.ASSIGN}


def set_aside(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the SHA-256 of the documents and mails of which somebody said that they are nobody's."""
    return frozenset(document for document, whose in assigned(decisions).items() if whose == NOBODY)


def still_refused(held: Iterable[Reading], round_: Round, store: Store, returned: Mapping[str, Reading]) -> Iterator[Reading]:
    """Leave out the refused documents about which nothing is left to be done.

    Args:
        held: documents that were held or refused.
        round_: its inbox is looked into.
        store: the round's store.
        returned: the reading that counts of each partnership, by its id.
    """
    progress, gone = store.progress(), None
    for one in held:
        if one.record.outcome is Outcome.REFUSED:
            gone = _taken_out(round_, store.sightings()) if gone is None else gone
            theirs = {one.record.partnership, *(mail.partnership for mail in store.mails.holding(one.record.sha256))} - {None, ""}
            newer = any(whose in returned and returned[whose].arrived > one.arrived for whose in theirs if whose)
            if one.record.sha256 in gone or newer or any(progress.get(whose or "") in _ENDED for whose in theirs):
                continue
        yield one


def _taken_out(round_: Round, sightings: Iterable[Sighting]) -> frozenset[str]:
    """Return the documents that came by the inbox alone and lie there no more, neither as a file nor in one."""
    there = {shown_name(str(path.relative_to(round_.inbox))) for path in waiting(round_)}
    seen = list(sightings)
    by_inbox = {one.file for one in seen if one.via == VIA}
    came = {one.sha256 for one in seen}
    stay = {one.sha256 for one in seen if _outer(one) in there or _outer(one) not in by_inbox}
    return frozenset(came - stay)


def _outer(one: Sighting) -> str:
    return one.file.split(_INSIDE)[0] if one.via == ENVELOPE else one.file
