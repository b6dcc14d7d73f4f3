"""How the parts of a return are reached by a path of the form, through groups and the items of repeats."""

from collections.abc import Iterator, Sequence

from pipeline.model.forms import FieldType, Form
from pipeline.model.plans import Group, Node
from pipeline.model.records import Answer


def way_to(path: str, form: Form) -> tuple[list[str], list[str]]:
    """Part a schema path behind its innermost repeat: the way to each item of it, and the way from there to the field."""
    keys = path.split(".")
    paths = [".".join(keys[: depth + 1]) for depth in range(len(keys))]
    depth = max((at for at, one in enumerate(paths, 1) if form.by_path[one].type is FieldType.REPEAT), default=0)
    return keys[:depth], keys[depth:]


def groups_at(group: Group, keys: Sequence[str]) -> Iterator[Group]:
    """Yield the groups at the end of a way through groups and repeats."""
    if not keys:
        yield group
        return
    node = group.parts.get(keys[0], ())
    for part in (node,) if isinstance(node, Group | Answer) else node:
        if isinstance(part, Group):
            yield from groups_at(part, keys[1:])


def node_at(group: Group, keys: Sequence[str]) -> Node | None:
    """Return what stands at the end of a way through groups; None where nothing does."""
    node: Node | None = group
    for key in keys:
        node = node.parts.get(key) if isinstance(node, Group) else None
    return node


def answer_at(group: Group, keys: Sequence[str]) -> Answer | None:
    """Return the one answer at the end of a way through groups; None where there is none."""
    node = node_at(group, keys)
    return node if isinstance(node, Answer) else None


def answers_of(group: Group) -> Iterator[Answer]:
    """Yield every answer under a group, in the order of the form."""
    for node in group.parts.values():
        for part in (node,) if isinstance(node, Group | Answer) else node:
            if isinstance(part, Answer):
                yield part
            else:
                yield from answers_of(part)
