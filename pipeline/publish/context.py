"""What the tags of a report master can name.

| first word | what |
|---|---|
| `round` | name, reference, period, horizon (both as written) |
| `meeting` | body, date, title |
| `contacts` | each: name, role, email, phone |
| `timetable` | each: what, written, who |
| `vocabularies` | the words of each vocabulary |
| `narrative` | the officer's texts of round.yaml |
| `draft` | true where something is to be mended, or nobody has looked and queries are open or replies not accepted yet |
| `counts` | asked, replied, silent, waiting, nil, declined, accepted, total, rows, queries, overrides, corrections, contributing |
| `replies` | the names of those asked, replied, silent, waiting, nil, declined |
| `chapters` | each: name, number, bodies, count and the items under the form's name for them |
| `entries` | each: the answers of a return under the form's names, with register, number, file |
| `annex` | title, table |
| `returns`, `across` | what `pipeline.publish.returned` and `pipeline.publish.cross_cutting` list |
| `questions` | the questions to members: number, reference (a link), text, place, heading, option (`pipeline.publish.own_words`) |
| `flaws` | what is to be mended before the paper is final: place, message, advice (`pipeline.publish.proof.lint`) |
| `queries`, `overrides`, `corrections` | each: partnership, where, message, code; reason, by, on; before, after |
| `contents` | the table of contents: `{{p contents }}` |
| `timeline` | what falls due when: title, things, total, shown; quarters and others, each: name, months, count; chart |
| `tallies` | by name: total, counts, bodies; see `pipeline.publish.tallies` |
| `sources` | each item's source: number (a link to the item), anchor, title, said (its words), partnership, file, place |

An item has, beside its fields: number ("3.2"), chapter, register (the row of its partnership), anchor (the place that a source leads to)
and source (a link to its line among the sources). An entry also has further: what the master prints nowhere, each: where, words, place.
"""

import datetime as dt
from array import array
from collections.abc import Callable, Mapping
from functools import cached_property

from pipeline.model.findings import Finding
from pipeline.model.forms import FieldType, Form, schema_path
from pipeline.model.plans import Chapter, Correction, Entry, Item, Override, Plan
from pipeline.model.rounds import Partnership
from pipeline.publish.annex_table import annex_table
from pipeline.publish.contents import Contents
from pipeline.publish.cross_cutting import across
from pipeline.publish.figures import shown_timeline
from pipeline.publish.returned import returns
from pipeline.publish.runs import Styles
from pipeline.publish.sources import Binding, Further, InOrder, Sources
from pipeline.publish.tallies import tallies
from pipeline.publish.views import Branch, Facts, Many, day

_INDEX_END = "]"


