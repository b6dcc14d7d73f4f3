"""Make a record of what `align` found: typed answers, values nested as the form nests, and what is left over."""

from collections.abc import Iterator

from pipeline.grammar.contacts import split_contact
from pipeline.grammar.texts import list_item
from pipeline.interpret.derived import dates_in_sentences, gathered, paired
from pipeline.interpret.identity import identify, references
from pipeline.interpret.lacking import lacking
from pipeline.interpret.markers import lettered, without_letter
from pipeline.interpret.passages import passages, text_of
from pipeline.interpret.sheet import Sheet
from pipeline.interpret.ticking import ticked
from pipeline.interpret.values import interpret
from pipeline.model.alignments import Alignment, Match
from pipeline.model.documents import Document, Note
from pipeline.model.forms import Field, FieldType
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.records import Answer, Passage, Record, State, Unplaced
from pipeline.model.rounds import Round

_FEWEST_ANCHORS = 4
"""Labels and controls that a document must show to be a return; an agenda that mentions "Contact:" has fewer."""

_LISTED = (FieldType.TEXT, FieldType.PERSON, FieldType.LIST)
"""The types of which a typed list marker is no part."""

_BESIDE = {
    "comment": "A comment stands here; it is no answer.",
    "footnote": "A footnote stands here; it is no answer.",
    "endnote": "An endnote stands here; it is no answer.",
    "hidden": "Hidden text stands here; it is no answer.",
    "struck": "Words are struck out here; the answer is read without them.",
    "deleted": "Words were deleted here with tracked changes; the answer is read as if the deletion were accepted.",
    "quoted": "An older mail is quoted here; it is no answer.",
    "signature": "The mail is signed here; this is no answer.",
}


def record(
    document: Document,
    alignment: Alignment,
    round_: Round,
    file: str,
    sha256: str,
    senders: tuple[str, ...] = (),
    assigned: str = "",
) -> Record:
    """Return the record of a return: read where it is a return and somebody's, otherwise held or refused with the reason.

    Args:
        document: the return as read.
        alignment: which of its words answer which field.
        round_: the round it may belong to.
        file: the name it came with.
        sha256: of its bytes.
        senders: the addresses of the mails it came in: they suggest whose it is, and never decide.
        assigned: the id of the partnership that a person said it is of.
    """
    if alignment.anchors < _FEWEST_ANCHORS:
        message = "This is no return: next to none of the form's words are in it. If it holds answers all the same, enter them by hand."
        return Record(
            file=file,
            sha256=sha256,
            format=document.format,
            outcome=Outcome.REFUSED,
            reason=Reason.NOT_A_RETURN,
            message=message,
            round=round_.id,
            identity=references(document, round_),  # a page of guidance is no return, but may be a page of one
            pages=document.numbers,
            files=document.files,
        )
    alignment = ticked(alignment, round_)
    sheet = filled(alignment, round_)
    found = tuple(sheet.answers(round_.form.fields))
    left = tuple(piece.text for piece in alignment.unplaced)
    again = tuple(piece.text for path, piece in alignment.repeated if path == round_.form.identified_by)
    identity = identify(document, found, round_, file, senders, assigned, left, again)
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
        values=sheet.values(round_.form.fields),
        unplaced=tuple(Unplaced(piece.text.strip(), piece.place) for piece in alignment.unplaced if piece.text.strip()),
        notes=(*_notes(alignment), *lacking(document.numbers, found, round_.form)),
        tracked_changes=document.tracked_changes,
        damage=alignment.damage,
        pages=document.numbers,
        files=document.files,
    )


def _notes(alignment: Alignment) -> Iterator[Note]:
    """Yield what the reader noted, what stands beside the text, and what was said twice."""
    yield from alignment.notes
    for aside in alignment.beside:
        yield Note(aside.kind, _BESIDE.get(aside.kind, "This stands beside the text and is no answer."), aside.place, aside.text)
    for path, piece in alignment.repeated:
        yield Note("said-twice", f"{path} is answered a second time with other words.", piece.place, piece.text, path)


def filled(alignment: Alignment, round_: Round) -> Sheet:
    """Return every answer of a return by the item it belongs to, those that follow from others included."""
    sheet = Sheet()
    numbered = lettered(alignment.matches, round_.form)
    for match in alignment.matches:
        for answer in _read(match, round_, numbered=match.path in numbered):
            sheet.add(answer)
    for derived in (dates_in_sentences, gathered, paired):
        for answer in derived(sheet, round_):
            sheet.add(answer)
    return sheet


def _read(match: Match, round_: Round, *, numbered: bool = False) -> Iterator[Answer]:
    field = round_.form.field(match.path)
    said = passages(match.pieces)
    if field.type is FieldType.GROUP:
        yield from _contact(match, field, said, round_)
        return
    if not said:
        yield Answer(match.path, None, State.BLANK, (Passage("", match.place),), match.method, match.confidence)
        return
    text = text_of(said)
    if match.method != "control" and field.type in _LISTED:
        text = list_item(without_letter(text) if numbered else text)
    yield _answer(match.path, field, match.says or text, said, match, round_)


def _answer(path: str, field: Field, text: str, said: tuple[Passage, ...], match: Match, round_: Round) -> Answer:
    reading = interpret(field, text, round_.vocabularies.get(field.choices, ()))
    return Answer(path, reading.value, reading.state, said, match.method, round(match.sure * reading.sure, 4), reading.precision)


def _contact(match: Match, group: Field, said: tuple[Passage, ...], round_: Round) -> Iterator[Answer]:
    """Tell a person, an e-mail address and a telephone number apart in one box."""
    contact = split_contact("\n".join(passage.text for passage in said))
    by_type = {FieldType.PERSON: contact.name, FieldType.EMAIL: contact.email, FieldType.PHONE: contact.phone}
    for key, field in group.fields.items():
        text = by_type.get(field.type)
        if text:
            yield _answer(f"{match.path}.{key}", field, text, said, match, round_)
        elif field.type in by_type:
            yield Answer(f"{match.path}.{key}", None, State.BLANK, (Passage("", match.place),), match.method, match.confidence)
