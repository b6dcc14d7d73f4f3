"""The papers read before they go out: what is wrong with them, and what a person accepted all the same, with the reason.

A flaw is accepted as a finding is (`proforma override`); the paper prints the reason with those of the returns.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pipeline.model.flaws import Flaw
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.plans import Override, Plan
from pipeline.publish.proof.lint import lint
from pipeline.publish.proof.words import scaffold_of
from pipeline.rounds.scaffold import scaffold


class Proofread(NamedTuple):
    """A plan, ready to become papers, and what is wrong with them."""

    plan: Plan
    """With what was accepted of the papers among its overrides."""
    flaws: tuple[Flaw, ...]
    """Errors first; those that a person accepted are left out."""
    state: str = ""
    """Names the state of the store that it was read from; empty where nobody says."""

    @property
    def blocking(self) -> tuple[Flaw, ...]:
        """What must be mended, or accepted with a reason, before the papers are final."""
        return tuple(flaw for flaw in self.flaws if flaw.blocks)


def proofread(plan: Plan, decisions: Iterable[Decision], on: dt.date | None = None) -> Proofread:
    """Read the papers of a plan before they go out.

    Args:
        plan: the merged records.
        decisions: of the whole round.
        on: the day; where None, no date is past.

    Raises:
        SetupError: a master is missing or no Word document, or the kit's round.yaml cannot be used.
    """
    accepted = {one.about: one for one in decisions if one.kind is DecisionKind.OVERRIDE}
    found = lint(plan, scaffold_of(scaffold(plan.round.kit)), on)
    settled = tuple(Override(flaw.finding, accepted[flaw.finding.key]) for flaw in found if flaw.finding.key in accepted)
    if settled:
        plan = replace(plan, overrides=(*plan.overrides, *settled))
    return Proofread(plan, tuple(flaw for flaw in found if flaw.finding.key not in accepted))
