"""Make a record of what `align` found: typed answers, values nested as the form nests, and what is left over."""

from collections.abc import Iterator, Mapping

from pipeline.grammar.contacts import split_contact
from pipeline.grammar.dates import find_when
from pipeline.grammar.texts import strip_marker
from pipeline.interpret.identity import identify
from pipeline.interpret.passages import passages, text_of
from pipeline.interpret.tree import nested
from pipeline.interpret.values import interpret
from pipeline.model.alignments import Alignment, Match
from pipeline.model.documents import Document, Note
from pipeline.model.forms import Field, FieldType, schema_path
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, Record, State, Unplaced, Value
from pipeline.model.rounds import Round

_FEWEST_ANCHORS = 4
"""Labels and controls that a document must show to be a return; an agenda that mentions "Contact:" has fewer."""

_BESIDE = {
    "comment": "A comment stands here; it is no answer.",
    "footnote": "A footnote stands here; it is no answer.",
    "endnote": "An endnote stands here; it is no answer.",
    "hidden": "Hidden text stands here; it is no answer.",
    "deleted": "Words were deleted here with tracked changes; the answer is read as if the deletion were accepted.",
}

_CONTACT_TYPES = {FieldType.EMAIL, FieldType.PHONE, FieldType.PERSON}


def record(document: Document, alignment: Alignment, round_: Round, file: str, sha256: str) -> Record:
    """Return the record of a return: read where it is a return and somebody's, otherwise held or refused with the reason.

    Args:
        document: the return as read.
        alignment: which of its words answer which field.
        round_: the round it may belong to.
        file: the name it came with.
        sha256: of its bytes.
    """
    if alignment.anchors < _FEWEST_ANCHORS:
        message = "This is no return: next to none of the form's words are in it. If it holds answers all the same, enter them by hand."
        return Record(file, sha256, document.format, Outcome.REFUSED, Reason.NOT_A_RETURN, message, round=round_.id)
    found = answers(alignment, round_)
    identity = identify(document, found, round_, file)
    return Record(
        file=file,
        sha256=sha256,
        format=document.format,
        outcome=Outcome.HELD if identity.reason else Outcome.READ,
        reason=identity.reason,
        message=identity.message,
        round=round_.id,
        form=round_.form.form,
        partnership=identity.partnership.id if identity.partnership else None,
        identity=identity.claims,
        answers=found,
        values=values(found),
        unplaced=tuple(Unplaced(piece.text.strip(), piece.place) for piece in alignment.unplaced if piece.text.strip()),
        notes=tuple(_notes(document, alignment)),
        tracked_changes=document.tracked_changes,
        damage=alignment.damage,
    )


def _notes(document: Document, alignment: Alignment) -> Iterator[Note]:
    """Yield what the reader noted, what stands beside the text, and what was said twice."""
    yield from document.notes
    for aside in alignment.beside:
        yield Note(aside.kind, _BESIDE.get(aside.kind, "This stands beside the text and is no answer."), aside.place, aside.text)
    for path, piece in alignment.repeated:
        yield Note("said-twice", f"{path} is answered a second time with other words.", piece.place, piece.text, path)


def answers(alignment: Alignment, round_: Round) -> tuple[Answer, ...]:
    """Return every answer of a return, in the order of the form.

    A field of the form that has no slot in the return is an answer too, with the state `removed`.
    """
    found: dict[str, Answer] = {}
    for match in alignment.matches:
        for answer in _read(match, round_):
            found[answer.field] = answer
    for answer in [*_dates_in_sentences(found, round_), *_gathered(found, round_), *_paired(found, round_)]:
        found[answer.field] = answer
    return tuple(_in_order(found, round_.form.fields, ""))


def values(answers: tuple[Answer, ...]) -> dict[str, Value]:
    """Nest the values of answers as the form nests them. What was removed has no key; what was left blank is None."""
    return nested((answer.field, answer.value) for answer in answers if answer.state is not State.REMOVED)


def _read(match: Match, round_: Round) -> Iterator[Answer]:
    field = round_.form.field(match.path)
    said = passages(match.pieces)
    if field.type is FieldType.GROUP:
        yield from _contact(match, field, said, round_)
        return
    if not said:
        yield Answer(match.path, None, State.BLANK, (Passage("", match.place),), match.method, match.confidence)
        return
    text = text_of(said, field)
    if match.method != "control" and field.type in (FieldType.TEXT, FieldType.LIST):
        text = strip_marker(text)[1]
    yield _answer(match.path, text, said, match, round_)


def _answer(path: str, text: str, said: tuple[Passage, ...], match: Match, round_: Round) -> Answer:
    field = round_.form.field(path)
    reading = interpret(field, text, round_.vocabularies.get(field.choices, ()))
    return Answer(path, reading.value, reading.state, said, match.method, round(match.confidence * reading.sure, 4), reading.precision)


def _contact(match: Match, group: Field, said: tuple[Passage, ...], round_: Round) -> Iterator[Answer]:
    """Tell a person, an e-mail address and a telephone number apart in one box."""
    contact = split_contact(" ".join(passage.text for passage in said))
    by_type = {FieldType.PERSON: contact.name, FieldType.EMAIL: contact.email, FieldType.PHONE: contact.phone}
    for key, field in group.fields.items():
        if field.type in _CONTACT_TYPES and (text := by_type[field.type]):
            yield _answer(f"{match.path}.{key}", text, said, match, round_)


