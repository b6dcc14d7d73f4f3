"""Nest values by their instance paths."""

import re
from collections.abc import Iterable

from pipeline.model.records import Value

_STEP = re.compile(r"([a-z0-9_]+)|\[(\d+)\]")


def nested(values: Iterable[tuple[str, str | None]]) -> dict[str, Value]:
    """Build objects and lists from instance paths: `priorities[1].title` becomes `{"priorities": [{"title": …}]}`.

    Args:
        values: paths and values; items of a repeat come in order, counted from 1 without gaps.
    """
    tree: dict[str, Value] = {}
    for path, value in values:
        _put(tree, [int(step[2]) if step[2] else step[1] for step in _STEP.finditer(path)], value)
    return tree


def _put(tree: dict[str, Value], steps: list[str | int], value: str | None) -> None:
    at: dict[str, Value] | list[Value] = tree
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        made: Value = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(at, list):
            assert isinstance(step, int)
            if len(at) < step:
                at.append(made)
            inner = at[step - 1]
        else:
            assert isinstance(step, str)
            inner = at.setdefault(step, made)
        if isinstance(inner, (dict, list)):
            at = inner
