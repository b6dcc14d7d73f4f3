"""What is wrong with a paper: found by `pipeline.publish.proof.lint` before it goes to its meeting."""

from typing import NamedTuple

from pipeline.model.findings import Finding, Severity


class Flaw(NamedTuple):
    """Something in a paper that must be mended, or that its readers must know of."""

    code: str
    """The check that found it; docs/papers.md lists them."""
    severity: Severity
    """`error` keeps the paper a draft, `warning` does not."""
    about: str
    """What it is about, for as long as it stays the same, with the figures of the records: `narrative.refresh[27 priorities, not 36]`.

    Whoever accepts it accepts these figures: where the records change again, it is another flaw.
    """
    place: str
    """Where it is, for people: file, part, paragraph."""
    message: str
    """What is wrong: a sentence."""
    advice: str
    """What to do: a sentence."""
    declared: bool = False
    """True where the paper itself says so, under what is missing or disputed."""

    @property
    def finding(self) -> Finding:
        """The flaw as a finding of the round: what a person can override, with a reason."""
        return Finding(self.code, self.severity, self.about, self.message)

    @property
    def blocks(self) -> bool:
        """True where the paper cannot be final with it."""
        return self.severity is Severity.ERROR
