"""Kinds that ask whether success could be told from failure."""

import re
from collections.abc import Iterator

from pipeline.check.kinds import REPEAT, FieldPath, Hit, Params, kind
from pipeline.check.views import View
from pipeline.grammar.texts import flat

_TELLS = re.compile(
    r"\d|%|(?<!\w)(?:"
    r"at least|at most|(?:no )?(?:fewer|more|less|greater|higher|lower|better|faster) than|increas|reduc|rise|fall|fewer|double|halv|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|quarter|third|all|every|each|none|no|zero|"
    r"\w{2,30}ed|met|held|built|won|in place|in use|on line|online|take-up|rate|rating"
    r")"
)
"""A number, a comparison, "all" or "none", or something that has happened or has not: "agreed", "in place"."""


class Measurable(Params):
    """Parameters of `measurable`."""

    fields: tuple[FieldPath, ...]
    """Where an item says how its success is measured."""


@kind("measurable", REPEAT, Measurable)
def measurable(params: Measurable, of: str, view: View) -> Iterator[Hit]:
    """At least one measure of an item can be told met or missed: by a number, a comparison or an event. A heuristic on words."""
    for item in view.items(of):
        measures = (answer.value or "" for field in params.fields for answer in view.given(field, item))
        if not any(_TELLS.search(flat(measure)) for measure in measures):
            yield Hit(item)
