"""What a person may correct: a field of the form by its path, with a value that the field can hold."""

import re
from collections.abc import Collection
from difflib import get_close_matches

from pipeline.errors import PipelineError
from pipeline.grammar.contacts import find_email, phone_digits
from pipeline.interpret.values import interpret
from pipeline.model.forms import Field, FieldType, Form, schema_path
from pipeline.model.records import Answer
from pipeline.model.rounds import Round
from pipeline.publish.views import day as shown_day

_PART = re.compile(r"([a-z][a-z0-9_]*)(?:\[([1-9]\d{0,3})\])?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOOK = "proforma export --format csv writes the path of every field."


def field_at(path: str, form: Form) -> Field:
    """Return the field that a path names: one that holds an answer, with the number of every item on the way.

    Raises:
        PipelineError: there is none; the message says what to write instead.
    """
    fields, so_far, field = form.fields, "", None
    for part in path.split("."):
        match = _PART.fullmatch(part)
        field = fields.get(match[1]) if match else None
        if match is None or field is None:
            raise PipelineError(f"“{path}” names no field: the form has no “{schema_path(so_far + part)}”.", _instead(path, form))
        several = field.many or field.type in (FieldType.REPEAT, FieldType.LIST)
        if several and not match[2]:
            raise PipelineError(f"“{path}” does not say which: there may be several of “{so_far}{part}”.", f"Write {so_far}{part}[1].")
        if match[2] and not several:
            raise PipelineError(f"“{path}” counts what there is one of.", f"Write {so_far}{match[1]}.")
        fields, so_far = field.fields, f"{so_far}{part}."
    if field is None or not field.is_leaf:
        raise PipelineError(f"“{path}” holds several answers.", f"Name one of them: {', '.join(path + '.' + key for key in fields)}.")
    return field


def _instead(path: str, form: Form) -> str:
    leaves = [name for name, field in form.walk() if field.is_leaf]
    near = get_close_matches(schema_path(path), leaves, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}? {_LOOK}" if near else _LOOK


def in_reach(path: str, answers: Collection[Answer], form: Form) -> None:
    """Make sure that a path names an item that the return has, or the next one after its last.

    Raises:
        PipelineError: it names a later one.
    """
    for match in re.finditer(r"\[(\d+)\]", path):
        stem = path[: match.start()]
        known = (re.match(re.escape(stem) + r"\[(\d+)\]", answer.field) for answer in answers)
        last = max((int(found[1]) for found in known if found), default=0)
        if int(match[1]) > last + 1:
            label = form.field(stem).label
            raise PipelineError(
                f"“{path}” is out of reach: {label} has {last or 'no'} {'entry' if last == 1 else 'entries'}.", f"Write {stem}[{last + 1}]."
            )


def value_for(field: Field, text: str, round_: Round) -> str:
    """Return what a field holds once a text is written into it: a date as ISO 8601, a choice by its name. Nothing empties the field.

    Raises:
        PipelineError: the field cannot hold it.
    """
    if not text.strip():
        return ""
    terms = round_.vocabularies.get(field.choices, ())
    reading = interpret(field, text, terms)
    wrong = _wrong(field, reading.value or "", [term.name for term in terms])
    if wrong:
        raise PipelineError(
            f"“{field.label}” cannot be “{text.strip()}”: {wrong}.", _way_out(field, tuple(term.shown for term in terms), round_)
        )
    return reading.value or ""


def _wrong(field: Field, said: str, choices: list[str]) -> str:
    if field.type is FieldType.DATE and not _DAY.fullmatch(said):
        return "it is no day with its year"
    if field.type is FieldType.CHOICE and choices and said not in choices:
        return "it is none of the choices"
    if field.type is FieldType.EMAIL and find_email(said) is None:
        return "it is no e-mail address"
    if field.type is FieldType.PHONE and not phone_digits(said):
        return "it is no telephone number"
    return ""


def _way_out(field: Field, choices: tuple[str, ...], round_: Round) -> str:
    return {
        FieldType.DATE: f"Write it like {shown_day(round_.period.end)}.",
        FieldType.EMAIL: "Write one address, like name@example.org.",
        FieldType.PHONE: "Write it as it is dialled, like 01632 960123.",
        FieldType.CHOICE: f"Write one of: {'; '.join(choices)}.",
    }.get(field.type, "")
