"""Who was asked and who replied: what the papers and the board both say."""

from collections.abc import Collection, Mapping

from pipeline.model.history import Progress
from pipeline.model.plans import Replies
from pipeline.model.rounds import Partnership

_REPLIED = (Progress.RETURNED, Progress.QUERIED, Progress.ANSWERED, Progress.ACCEPTED, Progress.SIGNED_OFF)
_SILENT = (Progress.SENT, Progress.BOUNCED, Progress.OUT_OF_OFFICE)
_UNASKED = (Progress.NOT_SENT, Progress.DRAFTED)


def replies(partnerships: tuple[Partnership, ...], accepted: Collection[str], progress: Mapping[str, Progress]) -> Replies:
    """Sort the partnerships of a round by how they replied.

    Args:
        partnerships: the register.
        accepted: the ids of those whose return is in the plan.
        progress: where each stands, by id; one that is left out was asked by other ways than this program.
    """
    stands = {body.id: progress.get(body.id, Progress.SENT) for body in partnerships}

    def those(*wanted: Progress) -> tuple[Partnership, ...]:
        return tuple(body for body in partnerships if body.id not in accepted and stands[body.id] in wanted)

    silent = those(*_SILENT)
    unasked = {body.id for body in those(*_UNASKED)}
    quiet = unasked | {body.id for body in silent}
    return Replies(
        asked=tuple(body for body in partnerships if body.id not in unasked),
        replied=tuple(body for body in partnerships if body.id not in quiet),
        silent=silent,
        waiting=those(*_REPLIED),
        nil=those(Progress.NIL_RETURN),
        declined=those(Progress.DECLINED),
    )
