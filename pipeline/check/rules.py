"""The rules of a form, compiled once, and what they notice in one record or across the records of a round."""

import string
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pydantic import ValidationError

from pipeline.check.kinds import COMMON_WORDS, Hit, Kind, Params
from pipeline.check.table import KINDS
from pipeline.check.views import View, shortened
from pipeline.errors import SetupError
from pipeline.model.findings import Finding
from pipeline.model.forms import Form, RuleSpec, schema_path
from pipeline.model.outcomes import Outcome
from pipeline.model.packed import Each
from pipeline.model.records import Record
from pipeline.model.rounds import Round

_AT_HAND = 200
"""Records that are looked at as a whole; of more, one at a time by each rule."""


class Rule(NamedTuple):
    """A rule of a form, ready to be applied."""

    spec: RuleSpec
    kind: Kind
    params: Params


def check_record(record: Record, round_: Round) -> tuple[Finding, ...]:
    """Return what the rules notice in one record.

    Args:
        record: a reading; one that was refused has no findings.
        round_: the round it belongs to, with the form whose rules apply.

    Returns:
        The findings in the order of the rules, those of one rule in the order of the answers. Overrides are not looked at.

    Raises:
        SetupError: a rule of the form cannot be used.
    """
    if record.outcome is Outcome.REFUSED:
        return ()
    view = View(record, round_)
    return tuple(
        _finding(rule, hit, view, record.partnership or "")
        for rule in rules(round_.form)
        if rule.kind.in_record
        for hit in rule.kind.in_record(rule.params, rule.spec.of, view)
    )


def check_round(records: Sequence[Record], round_: Round) -> tuple[Finding, ...]:
    """Return what the rules notice across the records of a round.

    Args:
        records: the current record of each partnership; the order makes no difference to what is found.
        round_: the round they belong to.

    Returns:
        The findings in the order of the rules.

    Raises:
        SetupError: a rule of the form cannot be used.
    """
    read = sorted((record.partnership or "", at) for at, record in enumerate(records) if record.outcome is Outcome.READ)
    views: Sequence[View] = Each([at for _, at in read], lambda at: View(records[at], round_))
    if len(read) <= _AT_HAND:
        views = tuple(views)
    stands = {partnership: number for number, (partnership, _) in enumerate(read)}
    nobody = View(_NO_RECORD, round_)
    return tuple(
        _finding(rule, hit, views[stands[hit.partnership]] if hit.partnership in stands else nobody, hit.partnership)
        for rule in rules(round_.form)
        if rule.kind.across
        for hit in rule.kind.across(rule.params, rule.spec.of, views)
    )


def check_rules(form: Form) -> tuple[str, ...]:
    """Return every mistake in the rules of a form, one line each: where – what is wrong – what to write instead."""
    twice = {spec.code for at, spec in enumerate(form.rules) if any(spec.code == other.code for other in form.rules[:at])}
    repeated = (f"rules: two rules are called “{code}” – give each a code of its own" for code in sorted(twice))
    return (*repeated, *(f"rules, {spec.code}: {mistake}" for spec in form.rules for mistake in _mistakes(spec, form)))


def rules(form: Form) -> tuple[Rule, ...]:
    """Return the rules of a form, ready to be applied; compiled once for each form.

    Raises:
        SetupError: a rule cannot be used.
    """
    return _compiled(_Same(form))


class _Same:
    """A form as a key: forms hold dictionaries and cannot be hashed, but the same form is the same form."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.form is other.form


@lru_cache(maxsize=16)
def _compiled(key: _Same) -> tuple[Rule, ...]:
    mistakes = check_rules(key.form)
    if mistakes:
        raise SetupError(f"The rules of the form “{key.form.form}” cannot be used.", "Correct form.yaml.", mistakes)
    return tuple(Rule(spec, KINDS[spec.kind], _params(spec, key.form)) for spec in key.form.rules)


def _params(spec: RuleSpec, form: Form) -> Params:
    return KINDS[spec.kind].params.model_validate(spec.model_extra or {}, context=form)


def _mistakes(spec: RuleSpec, form: Form) -> Iterator[str]:
    kind = KINDS.get(spec.kind)
    if kind is None:
        yield f"there is no kind “{spec.kind}” – write one of {', '.join(sorted(KINDS))}"
        return
    yield from _mistakes_in_of(spec, kind, form)
    try:
        _params(spec, form)
    except ValidationError as error:
        for problem in error.errors():
            yield f"{'.'.join(map(str, problem['loc'])) or 'parameters'} – {problem['msg']}"
    yield from _mistakes_in_question(spec, kind)


def _mistakes_in_of(spec: RuleSpec, kind: Kind, form: Form) -> Iterator[str]:
    if not kind.of:
        if spec.of:
            yield f"kind “{kind.name}” looks at the whole return – leave out “of: {spec.of}”"
    elif spec.of not in form.by_path:
        yield f"the form has no field “{spec.of}” – write the path of a field, such as {next(iter(form.by_path))}"
    elif form.by_path[spec.of].type not in kind.of:
        found = form.by_path[spec.of].type.value
        yield f"“{spec.of}” is a {found} – kind “{kind.name}” looks at: {', '.join(type_.value for type_ in kind.of)}"


def _mistakes_in_question(spec: RuleSpec, kind: Kind) -> Iterator[str]:
    usable = {*COMMON_WORDS, *kind.words}
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(spec.ask) if name is not None]
    except ValueError as error:
        yield f"ask – {error}; write {{{{ for a brace that is meant"
        return
    for name in names:
        if name not in usable:
            yield f"ask – nothing fills “{{{name}}}” – write one of {', '.join(sorted(usable))}"


def _finding(rule: Rule, hit: Hit, view: View, partnership: str) -> Finding:
    owner = _owner(hit.field, view)
    schema = schema_path(hit.field)
    words = {
        "label": view.label(rule.spec.of) if rule.spec.of else "",
        "item": view.name(owner),
        "parent": view.name(owner.rpartition(".")[0]),
        "partnership": view.partnership.name if view.partnership else "",
        "written": next((shortened(answer.quote) for answer in view.answers(schema, owner) if answer.field == hit.field), ""),
        **hit.words,
    }
    return Finding(rule.spec.code, rule.spec.severity, hit.field, rule.spec.ask.format_map(words), partnership)


def _owner(field: str, view: View) -> str:
    """Return the item that a finding is about: the one that its field stands in, or that its field is."""
    if field.endswith("]") and schema_path(field) in view.round.form.repeats:
        return field
    parent = field.rpartition(".")[0]
    while parent and not parent.endswith("]"):
        parent = parent.rpartition(".")[0]
    return parent


_NO_RECORD = Record(file="", sha256="", format="", outcome=Outcome.READ)
"""Stands for the round itself in findings that are about no return."""
