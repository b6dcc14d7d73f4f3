"""The paper linted like code: what must be mended before it is final, and what it must say of itself.

An error keeps the paper a draft: `proforma publish` prints it and says so on it, `proforma publish --final` writes nothing. A warning is
something that the paper declares by itself, or that only a person can judge. Each can be overridden with a reason, which the paper prints.

Knows the records, the officer's words and the words of the masters; nothing of where they came from.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.model.flaws import Flaw
from pipeline.model.plans import Plan
from pipeline.publish import lint_figures, lint_records, lint_words
from pipeline.publish.papers import MASTERS
from pipeline.publish.proof import Proof
from pipeline.publish.tags import read_tags

_PAPER = "paper.docx"


class Check(NamedTuple):
    """A check of a paper."""

    codes: tuple[str, ...]
    """Of the flaws that it finds."""
    find: Callable[[Proof], Iterator[Flaw]]


CHECKS = (
    Check(("placeholder",), lint_words.placeholders),
    Check(("open-query",), lint_records.open_queries),
    Check(("not-accepted",), lint_records.not_accepted),
    Check(("no-return",), lint_records.no_return),
    Check(("unsaid-override",), lint_records.overrides_unsaid),
    Check(("totals",), lint_records.totals),
    Check(("empty-annex",), lint_records.empty_annex),
    Check(("stale-figure",), lint_figures.stale_figures),
    Check(("all-replied",), lint_figures.everybody_replied),
    Check(("other-date",), lint_figures.other_dates),
    Check(("silent-named",), lint_words.silent_named),
    Check(("unknown-named",), lint_words.unknown_named),
    Check(("meeting-past", "no-meeting-date", "no-contact"), lint_records.meeting),
    Check(("left-out",), lint_records.left_out),
)
"""In the order in which an officer meets what they find."""


def lint(plan: Plan, scaffold: frozenset[str] = frozenset(), on: dt.date | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with the papers of a plan, errors first.

    Args:
        plan: the merged records. The masters are those of its round's kit.
        scaffold: texts that were put there to be written over (`lint_words.scaffold_of`).
        on: the day on which it is read; where None, no date is past.

    Raises:
        SetupError: a master is missing or no Word document.
    """
    masters = {name: read_tags(plan.round.kit / name) for name in MASTERS}
    proof = Proof(plan, tuple(masters.values()), masters[_PAPER], scaffold, on)
    found = [flaw for check in CHECKS for flaw in check.find(proof)]
    return tuple(sorted(found, key=lambda flaw: not flaw.blocks))
