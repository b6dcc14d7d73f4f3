"""The publication copy: the plan, or the answers, without personal details, made before any paper or file is.

What comes in is listed, not what stays out: the fields of the form that are no personal detail, and of the register the columns that such
a field is prefilled from, and findings about such a field or about the round. E-mail addresses and telephone numbers are taken out of every
text; file names and who decided are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.grammar.contacts import without_contacts
from pipeline.model.board import Board, Line
from pipeline.model.findings import Finding
from pipeline.model.flaws import Flaw
from pipeline.model.forms import Field, Form, schema_path
from pipeline.model.packed import Each
from pipeline.model.plans import AnnexItem, AnnexRow, Binder, Chapter, Correction, Entry, Group, Node, Override, Plan, Replies
from pipeline.model.records import Answer, Passage, Value
from pipeline.model.rounds import Contact, Partnership, Post, Round
from pipeline.publish.data import Data

_OF_THE_BODY = ("annex_name", "kind")
"""Columns of the register that are about the partnership itself."""


def publication(plan: Plan) -> Plan:
    """Return the plan as the public may read it."""
    form = plan.round.form
    binder = Binder()
    entries = {entry.partnership.id: binder.held(_entry(entry, form)) for entry in plan.entries}
    return replace(
        plan,
        round=_round(plan.round),
        entries=tuple(entries.values()),
        chapters=tuple(_chapter(chapter, entries) for chapter in plan.chapters),
        themes=tuple(_chapter(theme, entries) for theme in plan.themes),
        annex=Each(plan.annex, lambda row: _row(row, form, entries)),
        replies=Replies(*(tuple(_body(body, form) for body in bodies) for bodies in plan.replies)),
        findings=_findings(plan.findings, form),
        overrides=tuple(_override(override) for override in plan.overrides if _is_let_in(override.finding, form)),
    )


def public_board(board: Board) -> Board:
    """Return where a round stands as the public may read it: without the log, without who decided, without what the office does next."""
    form = board.round.form
    return replace(
        board,
        round=_round(board.round),
        lines=tuple(_line(line, form) for line in board.lines),
        replies=Replies(*(tuple(_body(body, form) for body in bodies) for bodies in board.replies)),
        todo=(),
    )


def _line(line: Line, form: Form) -> Line:
    asked, to_ask = (_findings(findings, form) for findings in (line.asked, line.to_ask))
    signed, extended = (decision and decision._replace(by="", reason="") for decision in (line.signed_off, line.extended))
    body = _body(line.partnership, form)
    open_ = line._replace(partnership=body, asked=asked, to_ask=to_ask, signed_off=signed, extended=extended)
    return open_._replace(file="", log=(), changes=())


def public_round(round_: Round) -> Round:
    """Return a round as the public may see its form and the letter that goes out with it: it asks nobody in particular.

    Its one partnership has no name, and an empty place for all that the register says of one, so that nothing is filled in for it.
    Officers are called by what they are, and where to reach them is left out: the partnerships have it in their own copies.
    """
    register = round_.partnerships
    columns = dict.fromkeys((name for body in register for name in body.columns), "")
    lists = dict.fromkeys((name for body in register for name in body.lists), ())
    writer = next((one.role for one in round_.contacts if one.name == round_.post.name), "")
    return replace(
        round_,
        partnerships=(Partnership("", "PUBLIC", "", columns, lists),),
        contacts=tuple(Contact(_OFFICER, one.role or _NAMED, _ADDRESS, _NUMBER) for one in round_.contacts),
        post=Post(name=writer or _OFFICER),
    )


_OFFICER, _NAMED = "the contact officer", "named in each partnership’s own copy"
_ADDRESS, _NUMBER = "[e-mail address]", "[telephone number]"
"""As `without_contacts` puts them in sight."""


def public_flaws(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """Return what is wrong with the papers as the public may read it: that they are drafts, and no advice that is meant for the office."""
    return tuple(flaw._replace(declared=True) for flaw in flaws)


def public_data(data: Data) -> Data:
    """Return the answers as the public may read them: those of the form's fields that are no personal detail, and nothing beside them."""
    form = data.round.form
    records = tuple(
        replace(
            record,
            file="",
            message=None,
            identity=(),
            answers=tuple(_answer(answer) for answer in record.answers if _is_open(answer.field, form)),
            values=_values(record.values, form.fields),
            unplaced=(),
            notes=(),
            damage=(),
        )
        for record in data.records
    )
    return Data(_round(data.round), records, _findings(data.findings, form))


def _values(values: dict[str, Value], fields: Mapping[str, Field]) -> dict[str, Value]:
    """Return nested values without personal ones; a group of which nothing is left is gone."""
    kept = {key: _value(value, fields[key]) for key, value in values.items() if not fields[key].is_personal}
    return {key: value for key, value in kept.items() if value != {}}


def _value(value: Value, field: Field) -> Value:
    if isinstance(value, dict):
        return _values(value, field.fields)
    if isinstance(value, list):
        return [_value(part, field) for part in value]
    return without_contacts(value) if value else value


