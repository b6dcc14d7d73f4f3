"""From what a mail says to a query to answers of the form: each with the type of its field, its words and their place in the mail.

An answer is only taken where it is plain which field it answers and that its words mean something there. Everything else is kept for a
person, with the question that it was given to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.grammar.replies import Told
from pipeline.interpret.derived import dates_in_sentences
from pipeline.interpret.sheet import Sheet
from pipeline.interpret.values import interpret
from pipeline.model.documents import Note
from pipeline.model.forms import Field, FieldType, schema_path
from pipeline.model.outcomes import Outcome
from pipeline.model.places import Place
from pipeline.model.queries import code_of, field_of
from pipeline.model.records import Answer, Passage, Record, State, Unplaced
from pipeline.model.rounds import Round

SURE = 0.9
"""How sure it is that the words behind a question's number answer its field."""
_UNDERSTOOD = (FieldType.DATE, FieldType.CHOICE, FieldType.EMAIL, FieldType.PHONE)
"""Types of which not any words will do."""
_ASSENT = re.compile(
    r"\W*(yes|no|yep|nope|ok(ay)?|correct|right|agreed?|confirmed|unchanged|no change"
    r"|as (it )?is|n/?k|see (above|below|attached)|(as )?attached"
    r"|(yes|no),? (it|that|this) is( not)?( right| correct)?)\W*",
    re.IGNORECASE,
)
"""Words that speak about an answer and are none."""
_NUMBERED = re.compile(r"\[\d+\]$")


@dataclass
class _Found:
    """What a mail gave."""

    answers: list[Answer] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)


def replied(
    told: Sequence[Told], beside: Sequence[Passage], asked: Mapping[int, str], base: Record, round_: Round, file: str, sha256: str
) -> tuple[Record, frozenset[int]]:
    """Return the record of a mail that answers a query.

    Args:
        told: what it says to which question, in order; of two answers to one question the last counts.
        beside: its other words.
        asked: the keys of the findings that were asked about, by the number of the question.
        base: the return that was asked about, with what was answered since.
        round_: the round.
        file: the name of the mail.
        sha256: of the mail.

    Returns:
        Its record, which holds the answers and no values of its own; and the numbers of the questions that it answers.
    """
    found = _Found()
    for one in told:
        _take(one, asked[one.number], base, round_, found, file)
    for passage in beside:
        found.notes.append(
            Note("covering-words", "The mail that answered says this beside it; it is no answer.", passage.place, passage.text)
        )
    found.answers += _dates(found.answers, base, round_)
    record = Record(
        file=file,
        sha256=sha256,
        format="mail",
        outcome=Outcome.READ,
        round=round_.id,
        form=round_.form.form,
        partnership=base.partnership,
        answers=tuple({answer.field: answer for answer in found.answers}.values()),
        unplaced=tuple(found.unplaced),
        notes=tuple(found.notes),
    )
    return record, frozenset(found.answered)


def _take(told: Told, key: str, base: Record, round_: Round, found: _Found, file: str) -> None:
    place = Place("mail", paragraph=told.line + 1)
    answers = tuple(_answers(told.words, place, key, base, round_))
    if answers:
        found.answers += answers
        found.answered.add(told.number)
        return
    found.unplaced.append(Unplaced(told.words, place))
    way_out = "Correct the answer, or override the finding."
    message = f"Q{told.number} was answered in {file}, but not with something that can stand in the form. {way_out}"
    found.notes.append(Note("answer-not-placed", message, place, told.words, _leaf_or_nothing(field_of(key), round_)))


def _leaf_or_nothing(path: str, round_: Round) -> str:
    known = round_.form.by_path.get(schema_path(path))
    return path if known is not None and known.is_leaf else ""


