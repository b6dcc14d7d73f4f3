"""What people corrected takes the place of what was read, and what was read is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model.history import Decision, DecisionKind
from pipeline.model.places import Place
from pipeline.model.plans import Correction
from pipeline.model.records import Answer, Passage, Record, State


def corrected(answers: tuple[Answer, ...], decisions: Iterable[Decision]) -> tuple[tuple[Answer, ...], tuple[Correction, ...]]:
    """Apply corrections to the answers of a record.

    Args:
        answers: those of one record.
        decisions: of the same partnership, of any kind; the latest correction of a field wins.

    Returns:
        The answers, with the corrected words at the place of the old ones, and the history in order of time.
    """
    made = sorted((decision for decision in decisions if decision.kind is DecisionKind.CORRECT), key=lambda decision: decision.at)
    if not made:
        return answers, ()
    said = {answer.field: answer for answer in answers}
    history = []
    for decision in made:
        before = said.get(decision.about)
        history.append(Correction(decision, before))
        said[decision.about] = _answer(decision, before)
    return tuple(said.values()), tuple(history)


def _answer(decision: Decision, before: Answer | None) -> Answer:
    place = before.place if before else Place()
    lines = (decision.value or "").split("\n")
    passages = tuple(Passage(line, place) for line in lines if line.strip())
    state = State.GIVEN if passages else State.BLANK
    method = before.method if before else "register"
    return Answer(decision.about, decision.value if passages else None, state, passages, method, 1.0)


def by_partnership(decisions: Iterable[Decision]) -> Mapping[str, Sequence[Decision]]:
    """Return decisions by whom they are about, each partnership's in the order given."""
    about: dict[str, list[Decision]] = {}
    for decision in decisions:
        about.setdefault(decision.partnership, []).append(decision)
    return about


def with_corrections(record: Record, decisions: Iterable[Decision]) -> Record:
    """Return a record with the corrections of its partnership made.

    Args:
        record: as read.
        decisions: about any partnership, of any kind.
    """
    answers, made = corrected(record.answers, [one for one in decisions if one.partnership == record.partnership])
    return replace(record, answers=answers) if made else record
