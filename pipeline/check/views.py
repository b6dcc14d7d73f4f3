"""The answers of a record as rules walk them: by field, item by item, unused items left out.

An *owner* is the instance path of the repeated item that an answer stands in: `priorities[1].deliverables[2]` for
`priorities[1].deliverables[2].due`, and nothing for an answer outside all repeats.
"""

from collections.abc import Mapping
from functools import lru_cache

from pipeline.model.forms import FieldType, Form, Term, schema_path
from pipeline.model.records import Answer, Record, State
from pipeline.model.rounds import Partnership, Round

_SAYS_SOMETHING = (State.GIVEN, State.NOT_APPLICABLE)
_INK = ("unread-ink", "handwriting")
_LONGEST_NAME = 80
"""Characters of an item's words that a message repeats."""


class View:
    """The answers of one record.

    Args:
        record: the record.
        round_: the round that it belongs to.
    """

    def __init__(self, record: Record, round_: Round) -> None:
        self.record = record
        self.round = round_
        self.partnership: Partnership | None = round_.by_id.get(record.partnership or "")
        self.by_hand = {note.field: note for note in record.notes if note.field and note.code in _INK}
        """By field, what says that something stands in its box that nobody could read."""
        self._answers: dict[str, dict[str, list[Answer]]] = {}
        self._used: dict[str, str] = {}
        self._inside: dict[str, list[str]] = {}
        for answer in record.answers:
            schema, owner, items = _standing(answer.field)
            owners = self._answers.get(schema)
            if owners is None:
                owners = self._answers[schema] = {}
            owners.setdefault(owner, []).append(answer)
            says = answer.state in _SAYS_SOMETHING or answer.field in self.by_hand
            if owner and owner not in self._used and says and not self._is_prefilled(schema, answer):
                self._use(items)

    def _use(self, items: Mapping[str, str]) -> None:
        for item, repeat in items.items():
            if item not in self._used:
                self._used[item] = repeat
                for around in items:
                    self._inside.setdefault(around, []).append(item)
                    if around == item:
                        break

    def _is_prefilled(self, schema: str, answer: Answer) -> bool:
        """Tell an answer that the blank came with: alone it does not mean that somebody used the item it stands in."""
        column = self.round.form.by_path[schema].prefill if schema in self.round.form.by_path else ""
        if not column or self.partnership is None or column in self.partnership.lists:
            return False
        return self.partnership.columns.get(column, "") == answer.value

    def items(self, repeat: str, within: str = "") -> list[str]:
        """Return the instance paths of a repeat's items that somebody used, in order.

        Args:
            repeat: its schema path.
            within: only those inside this item.
        """
        return [item for item in (self._inside.get(within, ()) if within else self._used) if self._used[item] == repeat]

    def owners(self, of: str) -> list[str]:
        """Return the used items that field `of` stands in; one empty path for a field outside all repeats."""
        repeat = repeat_of(self.round.form, of)
        return self.items(repeat) if repeat else [""]

    def answers(self, of: str, owner: str = "") -> list[Answer]:
        """Return the answers of field `of` that stand in `owner`; several where the field may have several values."""
        return self._answers.get(of, {}).get(owner, [])

    def said(self, of: str, owner: str = "") -> list[Answer]:
        """Return those answers that say something, "N/A" included."""
        return [answer for answer in self.answers(of, owner) if answer.state in _SAYS_SOMETHING]

    def every(self, of: str) -> list[Answer]:
        """Return all the answers of field `of`, those of unused items included, in order."""
        return [answer for answers in self._answers.get(of, {}).values() for answer in answers]

    def given(self, of: str, within: str = "") -> list[Answer]:
        """Return the answers of field `of` with a value, in `within` and all used items inside it, "N/A" left out."""
        if not within:
            return [answer for answer in self.every(of) if answer.state is State.GIVEN and answer.value]
        owners = self._answers.get(of, {})
        inside = [owners[item] for item in self._inside.get(within, ()) if item in owners]
        return [answer for answers in inside for answer in answers if answer.state is State.GIVEN and answer.value]

    def terms(self, of: str) -> tuple[Term, ...]:
        """Return the vocabulary of a choice; empty for other fields."""
        return self.round.vocabularies.get(self.round.form.by_path[of].choices, ())

    def label(self, of: str) -> str:
        """Return what field `of` is called in the middle of a sentence."""
        label = self.round.form.by_path[of].label
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    def name(self, owner: str) -> str:
        """Return what an item is called in a message: its first text, or its number."""
        form = self.round.form
        fields = form.by_path[schema_path(owner)].fields if owner else form.fields
        key = next((key for key, field in fields.items() if field.type is FieldType.TEXT), "")
        words = next((answer.value for answer in self.answers(f"{schema_path(owner)}.{key}".lstrip("."), owner) if answer.value), "")
        return shortened(words) if words else f"number {owner.rpartition('[')[2].rstrip(']')}" if owner else ""


def repeat_of(form: Form, of: str) -> str:
    """Return the schema path of the innermost repeat around field `of`; empty where there is none."""
    parent = of.rpartition(".")[0]
    while parent and parent not in form.repeats:
        parent = parent.rpartition(".")[0]
    return parent


def child(of: str, owner: str) -> str:
    """Return the instance path of field `of` in an item: where the answer would stand."""
    if not owner:
        return of
    depth = owner.count(".") + 1
    return ".".join([owner, *of.split(".")[depth:]])


def shortened(text: str) -> str:
    """Return the text as a message repeats it: at most 80 characters, cut between words."""
    if len(text) <= _LONGEST_NAME:
        return text
    return text[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,;.:–-") + " …"


@lru_cache(maxsize=1 << 14)
def _standing(path: str) -> tuple[str, str, dict[str, str]]:
    """Return an answer's schema path, its owner, and the items around it, outermost first, with the schema paths of their repeats."""
    steps = path.split(".")[:-1]
    items = [".".join(steps[: depth + 1]) for depth, step in enumerate(steps) if step.endswith("]")]
    return schema_path(path), items[-1] if items else "", {item: schema_path(item) for item in items}