def _answers(words: str, place: Place, key: str, base: Record, round_: Round) -> Iterator[Answer]:
    """Yield the answers that words give to a question; none where they speak about an answer, or where it is not plain which is meant."""
    if _ASSENT.fullmatch(words):
        return
    path = _target(key, base, round_)
    field_ = round_.form.by_path.get(schema_path(path))
    if field_ is None:
        return
    if field_.type is FieldType.REPEAT:
        yield from _items(words, place, path, field_)
    elif field_.is_leaf:
        several = field_.many or field_.type is FieldType.LIST
        lines = words.split("\n") if several and not _NUMBERED.search(path) else [words]
        for number, line in enumerate(lines, 1):
            own = f"{path}[{number}]" if several and not _NUMBERED.search(path) else path
            answer = _answer(own, field_, line, place, round_)
            if answer:
                yield answer


def _answer(path: str, field_: Field, words: str, place: Place, round_: Round) -> Answer | None:
    terms = round_.vocabularies.get(field_.choices, ())
    reading = interpret(field_, words, terms)
    if reading.state is State.BLANK:
        return None
    unknown = field_.type is FieldType.CHOICE and reading.value not in {term.name for term in terms}
    if reading.state is State.GIVEN and field_.type in _UNDERSTOOD and (reading.value is None or unknown):
        return None
    said = tuple(Passage(line, place) for line in words.split("\n"))
    return Answer(path, reading.value, reading.state, said, "phrase", round(SURE * reading.sure, 4), reading.precision)


def _items(words: str, place: Place, path: str, repeat: Field) -> Iterator[Answer]:
    """Yield an item a line for a repeat of which nothing was filled in."""
    name = next((key for key, inner in repeat.fields.items() if inner.type is FieldType.TEXT), "")
    for number, line in enumerate(words.split("\n") if name else (), 1):
        yield Answer(f"{path}[{number}].{name}", line, State.GIVEN, (Passage(line, place),), "phrase", SURE)


def _target(key: str, base: Record, round_: Round) -> str:
    """Return the path that an answer to a question belongs to; empty where it is not plain.

    A question about a whole item is answered in the one field of it that its rule looks at and that is empty.
    """
    path = field_of(key)
    field_ = round_.form.by_path.get(schema_path(path))
    if field_ is None:
        return ""
    inside = [answer for answer in base.answers if _within(answer.field, path)]
    used = [answer for answer in inside if answer.state in (State.GIVEN, State.NOT_APPLICABLE)]
    if field_.is_leaf:
        several = (field_.many or field_.type is FieldType.LIST) and not _NUMBERED.search(path)
        return "" if several and used else path
    if field_.type is FieldType.REPEAT and not _NUMBERED.search(path):
        return "" if used else path
    looked_at = _looked_at(code_of(key), round_)
    open_ = [answer.field for answer in inside if answer.state not in (State.GIVEN, State.NOT_APPLICABLE)]
    fitting = [one for one in open_ if schema_path(one) in looked_at and one.count("[") == path.count("[")]
    return fitting[0] if len(fitting) == 1 else ""


def _within(field_: str, path: str) -> bool:
    return field_ == path or field_.startswith((f"{path}.", f"{path}["))


def _looked_at(code: str, round_: Round) -> frozenset[str]:
    """Return the fields that a rule names among its parameters."""
    found: set[str] = set()
    for spec in round_.form.rules:
        if spec.code == code:
            for value in (spec.model_extra or {}).values():
                found |= (
                    {value}
                    if isinstance(value, str)
                    else {one for one in value if isinstance(one, str)}
                    if isinstance(value, list)
                    else set()
                )
    return frozenset(found)


def _dates(answers: Sequence[Answer], base: Record, round_: Round) -> Iterator[Answer]:
    """Yield the dates in the sentences of new items."""
    sheet = Sheet()
    for answer in answers:
        sheet.add(answer)
    known = {answer.field for answer in base.answers if answer.state in (State.GIVEN, State.NOT_APPLICABLE)}
    return (answer for answer in dates_in_sentences(sheet, round_) if answer.field not in known)
