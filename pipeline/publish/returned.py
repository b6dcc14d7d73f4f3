"""The returns of a round as a paper lists them: who was asked, where each stands, when its return came and what it put forward.

| word | what |
|---|---|
| `returns` | each partnership of the register: name, state, received (the day), count (its items in the plan), queries (those open), |
| | accepted (whether its return is in the plan), file |

A state is in words, so that no colour is needed. Source: Local Government Act 1972, s. 100D (the returns are background papers).
"""

from collections import Counter
from functools import partial

from pipeline.model.history import Progress
from pipeline.model.plans import Entry, Plan
from pipeline.model.rounds import Partnership
from pipeline.publish.views import Facts, Many, day

_IN_THE_PLAN = {Progress.SIGNED_OFF: "Signed off"}
_OUTSIDE = ("Not asked", "No reply", "Received, not accepted yet", "Nothing to propose", "Declined")


def returns(plan: Plan) -> Many[Partnership]:
    """Return what `returns` stands for, in the order of the register."""
    entries = {entry.partnership.id: entry for entry in plan.entries}
    queries = Counter(finding.partnership for finding in plan.queries)
    outside = dict.fromkeys((body.id for body in plan.round.partnerships), _OUTSIDE[0])
    replies = plan.replies
    for said, bodies in zip(_OUTSIDE[1:], (replies.silent, replies.waiting, replies.nil, replies.declined), strict=True):
        outside |= {body.id: said for body in bodies}
    return Many(plan.round.partnerships, partial(_line, plan, entries, queries, outside))


def _line(plan: Plan, entries: dict[str, Entry], queries: Counter[str], outside: dict[str, str], body: Partnership) -> Facts:
    entry, open_ = entries.get(body.id), queries[body.id]
    state = _IN_THE_PLAN.get(plan.progress.get(body.id, Progress.ACCEPTED), "Accepted") if entry else outside[body.id]
    if open_:
        state += f"; {open_} {'query' if open_ == 1 else 'queries'} open"
    facts = {"name": body.name, "state": state, "received": day(plan.received.get(body.id)), "queries": open_}
    said = {"count": len(entry.items) if entry else 0, "accepted": entry is not None, "file": entry.file if entry else ""}
    return Facts("a return", {**facts, **said})
