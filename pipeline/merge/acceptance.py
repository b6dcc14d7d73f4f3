"""Which records enter the plan."""

from collections.abc import Iterable

from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.records import Record
from pipeline.model.rounds import Round

_ACCEPTS = {DecisionKind.ACCEPT, DecisionKind.SIGN_OFF}


def accepted(round_: Round, records: Iterable[Record], findings: Iterable[Finding], decisions: Iterable[Decision]) -> tuple[Record, ...]:
    """Return the records that enter the plan, in the order given.

    A record that a person accepted or signed off is in. Where the round says `accept: without-errors`, so is every record in which
    no rule found an error that is not overridden; with `accept: by-person`, nothing else is.
    """
    decided = tuple(decisions)
    by_person = {decision.partnership for decision in decided if decision.kind in _ACCEPTS}
    overridden = {decision.about for decision in decided if decision.kind is DecisionKind.OVERRIDE}
    wrong = {finding.partnership for finding in findings if finding.severity is Severity.ERROR and finding.key not in overridden}
    freely = round_.options.get("accept", "without-errors") == "without-errors"
    return tuple(record for record in records if record.partnership in by_person or (freely and record.partnership not in wrong))
