"""What the records of a round say against a paper: what is open, who is missing, what does not add up."""

import re
from collections.abc import Iterator
from hashlib import sha256

from pipeline.model.findings import Severity
from pipeline.model.flaws import Flaw
from pipeline.publish.proof.proof import Proof
from pipeline.publish.views import day, joined

_ASKED_FIRST = re.compile(r"\bnarrative\.(\w+) is defined\b")
_REGISTER, _ROUND_FILE, _PAPER = "the returns", "round.yaml", "paper.docx"


def open_queries(proof: Proof) -> Iterator[Flaw]:
    """A query or an error in a return that nobody has answered or overridden."""
    names = {body.id: body.name for body in proof.plan.round.partnerships}
    declared = proof.prints("queries")
    asked: dict[str, list[str]] = {}
    for finding in proof.plan.queries:
        asked.setdefault(finding.partnership, []).append(finding.key)
    for partnership, keys in asked.items():
        count, these = len(keys), sha256(repr(sorted(keys)).encode()).hexdigest()[:6]
        name = names.get(partnership, "The round as a whole")
        said = f"{name}: {count} {'query is' if count == 1 else 'queries are'} not answered."
        advice = "Ask (proforma query), correct (proforma correct) or accept with a reason (proforma override)."
        about = f"queries[{partnership} {these}]"  # accepted are these, and not what is asked of it later
        yield Flaw("open-query", Severity.ERROR, about, _REGISTER, said, advice, declared)


def not_accepted(proof: Proof) -> Iterator[Flaw]:
    """A return that came and is not in the plan yet."""
    for body in proof.plan.replies.waiting:
        said = f"{body.name}: its return is not accepted, so that nothing of it is in the paper."
        advice = f"Accept it (proforma accept {body.id}), or have its errors mended (proforma check)."
        declared = proof.prints("replies.waiting", "returns")
        yield Flaw("not-accepted", Severity.ERROR, f"returns[{body.id}]", _REGISTER, said, advice, declared)


def no_return(proof: Proof) -> Iterator[Flaw]:
    """A partnership without a return. The paper may say so; then it is a warning."""
    replies = proof.plan.replies
    groups = (("silent", "has not replied", replies.silent), ("nil", "has nothing to propose", replies.nil))
    for tag, what, bodies in (*groups, ("declined", "declined", replies.declined)):
        declared = proof.prints(f"replies.{tag}", "returns")
        severity = Severity.WARNING if declared else Severity.ERROR
        advice = "The paper says so." if declared else f"Let the paper say so: put a tag replies.{tag} or returns into {_PAPER}."
        for body in bodies:
            if declared and tag != "silent":
                continue
            more = f" Remind it (proforma chase), or note why none comes (proforma decline {body.id})." if tag == "silent" else ""
            yield Flaw("no-return", severity, f"returns[{body.id} {tag}]", _REGISTER, f"{body.name} {what}.", advice + more, declared)


def overrides_unsaid(proof: Proof) -> Iterator[Flaw]:
    """A finding was accepted with a reason, and the paper does not print the reason (law 6)."""
    count = len(proof.plan.overrides)
    if count and not proof.prints("overrides"):
        said = f"{count} finding{'s were' if count > 1 else ' was'} accepted with a reason that the paper does not print."
        yield Flaw(
            "unsaid-override", Severity.ERROR, f"overrides[{count}]", _PAPER, said, f"Put the tags of the overrides back into {_PAPER}."
        )


def totals(proof: Proof) -> Iterator[Flaw]:
    """Figures that must be the same and are not."""
    plan, replies = proof.plan, proof.plan.replies
    rows = sum(len(row.items) for row in plan.annex)
    outside = len(replies.waiting) + len(replies.nil) + len(replies.declined)
    sums = [
        ("the chapters", sum(len(chapter.items) for chapter in plan.chapters), "the returns accepted", plan.total),
        ("those who replied and those who did not", len(replies.replied) + len(replies.silent), "those asked", len(replies.asked)),
        ("returns accepted, waiting, nil and declined", len(plan.entries) + outside, "those who replied", len(replies.replied)),
    ]
    form = plan.round.form
    if form.annex.of == form.plan.of:
        sums.append((form.annex.title, rows, "the returns accepted", plan.total))
    for one, count, other, wanted in sums:
        if count != wanted:
            said = f"The figures do not add up: {count} in {one}, {wanted} in {other}."
            about, advice = f"counts[{one}: {count}, {wanted}]", "Run proforma check; it looks at the store as well."
            yield Flaw("totals", Severity.ERROR, about, "the records", said, advice)


def empty_annex(proof: Proof) -> Iterator[Flaw]:
    """The annex has no row."""
    if not proof.plan.annex:
        title = proof.plan.round.form.annex.title
        said = f"{title} is empty: no return is in the plan."
        yield Flaw("empty-annex", Severity.ERROR, "annex", title, said, "Take returns in (proforma ingest) and accept them.")


def meeting(proof: Proof) -> Iterator[Flaw]:
    """The meeting has no date, or one that is past; or there is nobody to ask."""
    round_ = proof.plan.round
    date = round_.meeting.date
    if date is None:
        yield _at_the_meeting("no-meeting-date", "The meeting has no date.", "Write it after “date:” under “meeting:”.")
    elif proof.on and date < proof.on:
        yield _at_the_meeting("meeting-past", f"The meeting was on {day(date)}.", "Write the date of the meeting that the paper goes to.")
    if not round_.contacts:
        said = "The paper names no contact officer."
        yield Flaw("no-contact", Severity.WARNING, "contacts", f"{_ROUND_FILE}, contacts", said, "Write whom members can ask.")


def _at_the_meeting(code: str, said: str, advice: str) -> Flaw:
    return Flaw(code, Severity.WARNING, "meeting", f"{_ROUND_FILE}, meeting", said, advice)


def left_out(proof: Proof) -> Iterator[Flaw]:
    """Sections of the paper that are left out, because round.yaml has no text for them."""
    given = {name for name, text in proof.plan.round.narrative.items() if text.strip()}
    optional = {name for tag in (proof.paper.tags if proof.paper else ()) for name in _ASKED_FIRST.findall(tag.code)}
    missing = sorted(optional - given)
    if missing:
        about, said = f"narrative[{' '.join(missing)}]", f"The paper leaves out what round.yaml has no words for: {joined(missing)}."
        advice = "Write them under “narrative:”, if only that there is nothing to say."
        yield Flaw("left-out", Severity.WARNING, about, f"{_ROUND_FILE}, narrative", said, advice)