class Context:
    """A plan, seen by a report master.

    Args:
        plan: the plan.
        styles: those of the master.
        text_width: of the master's last section, in twentieths of a point.
        binding: how the paper is put together.
    """

    def __init__(self, plan: Plan, styles: Styles, text_width: int, binding: Binding | None = None) -> None:
        self._plan = plan
        self._form = plan.round.form
        self._of = self._form.plan.of
        self._terms = {name: {term.name: term for term in terms} for name, terms in plan.round.vocabularies.items()}
        self._styles = styles
        self._text_width = text_width
        self._binding = binding or Binding()
        self._sources = Sources(plan, styles, self._binding, self._terms)

    @cached_property
    def _stands(self) -> Mapping[str, "array[int]"]:
        """Where each item of an entry stands, by the partnership's id: three numbers an item, those of `_standing`."""
        stands = {entry.partnership.id: array("L", bytes(3 * array("L").itemsize * len(entry.items))) for entry in self._plan.entries}
        places = ((number, at, item) for number, chapter in enumerate(self._plan.chapters) for at, item in enumerate(chapter.items, 1))
        for count, (number, at, item) in enumerate(places):
            stands[item.entry.partnership.id][3 * item.at : 3 * item.at + 3] = array("L", (number, at, count))
        return stands

    def _standing(self, item: Item) -> tuple[int, int, int]:
        """Return the chapter of an item, from 0, its number in it, from 1, and its place in the plan, from 0."""
        chapter, number, count = self._stands[item.entry.partnership.id][3 * item.at : 3 * item.at + 3]
        return chapter, number, count

    @property
    def makers(self) -> Mapping[str, Callable[[], object]]:
        """How each first word is made; only those that a master names are."""
        return {
            "round": self._round,
            "meeting": self._meeting,
            "contacts": lambda: [Facts("a contact", contact._asdict()) for contact in self._plan.round.contacts],
            "timetable": lambda: [Facts("a step", step._asdict()) for step in self._plan.round.timetable],
            "vocabularies": self._vocabularies,
            "draft": lambda: self._plan.draft,
            "counts": self._counts,
            "replies": self._replies,
            "chapters": lambda: Many(tuple(enumerate(self._plan.chapters, 1)), self._chapter),
            "entries": lambda: Many(tuple(enumerate(self._plan.entries, 1)), self._entry),
            "annex": self._annex,
            "returns": lambda: returns(self._plan),
            "across": lambda: across(self._plan),
            "queries": lambda: Many(self._plan.queries, lambda finding: Facts("a query", self._finding(finding))),
            "overrides": lambda: Many(self._plan.overrides, self._override),
            "corrections": self._corrections,
            "contents": lambda: Contents(self._styles, self._text_width, self._binding.pages),
            "timeline": lambda: shown_timeline(self._plan, self._styles, self._text_width, self._binding.attached),
            "tallies": lambda: tallies(self._plan),
            "sources": lambda: Many(InOrder(self._plan), self._source),
        }

    def _round(self) -> Facts:
        round_ = self._plan.round
        written = {"period": round_.period.written, "horizon": round_.horizon.written}
        return Facts("the round", {"name": round_.name, "reference": round_.reference, **written})

    def _meeting(self) -> Facts:
        meeting = self._plan.round.meeting
        return Facts("the meeting", {"body": meeting.body, "date": day(meeting.date), "title": meeting.title})

    def _vocabularies(self) -> Facts:
        return Facts("the round", {name: [term.shown for term in terms] for name, terms in self._plan.round.vocabularies.items()})

    def _counts(self) -> Facts:
        plan = self._plan
        counts = {name: len(bodies) for name, bodies in plan.replies._asdict().items()}
        counts |= {"accepted": len(plan.entries), "total": plan.total, "rows": len(plan.annex)}
        counts |= {"queries": len(plan.queries), "overrides": len(plan.overrides)}
        counts["contributing"] = len({item.entry.partnership.id for chapter in plan.chapters for item in chapter.items})
        return Facts("the counts", counts | {"corrections": sum(len(entry.corrections) for entry in plan.entries)})

    def _replies(self) -> Facts:
        replies = self._plan.replies._asdict()
        return Facts("the replies", {name: [body.name for body in bodies] for name, bodies in replies.items()})

    def _chapter(self, numbered: tuple[int, Chapter]) -> Facts:
        number, chapter = numbered
        bodies = list(dict.fromkeys(item.entry.partnership.name for item in chapter.items))
        facts = {"name": chapter.name, "number": number, "bodies": bodies, "count": len(chapter.items)}
        return Facts("a chapter", {**facts, self._of: Many(chapter.items, self._item)})

    def _item(self, item: Item) -> Branch:
        chapter, at, count = self._standing(item)
        number = f"{chapter + 1}.{at}"
        extras = {"number": number, "chapter": self._plan.chapters[chapter].name, "register": _register(item.entry.partnership)}
        extras |= self._sources.beside(item, number, count)
        return Branch(item.answers, self._form.fields[self._of].fields, self._terms, extras)

    def _entry(self, numbered: tuple[int, Entry]) -> Branch:
        number, entry = numbered
        items = Many(range(len(entry.items)), lambda at: self._item(Item(entry, at)))
        extras = {"number": number, "file": entry.file, "register": _register(entry.partnership), self._of: items}
        extras["further"] = Further(entry, self._sources)
        return Branch(entry.answers, self._form.fields, self._terms, extras)

    def _source(self, numbered: tuple[Item, str, str]) -> Facts:
        item, number, _ = numbered
        return self._sources.line(item, number, self._standing(item)[2])

    def _annex(self) -> Facts:
        table = annex_table(self._plan, self._styles, self._text_width)
        return Facts("the annex", {"title": self._form.annex.title, "table": table})

    def _finding(self, finding: Finding) -> dict[str, object]:
        body = self._plan.round.by_id.get(finding.partnership)
        name = body.name if body else ""
        return {"partnership": name, "where": where_said(finding.field, self._form), "message": finding.message, "code": finding.code}

    def _override(self, override: Override) -> Facts:
        decision = override.decision
        decided = {"reason": decision.reason, "by": decision.by, "on": day(decision.at.date())}
        return Facts("an override", self._finding(override.finding) | decided)

    def _corrections(self) -> Many[tuple[Entry, Correction]]:
        made = tuple((entry, correction) for entry in self._plan.entries for correction in entry.corrections)
        return Many(made, self._correction)

    def _correction(self, made: tuple[Entry, Correction]) -> Facts:
        entry, (decision, before) = made
        said = {"before": before.quote if before else "", "after": self._as_shown(decision.about, decision.value or "")}
        decided = {"reason": decision.reason, "by": decision.by, "on": day(decision.at.date())}
        body = {"partnership": entry.partnership.name, "where": where_said(decision.about, self._form)}
        return Facts("a correction", body | said | decided)

    def _as_shown(self, path: str, value: str) -> str:
        """Return a value that was put into a field as papers show it: a date as they write dates."""
        field = self._form.by_path.get(schema_path(path))
        return day(dt.date.fromisoformat(value)) if value and field is not None and field.type is FieldType.DATE else value


def _register(partnership: Partnership) -> Facts:
    return Facts("the register", {**partnership.columns, **partnership.lists, "name": partnership.name, "id": partnership.id})


def where_said(path: str, form: Form) -> str:
    """Say an instance path in the words of the form: "Priority 2, Deliverables 3, By when"."""
    said, keys = [], path.split(".") if path else []
    for depth, key in enumerate(keys, 1):
        field = form.by_path.get(".".join(part.partition("[")[0] for part in keys[:depth]))
        number = key.partition("[")[2].rstrip(_INDEX_END)
        said.append(f"{field.label if field else key.partition('[')[0]} {number}".strip())
    return ", ".join(said)
