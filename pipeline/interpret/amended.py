"""A return with the answers to queries over it: what a reply says takes the place of what the return said, and nothing else changes.

Knows no mail and no store. What was made of other answers, such as a whole gathered from its parts, is made anew where it was made before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.interpret.derived import gathered
from pipeline.interpret.sheet import Sheet
from pipeline.model.forms import schema_path
from pipeline.model.records import Answer, Record, State
from pipeline.model.rounds import Round


def amended(base: Record, replies: Sequence[Record], round_: Round) -> Record:
    """Return a return with replies over it.

    Args:
        base: the return that was asked about.
        replies: what answered queries about it, the oldest first; where two answer one question, the later one stands.
        round_: the round that both belong to.

    Returns:
        The record of the return. Each answer that a reply gave names the document that says it; all others are as they were.
    """
    said = [_from(answer, reply) for reply in replies for answer in reply.answers]
    if not said:
        return replace(base, notes=(*base.notes, *(note for reply in replies for note in reply.notes)))
    made = _made_of_others(base, round_)
    sheet = _sheet(answer for answer in base.answers if answer.field not in made)
    for answer in said:
        sheet.add(answer)
    for answer in gathered(sheet, round_):
        sheet.add(answer)
    return replace(
        base,
        answers=tuple(sheet.answers(round_.form.fields)),
        values=sheet.values(round_.form.fields),
        notes=(*base.notes, *(note for reply in replies for note in reply.notes)),
    )


def _from(answer: Answer, reply: Record) -> Answer:
    return answer._replace(sha256=answer.sha256 or reply.sha256, file=answer.file or reply.file)


def _sheet(answers: Iterable[Answer]) -> Sheet:
    sheet = Sheet()
    for answer in answers:
        if answer.state is not State.REMOVED:
            sheet.add(answer)
    return sheet


def _made_of_others(base: Record, round_: Round) -> frozenset[str]:
    """Return the paths of the answers of a return that were gathered from its other answers, and would be the same gathered anew."""
    gathering = {path for path, field in round_.form.by_path.items() if field.gathers}
    own = {answer.field: answer.value for answer in base.answers if schema_path(answer.field) in gathering and answer.value is not None}
    anew = {answer.field: answer.value for answer in gathered(_sheet(_without(base, own)), round_) if answer.value is not None}
    different = {_of(path) for path in (*own, *anew) if own.get(path) != anew.get(path)}
    return frozenset(path for path in own if _of(path) not in different)


def _without(base: Record, paths: Iterable[str]) -> Iterable[Answer]:
    left_out = frozenset(paths)
    return (answer for answer in base.answers if answer.field not in left_out)


def _of(path: str) -> str:
    """Return the path of a field of which a path may name one value: `priorities[1].measures` for `priorities[1].measures[2]`."""
    return path[: path.rindex("[")] if path.endswith("]") else path
