"""An example round with something of everything: every field answered, a query, an override, a correction, and each way not to reply.

What masters are tried on: `proforma masters` follows their tags through it. Nothing of it is ever published.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from pipeline.merge.plan import merge
from pipeline.model.board import Board, Distance, Line, Stage
from pipeline.model.findings import Finding, Severity
from pipeline.model.forms import Field, FieldType
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.plans import Plan
from pipeline.model.records import Answer, Passage, Record, State
from pipeline.model.rounds import Contact, Partnership, Round, Step

_DAY = dt.date(2011, 5, 6)
_AT = dt.datetime(2011, 5, 6, 12, tzinfo=dt.UTC)
_STANDS = (
    ("first", Progress.SIGNED_OFF),
    ("second", Progress.ACCEPTED),
    ("waiting", Progress.RETURNED),
    ("silent", Progress.SENT),
    ("nil", Progress.NIL_RETURN),
    ("declined", Progress.DECLINED),
)
_IN_THE_PLAN = ("first", "second")
_CONTACT = Contact("A person", "Officer", "a.person@example.org", "01632 960100")
_STEP = Step("A step", "6th May", _DAY, _DAY, ("Somebody",), "due")


def specimen(round_: Round) -> Plan:
    """Return the plan of the example.

    Args:
        round_: whose form, kit, vocabularies, narrative and columns of the register it has.
    """
    own = round_.partnerships[0]
    bodies = tuple(replace(own, id=name, code=name.upper(), name=f"The {name} partnership") for name, _ in _STANDS)
    example = replace(round_, partnerships=bodies, timetable=round_.timetable or (_STEP,), contacts=round_.contacts or (_CONTACT,))
    records = [_record(name, example) for name in _IN_THE_PLAN]
    query, accepted, *across = _findings(round_)
    corrected = next(answer.field for answer in records[0].answers)
    decisions = (
        Decision(DecisionKind.OVERRIDE, "first", accepted.key, None, "A person", _AT, "For a reason"),
        Decision(DecisionKind.CORRECT, "first", corrected, "Something else", "A person", _AT, "For a reason"),
    )
    return merge(example, records, decisions, (query, accepted, *across), dict(_STANDS), dict.fromkeys(_IN_THE_PLAN, _DAY))


def specimen_board(plan: Plan) -> Board:
    """Return the board of the example, for the progress report."""
    stage = Stage(plan.round.timetable[0], "ahead", Distance(_DAY, 3, 2))
    lines = tuple(_line(body, plan) for body in plan.round.partnerships)
    return Board(plan.round, _DAY, (stage,), stage.away, stage.away, lines, plan.replies, ())


def _line(body: Partnership, plan: Plan) -> Line:
    came = plan.received.get(body.id)
    asked = tuple(finding for finding in plan.queries if finding.partnership == body.id)
    stands, in_plan = plan.progress[body.id], came is not None
    return Line(body, stands, _DAY, came, "return.docx", _DAY, None, 0, asked, (), 1, _DAY, (), in_plan, None, ())


def _findings(round_: Round) -> tuple[Finding, ...]:
    of = round_.form.plan.of
    alike = (rule.code for rule in round_.form.rules if rule.kind == "alike")
    return (
        Finding("example-query", Severity.QUERY, of, "What is missing?", "first"),
        Finding("example-override", Severity.WARNING, of, "Something departs from what was asked.", "first"),
        *(Finding(code, Severity.INFO, of, "Two are alike.", "first") for code in alike),
    )


def _record(partnership: str, round_: Round) -> Record:
    answers = tuple(answer for key, field in round_.form.fields.items() for answer in _answers(key, field, round_))
    return Record("return.docx", "0" * 64, "docx", Outcome.READ, partnership=partnership, answers=answers)


def _answers(path: str, field: Field, round_: Round) -> Iterator[Answer]:
    several = field.many or field.type in (FieldType.LIST, FieldType.REPEAT)
    for at in (f"{path}[{number}]" for number in (1, 2)) if several else (path,):
        if field.is_leaf:
            text = _text(field, round_)
            yield Answer(at, text, State.GIVEN, (Passage(text, Place()),), "control", 1.0, "day")
        for key, inner in field.fields.items():
            yield from _answers(f"{at}.{key}", inner, round_)


def _text(field: Field, round_: Round) -> str:
    if field.type is FieldType.DATE:
        return _DAY.isoformat()
    terms = round_.vocabularies.get(field.choices, ())
    return terms[0].name if terms else f"Words about {field.label}"
