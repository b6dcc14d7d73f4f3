"""What a return says in places that the tree of a plan leaves out: in items that nobody named, or of fields that the form has no more.

An item is left out where all that stands in it is what its blank brought, or nothing was answered in it. What somebody changed there,
or typed to say that it does not apply, is still what the return says.
"""

from collections.abc import Iterable

from pipeline.merge.tree import leaves
from pipeline.merge.vocabulary import Vocabulary
from pipeline.model.forms import Field, schema_path
from pipeline.model.plans import Group
from pipeline.model.records import Answer, State
from pipeline.model.rounds import Partnership, Round

_SAYING = (State.GIVEN, State.NOT_APPLICABLE)


def spare(answers: Iterable[Answer], whole: Group, partnership: Partnership, round_: Round) -> tuple[Answer, ...]:
    """Return the answers of a record that its tree has no place for, without those that the blank brought.

    Args:
        answers: all of them.
        whole: the tree made of them.
        partnership: whose they are: its blank was filled in from its row of the register.
        round_: with the form and the vocabularies.
    """
    kept = {answer.field for _, answer in leaves(whole)}
    left = (answer for answer in answers if answer.state in _SAYING and answer.field not in kept)
    return tuple(answer for answer in left if not _brought(answer, partnership, round_))


def _brought(answer: Answer, partnership: Partnership, round_: Round) -> bool:
    """Say whether an answer is what the blank was filled in with."""
    field = round_.form.by_path.get(schema_path(answer.field))
    if field is None or not field.prefill or answer.state is not State.GIVEN:
        return False
    filled_in = (partnership.columns.get(field.prefill, ""), *partnership.lists.get(field.prefill, ()))
    said = {_folded(text, field, round_) for text in (answer.value or "", answer.quote) if text}
    return bool(said & {_folded(line, field, round_) for text in filled_in for line in (text, *text.splitlines()) if line})


def _folded(text: str, field: Field, round_: Round) -> str:
    return " ".join(Vocabulary(round_.vocabularies.get(field.choices, ())).spelling(" ".join(text.split())).casefold().split())