def _is_open(path: str, form: Form) -> bool:
    """Say whether what stands at a path, or about it, may be published."""
    keys = [part.partition("[")[0] for part in path.split(".")] if path else []
    above = (form.by_path.get(".".join(keys[:depth])) for depth in range(1, len(keys) + 1))
    return not any(field is not None and field.is_personal for field in above)


def _findings(findings: Iterable[Finding], form: Form) -> tuple[Finding, ...]:
    let_in = (finding for finding in findings if _is_let_in(finding, form))
    return tuple(finding._replace(message=without_contacts(finding.message)) for finding in let_in)


def _is_let_in(finding: Finding, form: Form) -> bool:
    """Say whether a finding may be published: one about a return as a whole quotes words that are in no field of the form."""
    return bool(finding.field or not finding.partnership) and _is_open(finding.field, form)


def _is_known(path: str, form: Form) -> bool:
    return schema_path(path) in form.by_path


def _round(round_: Round) -> Round:
    return replace(round_, partnerships=tuple(_body(body, round_.form) for body in round_.partnerships))


def _columns(form: Form) -> frozenset[str]:
    """Return the columns of the register that may be published."""
    return frozenset((*_OF_THE_BODY, *(field.prefill for path, field in form.walk() if field.prefill and _is_open(path, form))))


def _body(body: Partnership, form: Form) -> Partnership:
    """Return a partnership with the columns that may be published; the others are there and empty, for masters that name them."""
    let_in = _columns(form)
    columns = {name: without_contacts(value) if name in let_in else "" for name, value in body.columns.items()}
    lists = {name: tuple(map(without_contacts, lines)) if name in let_in else () for name, lines in body.lists.items()}
    return replace(body, columns=columns, lists=lists)


def _entry(entry: Entry, form: Form) -> Entry:
    return Entry.of(
        (_body(entry.partnership, form), "", entry.sha256),
        _group(entry.answers, form.fields),
        form.plan.of,
        corrections=tuple(_correction(made) for made in entry.corrections if _is_open(made.decision.about, form)),
        spare=tuple(_answer(answer) for answer in entry.spare if _is_known(answer.field, form) and _is_open(answer.field, form)),
    )


def _group(group: Group, fields: Mapping[str, Field]) -> Group:
    return group._replace(parts={key: _node(node, fields[key]) for key, node in group.parts.items() if not fields[key].is_personal})


def _node(node: Node, field: Field) -> Node:
    if isinstance(node, Answer):
        return _answer(node)
    if isinstance(node, Group):
        return _group(node, field.fields)
    return tuple(_group(part, field.fields) if isinstance(part, Group) else _answer(part) for part in node)  # type: ignore[return-value]


def _answer(answer: Answer) -> Answer:
    value = None if answer.value is None else without_contacts(answer.value)
    return answer._replace(value=value, passages=tuple(map(_passage, answer.passages)))


def _passage(passage: Passage) -> Passage:
    """Return a passage without addresses; where one was taken out, its emphasis would stand in the wrong place and goes as well."""
    text = without_contacts(passage.text)
    marks = tuple(mark._replace(target="") for mark in passage.marks) if text == passage.text else ()
    return passage._replace(text=text, marks=marks)


def _chapter(chapter: Chapter, entries: Mapping[str, Entry]) -> Chapter:
    places = tuple((entries[item.entry.partnership.id], item.at) for item in chapter.items)
    return Chapter.of(without_contacts(chapter.name), places)


def _row(row: AnnexRow, form: Form, entries: Mapping[str, Entry]) -> AnnexRow:
    let_in = _columns(form) | {"name"}
    cells = tuple(
        cell._replace(text=without_contacts(cell.text) if _is_open(column.of, form) and column.from_register <= let_in else "")
        for cell, column in zip(row.cells, form.annex.columns, strict=True)
    )
    listed = next(column for column in form.annex.columns if column.listed)
    introduction = tuple(map(_passage, row.introduction)) if _is_open(listed.introduction, form) else ()
    items = tuple(map(_bullet, row.items)) if _is_open(listed.of, form) else ()
    return AnnexRow(cells, introduction, items, entries[row.entry.partnership.id])


def _bullet(item: AnnexItem) -> AnnexItem:
    answer = _answer(item.answer) if item.answer else None
    return AnnexItem(without_contacts(item.text), without_contacts(item.group), answer)


def _override(override: Override) -> Override:
    finding = override.finding._replace(message=without_contacts(override.finding.message))
    decision = override.decision._replace(by="", reason=without_contacts(override.decision.reason))
    return Override(finding, decision)


def _correction(made: Correction) -> Correction:
    value = without_contacts(made.decision.value) if made.decision.value else made.decision.value
    decision = made.decision._replace(by="", reason=without_contacts(made.decision.reason), value=value)
    return Correction(decision, _answer(made.before) if made.before else None)
