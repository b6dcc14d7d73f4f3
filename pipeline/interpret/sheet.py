"""Answers by the item they belong to, and their values nested as the form nests them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.forms import Field, FieldType
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, State, Value


@dataclass(slots=True)
class Sheet:
    """The answers found so far. An item is named by the beginning of its paths: `priorities[1].`, and the record itself by nothing."""

    items: dict[str, dict[str, list[Answer]]] = field(default_factory=dict)
    """Item to key to answers: one, or for a field that may have several values, each of them."""
    children: dict[str, list[str]] = field(default_factory=dict)
    """The instance path of a repeat to its items, in reading order."""

    def add(self, answer: Answer) -> None:
        """Add an answer, in place of one of the same path."""
        item, dot, key = answer.field.rpartition(".")
        item += dot
        if item not in self.items:
            self._begin(item)
        own = self.items[item].setdefault(key.partition("[")[0], [])
        for at, other in enumerate(own):
            if other.field == answer.field:
                own[at] = answer
                return
        own.append(answer)

    def _begin(self, item: str) -> None:
        self.items[item] = {}
        outer, dot, _ = item[:-1].rpartition(".")
        if item and outer + dot not in self.items:
            self._begin(outer + dot)
        repeat, bracket, _ = item.rpartition("[")
        if bracket and item.endswith("]."):
            self.children.setdefault(repeat, []).append(item)

    def of(self, item: str, key: str) -> Sequence[Answer]:
        """Return the answers of a field of an item."""
        return self.items.get(item, {}).get(key, ())

    def answered(self, item: str, key: str) -> bool:
        """Say whether the return has words for a field."""
        return any(answer.state is not State.BLANK for answer in self.of(item, key))

    def instances(self, parent: str) -> list[str]:
        """Return the items that a schema path names: those of a repeat, or a group in each item around it.

        Args:
            parent: the schema path of a repeat or group; empty for the record itself.
        """
        found = [""]
        for key in parent.split(".") if parent else ():
            found = [
                inner
                for item in found
                for inner in self.children.get(item + key, () if item + key + "." not in self.items else (f"{item}{key}.",))
            ]
        return found

    def answers(self, fields: Mapping[str, Field], item: str = "") -> Iterator[Answer]:
        """Yield the answers in the order of the form; a field without a slot as removed."""
        for key, field_ in fields.items():
            if field_.type is FieldType.REPEAT:
                for child in self.children.get(item + key, ()):
                    yield from self.answers(field_.fields, child)
            elif field_.type is FieldType.GROUP:
                yield from self.answers(field_.fields, f"{item}{key}.")
            else:
                yield from self.of(item, key) or (_removed(item + key),)

    def values(self, fields: Mapping[str, Field], item: str = "") -> dict[str, Value]:
        """Nest the values as the form nests them. What was removed has no key; what was left blank is None."""
        nested: dict[str, Value] = {}
        for key, field_ in fields.items():
            if field_.type is FieldType.REPEAT:
                nested[key] = [self.values(field_.fields, child) for child in self.children.get(item + key, ())]
            elif field_.type is FieldType.GROUP:
                if group := self.values(field_.fields, f"{item}{key}."):
                    nested[key] = group
            elif own := self.of(item, key):
                several = field_.many or field_.type is FieldType.LIST
                nested[key] = [answer.value for answer in own if answer.value is not None] if several else own[0].value
        return nested


_NOWHERE = (Passage("", Place()),)


def _removed(path: str) -> Answer:
    return Answer(path, None, State.REMOVED, _NOWHERE, "phrase", 1.0)
