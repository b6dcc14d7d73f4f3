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
from pipeline.publish.masters.tags import read_tags
from pipeline.publish.papers import MASTERS
from pipeline.publish.proof import figures, records, words
from pipeline.publish.proof.proof import Proof

_PAPER = "paper.docx"


class Check(NamedTuple):
    """A check of a paper."""

    codes: tuple[str, ...]
    """Of the flaws that it finds."""
    find: Callable[[Proof], Iterator[Flaw]]


CHECKS = (
    Check(("placeholder",), words.placeholders),
    Check(("open-query",), records.open_queries),
    Check(("not-accepted",), records.not_accepted),
    Check(("no-return",), records.no_return),
    Check(("unsaid-override",), records.overrides_unsaid),
    Check(("totals",), records.totals),
    Check(("empty-annex",), records.empty_annex),
    Check(("stale-figure",), figures.stale_figures),
    Check(("all-replied",), figures.everybody_replied),
    Check(("other-date",), figures.other_dates),
    Check(("silent-named",), words.silent_named),
    Check(("unknown-named",), words.unknown_named),
    Check(("meeting-past", "no-meeting-date", "no-contact"), records.meeting),
    Check(("left-out",), records.left_out),
)
"""In the order in which an officer meets what they find."""


def lint(plan: Plan, scaffold: frozenset[str] = frozenset(), on: dt.date | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with the papers of a plan, errors first.

    Args:
        plan: the merged records. The masters are those of its round's kit.
        scaffold: texts that were put there to be written over (`words.scaffold_of`).
        on: the day on which it is read; where None, no date is past.

    Raises:
        SetupError: a master is missing or no Word document.
    """
    masters = {name: read_tags(plan.round.kit / name) for name in MASTERS}
    proof = Proof(plan, tuple(masters.values()), masters[_PAPER], scaffold, on)
    found = [flaw for check in CHECKS for flaw in check.find(proof)]
    return tuple(sorted(found, key=lambda flaw: not flaw.blocks))