def _dates_in_sentences(found: Mapping[str, Answer], round_: Round) -> list[Answer]:
    """Find the dates of items whose by-when is part of the sentence that names them."""
    year = round_.period.start.year
    dated = []
    for path in sorted(round_.form.repeats):
        repeat = round_.form.field(path)
        name = next((key for key, field in repeat.fields.items() if field.type is FieldType.TEXT), "")
        for key, field in repeat.fields.items():
            if field.type is not FieldType.DATE:
                continue
            for own, answer in found.items():
                target = f"{own.rpartition('.')[0]}.{key}"
                if schema_path(own) == f"{path}.{name}" and answer.value and not (target in found and found[target].value is not None):
                    dated += _dated(target, answer, found.get(target), year)
    return dated


def _dated(path: str, answer: Answer, own: Answer | None, year: int) -> list[Answer]:
    if own is not None and own.state is State.GIVEN:
        return []
    sentence = answer.quote
    when = find_when(sentence, year)
    if when is None:
        return []
    passage = answer.passages[0]._replace(text=sentence[when.start : when.end], marks=(), bullet="")
    value = when.when.end.isoformat() if when.when.end else None
    return [Answer(path, value, State.GIVEN, (passage,), "phrase", answer.confidence, when.when.precision)]


def _gathered(found: Mapping[str, Answer], round_: Round) -> list[Answer]:
    """Make the fields that gather others, in each item, where the return has no words of their own for them."""
    gathered = []
    for path, field in round_.form.walk():
        if not field.gathers:
            continue
        for prefix in _instances(found, path.rpartition(".")[0], round_):
            own = prefix + path.rpartition(".")[2]
            sources = [answer for key in field.gathers for answer in _below(found, prefix, key) if answer.value]
            if _answered(found, own):
                gathered += [_untold(prefix + key, found) for key in field.gathers if prefix + key not in found and "." not in key]
            elif field.type is FieldType.LIST:
                gathered += [answer._replace(field=f"{own}[{at}]") for at, answer in enumerate(sources, 1)]
            elif sources:
                said = tuple(passage for answer in sources for passage in answer.passages)
                sure = min(answer.confidence for answer in sources)
                text = "\n".join(answer.value or "" for answer in sources)
                gathered.append(Answer(own, text, State.GIVEN, said, sources[0].method, sure))
    return gathered


def _untold(path: str, found: Mapping[str, Answer]) -> Answer:
    """A part that the return does not tell apart from the whole is neither removed nor answered."""
    return Answer(path, None, State.BLANK, (), "phrase", 1.0)


def _paired(found: Mapping[str, Answer], round_: Round) -> list[Answer]:
    """Give the items of a list that stands beside a repeat to the repeat's items, where there are as many of both."""
    paired = []
    for path, field in round_.form.walk():
        if not field.pairs:
            continue
        repeat, _, leaf = field.pairs.rpartition(".")
        for prefix in _instances(found, path.rpartition(".")[0], round_):
            own = [answer for answer in _below(found, prefix, path.rpartition(".")[2]) if answer.value]
            items = _items(found, prefix + repeat)
            free = not any(_answered(found, f"{item}.{leaf}") for item in items)
            if own and free and len(own) == len(items):
                paired += [answer._replace(field=f"{item}.{leaf}") for item, answer in zip(items, own, strict=True)]
    return paired


def _instances(found: Mapping[str, Answer], parent: str, round_: Round) -> list[str]:
    """Return the instance paths of a group or repeat that the return has, each with its trailing dot; "" for the record itself."""
    if not parent:
        return [""]
    depth = parent.count(".") + 1
    paths = (path for path in found if schema_path(path).startswith(f"{parent}."))
    return list(dict.fromkeys(".".join(path.split(".")[:depth]) + "." for path in paths))


def _items(found: Mapping[str, Answer], repeat: str) -> list[str]:
    paths = (path for path in found if path.startswith(f"{repeat}["))
    return list(dict.fromkeys(repeat + path[len(repeat) :].split(".")[0] for path in paths))


def _below(found: Mapping[str, Answer], prefix: str, key: str) -> list[Answer]:
    """Return the answers of a field given relative to an item, items of repeats on the way included, in reading order."""
    wanted = schema_path(prefix) + key
    return [answer for path, answer in found.items() if path.startswith(prefix) and schema_path(path) == wanted]


def _answered(found: Mapping[str, Answer], path: str) -> bool:
    return any(own in found and found[own].state is not State.BLANK for own in (path, f"{path}[1]"))


def _in_order(found: Mapping[str, Answer], fields: Mapping[str, Field], prefix: str) -> Iterator[Answer]:
    for key, field in fields.items():
        path = prefix + key
        if field.type is FieldType.REPEAT:
            for item in _items(found, path):
                yield from _in_order(found, field.fields, f"{item}.")
        elif field.type is FieldType.GROUP:
            yield from _in_order(found, field.fields, f"{path}.")
        elif path in found:
            yield found[path]
        elif several := [found[own] for own in _items(found, path)]:
            yield from several
        else:
            yield Answer(path, None, State.REMOVED, (Passage("", Place()),), "phrase", 1.0)
