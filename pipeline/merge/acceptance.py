"""Which records enter the plan."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.records import Record
from pipeline.model.rounds import Round

_ACCEPTS = {DecisionKind.ACCEPT, DecisionKind.SIGN_OFF}
_TAKEN_BACK = (Progress.DECLINED, Progress.NIL_RETURN)


def accepted(
    round_: Round,
    records: Iterable[Record],
    findings: Iterable[Finding],
    decisions: Iterable[Decision],
    progress: Mapping[str, Progress] | None = None,
) -> Iterator[Record]:
    """Yield the records that enter the plan, in the order given.

    A record that a person accepted or signed off is in; an acceptance that names a document is of that one. Where the round says
    `accept: without-errors`, so is every record in which no rule found an error that is not overridden; with `accept: by-person`,
    nothing else is. The record of a partnership that has since declined, or said that it has nothing to return, is out.
    """
    decided = tuple(decisions)
    gone = {name for name, stands in (progress or {}).items() if stands in _TAKEN_BACK}
    by_person = {(one.partnership, one.about if one.kind is DecisionKind.ACCEPT else "") for one in decided if one.kind in _ACCEPTS}
    overridden = {decision.about for decision in decided if decision.kind is DecisionKind.OVERRIDE}
    wrong = {finding.partnership for finding in findings if finding.severity is Severity.ERROR and finding.key not in overridden}
    freely = round_.options.get("accept", "without-errors") == "without-errors"

    def is_in(record: Record) -> bool:
        named = record.partnership or ""
        said = (named, "") in by_person or (named, record.sha256) in by_person
        return named not in gone and (said or (freely and named not in wrong))

    return filter(is_in, records)
