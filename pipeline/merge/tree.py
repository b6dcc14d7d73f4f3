"""Answers with instance paths become the tree that the form describes."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.forms import Field, FieldType, Form
from pipeline.model.plans import Group, Node
from pipeline.model.records import Answer, State

Branch = dict[str, "Answer | Branch"]
"""A tree while it grows: keys are those of the form, and the numbers of items as text."""


def tree(answers: Iterable[Answer], form: Form) -> Group:
    """Arrange the answers of a record as the form nests them.

    Args:
        answers: those of one record; the items of repeats may have gaps in their numbers.
        form: the form they answer. What it does not know is left out.

    Returns:
        The whole form. Items of a repeat are in the order of their numbers; those that nobody filled in are left out.
    """
    root: Branch = {}
    branches: dict[str, Branch] = {"": root}
    for answer in answers:
        parent, _, last = answer.field.rpartition(".")
        _put(_branch(parent, branches), last, answer)
    return _group("", root, form.fields, form.plan.of)


def _branch(path: str, branches: dict[str, Branch]) -> Branch:
    found = branches.get(path)
    if found is None:
        found = branches[path] = {}
        parent, _, last = path.rpartition(".")
        _put(_branch(parent, branches), last, found)
    return found


def _put(branch: Branch, last: str, what: "Answer | Branch") -> None:
    key, bracket, number = last.partition("[")
    if not bracket:
        branch[key] = what
        return
    items = branch.setdefault(key, {})
    if isinstance(items, dict):
        items[number[:-1]] = what


def _group(path: str, branch: Branch, fields: Mapping[str, Field], titled: str) -> Group:
    parts: dict[str, Node] = {}
    for key, field in fields.items():
        node = branch.get(key)
        if node is not None:
            parts[key] = _node(f"{path}.{key}" if path else key, node, field, key == titled)
    return Group(path, parts)


def _node(path: str, node: "Answer | Branch", field: Field, asked_for: bool) -> Node:
    if isinstance(node, Answer):
        return (node,) if _several(field) else node
    if field.type is FieldType.GROUP:
        return _group(path, node, field.fields, "")
    numbered = sorted(node.items(), key=lambda pair: int(pair[0]))
    if field.type is not FieldType.REPEAT:
        return tuple(answer for _, answer in numbered if isinstance(answer, Answer))
    items = (_group(f"{path}[{number}]", item, field.fields, "") for number, item in numbered if isinstance(item, dict))
    return tuple(item for item in items if _used(item, field, asked_for))


def _several(field: Field) -> bool:
    return field.many or field.type is FieldType.LIST


def _used(item: Group, field: Field, asked_for: bool) -> bool:
    """Say whether someone filled an item in.

    Spare items of the plan's own repeat carry what the blank was prefilled with, which is no reason to keep them, unless it is their name.
    A pledge that was prefilled and not commented on is one: the plan says that it has no answer.
    """
    return any(True for key, answer in leaves(item) if answer.state is State.GIVEN and not (asked_for and _prefilled(field, key)))


def _prefilled(field: Field, key: str) -> bool:
    return key in field.fields and bool(field.fields[key].prefill) and key != next(iter(field.fields))


def leaves(group: Group) -> Iterator[tuple[str, Answer]]:
    """Yield every answer under a group with the key, within the group, that leads to it."""
    for key, node in group.parts.items():
        for answer in _leaves(node):
            yield key, answer


def _leaves(node: Node) -> Iterator[Answer]:
    if isinstance(node, Answer):
        yield node
    elif isinstance(node, Group):
        for part in node.parts.values():
            yield from _leaves(part)
    else:
        for part in node:
            yield from _leaves(part)
