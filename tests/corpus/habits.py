"""What people do to a form besides answering it. Each habit changes a laid-out return; some leave words that are no answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.corpus.sheets import Block, Grid, Line, Run, aside, cell, changed, form, grid
from tests.corpus.wording import PROVIDE, REPEAT


@dataclass
class Desk:
    """A return as it lies before the person who is filling it in."""

    rng: Random
    sections: dict[str, tuple[Block, ...]]
    """The parts of the return in order: `top`, `header`, `summary`, `blocks`, `pledges`, `end`."""
    stray: list[str] = field(default_factory=list)
    """Words that no answer may hold."""
    tracked: bool = False
    header: str = ""
    footer: str = ""
    landscape: bool = False

    def each(self, change: Callable[[Line], tuple[Line, ...]]) -> None:
        """Change every line."""
        self.sections = {name: changed(blocks, change) for name, blocks in self.sections.items()}

    def some_answer(self, change: Callable[[Line], Line], longest: int = 400) -> None:
        """Change one line in which a respondent answers in some words, chosen by chance."""
        found = [line for name in ("blocks", "pledges") for line in _answers(self.sections[name]) if 40 < len(line.text) < longest]
        if found:
            chosen = self.rng.choice(found)
            self.each(lambda line: (change(line),) if line is chosen else (line,))


def _answers(blocks: tuple[Block, ...]) -> list[Line]:
    found: list[Line] = []

    def keep(line: Line) -> tuple[Line, ...]:
        if line.runs and line.runs[-1].role == "answer" and line.answers:
            found.append(line)
        return (line,)

    changed(blocks, keep)
    return found


def _look(**looks: object) -> Callable[[Desk], None]:
    def change(line: Line) -> tuple[Line, ...]:
        return (line._replace(runs=tuple(run._replace(**looks) if run.role == "answer" else run for run in line.runs)),)  # type: ignore[arg-type]

    return lambda desk: desk.each(change)


def guidance(desk: Desk) -> None:
    """Leave the form's sentences between its parts."""
    desk.sections["summary"] += (form(PROVIDE),)
    desk.sections["blocks"] += (form(REPEAT),)


def comment(desk: Desk) -> None:
    """A colleague comments on an answer."""
    words = "Is this figure still right after the January cabinet?"
    desk.some_answer(lambda line: line._replace(runs=(*line.runs[:-1], line.runs[-1]._replace(note=("comment", words)))))
    desk.stray.append(words)


def footnote(desk: Desk) -> None:
    """A footnote on an answer."""
    words = "Source: Data Observatory, table 7b."
    desk.some_answer(lambda line: line._replace(runs=(*line.runs[:-1], line.runs[-1]._replace(note=("footnote", words)))))
    desk.stray.append(words)


def hidden(desk: Desk) -> None:
    """Words that were hidden and forgotten."""
    words = " [check with finance before circulating]"
    desk.some_answer(lambda line: line._replace(runs=(*line.runs, Run(words, change="hidden"))))
    desk.stray.append(words.strip())


