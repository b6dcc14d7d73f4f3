"""Records, decisions and findings become one plan."""

import datetime as dt

import pytest

from pipeline.errors import SetupError
from pipeline.merge import merge
from pipeline.model.findings import Finding, Severity
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.plans import Group, Plan
from pipeline.model.records import Answer, State
from tests.publish.returns import Said, a_record, a_round_of_nine, nine_records

SAFETY = "safer-communities"


def at(hour: int) -> dt.datetime:
    """Return a moment of the day on which decisions were made."""
    return dt.datetime(2011, 5, 20, hour, tzinfo=dt.UTC)


def a_plan(*priorities: Said, **said: Said) -> Plan:
    """Return the plan of one return."""
    return merge(a_round_of_nine(), [a_record(SAFETY, {"priorities": list(priorities), **said})])


def said(group: Group, key: str) -> Answer:
    """Return the one answer of a key."""
    answer = group.parts[key]
    assert isinstance(answer, Answer)
    return answer


def test_every_text_of_the_plan_can_be_traced_to_its_place() -> None:
    (item,) = a_plan({"title": "Safer streets", "deliverables": [{"what": "Lights"}]}).entries[0].items
    deliverable = next(iter(item.parts["deliverables"]))
    assert isinstance(deliverable, Group)
    assert said(deliverable, "what").quote == "Lights"
    assert str(said(deliverable, "what").place) == "table 1, row 2, column 2, paragraph 1"


def test_spare_items_of_the_blank_are_left_out_even_where_they_were_prefilled() -> None:
    spare: Said = {"title": None, "focus": "Community Safety", "deliverables": [{"what": None, "due": None}]}
    (entry,) = a_plan(spare, {"title": "Safer streets", "deliverables": [{"what": None}, {"what": "Lights"}]}).entries
    (item,) = entry.items
    assert item.path == "priorities[2]"
    assert [part.path for part in item.parts["deliverables"] if isinstance(part, Group)] == ["priorities[2].deliverables[2]"]


def test_a_pledge_that_nobody_commented_on_stays() -> None:
    """A002-22."""
    (entry,) = a_plan({"title": "Safer streets"}, pledges=[{"pledge": "Halve burglary", "status": None}]).entries
    assert len(entry.answers.parts["pledges"]) == 1


def test_chapters_follow_the_vocabulary_then_strangers_then_those_that_name_none() -> None:
    plan = a_plan({"title": "A", "focus": None}, {"title": "B", "focus": "Big Society"}, {"title": "C", "focus": "Bees"})
    filled = [chapter.name for chapter in plan.chapters if chapter.items]
    assert filled == ["Big Society", "Bees", ""]
    assert len(plan.chapters) == 9


def test_a_correction_takes_the_place_of_the_answer_and_what_the_return_said_is_kept() -> None:
    decisions = [
        Decision(DecisionKind.CORRECT, SAFETY, "priorities[1].title", "Second thoughts", "A. Byrne", at(11), "Asked again"),
        Decision(DecisionKind.CORRECT, SAFETY, "priorities[1].title", "First thoughts", "A. Byrne", at(10), "Asked"),
        Decision(DecisionKind.CORRECT, SAFETY, "priorities[1].lead_officer", "Sam Hill", "A. Byrne", at(12), "Was missing"),
    ]
    (entry,) = merge(a_round_of_nine(), [a_record(SAFETY, {"priorities": [{"title": "As read"}]})], decisions).entries
    title, lead = said(entry.items[0], "title"), said(entry.items[0], "lead_officer")
    assert (title.value, title.quote, title.place.row) == ("Second thoughts", "Second thoughts", 1)
    assert (lead.value, lead.state) == ("Sam Hill", State.GIVEN)
    befores = [correction.before.quote if correction.before else None for correction in entry.corrections]
    assert befores == ["As read", "First thoughts", None]


def test_a_correction_to_nothing_leaves_the_field_blank() -> None:
    decision = Decision(DecisionKind.CORRECT, SAFETY, "priorities[1].focus", None, "A. Byrne", at(10), "Chosen by mistake")
    record = a_record(SAFETY, {"priorities": [{"title": "A", "focus": "Big Society"}]})
    plan = merge(a_round_of_nine(), [record], [decision])
    assert plan.chapters[-1].name == ""
    assert said(plan.entries[0].items[0], "focus").state is State.BLANK


def test_an_override_closes_its_finding_and_keeps_the_reason() -> None:
    """A001-T1."""
    few = Finding("too-few", Severity.QUERY, "priorities", "You name 1 priority.", SAFETY)
    late = Finding("no-date", Severity.QUERY, "priorities[1].deliverables[1].due", "When?", SAFETY)
    odd = Finding("shouting", Severity.INFO, "priorities[1].title", "All capitals.", SAFETY)
    decision = Decision(DecisionKind.OVERRIDE, SAFETY, few.key, None, "A. Byrne", at(9), "One is enough")
    plan = merge(a_round_of_nine(), nine_records(), [decision], [few, late, odd])
    assert [(override.finding.code, override.decision.reason) for override in plan.overrides] == [("too-few", "One is enough")]
    assert plan.findings == (late, odd)
    assert plan.queries == (late,)
    assert plan.draft


def test_who_replied_follows_from_records_and_history() -> None:
    progress = {
        "local-enterprise": Progress.RETURNED,
        "health-wellbeing": Progress.NIL_RETURN,
        "chief-executives": Progress.DECLINED,
        "breaking-the-cycle": Progress.BOUNCED,
        "voluntary-sector": Progress.NOT_SENT,
    }
    records = [record for record in nine_records() if record.partnership not in progress]
    replies = merge(a_round_of_nine(), records, progress=progress).replies
    assert (len(replies.asked), len(replies.replied)) == (9, 8)
    assert [body.id for body in replies.silent] == ["breaking-the-cycle"]
    assert [body.id for body in replies.waiting] == ["local-enterprise"]
    assert [body.id for body in replies.nil] == ["health-wellbeing"]
    assert [body.id for body in replies.declined] == ["chief-executives"]


def test_a_plan_without_returns_is_a_plan() -> None:
    plan = merge(a_round_of_nine(), ())
    assert (plan.total, plan.annex, plan.draft) == (0, (), False)
    assert len(plan.replies.silent) == 10


def test_a_wording_of_the_annex_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SetupError, match="annex_wording is “pretty”"):
        merge(a_round_of_nine(options={"annex_wording": "pretty"}), ())
