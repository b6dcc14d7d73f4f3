"""The plan becomes papers: delivery plan, annex in Word and in Excel, committee paper."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from pipeline.errors import SetupError
from pipeline.model.flaws import Flaw
from pipeline.model.plans import Plan
from pipeline.publish.attached import Attached
from pipeline.publish.context import Context
from pipeline.publish.files import put, shorten
from pipeline.publish.makings import Makings
from pipeline.publish.masters.kept import beside_the_program
from pipeline.publish.masters.master import Master
from pipeline.publish.own_words import asked, given, narrative
from pipeline.publish.page_numbers import known_pages
from pipeline.publish.runs import Styles
from pipeline.publish.sources import Binding
from pipeline.publish.views import Facts
from pipeline.publish.workbook import write_workbook
from pipeline.tools.libreoffice import found

MASTERS = ("plan.docx", "annex.docx", "paper.docx")
"""Of a kit, what the papers are made of."""


class Report(NamedTuple):
    """A paper that a Word master of the kit makes."""

    name: str
    """What its file is called, without the ending."""
    master: Master
    title: str
    """Its title property: what a screen reader says first."""
    more: Mapping[str, Callable[[], object]] = {}
    """How the first words are made that only this paper has."""

    def makers(self, plan: Plan, binding: Binding | None = None) -> Mapping[str, Callable[[], object]]:
        """Return how each first word that its tags may begin with is made."""
        return {**makers(plan, self.master.path, self.master.styles, self.master.text_width, binding), **self.more}

    def write(self, target: IO[bytes], plan: Plan, folder: Path | None = None, original: Callable[[str], bytes] | None = None) -> None:
        """Fill the master with a plan.

        Args:
            target: where to; a file open for writing.
            plan: what to fill it with.
            folder: where the paper goes: links lead out from there, and one that lies there knows the pages of its headings.
            original: returns a document as it came, by its SHA-256, for a link to it.

        Raises:
            SetupError: a tag of the master names something that is not there.
        """
        pages = known_pages(folder / f"{self.name}.docx") if folder and "contents" in self.master.names and found() else ()
        binding = Binding(Attached(), folder, self.master.printed(plan.round.form), original, pages)
        makers = self.makers(plan, binding)
        context = {name: makers[name]() for name in sorted(self.master.names)}
        self.master.write(target, context, self.title, plan.round.meeting.body or plan.round.name, binding.attached)


def makers(plan: Plan, master: Path, styles: Styles, text_width: int, binding: Binding | None = None) -> Mapping[str, Callable[[], object]]:
    """Return how each first word is made that the tags of any master may begin with.

    Args:
        plan: the plan.
        master: the Word file, in whose order the officer's words and questions stand.
        styles: those of the master.
        text_width: of its last section, in twentieths of a point.
        binding: what ties it to the paper that is written.
    """
    words = {"narrative": lambda: narrative(plan, master), "questions": lambda: asked(plan, master, styles), "flaws": list}
    return {**Context(plan, styles, text_width, binding).makers, **words}


def publish(
    plan: Plan,
    folder: Path,
    flaws: Sequence[Flaw] | None = None,
    made_from: str = "",
    original: Callable[[str], bytes] | None = None,
) -> tuple[Path, ...]:
    """Write the papers of a plan. A paper that would not change is left as it lies.

    Args:
        plan: the merged records. The masters are `plan.docx`, `annex.docx` and `paper.docx` of its round's kit.
        folder: where the papers go: `outbox/plan` of the round.
        flaws: what is wrong with them (`pipeline.publish.proof.lint`): where something is to be mended they say that they are drafts, and
            the paper why. None where nobody has looked: then they are drafts while queries are open or returns wait.
        made_from: names the state of all that the plan was merged from, besides its round. Where it is told, a paper whose makings are
            the same as when it was written is not even made again.
        original: returns a document as it came, by its SHA-256: one that lies in no inbox is put beside the papers, to be linked to.

    Returns:
        The papers, in the order in which people read them.

    Raises:
        SetupError: a master is missing or broken, or names what the form or round.yaml does not have (all of it is listed);
            or the folder cannot be written to. A paper that was there before stays as it was.
    """
    reports = [report._replace(more=as_draft(plan, flaws)) for report in _reports(plan)]
    check_masters(reports, plan)
    shorten(folder)
    annex, draft = plan.round.form.annex.title, _is_draft(plan, flaws)
    makings = Makings(plan, (draft, *(flaw for flaw in flaws or () if flaw.blocks)), made_from)
    papers = tuple(_written(report, plan, folder, makings, original) for report in reports)
    return (*papers, put(folder / f"{annex}.xlsx", lambda target: write_workbook(target, plan, draft=draft), makings.of()))


def _written(report: Report, plan: Plan, folder: Path, makings: Makings, original: Callable[[str], bytes] | None) -> Path:
    path = folder / f"{report.name}.docx"
    return put(path, lambda target: report.write(target, plan, folder, original), makings.of(report.master.path))


def as_draft(plan: Plan, flaws: Sequence[Flaw] | None) -> Mapping[str, Callable[[], object]]:
    """Return how the words are made that say whether a paper is a draft, and why."""
    wrong = [flaw for flaw in flaws or () if flaw.blocks]
    said = [Facts("a flaw", {"place": one.place, "message": one.message, "advice": one.advice}) for one in wrong if not one.declared]
    return {"draft": lambda: _is_draft(plan, flaws), "flaws": lambda: said}


def _is_draft(plan: Plan, flaws: Sequence[Flaw] | None) -> bool:
    return plan.draft if flaws is None else any(flaw.blocks for flaw in flaws)


def _reports(plan: Plan) -> tuple[Report, ...]:
    round_ = plan.round
    annex = round_.form.annex.title
    names = ("Delivery plan", annex, "Committee paper")
    titles = (f"{round_.name}: delivery plan", f"{round_.name}: {annex}", round_.meeting.title or round_.name)
    masters = (Master(round_.kit / master, beside_the_program()) for master in MASTERS)
    return tuple(map(Report, names, masters, titles))


def check_masters(reports: Iterable[Report], plan: Plan) -> None:
    """Find every tag that has nothing to print, in all masters, before anything is written.

    Raises:
        SetupError: there are some; every one is listed.
    """
    mistakes = []
    for report in reports:
        master, known = report.master, frozenset(report.makers(plan))
        choice = ", ".join(sorted(known))
        mistakes += [f"{master.path} – a tag begins with “{name}” – write one of: {choice}" for name in sorted(master.names - known)]
        missing = sorted(master.asked_of("narrative") - master.optional_of("narrative") - frozenset(given(plan.round)))
        way_out = f"write it, or take its tag out of {master.path.name}"
        mistakes += [f"round.yaml, narrative – “{name}” is missing – {way_out}" for name in missing]
    if mistakes:
        raise SetupError("The report masters print what is not there.", "Mend what is listed, then publish again.", tuple(mistakes))
