"""Counts of a plan's items by the words of a vocabulary: of pledges, those met and those that remain.

What is counted by what, the form says (`plan: tallies`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.model.forms import TallyLayout
from pipeline.model.plans import Entry, Plan
from pipeline.publish.reach import answer_at, groups_at, way_to
from pipeline.publish.views import Facts, Many

NONE = "none"
"""What items are counted under that name no word of the vocabulary."""


def tallies(plan: Plan) -> Facts:
    """Return the counts as a master sees them.

    Each has `total`; `counts` by the words of the vocabulary and `none`; and `bodies`, those partnerships that have any, each with its
    name, counts and total.
    """
    return Facts("the form, plan, tallies,", {name: _tally(plan, layout) for name, layout in plan.round.form.plan.tallies.items()})


def _tally(plan: Plan, layout: TallyLayout) -> Facts:
    form = plan.round.form
    words = [term.name for term in plan.round.vocabularies.get(form.by_path[layout.by].choices, ())]
    to_items, to_word = way_to(layout.by, form)

    def said(entry: Entry) -> Iterator[str]:
        for item in groups_at(entry.answers, to_items):
            answer = answer_at(item, to_word)
            yield answer.value if answer and answer.value in words else NONE

    counted = [(entry, Counter(said(entry))) for entry in plan.entries]
    having = [(entry, counts) for entry, counts in counted if counts]
    everything = sum((counts for _, counts in having), Counter[str]())
    return Facts("a tally", {**_figures(everything, words), "bodies": Many(having, lambda pair: _body(*pair, words))})


def _body(entry: Entry, counts: Mapping[str, int], words: list[str]) -> Facts:
    return Facts("a partnership of a tally", {"name": entry.partnership.name, **_figures(counts, words)})


def _figures(counts: Mapping[str, int], words: list[str]) -> dict[str, object]:
    return {"total": sum(counts.values()), "counts": Facts("the vocabulary", {word: counts.get(word, 0) for word in (*words, NONE)})}