def tracked(desk: Desk) -> None:
    """Changes that nobody accepted: some words are new, others were deleted."""

    def change(line: Line) -> Line:
        run = line.runs[-1]
        at = run.text.rfind(" ", 0, len(run.text) * 2 // 3) + 1
        old = run._replace(text="provisional wording, ", change="deleted")
        return line._replace(
            runs=(*line.runs[:-1], run._replace(text=run.text[:at]), old, run._replace(text=run.text[at:], change="inserted"))
        )

    for _ in range(3):
        desk.some_answer(lambda line: line if any(run.change for run in line.runs) else change(line))
    desk.tracked = True
    desk.stray.append("provisional wording")


def boxed(desk: Desk) -> None:
    """A respondent draws text boxes over the form and answers in them."""

    def change(line: Line) -> tuple[Line, ...]:
        whole = bool(line.runs) and all(run.role == "answer" for run in line.runs) and len(line.text) > 30 and not line.item
        return (line._replace(boxed=True),) if whole else (line,)

    desk.sections["blocks"] = tuple(block if isinstance(block, Grid) else changed((block,), change)[0] for block in desk.sections["blocks"])


def extra_section(desk: Desk) -> None:
    """A section that nobody asked for, at the end."""
    words = ("Loss of grant funding after 2012 (high)", "Capacity of the voluntary sector (medium)")
    desk.sections["end"] += (form("Risks", bold=True), *map(aside, words))
    desk.stray += words


def extra_table(desk: Desk) -> None:
    """A table that nobody asked for, before the pledges."""
    rows = (
        (cell(aside("Resources required")), cell(aside("Source of resources"))),
        (cell(aside("One full-time project officer")), cell(aside("Performance Reward Grant"))),
    )
    desk.sections["blocks"] += (form("Additional information", bold=True), grid(*rows))
    desk.stray += ("One full-time project officer", "Performance Reward Grant")


def covering_note(desk: Desk) -> None:
    """A note above the form."""
    words = "Dear Sarah, please find below our completed pro forma, as agreed at our meeting on 12 April. Apologies for the delay."
    desk.sections["top"] = (aside(words), form(""), *desk.sections["top"])
    desk.stray.append(words)


def signature(desk: Desk) -> None:
    """A signature below the form."""
    desk.sections["end"] += (form(""), aside("Signed off by the executive on 3 May 2011"), aside("Version 0.4 DRAFT"))
    desk.stray += ("Signed off by the executive", "Version 0.4 DRAFT")


def margins(desk: Desk) -> None:
    """A page header and a footer."""
    desk.header, desk.footer = "RESTRICTED – draft for comment", "H:\\Partnerships\\2030\\proforma v3.doc"
    desk.stray += (desk.header, desk.footer)


def spaces(desk: Desk) -> None:
    """Odd spaces: two after a full stop, some that do not break, soft hyphens."""

    def change(text: str) -> str:
        return text.replace(". ", ".  ").replace(" and ", "\u00a0and ").replace("ment ", "\u00adment ")

    desk.each(
        lambda line: (line._replace(runs=tuple(run._replace(text=change(run.text)) if run.role == "answer" else run for run in line.runs)),)
    )


def pledges_first(desk: Desk) -> None:
    """The review of pledges stands before the priorities."""
    order = ("top", "header", "pledges", "summary", "blocks", "end")
    desk.sections = {name: desk.sections[name] for name in order}


def contact_last(desk: Desk) -> None:
    """Whose return it is stands at the end."""
    order = ("top", "summary", "blocks", "pledges", "header", "end")
    desk.sections = {name: desk.sections[name] for name in order}


def part_headings(desk: Desk) -> None:
    """Headings of the respondent's own."""
    for name, words in (
        ("header", "Section A: Partnership details"),
        ("summary", "Section B: Priorities"),
        ("pledges", "Section C: Pledges"),
    ):
        desk.sections[name] = (form(words, style="Heading 1"), *desk.sections[name])


def landscape(desk: Desk) -> None:
    """Pages on their side."""
    desk.landscape = True


HABITS: Mapping[str, Callable[[Desk], None] | None] = {
    "instructions": guidance,
    "unused-rows": None,
    "unused-block": None,
    "number-not-updated": None,
    "short-titles": None,
    "gaps": None,
    "blank-fields": None,
    "not-applicable": None,
    "blue-answers": _look(colour="0000FF"),
    "italic-answers": _look(italic=True),
    "bold-answers": _look(bold=True),
    "comment": comment,
    "footnote": footnote,
    "hidden": hidden,
    "tracked": tracked,
    "text-boxes": boxed,
    "extra-section": extra_section,
    "extra-table": extra_table,
    "covering-note": covering_note,
    "signature": signature,
    "margins": margins,
    "spaces": spaces,
    "pledges-first": pledges_first,
    "contact-last": contact_last,
    "part-headings": part_headings,
    "landscape": landscape,
}
"""Habits by name. Those without a function are known to the hand that lays the return out."""
