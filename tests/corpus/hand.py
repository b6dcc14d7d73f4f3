"""The hand that fills in a return: what it has to say, in which words it labels it, and how it types lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from tests.corpus.answers import Answers, Priority
from tests.corpus.lists import Lists
from tests.corpus.sheets import Line, Run, form, labelled
from tests.corpus.wording import INSTRUCTIONS

OVER = ("number", "word", "word-dash", "in-brackets", "bare", "label")
"""What stands over a block: "1. Housing", "Priority 1: Housing", "Priority 1 – Housing", "1. [Housing]", "Housing", "Priority: Housing"."""


@dataclass
class Hand:
    """Somebody filling in the form."""

    answers: Answers
    rng: Random
    words: Mapping[str, str]
    """The labels by what they ask."""
    colon: str
    lists: Lists
    habits: tuple[str, ...] = ()
    contact_form: str = "commas"
    over: str = "number"
    """What stands over each block: of `OVER`."""
    lead_in_block: bool = False
    """Whether each block names its lead officer: where there is no list that does."""
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        self.bold = self.rng.random() < 0.6

    def word(self, key: str) -> str:
        """Return a label without its colon."""
        return self.words[key]

    def label(self, key: str) -> str:
        """Return a label as it stands before an answer."""
        word = self.word(key)
        return word if word.endswith(("?", ")")) else word + self.colon

    def inline_label(self, key: str) -> str:
        """Return a label for an answer on the same line, where something must part the two."""
        word = self.word(key)
        return word if word.endswith("?") else word + (self.colon or ":")

    def on_a_line(self, key: str, answer: str, gap: str = " ") -> Line:
        """Return a label and its answer on one line."""
        return labelled(self.inline_label(key), answer, gap=gap, bold=self.bold)

    def heading(self, key: str, style: str = "") -> tuple[Line, ...]:
        """Return a label on a line of its own, with the form's instructions where they were left in."""
        label = form(self.label(key), bold=self.bold and not style, style=style)
        if key not in INSTRUCTIONS or "instructions" not in self.habits:
            return (label,)
        if key == "context":
            return (label, *(form(line) for line in INSTRUCTIONS[key]))
        first = Line((*label.runs, Run(f" – {INSTRUCTIONS[key][0]}", "form")), style)
        return (first,)

    # -- answers of several lines ------------------------------------------------------------------------------------

    def header_fields(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the first questions with the lines of their answers."""
        own = self.answers
        return [("partnership", (own.partnership,)), ("chair", (own.chair,)), ("cabinet", (own.cabinet,)), ("contact", self.contact())]

    def contact(self) -> tuple[str, ...]:
        """Return what stands in a box for the contact officer."""
        name, job, email, phone = self.answers.contact
        return {
            "commas": (f"{name}, {job}, {phone}, {email}",),
            "lines": (name, job, email, phone),
            "labelled": (name, f"Tel: {phone}", f"Email: {email}"),
            "brackets": (f"{name} ({job}) – {email} / {phone}",),
            "semicolons": (f"{name}; {phone}; {email}",),
            "name-alone": (name,),
        }[self.contact_form]

    def context(self, priority: Priority) -> tuple[Line, ...]:
        """Return the context in one piece."""
        return self.paragraphs(priority.context)

    def paragraphs(self, texts: tuple[str, ...]) -> tuple[Line, ...]:
        """Return paragraphs; one that begins with "* " is a bullet."""
        if "gaps" in self.habits and len(texts) > 1:
            texts = tuple(line for text in texts for line in (text, ""))[:-1]
        return tuple(
            Line((Run(text.removeprefix("* ")),), "", "bullet" if text.startswith("* ") else "", 999 if text.startswith("* ") else 0)
            for text in texts
        )

    def deliverables(self, priority: Priority) -> tuple[Line, ...]:
        """Return the deliverables as a list, each with its by-when in its sentence."""
        return self.lists.typed([one.whole for one in priority.deliverables], "D")

    def measures(self, priority: Priority) -> tuple[Line, ...]:
        """Return the measures as a list."""
        return self.lists.typed(list(priority.measures), "M")

    def number(self, at: int) -> int:
        """Return the number that the hand writes over a block; one who copies blocks may forget to change it."""
        return min(at, 3) if "number-not-updated" in self.habits else at

    def lead(self, priority: Priority) -> tuple[Line, ...]:
        """Return the line that names a block's lead officer, where blocks do."""
        return (self.on_a_line("lead", priority.lead),) if self.lead_in_block else ()

    def block_title(self, priority: Priority) -> str:
        """Return what stands over a block."""
        return priority.short if "short-titles" in self.habits else priority.title
