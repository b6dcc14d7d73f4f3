"""Whether the report masters of a kit can be filled, and whether they carry what papers must: for `proforma masters`.

A mistake keeps a paper from being written; a warning is something that a master forgets. What must be carried is listed here, by name.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import SetupError
from pipeline.model.findings import Severity
from pipeline.model.flaws import Flaw
from pipeline.model.forms import Field, FieldType, Form
from pipeline.model.plans import Plan
from pipeline.publish.masters.compiling import A4_TEXT_WIDTH
from pipeline.publish.masters.master import Master
from pipeline.publish.masters.meaning import Meant, meant
from pipeline.publish.masters.tags import read_tags
from pipeline.publish.papers import MASTERS, Report, as_draft, makers
from pipeline.publish.runs import Styles

INTERIM = "interim.docx"
_CONTACT = (FieldType.EMAIL, FieldType.PHONE)
_FLAW = Flaw("example", Severity.ERROR, "paper", "paper.docx", "Something is wrong.", "Mend it.")
Makers = Mapping[str, Callable[[], object]]


class Fact(NamedTuple):
    """Something that a master should print."""

    said: str
    names: tuple[str, ...]
    """Any of these tags prints it."""


class Checked(NamedTuple):
    """What was found in the report masters of a kit, a line each: where – what is wrong – what to do."""

    mistakes: tuple[str, ...]
    warnings: tuple[str, ...]


_DRAFT = Fact("that it is a draft, while it is one", ("draft",))
_ASKED = Fact("how many partnerships were asked", ("counts.asked", "board.replied"))
_REPLIED = Fact("how many replied", ("counts.replied", "board.replied"))
_SILENT = Fact("who did not reply", ("replies.silent", "returns.state", "board.partnerships.state"))

CARRIED: Mapping[str, tuple[Fact, ...]] = {
    "plan.docx": (Fact("the name of the round", ("round.name",)), _DRAFT, _ASKED, _REPLIED, _SILENT, Fact("the returns", ("entries",))),
    "annex.docx": (_DRAFT, Fact("the table of the annex", ("annex.table",))),
    "paper.docx": (
        Fact("its title", ("meeting.title",)),
        Fact("who meets", ("meeting.body",)),
        Fact("the date of the meeting", ("meeting.date",)),
        Fact("the contact officer", ("contacts.name",)),
        _DRAFT,
        Fact("what is to be mended before it is final", ("flaws.message",)),
        Fact("the recommendations", ("narrative.recommendation",)),
        _ASKED,
        _REPLIED,
        _SILENT,
        Fact("who had nothing to propose", ("replies.nil", "returns.state")),
        Fact("who declined", ("replies.declined", "returns.state")),
        Fact("whose return is not accepted yet", ("replies.waiting", "returns.state")),
        Fact("how many items the plan has", ("counts.total", "annex.table")),
        Fact("the queries that are open", ("queries.message", "counts.queries")),
        Fact("what was accepted with a reason, and the reason", ("overrides.reason",)),
        Fact("the annex", ("annex.table",)),
    ),
    INTERIM: (
        Fact("its day", ("board.on",)),
        _ASKED,
        Fact("where each partnership stands", ("board.partnerships.state",)),
        Fact("what happens next", ("board.ahead", "board.stages")),
    ),
}
"""What each master should print."""

SOMEWHERE = (
    Fact("the reasons for which findings were accepted", ("overrides.reason",)),
    Fact("the corrections", ("corrections.after",)),
    Fact("the queries that are open", ("queries.message",)),
    Fact("the timetable", ("timetable", "board.stages")),
)
"""What at least one master of a kit should print."""


def check_reports(plan: Plan, more: Mapping[str, Makers]) -> Checked:
    """Check the report masters of a kit.

    Args:
        plan: an example with something of everything; its round's kit is checked.
        more: how the first words are made that only one master has, by its file name.
    """
    mistakes: list[str] = []
    warnings: list[str] = []
    means: list[Meant] = []
    for name in (*MASTERS, INTERIM):
        try:
            found = _meant(plan, name, more.get(name, {}))
        except SetupError as error:
            mistakes.append(f"{name} – {error} – {error.hint}")
            continue
        means.append(found)
        mistakes += found.mistakes or _printed(plan, name, more.get(name, {}))
        forgotten = _forgotten(CARRIED[name], found.used) if found.used else []
        warnings += [f"{name} – it does not say {fact.said} – put a tag {' or '.join(fact.names)} into it"
                     for fact in forgotten]  # fmt: skip
    if not mistakes:
        warnings += _of_the_kit(plan, means)
    return Checked(tuple(dict.fromkeys(mistakes)), tuple(warnings))


def _meant(plan: Plan, name: str, more: Makers) -> Meant:
    path = plan.round.kit / name
    return meant(read_tags(path), {**makers(plan, path, Styles({}), A4_TEXT_WIDTH), **as_draft(plan, (_FLAW,)), **more})


def _printed(plan: Plan, name: str, more: Makers) -> list[str]:
    """Print a master whose tags all lead somewhere, and return what went wrong all the same."""
    try:
        report = Report(Path(name).stem, Master(plan.round.kit / name), "", more)
        report.write(io.BytesIO(), plan)
    except SetupError as error:
        return [f"{name} – {error} – {error.hint}"]
    return []


def _forgotten(facts: Iterable[Fact], used: Iterable[str]) -> list[Fact]:
    known = frozenset(used)
    return [fact for fact in facts if not known.intersection(fact.names)]


def _of_the_kit(plan: Plan, means: Iterable[Meant]) -> list[str]:
    """Return what no master of the kit prints."""
    form, kit = plan.round.form, plan.round.kit.name
    used = frozenset[str]().union(*(one.used for one in means))
    fields = frozenset[str]().union(*(one.fields for one in means))
    if "annex.table" in used:
        fields |= {path for column in form.annex.columns for path in (column.of, column.introduction, column.group) if path}
    forgotten = [
        f"{kit} – no master says {fact.said} – put a tag {' or '.join(fact.names)} into one" for fact in _forgotten(SOMEWHERE, used)
    ]
    unsaid = [path for path, field in form.walk() if field.is_leaf and path not in fields and not _elsewhere(path, field, form, fields)]
    tags = (f"no master prints “{form.by_path[path].label}” – put a tag that ends with .{path} into one" for path in unsaid)
    return [*forgotten, *(f"{kit} – {line}" for line in tags)]


def _elsewhere(path: str, field: Field, form: Form, printed: frozenset[str]) -> bool:
    """Say whether a field need not be printed by itself: it says whose return it is, whom to ask, or what is printed with others."""
    parent = path.rpartition(".")[0]
    beside = form.by_path[parent].fields if parent else form.fields
    prefix = f"{parent}." if parent else ""
    gathers = any(path in (f"{prefix}{part}" for part in one.gathers) and f"{prefix}{key}" in printed for key, one in beside.items())
    gathered = bool(field.gathers) and all(f"{prefix}{part}" in printed for part in field.gathers)
    contact = bool(parent) and any(one.type in _CONTACT for one in beside.values())
    return path == form.identified_by or field.type in _CONTACT or contact or gathers or gathered
