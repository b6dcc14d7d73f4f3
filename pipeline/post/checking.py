"""Whether the mail texts of a kit can be used: each is written once for every case that it can meet, with made-up facts."""

import datetime as dt
from collections.abc import Mapping
from itertools import product

from pipeline.errors import SetupError
from pipeline.model.post import MessageKind
from pipeline.model.rounds import Round
from pipeline.post.facts import partnership_facts, round_facts
from pipeline.post.letters import render

_DAY = dt.date(2011, 5, 6)
_RETURNED = {"file": "return.docx", "on": "5 May 2011", "answers": 12}
_QUESTION = {"number": 1, "where": "Priority 1", "question": "By when?"}
_CASES: Mapping[MessageKind, tuple[Mapping[str, object], ...]] = {
    MessageKind.PROFORMA: ({},),
    MessageKind.REMINDER: tuple(
        {"asked": asked, "returned": returned, "missing": missing}
        for asked, returned, missing in product(("4 March 2011", ""), (_RETURNED, False), ([_QUESTION], []))
    ),
    MessageKind.QUERY: tuple({"queries": [_QUESTION] * many, "returned": own} for many, own in product((1, 2), (True, False))),
    MessageKind.ACKNOWLEDGEMENT: tuple({"returned": _RETURNED, "missing": missing} for missing in ([_QUESTION], [])),
}
"""What a text of each kind can name beside the facts of the round and of the partnership; docs/post.md lists it."""


def check_mails(round_: Round) -> tuple[str, ...]:
    """Return what is wrong with the mail texts of a round's kit, a line each: where – what is wrong – what to write instead."""
    mistakes: dict[str, None] = {}
    for kind, cases in _CASES.items():
        for case, due, today in product(cases, (_DAY, None), (_DAY - dt.timedelta(9), _DAY + dt.timedelta(9))):
            facts = {**round_facts(round_), **partnership_facts(round_, round_.partnerships[0], due, today), **case}
            try:
                render(round_.kit, kind, facts)
            except SetupError as error:
                mistakes |= dict.fromkeys(error.mistakes)
    return tuple(mistakes)
