"""A blank with what a return said in it: every control has the answer of its path, and repeats have as many items as the return.

For what came as paper, PDF or in another program's format: asked something, a partnership gets this instead of its own file.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.controls import PARAGRAPH, RUN, SDT, content, controls, fill, kind, parent, tag
from pipeline.blanks.masters import DOCUMENT
from pipeline.model.forms import Field, FieldType, Form, schema_path
from pipeline.model.records import Answer, Record, State
from pipeline.model.rounds import Partnership, Round
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.ooxml.splice import archive, deflated, join
from pipeline.ooxml.xml import serialise

_MOST = 200
"""Items of a repeat: more than any return has."""


def prefilled(round_: Round, partnership: Partnership, record: Record) -> bytes:
    """Return a partnership's blank with the answers of a record in it.

    Args:
        round_: the round.
        partnership: whose it is.
        record: what is put in. Answers that a person gave to no control of the blank – a whole that the blank asks for in parts – stand
            in the first part.

    Raises:
        SetupError: the kit's master cannot be used.
    """
    counts = _counts(record)
    data = compile_master(replace(round_, form=_with_room(round_.form, counts, partnership))).stamp(partnership)
    package = Package(data)
    root = package.xml(DOCUMENT)
    _drop_surplus(root, round_.form, counts)
    said = _said(record, round_.form)
    for control in list(controls(root)):
        path = tag(control)
        field = round_.form.by_path.get(schema_path(path))
        if field is not None and field.is_leaf:
            _put(control, said.get(path, ()), field, round_)
    parts = (join(name, (deflated(serialise(root) if name == DOCUMENT else package.read(name)),)) for name in package.names)
    return archive(parts)


def _counts(record: Record) -> Mapping[str, int]:
    """Return how many items each repeat of the record has, by its instance path."""
    found: dict[str, int] = {}
    for answer in record.answers:
        at = answer.field.find("[")
        while at >= 0:
            end = answer.field.index("]", at)
            number = answer.field[at + 1 : end]
            if number.isdecimal():
                found[answer.field[:at]] = min(max(found.get(answer.field[:at], 0), int(number)), _MOST)
            at = answer.field.find("[", end)
    return found


def _with_room(form: Form, counts: Mapping[str, int], partnership: Partnership) -> Form:
    """Return the form with as many copies of each repeat as the record has items at most."""
    most: dict[str, int] = {}
    for path, count in counts.items():
        most[schema_path(path)] = max(most.get(schema_path(path), 0), count)
    fields = {key: _roomy(field, key, most, partnership) for key, field in form.fields.items()}
    known = {name: getattr(form, name) for name in Form.model_fields}
    return Form(**{**known, "fields": fields})


def _roomy(field: Field, path: str, most: Mapping[str, int], partnership: Partnership) -> Field:
    inner = {key: _roomy(one, f"{path}.{key}", most, partnership) for key, one in field.fields.items()}
    copies = field.copies
    if field.type is FieldType.REPEAT:
        listed = max((len(partnership.lists.get(one.prefill, ())) for one in field.fields.values() if one.prefill), default=0)
        copies = max(1, most.get(path, 0) - listed) if path in most else copies
    elif field.many:
        copies = max(copies, most.get(path, 0))
    return field.model_copy(update={"fields": inner, "copies": copies})


def _drop_surplus(root: etree._Element, form: Form, counts: Mapping[str, int]) -> None:
    """Take out the rows of repeats that this record does not have, but for the first."""
    for item in [one for one in root.iter(SDT) if kind(one) == "item"]:
        paths = [tag(one) for one in controls(item) if "[" in tag(one)]
        repeat, _, number = paths[0].rpartition(".")[0].rpartition("[") if paths else ("", "", "")
        if number[:-1].isdecimal() and schema_path(repeat) in form.repeats and int(number[:-1]) > max(1, counts.get(repeat, 0)):
            parent(item).remove(item)


def _said(record: Record, form: Form) -> Mapping[str, tuple[Answer, ...]]:
    """Return the answers by the paths of the controls that take them: those of a list together."""
    found: dict[str, list[Answer]] = {}
    given = [answer for answer in record.answers if answer.state in (State.GIVEN, State.NOT_APPLICABLE)]
    for answer in given:
        path, field = answer.field, form.by_path[schema_path(answer.field)]
        if field.type is FieldType.LIST and path.endswith("]"):
            path = path[: path.rindex("[")]
        found.setdefault(path, []).append(answer)
    for answer in given:
        field = form.by_path[schema_path(answer.field)]
        parts = [f"{answer.field.rpartition('.')[0]}.{part}" for part in field.gathers if "." not in part]
        if parts and field.is_leaf and not any(part in found for part in parts):
            found[parts[0]] = [answer]
    return {path: tuple(answers) for path, answers in found.items()}


def _put(control: etree._Element, answers: tuple[Answer, ...], field: Field, round_: Round) -> None:
    """Put answers into a control; where there are none it shows its prompt, also where the register would have filled it in."""
    lines = [line for answer in answers for line in _words(answer, field, round_)]
    if not lines:
        _empty(control, field)
    elif control.find(f"{q('w:sdtContent')}/{PARAGRAPH}") is not None:
        _paragraphs(control, lines)
    else:
        fill(control, "\n".join(lines))
        _break_lines(control)


def _words(answer: Answer, field: Field, round_: Round) -> Iterator[str]:
    """Yield the lines that say an answer in its control: a choice as the list shows it, a date as it was written."""
    if field.type is FieldType.CHOICE:
        terms = round_.vocabularies.get(field.choices, ())
        yield next((term.shown for term in terms if term.name == answer.value), answer.value or answer.quote)
    elif field.type is FieldType.DATE:
        yield answer.quote or answer.value or ""
    else:
        yield from (answer.value or answer.quote).split("\n")


def _paragraphs(control: etree._Element, lines: list[str]) -> None:
    """Put lines into a rich control, a paragraph each."""
    fill(control, lines[0])
    held = content(control)
    first, *others = list(held.iter(PARAGRAPH))
    for other in others:
        parent(other).remove(other)
    before = first
    for line in lines[1:]:
        another = deepcopy(first)
        for text in another.iter(q("w:t")):
            text.text = line
        before.addnext(another)
        before = another


def _break_lines(control: etree._Element) -> None:
    for text in list(content(control).iter(q("w:t"))):
        first, *others = (text.text or "").split("\n")
        text.text = first
        run, at = parent(text), parent(text).index(text)
        for number, line in enumerate(others):
            run.insert(at + 2 * number + 1, etree.Element(q("w:br")))
            another = etree.Element(q("w:t"), {q("xml:space"): "preserve"})
            another.text = line
            run.insert(at + 2 * number + 2, another)


def _empty(control: etree._Element, field: Field) -> None:
    """Let a control show its prompt."""
    properties = control.find(q("w:sdtPr"))
    if properties is None or properties.find(q("w:showingPlcHdr")) is not None:
        return
    fill(control, field.prompt)
    for run in content(control).iter(RUN):
        dress = run.find(q("w:rPr"))
        if dress is None:
            dress = etree.Element(q("w:rPr"))
            run.insert(0, dress)
        dress.insert(0, etree.Element(q("w:rStyle"), {q("w:val"): "PlaceholderText"}))
    at = sum(child.tag in _BEFORE_FLAG for child in properties)
    properties.insert(at, etree.Element(q("w:showingPlcHdr")))


_BEFORE_FLAG = frozenset(q(f"w:{name}") for name in ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary"))
"""Properties of a control that stand before the one that says it shows its prompt."""
